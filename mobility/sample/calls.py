"""The two calls of the season: last year's, finished, and this year's, whose deadline passed a few days ago.

    last, this = calls.calls(day=day)

`this` is in verification on `day`: it was opened four weeks before its deadline, the quotas were approved before that,
and its later dates follow in working days. `last` was run by the calendar of the season, March to April. Both have the
twelve destinations of data/calls.toml (`destination.code` is the partner's code), quotas by faculty, and the
university's rules. `last` is run and published by `results`. Everything goes through the actions of mobility.calls.
"""

import hashlib
import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from mobility.calls.actions import calls as acts
from mobility.calls.actions import destinations, quotas
from mobility.calls.models import Call, RulesTemplate
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import Exceptions, add_working_days
from mobility.people.models import CalendarDay, Faculty, User
from mobility.sample.agreements import TRAINING
from mobility.sample.names import DATA
from mobility.sample.people import DOMAIN
from partners.models import Condition

OWNER = f"ir.students@{DOMAIN}"
SEASON_LEAD = timedelta(days=100)
STAY = ("07-05", "08-15")
MORNING, NOON, EVENING = time(9), time(12), time(18)

# Working days before the day of the sample or after it; the deadline has just passed.
THIS_YEAR = {
    "opens_at": (-22, MORNING),
    "deadline": (-4, EVENING),
    "verified_by": (5, EVENING),
    "points_from": (6, MORNING),
    "points_until": (11, EVENING),
    "protocols_by": (13, EVENING),
    "results_at": (15, NOON),
    "answers_by": (18, EVENING),
}
LAST_YEAR = {
    "opens_at": ("03-10", MORNING),
    "deadline": ("03-31", EVENING),
    "verified_by": ("04-09", EVENING),
    "points_from": ("04-12", MORNING),
    "points_until": ("04-19", EVENING),
    "protocols_by": ("04-21", EVENING),
    "results_at": ("04-23", NOON),
    "answers_by": ("04-28", EVENING),
}


@cache
def read_calls() -> dict[str, Any]:
    with (DATA / "calls.toml").open("rb") as file:
        return tomllib.load(file)


def calls(*, day: date) -> tuple[Call, Call]:
    """Last year's call and this year's; in a late spring the season is the next academic year's."""
    year = AcademicYear.of(day + SEASON_LEAD)
    last = _call(year.plus(-1), last_year_s_dates(year.plus(-1)), quotas_in="last_year")
    this = _call(year, this_year_s_dates(day, CalendarDay.objects.exceptions()), quotas_in="quotas", previous=last)
    return last, this


def last_year_s_dates(year: AcademicYear) -> dict[str, datetime]:
    return {name: _moment(_in_summer(year, text), hour) for name, (text, hour) in LAST_YEAR.items()}


def this_year_s_dates(day: date, exceptions: Exceptions) -> dict[str, datetime]:
    return {name: _moment(add_working_days(day, count, exceptions), hour) for name, (count, hour) in THIS_YEAR.items()}


def _in_summer(year: AcademicYear, text: str) -> date:
    return date.fromisoformat(f"{year.last_day.year}-{text}")


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _call(year: AcademicYear, dates: dict[str, datetime], *, quotas_in: str, previous: Call | None = None) -> Call:
    owner = User.objects.get(email=OWNER)
    summer = year.last_day.year
    facts = {field: text.format(year=summer) for field, text in read_calls()["texts"].items()}
    facts |= {"code": f"PT{summer % 100}", "kind": TRAINING, "academic_year": str(year), "previous": previous, **dates}
    template = RulesTemplate.objects.get(code="university")
    begun = dates["opens_at"] - timedelta(days=21)
    call = acts.draft(facts=facts, template=template, by=owner, at=begun)
    cells = {}
    faculties = {row.code: row.pk for row in Faculty.objects.all()}
    for plan in read_calls()["destinations"]:
        place = destinations.add(call=call, **_destination(plan, year, sum(plan[quotas_in])), by=owner)
        for code, seats in zip(read_calls()["faculties"], plan[quotas_in], strict=True):
            cells[place.pk, faculties[code]] = seats
    quotas.set_quotas(call=call, cells=cells, seen={}, reason="", by=owner, at=begun + timedelta(days=2))
    quotas.approve(
        call=call,
        number=f"24-{summer % 100}",
        signed_on=(begun + timedelta(days=5)).date(),
        scan=None,
        sha256=quotas.checksum(quotas.signed_content(call)),
        by=owner,
        at=begun + timedelta(days=6),
    )
    seed = hashlib.sha256(f"sample {call.code}".encode()).hexdigest()
    return acts.open_call(call=call, seed=seed, by=owner, at=begun + timedelta(days=14))


def _destination(plan: dict[str, Any], year: AcademicYear, seats: int) -> dict[str, Any]:
    first, last = (_in_summer(year, text) for text in plan.get("days", STAY))
    language, level = plan.get("language", ("ru", ""))
    condition = Condition.objects.valid_during(first, last).get(
        partner__code=plan["partner"], kind=TRAINING, direction="outgoing"
    )
    terms = {"code": plan["partner"], "seats": seats, "starts": first, "ends": last}
    terms |= {"language": language, "language_level": level}
    terms |= {f"costs_{tongue}": text for tongue, text in plan.get("costs", {}).items()}
    return {"condition": condition, "terms": terms}
