"""Beside the verdicts themselves: whoever stays out, and the second person's word."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from selection.actions import readings as actions
from selection.forms.readings import ConflictForm
from selection.models import Reading

from .faculty import Act
from .verify import OfApplication


class ConflictDeclare(OfApplication, Act):
    form_class = ConflictForm
    title, button = _("Conflict of interest"), _("Stay out of this application")
    done = _("It is noted: you stay out of this application.")
    sentence = _(
        "You will read nothing more of this applicant, and neither save verdicts. Only an administrator can undo this."
    )

    def act(self, **entered: Any) -> None:
        actions.declare_conflict(application=self.application, **entered, **self.by_at)

    def home(self) -> str:
        return self.url("verify", self.application.number)

    def where_next(self) -> str:
        return self.url("queue")


class OfReading(OfApplication, Act):
    reading: Reading

    def find(self) -> None:
        super().find()
        if self.stays_out():
            raise Http404
        readings = Reading.objects.filter(claim__application=self.application).select_related("claim", "by")
        self.reading = get_object_or_404(readings, pk=self.kwargs["reading"])

    @property
    def sentence(self) -> str:  # type: ignore[override] -- it names the verdict
        one = self.reading
        told = _now("%(person)s: %(verdict)s, “%(claim)s”. %(text)s")
        return told % {"person": one.by, "claim": one.claim, "verdict": one.outcome, "text": one.text}

    def home(self) -> str:
        return self.url("verify", self.application.number)


class VerdictAgree(OfReading):
    title, button = _("Agree to the verdict"), _("Put the verdict in force")
    done = _("The verdict is in force, and the points are counted again.")

    def act(self) -> None:
        actions.agree(reading=self.reading, **self.by_at)


class VerdictDisagree(OfReading):
    title, button = _("Do not agree to the verdict"), _("Keep the verdict before it")
    done = _("The verdict before it stays.")

    def act(self) -> None:
        actions.disagree(reading=self.reading, **self.by_at)
