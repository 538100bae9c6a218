"""What naming a team and answering ask."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from mobility.events.models import Permission, TeamMember
from mobility.files.fields import EvidenceField, EvidenceFilesField
from mobility.people.models import User
from mobility.students.consents import Need
from mobility.web.forms import Form
from mobility.web.inputs import text_field

FILE = _("PDF, JPEG or PNG, at most 10 MB.")


class NameForm(Form):
    """Who was ticked, of those that the page showed; the page draws the boxes itself."""

    person = forms.ModelMultipleChoiceField(
        User.objects.none(), error_messages={"required": _("Tick at least one student.")}
    )
    permission = forms.ChoiceField(choices=Permission.choices, required=False)

    def __init__(self, *args, people: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class WishForm(Form):
    button = _("Put myself forward")
    why = text_field(
        label=_("Why you"),
        max_length=1000,
        help_text=_("A line or two: what you have done that fits this event."),
    )
    files = EvidenceFilesField(
        label=_("What shows it"),
        required=False,
        help_text=_("Certificates, an abstract. PDF, JPEG or PNG, at most 10 MB each."),
    )


class AnswerForm(Form):
    """The consents that are needed, one box each, and the signed permission where one is asked."""

    def __init__(self, *args, member: TeamMember, needs: list[Need], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        for need in needs:
            label = need.text.get_purpose_display()
            name = f"{label}: {need.country_name}" if need.country else label
            self.fields[f"consent-{need.key}"] = forms.BooleanField(
                label=_("I consent to the %(what)s") % {"what": name}, help_text=escape(need.text.text), required=False
            )
        if member.permission:
            whose = Permission(member.permission).label
            self.fields["permission_file"] = EvidenceField(
                label=_("Signed permission %(whose)s") % {"whose": whose},
                required=not member.permission_file_id,
                help_text=FILE,
                error_messages={"required": _("Attach the signed permission %(whose)s.") % {"whose": whose}},
            )

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        given = {(need.text.pk, need.country) for need in self.needs if entered.get(f"consent-{need.key}")}
        for need in self.needs:
            if (need.text.pk, need.country) not in given:
                self.add_error(f"consent-{need.key}", _("Without each consent the place cannot be confirmed."))
        return {"given": given, "permission": entered.get("permission_file")}


class SubstituteForm(Form):
    """Who steps in: by record-book number, e-mail or full name; empty, the team goes smaller."""

    button = _("Ask for the substitution")
    person = forms.CharField(
        label=_("Who steps in"),
        max_length=200,
        required=False,
        help_text=_("Record-book number, e-mail or full name. Empty: nobody, the team goes smaller."),
    )
    permission = forms.ChoiceField(
        label=_("Signed permission"), choices=Permission.choices, required=False, widget=forms.RadioSelect
    )
    reason = text_field(label=_("Reason for the substitution"), max_length=500)

    def __init__(self, *args, people: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_person(self) -> User | None:
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        found = list(self.people.search(text)[:3])
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{person} ({person.record_book or person.email})" for person in found)
        told = _("Several students match: %(names)s. Write the record-book number.") if found else _("Nobody matches.")
        raise forms.ValidationError(told % {"names": names} if found else told, code="many" if found else "nobody")
