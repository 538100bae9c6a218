"""Whether a student may be in a team, each ground in words; asks only. What the days say, the database refuses too."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.events.models import Event
from mobility.people.models import Absence, AbsenceKind, Sanction, StudentLeave, StudentProfile


class Ground(NamedTuple):
    """Why a student may not be in the team."""

    code: str
    text: str


def grounds(people: Iterable[int], event: Event) -> dict[int, list[Ground]]:
    """Of each person's key, everything that stands against it; four queries, however many are asked about."""
    keys = list(people)
    found: dict[int, list[Ground]] = defaultdict(list)
    profiles = {row.person_id: row for row in StudentProfile.objects.filter(person__in=keys)}
    for key in keys:
        found[key] += _of_profile(profiles.get(key))
    touching = Q(starts__lte=event.ends) & (Q(ends=None) | Q(ends__gte=event.starts))
    for sanction in Sanction.objects.filter(touching, person__in=keys):
        text = _("Under a disciplinary sanction: %(what)s.") % {"what": sanction.what}
        found[sanction.person_id].append(Ground("sanction", text))
    for leave in StudentLeave.objects.filter(touching, person__in=keys):
        text = _("On leave on these days: %(what)s.") % {"what": leave.get_kind_display()}
        found[leave.person_id].append(Ground("leave", text))
    taken = Absence.objects.filter(person__in=keys).during(event.starts, event.ends)
    for absence in taken.exclude(kind=AbsenceKind.EVENT, source=event.source).exclude(_of_own_call(event)):
        found[absence.person_id].append(Ground("away-already", _away(absence)))
    return found


def _of_own_call(event: Event) -> Q:
    """Days that were kept when a place was confirmed in the call which the event became."""
    if event.call is None:
        return Q(pk=None)
    return Q(kind=AbsenceKind.STAY, source__in=event.call.applications.values("number"))


def _of_profile(profile: StudentProfile | None) -> list[Ground]:
    if profile is None or not profile.is_studying:
        return [Ground("not-studying", _("Is not studying here now."))]
    if profile.debts:
        text = ngettext("Has %(count)s debt.", "Has %(count)s debts.", profile.debts)
        return [Ground("debts", text % {"count": profile.debts})]
    return []


def _away(absence: Absence) -> str:
    days = {"starts": date_format(absence.starts), "ends": date_format(absence.ends)}
    told = {
        AbsenceKind.STAY: _("Has a confirmed place from %(starts)s to %(ends)s."),
        AbsenceKind.EVENT: _("Is in another event's team from %(starts)s to %(ends)s."),
    }.get(AbsenceKind(absence.kind), _("Is on a trip from %(starts)s to %(ends)s."))
    return told % days
