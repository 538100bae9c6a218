"""Agreements of the season: their parties, conditions, and what partners confirmed last year and this year."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from mobility.people.academic_years import AcademicYear
from mobility.people.models import User
from mobility.sample.names import DATA
from mobility.sample.people import DOMAIN
from partners.models import Agreement, Condition, ConfirmedSeats, Institution, Party

OWNER = "ir.agreements"
TRAINING = "practical-training"
SUBJECT = "Сотрудничество в области медицинского образования"


@dataclass(frozen=True)
class Season:
    day: date
    at: datetime
    owner: User
    institutions: dict[str, Institution]


@cache
def read_agreements() -> list[dict[str, Any]]:
    with (DATA / "agreements.toml").open("rb") as file:
        return tomllib.load(file)["agreements"]


def found(*, day: date, at: datetime) -> None:
    owner = User.objects.get(email=f"{OWNER}@{DOMAIN}")
    season = Season(day, at, owner, {row.code: row for row in Institution.objects.partners()})
    plans = read_agreements()
    agreements = Agreement.objects.bulk_create(
        _agreement(plan, season, position) for position, plan in enumerate(plans, start=1)
    )
    pairs = list(zip(agreements, plans, strict=True))
    Party.objects.bulk_create(party for pair in pairs for party in _parties(*pair, season))
    lines = [line for pair in pairs for line in _lines(*pair, season)]
    Condition.objects.bulk_create(condition for condition, _plan in lines)
    ConfirmedSeats.objects.bulk_create(entry for line in lines for entry in _letters(*line, season))


def _agreement(plan: dict[str, Any], season: Season, position: int) -> Agreement:
    year = season.day.year - plan["starts"]
    starts = date(year, 1, 1)
    ends = season.day + timedelta(days=plan["ends_in"]) if "ends_in" in plan else date(year + plan["years"] - 1, 12, 31)
    agreement = Agreement(
        subject=plan.get("subject", SUBJECT),
        starts=starts,
        ends=ends,
        renewal=plan.get("renewal", "none"),
        owner=season.owner,
    )
    if not plan.get("draft"):
        agreement.number = f"{position}-{year % 100:02}/{year}"
        agreement.signed_on = starts - timedelta(days=20)
        agreement.sealed_at, agreement.sealed_by = season.at - (season.day - agreement.signed_on), season.owner
    if reason := plan.get("terminated"):
        agreement.terminated_on = date(season.day.year - 3, 12, 31)
        agreement.terminated_at = season.at - (season.day - agreement.terminated_on)
        agreement.terminated_by, agreement.termination_reason = season.owner, reason
    return agreement


def _parties(agreement: Agreement, plan: dict[str, Any], season: Season) -> Iterator[Party]:
    for code in plan["partners"]:
        institution = season.institutions[code]
        signed_as = plan.get("signed_as", institution.own_name)
        yield Party(agreement=agreement, institution=institution, signed_as=signed_as)


def _lines(agreement: Agreement, plan: dict[str, Any], season: Season) -> Iterator[tuple[Condition, dict[str, Any]]]:
    """Each way that has seats, for each partner."""
    for code in plan["partners"]:
        for line in plan["conditions"]:
            for direction, seats in (("outgoing", line.get("out")), ("incoming", line.get("in"))):
                if seats:
                    first, last = line.get("courses", (None, None))
                    yield (
                        Condition(
                            agreement=agreement,
                            partner=season.institutions[code],
                            direction=direction,
                            kind=line.get("kind", TRAINING),
                            seats=seats,
                            weeks=line["weeks"],
                            field="0912",
                            first_course_year=first,
                            last_course_year=last,
                            language=line.get("language", "ru"),
                            language_level=line.get("language_level", ""),
                            starts=agreement.starts,
                        ),
                        line,
                    )


def _letters(condition: Condition, line: dict[str, Any], season: Season) -> Iterator[ConfirmedSeats]:
    if condition.direction != "outgoing":
        return
    this_year = AcademicYear.of(season.day)
    for year, letters in ((this_year.plus(-1), line.get("last_year", [])), (this_year, line.get("this_year", []))):
        for seats, days_ago in letters:
            came = season.day - timedelta(days=days_ago)
            yield ConfirmedSeats(
                condition=condition,
                academic_year=str(year),
                seats=seats,
                letter_number=f"15-7/{condition.seats}{days_ago}",
                letter_date=came,
                entered_by=season.owner,
                entered_at=season.at - timedelta(days=days_ago),
            )
