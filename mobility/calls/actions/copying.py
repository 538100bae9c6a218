"""Last year's call as the draft of this year's: dates a year later on working days, destinations that still hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mobility.calls.models import Call, Destination, Quota, QuotaChange, RulesVersion
from mobility.journal import actions as journal
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import Exceptions, add_working_days
from mobility.people.models import CalendarDay, User
from partners.models import Condition, Direction

from .calls import DATES

TEXTS = ("title", "replaces", "costs")
LANGUAGES = ("en", "ru", "be")
OF_DESTINATION = (
    "code",
    *(f"{text}_{language}" for text in ("discipline", "costs") for language in LANGUAGES),
    "specialty",
    "first_course_year",
    "last_course_year",
    "mark_floor",
    "language",
    "language_level",
    "counts_language",
    "weights",
)


@dataclass(frozen=True)
class Copied:
    """`left_out` are last year's destinations that no condition covers, `cut` those with fewer seats than before."""

    call: Call
    left_out: list[Destination] = field(default_factory=list)
    cut: list[Destination] = field(default_factory=list)


@transaction.atomic
def copy(*, call: Call, code: str, by: User, at: datetime) -> Copied:
    year = AcademicYear.read(call.academic_year).plus(1)
    exceptions = CalendarDay.objects.exceptions()
    copied = Call(
        code=code,
        kind=call.kind,
        academic_year=str(year),
        owner=by,
        previous=call,
        precedence=call.precedence,
        release=call.release,
        **{name: moved(getattr(call, name), exceptions) for name in DATES},
        **{
            f"{text}_{language}": getattr(call, f"{text}_{language}").replace(str(year.starts), str(year.starts + 1))
            for text in TEXTS
            for language in LANGUAGES
        },
    )
    copied.full_clean()
    copied.save()
    if rules := call.rules_versions.first():
        RulesVersion.objects.create(call=copied, number=1, content=rules.content, made_by=by, made_at=at)
    journal.record(event="call-copied", of=copied, by=by)
    result = Copied(copied)
    for destination in call.destinations.select_related("condition__agreement", "condition__partner").by_key():
        _copy_destination(destination, result, by=by, at=at)
    return result


def moved(moment: datetime, exceptions: Exceptions) -> datetime:
    """A year later at the same hour, or on the next working day."""
    local = timezone.localtime(moment)
    day = add_working_days(a_year_later(local.date()), 0, exceptions)
    return timezone.make_aware(datetime.combine(day, local.time()))


def a_year_later(day: date) -> date:
    """29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year + 1)


def _copy_destination(old: Destination, result: Copied, *, by: User, at: datetime) -> None:
    starts, ends = a_year_later(old.starts), a_year_later(old.ends)
    condition = _condition_for(old, starts, ends)
    if condition is None:
        result.left_out.append(old)
        return
    Condition.objects.select_for_update(of=("self",), no_key=True).get(pk=condition.pk)
    year = AcademicYear.read(result.call.academic_year)
    counted = Condition.objects.with_seats_of(year).get(pk=condition.pk).counted
    seats = min(old.seats, counted - Destination.objects.given_of(condition, str(year)))
    if seats <= 0:
        result.left_out.append(old)
        return
    facts = {name: getattr(old, name) for name in OF_DESTINATION}
    new = Destination.objects.create(
        call=result.call, condition=condition, seats=seats, starts=starts, ends=ends, **facts
    )
    if seats < old.seats:
        result.cut.append(new)
    _copy_quotas(old, new, by=by, at=at)


def _condition_for(old: Destination, starts: date, ends: date) -> Condition | None:
    """The same line where it still holds, or another of the same partner and kind that does."""
    found: list[Condition] = list(
        Condition.objects.valid_during(starts, ends).filter(
            partner=old.condition.partner_id, kind=old.call.kind, direction=Direction.OUTGOING
        )
    )
    return next((row for row in found if row.pk == old.condition_id), found[0] if found else None)


def _copy_quotas(old: Destination, new: Destination, *, by: User, at: datetime) -> None:
    """As they were; where seats are fewer, the largest gives first."""
    rows = list(old.quotas.all())
    seats = fitted({row.faculty_id: row.seats for row in rows}, new.seats)
    kept = [row for row in rows if seats[row.faculty_id]]
    narrowings = ("specialty", "first_course_year", "last_course_year")
    Quota.objects.bulk_create(
        Quota(
            destination=new,
            faculty_id=row.faculty_id,
            seats=seats[row.faculty_id],
            **{name: getattr(row, name) for name in narrowings},
        )
        for row in kept
    )
    QuotaChange.objects.bulk_create(
        QuotaChange(destination=new, faculty_id=row.faculty_id, before=0, after=seats[row.faculty_id], by=by, at=at)
        for row in kept
    )


def fitted(quotas: Mapping[int, int], seats: int) -> dict[int, int]:
    """Cut until they fit, one by one from the largest; of equal ones the first."""
    left = dict(quotas)
    while sum(left.values()) > seats:
        largest = max(left, key=lambda faculty: left[faculty])
        left[largest] -= 1
    return left
