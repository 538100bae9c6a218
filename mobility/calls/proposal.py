"""A proposal of the year's quotas that explains itself, line by line. It only proposes: people save."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.people.models import StudentProfile

from . import above
from .grid import Cell, Grid
from .models import Call, Quota


def propose(call: Call, grid: Grid) -> tuple[dict[Cell, str], list[str]]:
    """What to type into the cells, and why: last year's quotas, or the size of the faculties, fitted to the seats."""
    demand = above.applied(call.previous) if call.previous else {}
    sizes = demand or StudentProfile.objects.sizes()
    last = _last_year(call)
    typed: dict[Cell, str] = {}
    notes = [_whence(demand=bool(demand), last=bool(last))]
    for row in grid.rows:
        place = row.destination
        weights = {square.faculty.code: sizes.get(square.faculty.code, 0) for square in row.squares}
        before = last.get(place.condition.partner_id, {})
        seats = fitted(before, place.seats, weights) if before else shared(place.seats, weights)
        for square in row.squares:
            typed[place.pk, square.faculty.pk] = str(seats.get(square.faculty.code, 0))
        if note := _note(row, before):
            notes.append(note)
    return typed, notes


def _last_year(call: Call) -> dict[int, dict[str, int]]:
    """Partner → faculty's code → seats."""
    found: dict[int, dict[str, int]] = {}
    rows = Quota.objects.filter(destination__call=call.previous_id).values_list(
        "destination__condition__partner", "faculty__code", "seats"
    )
    for partner, faculty, seats in rows:
        of_partner = found.setdefault(partner, {})
        of_partner[faculty] = of_partner.get(faculty, 0) + seats
    return found


def fitted(before: Mapping[str, int], seats: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Last year's, one place at a time: a new one to who has fewest for its weight, a lost one from who has most."""
    found = dict(before)
    while sum(found.values()) > seats:
        most = max(sorted(code for code in found if found[code]), key=lambda code: _share(found[code], weights[code]))
        found[most] -= 1
    while found and sum(found.values()) < seats:
        least = min(sorted(found), key=lambda code: _share(found[code] + 1, weights[code]))
        found[least] += 1
    return found


def shared(seats: int, weights: Mapping[str, int]) -> dict[str, int]:
    """By weight alone, the largest quotient first (Sainte-Laguë)."""
    found = {code: 0 for code in weights if weights[code]}
    for _place in range(seats if found else 0):
        code = max(sorted(found), key=lambda code: Fraction(weights[code], 2 * found[code] + 1))
        found[code] += 1
    return found


def _share(seats: int, weight: int) -> Fraction:
    """Places for each applicant; without any, every place is too many."""
    return Fraction(seats, weight) if weight else Fraction(seats * 1_000_000)


def _whence(*, demand: bool, last: bool) -> str:
    if last and demand:
        return _("Last year’s quotas, fitted to this year’s places by how many of each faculty applied last year.")
    if last:
        return _("Last year’s quotas, fitted to this year’s places by the size of the faculties.")
    return _("There were no quotas last year: places are shared by the size of the faculties.")


def _note(row, before: Mapping[str, int]) -> str:
    """What differs from last year, and the parity that is owed."""
    place, parts = row.destination, []
    difference = place.seats - sum(before.values())
    if before and difference > 0:
        parts.append(ngettext("%(n)s place more than last year", "%(n)s places more than last year", difference))
    elif before and difference < 0:
        parts.append(ngettext("%(n)s place fewer than last year", "%(n)s places fewer than last year", -difference))
    if row.confirmed is None:
        parts.append(_("the partner has not confirmed this year’s places"))
    owed = row.bars.pair.second - place.seats
    told = [part % {"n": abs(difference)} for part in parts]
    if owed > 0:
        sentence = ngettext(
            "they sent %(n)s person more than we send", "they sent %(n)s people more than we send", owed
        )
        told.append(sentence % {"n": owed})
    return f"{place}: {', '.join(told)}." if told else ""
