"""What a call offers to one student: each destination with its seats and with every requirement, met or not."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q
from django.db.models.functions import JSONObject

from mobility.calls.models import Call, Destination, Quota, RulesVersion
from mobility.calls.rubric import engine_rules, terms_of
from mobility.students.models import Application, Choice, Claim
from mobility.students.record import failures_at, is_open_to, record_of
from selection.engine.eligibility import Failure
from selection.engine.scoring import Record, Rules, Terms

ALWAYS_SHOWN = ("course", "mean_mark", "specialty", "language")


@dataclass(frozen=True)
class Requirement:
    """One rule: what it asks, what the student has, and whether that is enough."""

    rule: str
    required: Any
    actual: Any
    is_met: bool
    of: str = ""  # the language of a level


@dataclass(frozen=True)
class Opening:
    destination: Destination
    quota: Quota | None
    open_seats: int
    is_open: bool
    requirements: list[Requirement]
    is_eligible: bool

    @property
    def own_seats(self) -> int:
        return self.quota.seats if self.quota else 0

    @property
    def unmet(self) -> list[Requirement]:
        return [requirement for requirement in self.requirements if not requirement.is_met]


def rules_in_force(call: Call) -> Rules:
    return engine_rules(call, version_in_force(call))


def version_in_force(call: Call) -> RulesVersion:
    """The newest that is frozen: a later one counts only once it is announced."""
    return call.rules_versions.filter(frozen_at__isnull=False).order_by("-number")[0]


def offered_to(
    application: Application, *, rules: Rules | None = None, claims: list[Claim] | None = None
) -> list[Opening]:
    """Of the call, in its order. Levels of languages are taken as claimed: the office has yet to read them."""
    rules = rules or rules_in_force(application.call)
    claims = list(application.claims.all()) if claims is None else claims
    record = record_of(application, claims, as_claimed=True)
    own = FilteredRelation("choices", condition=Q(choices__application=application))
    return openings(application.call, record, rules, chosen=own)


def openings(call: Call, record: Record, rules: Rules, *, chosen: FilteredRelation | None = None) -> list[Opening]:
    """One reading: each destination with its partner, its quotas, and where it stands among the choices."""
    faculty = int(record.faculty)
    quotas = Quota.objects.filter(destination=OuterRef("pk")).order_by()
    columns = {field.attname: field.attname for field in Quota._meta.concrete_fields}
    destinations = call.destinations.select_related("condition__partner").order_by("code")
    destinations = destinations.annotate(shares=ArraySubquery(quotas.values(share=JSONObject(**columns))))
    if chosen is not None:
        destinations = destinations.annotate(chosen=chosen).select_related("condition__partner", "chosen")
    return [_opening(destination, record, rules, faculty) for destination in destinations]


def choices_in(openings: list[Opening]) -> list[Choice]:
    """Those of the application that the openings were read for, the dearest first, with their destinations."""
    choices = []
    for opening in openings:
        if choice := getattr(opening.destination, "chosen", None):
            choice.destination = opening.destination
            choices.append(choice)
    return sorted(choices, key=lambda choice: choice.position)


def _opening(destination: Destination, record: Record, rules: Rules, faculty: int) -> Opening:
    quotas = {share["faculty_id"]: Quota(**share) for share in destination.shares}
    found = failures_at(record, rules, destination, quotas, faculty=faculty)
    return Opening(
        destination=destination,
        quota=quotas.get(faculty),
        open_seats=destination.seats - sum(quota.seats for quota in quotas.values()),
        is_open=is_open_to(destination, quotas, faculty=faculty),
        requirements=requirements_of(record, rules, terms_of(destination, quotas.get(faculty)), found),
        is_eligible=not found,
    )


def requirements_of(record: Record, rules: Rules, terms: Terms, failures: list[Failure]) -> list[Requirement]:
    """Those that every student asks about, met or not; of the others only what fails."""
    failed = {failure.rule: failure for failure in failures}
    shown = [_met(rule, record, rules, terms) for rule in ALWAYS_SHOWN if rule not in failed]
    of = {"language": terms.language}
    broken = [
        Requirement(failure.rule, failure.required, failure.actual, is_met=False, of=of.get(failure.rule, ""))
        for failure in failures
        if failure.rule != "open"
    ]
    return [*broken, *(requirement for requirement in shown if requirement is not None)]


def _met(rule: str, record: Record, rules: Rules, terms: Terms) -> Requirement | None:
    """None where the destination does not ask it."""
    if rule == "course":
        lowest, highest = terms.courses or rules.courses
        return Requirement(rule, f"{lowest}–{highest}", record.course, is_met=True)
    if rule == "mean_mark" and not record.mark_scale:
        floor = max(rules.mark_floor, terms.mark_floor or 0)
        return Requirement(rule, floor, record.mean_mark, is_met=True)
    if rule == "specialty" and terms.specialty:
        return Requirement(rule, terms.specialty, record.specialty, is_met=True)
    if rule == "language" and terms.least_level:
        level = record.verified_levels.get(terms.language, "")
        return Requirement(rule, terms.least_level, level, is_met=True, of=terms.language)
    return None
