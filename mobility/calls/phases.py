"""Where a call stands at a moment. Nothing stores it: it follows from its dates and from who did what when."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Call


class Phase(TextChoices):
    """The labels are the office's; the public reads `PUBLIC`."""

    DRAFT = "draft", _("Draft")
    CALLED_OFF = "called-off", pgettext_lazy("call", "Called off")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open for applications")
    VERIFICATION = "verification", _("Verification")
    POINTS_SHOWN = "points-shown", _("Points are shown")
    PROTOCOLS = "protocols", _("Commissions decide")
    RESULTS = "results", _("Results are prepared")
    ANSWERS = "answers", _("Students answer")
    FINISHED = "finished", _("Finished")


PUBLIC: dict[Phase, str | Promise] = {
    Phase.DRAFT: _("Not announced"),
    Phase.CALLED_OFF: pgettext_lazy("call", "Called off"),
    Phase.ANNOUNCED: _("Opens soon"),
    Phase.OPEN: _("Open for applications"),
    Phase.VERIFICATION: _("Achievements are being checked"),
    Phase.POINTS_SHOWN: _("Applicants check their points"),
    Phase.PROTOCOLS: _("The faculties decide"),
    Phase.RESULTS: _("Results are being prepared"),
    Phase.ANSWERS: _("Results are out"),
    Phase.FINISHED: _("Finished"),
}

# The kind of pill and its icon, where the kind's own would not do.
PILLS = {
    Phase.DRAFT: ("info", "pencil"),
    Phase.CALLED_OFF: ("neutral", ""),
    Phase.ANNOUNCED: ("info", "calendar-event"),
    Phase.OPEN: ("ok", "unlock"),
    Phase.VERIFICATION: ("info", ""),
    Phase.POINTS_SHOWN: ("info", ""),
    Phase.PROTOCOLS: ("info", ""),
    Phase.RESULTS: ("info", ""),
    Phase.ANSWERS: ("ok", ""),
    Phase.FINISHED: ("neutral", ""),
}


def phase(call: Call, at: datetime) -> Phase:
    """A phase begins at its moment: at the deadline the call is no longer open."""
    if call.opened_at is None:
        return Phase.DRAFT
    if call.called_off_at is not None:
        return Phase.CALLED_OFF
    if call.published_at is not None:
        is_over = call.finished_at is not None or at >= call.answers_by
        return Phase.FINISHED if is_over else Phase.ANSWERS
    for until, found in (
        (call.opens_at, Phase.ANNOUNCED),
        (call.deadline, Phase.OPEN),
        (call.points_from, Phase.VERIFICATION),
        (call.points_until, Phase.POINTS_SHOWN),
        (call.protocols_by, Phase.PROTOCOLS),
    ):
        if at < until:
            return found
    return Phase.RESULTS


def public_name(found: Phase) -> str:
    return str(PUBLIC[found])


def shown(call: Call, at: datetime, *, office: bool) -> dict[str, str]:
    """`word`, `pill` and `icon`, as pages show them."""
    found = phase(call, at)
    kind, icon = PILLS[found]
    return {"phase": found.value, "word": found.label if office else public_name(found), "pill": kind, "icon": icon}
