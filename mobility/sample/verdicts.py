"""What the faculties made of the applications: this year's half read, last year's read, shown, locked and in protocols.

    verdicts.found(last=last, this=this, seed=seed, at=at)

Stands after the applications. Of the claims a fifth is refused and 15 of a hundred are lowered, as in the season.
This year's are read through the actions of the product; last year's call is published already and refuses that, so
its readings are written as rows, and computed again.
"""

import random
from datetime import datetime, timedelta

from django.utils.translation import override

from mobility.calls.models import Call
from mobility.calls.rubric import engine_rules
from mobility.people.models import Faculty, RoleKind, User
from mobility.sample.people import DOMAIN
from mobility.students.models import Application, Claim, Verdict
from selection.actions import protocols, standings
from selection.actions.readings import Entered, read_claims
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
    """Part of each faculty's, in the order of numbers; one application is read half."""
    for faculty in faculties_in(call):
        reader = readers_of(faculty)[0]
        waiting = list(Application.objects.unverified().filter(call=call, faculty=faculty).order_by("number"))
        for application in waiting[: round(len(waiting) * READ_OF_THIS_YEAR)]:
            rows = [verdict(claim, application, lot) for claim in application.claims.order_by("pk")]
            read_claims(application=application, entered=rows, by=reader, at=max(call.deadline, at - HOUR))


def read_last_year(call: Call, lot: random.Random) -> None:
    at, readings, claims = call.verified_by - HOUR, [], []
    readers = {faculty.pk: readers_of(faculty)[0] for faculty in faculties_in(call)}
    for application in Application.objects.submitted().filter(call=call).order_by("number"):
        application.call = call
        for claim in application.claims.order_by("pk"):
            row = verdict(claim, application, lot)
            given = {"kind": row.kind, "amount": row.amount, "level": row.level, "reason": row.reason, "text": row.text}
            by = readers[application.faculty_id]
            readings.append(Reading(claim=claim, number=1, decision=row.decision, by=by, at=at, **given))
            claims.append(pushed(claim, row, at))
    Reading.objects.bulk_create(readings, batch_size=1000)
    fields = ["verdict", "accepted_kind", "accepted_amount", "accepted_level", "reason", "reason_text", "read_at"]
    Claim.objects.bulk_update(claims, fields, batch_size=1000)
    rescore_call(call=call)


def pushed(claim: Claim, row: Entered, at: datetime) -> Claim:
    refused = row.decision == Decision.REFUSED
    claim.verdict, claim.read_at = Verdict(row.decision), at
    claim.accepted_kind, claim.accepted_level = ("", "") if refused else (row.kind, row.level)
    claim.accepted_amount, claim.reason, claim.reason_text = row.amount, row.reason, row.text
    return claim


def verdict(claim: Claim, application: Application, lot: random.Random) -> Entered:
    chance = lot.random()
    if chance < REFUSED:
        reason = lot.choice(REASONS)
        return Entered(claim.pk, 0, Decision.REFUSED, claim.kind, 1, "", reason, said(claim, application, reason))
    lower = LOWER.get(claim.kind)
    if lower and chance < REFUSED + LOWERED * 2:  # every second claim is of a kind that has a lower one
        text = said(claim, application, Reason.OTHER_KIND)
        return Entered(claim.pk, 0, Decision.CORRECTED, lower, claim.amount, "", Reason.OTHER_KIND, text)
    return Entered(claim.pk, 0, Decision.ACCEPTED, claim.kind, claim.amount, claim.level)


def said(claim: Claim, application: Application, reason: str) -> str:
    return sentences(claim, application, rules_of(application.call))[reason]


def rules_of(call: Call) -> Rules:
    return engine_rules(call, call.rules_versions.order_by("-number")[0])


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
