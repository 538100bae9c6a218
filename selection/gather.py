"""Rows into the engine's frozen input. Reads only, a few queries whatever the number of applications."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mobility.calls.models import Call, Destination, Quota, RulesVersion
from mobility.calls.rubric import engine_rules, terms_of
from mobility.people.models import Faculty
from mobility.students.models import Application, Choice, Claim
from mobility.students.record import record_of
from selection.engine.frozen import plain
from selection.engine.scoring import Rules
from selection.engine.values import VERSION

NO_LOTTERY = {"seed": "", "beacon": ""}


@dataclass(frozen=True)
class RulesInForce:
    version: RulesVersion
    rules: Rules

    @property
    def tie_breakers(self) -> tuple[str, ...]:
        return tuple(self.version.content["tie_breakers"])


def rules_in_force(call: Call) -> RulesInForce:
    version = call.rules_versions.order_by("-number")[0]
    return RulesInForce(version, engine_rules(call, version))


@dataclass(frozen=True)
class Terms:
    """What a call asks and offers at the moment."""

    call: Call
    version: RulesVersion
    destinations: dict[int, Destination]
    quotas: Mapping[int, Mapping[int, Quota]]  # destination → faculty


def terms_of_call(call: Call) -> Terms:
    destinations = {row.pk: row for row in call.destinations.order_by("code")}
    quotas: dict[int, dict[int, Quota]] = defaultdict(dict)
    for quota in Quota.objects.filter(destination__call=call):
        quotas[quota.destination_id][quota.faculty_id] = quota
    for row in destinations.values():
        row.call = call
    return Terms(call, rules_in_force(call).version, destinations, quotas)


def claims_of(applications: Iterable[int] | QuerySet) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in Claim.objects.filter(application__in=applications).order_by("pk").iterator(chunk_size=5000):
        found[claim.application_id].append(claim)
    return found


def choices_of(applications: QuerySet) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Choice.objects.filter(application__in=applications).order_by("application", "position")
    for application, destination in rows.values_list("application", "destination").iterator(chunk_size=20000):
        found[application].append(destination)
    return found


def freeze(terms: Terms, *, faculty: Faculty | None = None, lottery: Mapping[str, str] = NO_LOTTERY) -> dict[str, Any]:
    """The input of a run over all submitted applications, or over those of one faculty, as `engine.frozen` reads it."""
    submitted = Application.objects.submitted().filter(call=terms.call)
    if faculty:
        submitted = submitted.filter(faculty=faculty)
    choices, claims = choices_of(submitted.values("pk")), claims_of(submitted.values("pk"))
    faculties = dict(Faculty.objects.values_list("pk", "code"))
    return {
        "call": terms.call.code,
        "day": timezone.localdate(terms.call.opens_at).isoformat(),
        "engine": VERSION,
        "rules": integers(terms.version.content),
        "rules_version": terms.version.number,
        "precedence": terms.call.precedence,
        "release": terms.call.release,
        "lottery": dict(lottery),
        "destinations": {row.code: _destination(row, terms, faculties) for row in terms.destinations.values()},
        "applicants": {
            row.number: {
                "choices": [terms.destinations[pk].code for pk in choices.get(row.pk, ())],
                "record": plain(record_of(row, claims.get(row.pk, ()))._replace(faculty=faculties[row.faculty_id])),
            }
            for row in submitted.order_by("number").iterator(chunk_size=5000)
        },
        "protected": {},
    }


def _destination(row: Destination, terms: Terms, faculties: Mapping[int, str]) -> dict[str, Any]:
    quotas = terms.quotas.get(row.pk, {})
    own = terms_of(row)
    narrower = {faculties[key]: narrowed for key, quota in quotas.items() if (narrowed := terms_of(row, quota)) != own}
    return {
        "seats": row.seats,
        "quotas": {faculties[key]: quota.seats for key, quota in quotas.items() if quota.seats},
        "terms": plain(own),
        "narrower": {faculty: plain(narrowed) for faculty, narrowed in narrower.items()},
    }


def integers(content: Any) -> Any:
    """Yes and no as 1 and 0: a frozen input holds integers and strings only."""
    if isinstance(content, bool):
        return int(content)
    if isinstance(content, dict):
        return {name: integers(value) for name, value in content.items()}
    if isinstance(content, list):
        return [integers(value) for value in content]
    return content
