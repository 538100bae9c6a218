"""The words of an application's events. Its history opens where conflicts of interest are known, a floor above."""

from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import tell_events

from .models import Application

EVENTS = {
    "started": _("Begun"),
    "entered": _("Entered from paper"),
    "details-changed": _("Details changed"),
    "record-refreshed": _("Taken from the roster anew"),
    "choices-changed": _("Choices changed"),
    "claim-added": _("Achievement added"),
    "claim-changed": _("Achievement changed"),
    "claim-removed": _("Achievement removed"),
    "evidence-attached": _("Document attached"),
    "evidence-removed": _("Document removed"),
    "paper-attached": _("Paper attached as a file"),
    "paper-removed": _("File of a paper removed"),
    "consents-set": _("Consents given or taken back"),
    "submitted": _("Submitted"),
    "changes-discarded": _("Changes discarded"),
    "unsent-changes-undone": _("Changes that were not submitted undone at the deadline"),
    "withdrawal-asked": _("Withdrawal asked for"),
    "withdrawn": _("Withdrawn"),
    "resumed": _("Taken up again"),
    "place-confirmed": _("Place confirmed"),
    "place-declined": _("Place declined"),
    "place-lapsed": _("Place lapsed"),
}


def open_doors() -> None:
    tell_events(Application, EVENTS)
