"""What the pages of a run say: how many are placed, by destination and faculty; and after publication, who answered."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from mobility.calls.models import Call, Destination
from mobility.people.models import Faculty
from mobility.students.models import Application, Offer
from selection.actions.runs import faculties_not_locked
from selection.models import Protocol, Run, Standing

EXAMPLES = 3


@dataclass(frozen=True)
class Filling:
    """One destination of a run: its seats, how many are placed, and the faculties' cut-offs."""

    destination: Destination
    placed: int
    cutoffs: list[tuple[Faculty, str]]

    @property
    def free(self) -> int:
        return self.destination.seats - self.placed


@dataclass(frozen=True)
class Summary:
    applicants: int
    placed: int
    without: int
    seats: int
    fillings: list[Filling]


def summary(run: Run) -> Summary:
    result = json.loads(run.result)
    placed = Counter(held for held in result["placements"].values() if held)
    faculties = Faculty.objects.in_bulk(field_name="code")
    destinations = list(run.call.destinations.select_related("condition__partner").order_by("code"))
    fillings = [
        Filling(destination, placed[destination.code], _cutoffs(result["cutoffs"].get(destination.code, {}), faculties))
        for destination in destinations
    ]
    return Summary(
        applicants=len(result["placements"]),
        placed=sum(placed.values()),
        without=len(result["placements"]) - sum(placed.values()),
        seats=sum(destination.seats for destination in destinations),
        fillings=fillings,
    )


def _cutoffs(cutoffs: dict[str, Any], faculties: dict[str, Faculty]) -> list[tuple[Faculty, str]]:
    """Of the faculties that somebody was refused from: the code of the last one in, or empty where nobody is in."""
    return [
        (faculties[code], cutoff["applicant"] or "")
        for code, cutoff in sorted(cutoffs.items(), key=lambda item: faculties[item[0]].position)
        if cutoff["state"] != "open"
    ]


@dataclass(frozen=True)
class Example:
    """One applicant's outcome as the letter's page will say it, by code."""

    applicant: str
    placed: Destination | None


def examples(run: Run) -> list[Example]:
    """Some who are placed and some who are not: what the second person looks at before everybody is told."""
    destinations = {row.code: row for row in run.call.destinations.select_related("condition__partner")}
    placements = sorted(json.loads(run.result)["placements"].items())
    winners = [(code, held) for code, held in placements if held][:EXAMPLES]
    others = [(code, held) for code, held in placements if not held][:EXAMPLES]
    return [Example(code, destinations.get(held or "")) for code, held in winners + others]


@dataclass(frozen=True)
class Answers:
    """One destination after publication: seats confirmed, waiting for an answer, given up, and free."""

    destination: Destination
    confirmed: int
    held: int
    given_up: int

    @property
    def free(self) -> int:
        return self.destination.seats - self.confirmed - self.held


@dataclass(frozen=True)
class AnswersOfCall:
    rows: list[Answers]

    @property
    def confirmed(self) -> int:
        return sum(row.confirmed for row in self.rows)

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def given_up(self) -> int:
        return sum(row.given_up for row in self.rows)

    @property
    def free(self) -> int:
        return sum(row.free for row in self.rows)


@dataclass(frozen=True)
class OfFaculty:
    """How far a faculty is on its way from applications to a registered protocol."""

    faculty: Faculty
    applicants: int
    read: int
    standing: Standing | None

    @property
    def is_read(self) -> bool:
        return self.read == self.applicants

    @property
    def protocol(self) -> Protocol | None:
        return getattr(self.standing, "protocol", None)


def faculties(call: Call) -> list[OfFaculty]:
    """Those with applicants, in the faculties' order."""
    applied = call.applications.submitted().order_by().values_list("faculty")
    counted = applied.annotate(whole=Count("pk"), read=Count("pk", filter=Q(claims_read__gte=F("claims_count"))))
    counts = {faculty: (whole, read) for faculty, whole, read in counted}
    in_force = Standing.objects.filter(call=call, undone_at=None).select_related("protocol__document")
    locked = {row.faculty_id: row for row in in_force}
    return [
        OfFaculty(faculty, *counts[faculty.pk], locked.get(faculty.pk))
        for faculty in Faculty.objects.filter(pk__in=counts)
    ]


def without_protocol(call: Call) -> list[Faculty]:
    """Those whose commission's decision has no number yet."""
    return [row.faculty for row in faculties(call) if not (row.protocol and row.protocol.document.number)]


def calls_to_publish(at: datetime) -> QuerySet[Call]:
    """Closed and not published: `is_run`; `is_locked` where every faculty with applicants has locked its ranking."""
    applied = Application.objects.submitted().filter(call=OuterRef("pk"))
    found = Call.objects.being_read_at(at).annotate(
        is_run=Exists(Run.objects.filter(call=OuterRef("pk"))),
        is_locked=Q(Exists(applied), ~Exists(faculties_not_locked(OuterRef(OuterRef("pk"))))),
    )
    return found.order_by("deadline", "pk")


def answers(call: Call) -> AnswersOfCall:
    def count(*states: str) -> Count:
        return Count("offers", filter=Q(offers__state__in=states, offers__run=call.published_run))

    rows = call.destinations.select_related("condition__partner").order_by("code")
    counted = rows.annotate(
        confirmed=count(Offer.State.CONFIRMED),
        held=count(Offer.State.OPEN),
        given_up=count(Offer.State.DECLINED, Offer.State.LAPSED),
    )
    return AnswersOfCall([Answers(row, row.confirmed, row.held, row.given_up) for row in counted])
