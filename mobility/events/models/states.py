"""Kinds of events, and the lives of an event and of a member of its team: the office's names and the student's."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import MobilityKind


class Kind(models.TextChoices):
    """The four of partners' kinds of mobility that are students' events, by the same values."""

    EDUCATIONAL = MobilityKind.EDUCATIONAL_EVENT.value, _("Educational")
    SCIENTIFIC = MobilityKind.SCIENTIFIC_EVENT.value, _("Scientific")
    CULTURAL = MobilityKind.CULTURAL_EVENT.value, _("Cultural")
    SPORTS = MobilityKind.SPORTS_EVENT.value, _("Sports")


class State(models.TextChoices):
    """As the offices call them."""

    ANNOUNCED = "announced", _("Team to be named")
    NAMED = "named", _("Students to confirm")
    CONFIRMED = "confirmed", _("To be approved")
    APPROVED = "approved", _("Waits for the rector's decision")
    DECIDED = "decided", _("Order to be issued")
    ORDERED = "ordered", _("Ordered")
    AWAY = "away", _("Under way")
    REPORT_DUE = "report-due", _("Report awaited")
    REPORTED = "reported", _("Report to be accepted")
    CLOSED = "closed", _("Closed")
    COMPETED = "competed", _("Team chosen by competition")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


STUDENTS_NAMES: dict[str, str | Promise] = {
    State.ANNOUNCED: _("The team is being chosen"),
    State.NAMED: _("The team is confirming"),
    State.CONFIRMED: _("With International Relations"),
    State.APPROVED: _("With the rector"),
    State.DECIDED: _("Decided; the order follows"),
    State.ORDERED: _("Ready to travel"),
    State.AWAY: _("Under way"),
    State.REPORT_DUE: _("The report is awaited"),
    State.REPORTED: _("The report is being read"),
    State.CLOSED: _("Finished"),
    State.COMPETED: _("Apply to the call"),
    State.REFUSED: _("Does not take place"),
    State.CANCELLED: _("Called off"),
}

BEING_NAMED = (State.ANNOUNCED, State.NAMED, State.CONFIRMED)
"""The team may still change by a simple act."""
BEFORE_ORDER = (*BEING_NAMED, State.APPROVED, State.DECIDED)
PLANNED = (State.APPROVED, State.DECIDED, State.ORDERED, State.AWAY)
DONE = (State.REPORT_DUE, State.REPORTED, State.CLOSED)
SUBSTITUTABLE = (State.ORDERED,)
REPORTABLE = (State.AWAY, State.REPORT_DUE)
CANCELLABLE = (*BEFORE_ORDER, State.COMPETED, State.ORDERED, State.AWAY)
OFF = (State.REFUSED, State.CANCELLED)


class MemberState(models.TextChoices):
    PUT_FORWARD = "put-forward", _("Put themselves forward")
    NOT_CHOSEN = "not-chosen", _("Not chosen")
    NAMED = "named", _("To confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    TAKEN_OFF = "taken-off", _("Taken off the team")
    STAND_IN = "stand-in", _("Asked to step in")
    READY = "ready", _("Ready to step in")
    REPLACED = "replaced", _("Replaced")
    LAPSED = "lapsed", _("Not settled in time")


MEMBERS_NAMES: dict[str, str | Promise] = {
    MemberState.PUT_FORWARD: _("With your dean's office"),
    MemberState.NOT_CHOSEN: _("Not chosen this time"),
    MemberState.NAMED: _("Confirm that you go"),
    MemberState.CONFIRMED: _("You are in the team"),
    MemberState.DECLINED: _("You declined"),
    MemberState.TAKEN_OFF: _("You are no longer in the team"),
    MemberState.STAND_IN: _("Say whether you step in"),
    MemberState.READY: _("You step in when the order is changed"),
    MemberState.REPLACED: _("Someone else goes instead of you"),
    MemberState.LAPSED: _("The event began before your place was settled"),
}

IN_TEAM = (MemberState.NAMED, MemberState.CONFIRMED)
"""These take a place."""
KEPT_FREE = (*IN_TEAM, MemberState.STAND_IN, MemberState.READY)
"""These have the days of the event kept for it."""
ASKED = (MemberState.NAMED, MemberState.STAND_IN)
UNSETTLED = (MemberState.PUT_FORWARD, *ASKED, MemberState.READY)
"""These end when the event begins."""


class Permission(models.TextChoices):
    NONE = "", _("not needed")
    PARENTS = "parents", _("of the parents")
    COMMANDER = "commander", _("of the commander")


class StepKind(models.TextChoices):
    ANNOUNCED = "announced", _("Event announced")
    CHANGED = "changed", _("Event changed")
    PUT_FORWARD = "put-forward", _("Put themselves forward")
    NOT_CHOSEN = "not-chosen", _("Not chosen")
    NAMED = "named", _("Named for the team")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    TAKEN_OFF = "taken-off", _("Taken off the team")
    APPROVED = "approved", _("Approved by International Relations")
    SENT_BACK = "sent-back", _("Returned to International Relations")
    DECIDED = "decided", _("Decided by the rector")
    REFUSED = "refused", _("Refused")
    ORDERED = "ordered", _("Order issued")
    DEPARTED = "departed", _("Left, by the calendar")
    CAME_BACK = "came-back", _("Back, by the calendar")
    REPORTED = "reported", _("Report sent")
    REPORT_RETURNED = "report-returned", _("Report returned for correction")
    CLOSED = "closed", _("Report accepted, event closed")
    CANCELLED = "cancelled", _("Cancelled")
    COMPETED = "competed", _("Turned into a call")
    TAKEN_BACK = "taken-back", _("Taken back from the competition")
    LAPSED = "lapsed", _("Not settled before the event began")
    REPLACEMENT_ASKED = "replacement-asked", _("Substitution asked for")
    REPLACEMENT_DECIDED = "replacement-decided", _("Substitution decided by the rector")
    REPLACEMENT_REFUSED = "replacement-refused", _("Substitution refused")
    REPLACEMENT_ORDERED = "replacement-ordered", _("Amendment order issued")


WITH_REASON = (
    StepKind.TAKEN_OFF,
    StepKind.SENT_BACK,
    StepKind.REFUSED,
    StepKind.CANCELLED,
    StepKind.REPORT_RETURNED,
    StepKind.REPLACEMENT_ASKED,
    StepKind.REPLACEMENT_REFUSED,
)
BY_THE_CALENDAR = (StepKind.DEPARTED, StepKind.CAME_BACK, StepKind.LAPSED)
