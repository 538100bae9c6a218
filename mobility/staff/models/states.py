"""The forms of staff mobility, and an activity's life: each state has the office's name and the traveller's."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import MobilityKind


class Form(models.TextChoices):
    """The six of partners' kinds of mobility that are the staff's, by the same values."""

    CONFERENCE = MobilityKind.CONFERENCE.value, _("Conference")
    LECTURING = MobilityKind.LECTURING.value, _("Lectures, seminars, workshops")
    JOINT_TOPIC = MobilityKind.JOINT_TOPIC.value, _("Scientific work on a joint topic")
    JOINT_PROJECT = MobilityKind.JOINT_PROJECT.value, _("Joint research project")
    ADVANCED_TRAINING = MobilityKind.ADVANCED_TRAINING.value, _("Advanced professional training")
    INTERNSHIP = MobilityKind.INTERNSHIP.value, _("On-the-job internship")


class State(models.TextChoices):
    """As the offices call them."""

    DRAFT = "draft", _("Memo being written")
    PROPOSED = "proposed", _("Waits for the head's endorsement")
    RETURNED = "returned", _("Returned for correction")
    ENDORSED = "endorsed", _("To be prepared")
    PREPARED = "prepared", _("Waits for the rector's decision")
    APPROVED = "approved", _("Order to be issued")
    ORDERED = "ordered", _("Ordered")
    UNDER_WAY = "under-way", _("Under way")
    REPORT_DUE = "report-due", _("Report awaited")
    REPORTED = "reported", _("Report to be accepted")
    ACCEPTED = "accepted", _("Completed")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


TRAVELLERS_NAMES: dict[str, str | Promise] = {
    State.DRAFT: _("Your memo is not sent yet"),
    State.PROPOSED: _("With your head of department"),
    State.RETURNED: _("Correct the memo and send it again"),
    State.ENDORSED: _("With International Relations"),
    State.PREPARED: _("With the rector"),
    State.APPROVED: _("Approved; the order follows"),
    State.ORDERED: _("Ready to travel"),
    State.UNDER_WAY: _("Under way"),
    State.REPORT_DUE: _("Write your report"),
    State.REPORTED: _("Your report is being read"),
    State.ACCEPTED: _("Completed"),
    State.REFUSED: _("Refused"),
    State.CANCELLED: _("Cancelled"),
}

WRITTEN = (State.DRAFT, State.RETURNED)
"""The memo may still change."""
WAITING = (State.PROPOSED, State.ENDORSED, State.PREPARED)
"""Somebody is to decide; any of them may return it."""
ORDERED_STATES = (State.ORDERED, State.UNDER_WAY, State.REPORT_DUE)
"""The order is issued and the report not sent: the calendar moves it on, an amendment may change it."""
REPORTABLE = (State.UNDER_WAY, State.REPORT_DUE)
OPEN = (*WRITTEN, *WAITING, State.APPROVED, *ORDERED_STATES, State.REPORTED)


class StepKind(models.TextChoices):
    PROPOSED = "proposed", _("Memo sent")
    ENDORSED = "endorsed", _("Endorsed")
    PREPARED = "prepared", _("Prepared")
    APPROVED = "approved", _("Approved")
    ORDERED = "ordered", _("Order issued")
    DEPARTED = "departed", _("Left, by the calendar")
    CAME_BACK = "came-back", _("Back, by the calendar")
    REPORTED = "reported", _("Report sent")
    ACCEPTED = "accepted", _("Report accepted")
    REPORT_RETURNED = "report-returned", _("Report returned for correction")
    RETURNED = "returned", _("Memo returned for correction")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    CALLED_OFF = "called-off", _("Order of cancellation issued")
    IMPORTED = "imported", _("Entered from a list of earlier years")
    CHANGE_PROPOSED = "change-proposed", _("Change asked for")
    CHANGE_ENDORSED = "change-endorsed", _("Change endorsed")
    CHANGE_APPROVED = "change-approved", _("Change approved")
    CHANGE_REFUSED = "change-refused", _("Change refused")
    CHANGE_ORDERED = "change-ordered", _("Amendment order issued")


WITH_REASON = (
    StepKind.RETURNED,
    StepKind.REFUSED,
    StepKind.CANCELLED,
    StepKind.REPORT_RETURNED,
    StepKind.CHANGE_PROPOSED,
    StepKind.CHANGE_REFUSED,
)
BY_THE_CALENDAR = (StepKind.DEPARTED, StepKind.CAME_BACK)
