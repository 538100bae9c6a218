from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mobility.students.models import Claim
from mobility.web.forms import Form
from partners.models import LanguageLevel
from selection.actions.readings import Entered
from selection.models import Decision, Reason


def prefix_of(claim: Claim) -> str:
    return f"c{claim.pk}"


class VerdictForm(Form):
    """One claim's verdict."""

    decision = forms.ChoiceField(label=_("Verdict"), choices=Decision.choices, required=False)
    kind = forms.ChoiceField(label=_("Count it as"), required=False)
    amount = forms.IntegerField(label=_("How much"), required=False, min_value=1, max_value=100_000)
    level = forms.ChoiceField(label=_("Level"), choices=[("", ""), *LanguageLevel.choices], required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", ""), *Reason.choices], required=False)
    text = forms.CharField(label=_("The student will read"), required=False, max_length=2000)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(
        self, *args: Any, claim: Claim, kinds: dict[str, str], sentences: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=prefix_of(claim), **kwargs)
        self.claim, self.sentences = claim, sentences
        self.fields["kind"].choices = [(claim.kind, claim.kind), *kinds.items()]  # type: ignore[attr-defined] -- a choice

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        decision, reason = found.get("decision"), found.get("reason", "")
        if decision in (Decision.CORRECTED, Decision.REFUSED):
            if not reason:
                self.add_error("reason", ValidationError(_("Choose the reason."), code="no-reason"))
            elif not found.get("text"):
                found["text"] = self.sentences.get(reason, "")
            if reason == Reason.OTHER and not found.get("text"):
                self.add_error("text", ValidationError(_("Write what the student will read."), code="no-text"))
        return found

    def entered(self) -> Entered:
        found, claim = self.cleaned_data, self.claim
        corrected = found["decision"] == Decision.CORRECTED
        accepted = found["decision"] == Decision.ACCEPTED
        return Entered(
            claim=claim.pk,
            seen=found.get("seen") or 0,
            decision=found["decision"],
            kind=(corrected and found.get("kind")) or claim.kind,
            amount=(corrected and found.get("amount")) or claim.amount,
            level=(corrected and found.get("level")) or claim.level,
            reason="" if accepted else found["reason"],
            text="" if accepted else found.get("text", ""),
        )


class Unfilled:
    """A claim's form where nobody chose a verdict, as its template reads it: a page has many."""

    is_bound = False

    def __init__(self, claim: Claim, posted: Mapping[str, str]) -> None:
        self.prefix = prefix_of(claim)
        number = posted.get(f"{self.prefix}-seen", "")
        self.seen = int(number) if number.isdecimal() else 0

    @staticmethod
    def is_valid() -> bool:
        return True


class ConflictForm(Form):
    note = forms.CharField(
        label=_("What the conflict is"),
        help_text=_("Such as a relative, or your own student group. Kept in the history."),
        required=False,
        max_length=300,
    )
    button = _("Stay out of this application")
