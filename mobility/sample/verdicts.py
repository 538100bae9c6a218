"""What the faculties made of the applications: this year's half read, last year's read, shown, locked and in protocols.

    verdicts.found(last=last, this=this, seed=seed, at=at)

Stands after the applications. Of the claims a fifth is refused and 15 of a hundred are lowered, as in the season.
Readings are written as rows and everything is computed again; the rest goes through the actions of the product.
"""

import random
from collections import defaultdict
from datetime import datetime, timedelta

from django.utils.translation import override

from mobility.calls.models import Call
from mobility.calls.rubric import engine_rules
from mobility.people.models import Faculty, RoleKind, User
from mobility.sample.people import DOMAIN
from mobility.students.models import Application, Claim, Verdict
from mobility.web.bulk import pour, rewrite
from selection.actions import protocols, standings
from selection.actions.readings import PUSHED, Entered
from selection.actions.scoring import rescore_call
from selection.engine.scoring import Rules
from selection.models import CommissionMember, Decision, Reading, Reason, Seat, Showing
from selection.papers import locked, proposed
from selection.reasons import sentences

READ_OF_THIS_YEAR = 0.55
REFUSED, LOWERED = 0.20, 0.15
REASONS = (Reason.NOT_PROVEN, Reason.OUTSIDE_PERIOD, Reason.COUNTED_ELSEWHERE, Reason.UNREADABLE)
LOWER = {
    "talk-international": "talk-national",
    "talk-national": "talk-university",
    "article-indexed-other": "article-national-other",
    "article-national-other": "article",
    "award-international": "award-national",
    "award-national": "award-university",
}
COMMISSION = (
    (Seat.CHAIR, "Дзянісевіч А. П.", "дэкан"),
    (Seat.SECRETARY, "Лойка В. М.", "намеснік дэкана"),
    (Seat.MEMBER, "Грыневіч С. І.", "дацэнт"),
    (Seat.MEMBER, "Рубан К. А.", "прафсаюз студэнтаў"),
)
HOUR = timedelta(hours=1)


def found(*, last: Call, this: Call, seed: int, at: datetime) -> None:
    lot = random.Random(f"verdicts of {seed}")
    read_last_year(last, lot)
    for faculty in faculties_in(last):
        decide(last, faculty, number=faculty.position + 1)
    read_this_year(this, lot, at=at)


def faculties_in(call: Call) -> list[Faculty]:
    submitted = Application.objects.submitted().filter(call=call)
    return list(Faculty.objects.filter(pk__in=submitted.values("faculty")).order_by("position", "code"))


def readers_of(faculty: Faculty) -> list[User]:
    """Of its dean's office; where nobody is in it, those who load the sample."""
    held = {"role_grants__kind": RoleKind.DEANS_OFFICE, "role_grants__faculty": faculty}
    return list(User.objects.filter(**held).order_by("pk")) or [User.objects.get(email=f"admin@{DOMAIN}")]


def read_this_year(call: Call, lot: random.Random, *, at: datetime) -> None:
    """Part of each faculty's, in the order of numbers."""
    chosen: list[Application] = []
    for faculty in faculties_in(call):
        submitted = list(Application.objects.submitted().filter(call=call, faculty=faculty).order_by("number"))
        chosen += submitted[: round(len(submitted) * READ_OF_THIS_YEAR)]
    read(call, chosen, lot, at=max(call.deadline, at - HOUR))


def read_last_year(call: Call, lot: random.Random) -> None:
    submitted = Application.objects.submitted().filter(call=call).order_by("number")
    read(call, list(submitted), lot, at=call.verified_by - HOUR)


def read(call: Call, applications: list[Application], lot: random.Random, *, at: datetime) -> None:
    """As rows, all at once: the actions refuse a call that is published, and take an application at a time."""
    readings, claims = [], []
    rules = engine_rules(call, call.rules_versions.order_by("-number")[0])
    readers = {faculty.pk: readers_of(faculty)[0] for faculty in faculties_in(call)}
    of_application = defaultdict(list)
    keys = {application.pk: application for application in applications}
    for claim in Claim.objects.filter(application__in=keys).order_by("application__number", "pk"):
        of_application[claim.application_id].append(claim)
    students = User.objects.in_bulk([application.student_id for application in applications])
    for application in applications:
        application.student = students[application.student_id]
        for claim in of_application[application.pk]:
            row = verdict(claim, application, rules, lot)
            given = {"kind": row.kind, "amount": row.amount, "level": row.level, "reason": row.reason, "text": row.text}
            by = readers[application.faculty_id]
            readings.append(Reading(claim=claim, number=1, decision=row.decision, by=by, at=at, **given))
            claims.append(pushed(claim, row, at))
    pour(readings)
    rewrite(claims, PUSHED)
    rescore_call(call=call)


def pushed(claim: Claim, row: Entered, at: datetime) -> Claim:
    refused = row.decision == Decision.REFUSED
    claim.verdict, claim.read_at = Verdict(row.decision), at
    claim.accepted_kind, claim.accepted_level = ("", "") if refused else (row.kind, row.level)
    claim.accepted_amount, claim.reason, claim.reason_text = row.amount, row.reason, row.text
    return claim


def verdict(claim: Claim, application: Application, rules: Rules, lot: random.Random) -> Entered:
    chance = lot.random()
    if chance < REFUSED:
        reason = lot.choice(REASONS)
        text = sentences(claim, application, rules)[reason]
        return Entered(claim.pk, 0, Decision.REFUSED, claim.kind, reason=reason, text=text)
    lower = LOWER.get(claim.kind)
    if lower and chance < REFUSED + LOWERED * 2:  # every second claim is of a kind that has a lower one
        text = sentences(claim, application, rules)[Reason.OTHER_KIND]
        return Entered(claim.pk, 0, Decision.CORRECTED, lower, claim.amount, reason=Reason.OTHER_KIND, text=text)
    return Entered(claim.pk, 0, Decision.ACCEPTED, claim.kind, claim.amount, claim.level)


def decide(call: Call, faculty: Faculty, *, number: int) -> None:
    """Points shown, the ranking locked, the commission's protocol registered."""
    office = readers_of(faculty)
    by = office[0]
    Showing.objects.create(call=call, faculty=faculty, by=by, at=call.points_from)
    Application.objects.submitted().filter(call=call, faculty=faculty).update(points_shown_at=call.points_from)
    for seat, name, position in COMMISSION:
        protocols.add_member(call=call, faculty=faculty, seat=seat, name=name, position=position, by=by)
    met = call.protocols_by - 28 * HOUR
    standing = standings.lock(call=call, faculty=faculty, with_unread=True, by=by, at=met - HOUR)
    present = list(CommissionMember.objects.filter(call=call, faculty=faculty))
    votes = {"votes_for": len(present), "votes_against": 0, "abstained": 0}
    with override("be"):
        said_there = proposed(locked(standing)) | votes | {"met_at": met, "place": "г. Мінск"}
        protocol = protocols.write(standing=standing, present=present, said=said_there, by=by, at=met + HOUR)
    protocols.enter_number(protocol=protocol, number=f"{number}", dated=met.date(), by=by, at=met + 2 * HOUR)
