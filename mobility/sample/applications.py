"""Students of the sample apply: drawn by a lot, written many at a time, so that 20,000 take no longer than they must.

    applications.found(call, count=160, at=at)

The rows are what the actions of mobility.students would have left, without a letter to each: numbers in the order of
their beginning, the roster's copy, choices open to the faculty, claims with documents, consents, and one submission.
Verdicts and points that were verified are pushed by whoever reads the claims afterwards.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.utils import timezone

from mobility.calls.models import Call, Destination, Quota
from mobility.files.models import StoredFile
from mobility.people.models import StudentProfile
from mobility.sample.evidence import certificate, store
from mobility.sample.names import DATA
from mobility.students.actions import COPIED, OF_MARKS
from mobility.students.content import content_of
from mobility.students.models import (
    LANGUAGE,
    Application,
    ApplicationState,
    Choice,
    Claim,
    Consent,
    ConsentText,
    Evidence,
    Numbering,
    Submission,
    SubmittedFile,
)
from mobility.students.openings import rules_in_force
from mobility.students.record import claimed_score, failures_at, record_of
from mobility.web.bulk import pour
from selection.engine.exchange import sha256

MARK, SPREAD, LOWEST, HIGHEST = 830, 60, 700, 980  # of applicants, in hundredths
ABLE = {"mean_mark__gte": LOWEST, "debts": 0, "person__leaves": None, "person__sanctions": None}
CLAIMS, CLAIMS_SPREAD, MOST_CLAIMS = 3.0, 1.8, 9
TOO_OLD, HAS_A_CERTIFICATE = 0.08, 0.45
NOT_ELIGIBLE, WITHDRAWN, DRAFTS = 9 / 160, 4 / 160, 6 / 160
LAST_YEAR, THIS_YEAR = 151, 160
BATCH = 2_000


@cache
def read() -> dict[str, Any]:
    with (DATA / "applications.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass
class Drawn:
    """One application with all that hangs on it, before anything has a key."""

    row: Application
    choices: list[Choice] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)


class Season:
    """What is read once for a call, and the lot."""

    def __init__(self, call: Call, *, at: datetime, seed: int) -> None:
        self.call, self.at, self.lot = call, at, Random(f"{seed} {call.code}")
        self.rules = rules_in_force(call)
        self.destinations = list(call.destinations.select_related("condition__partner").prefetch_related("quotas"))
        self.quotas: dict[int, dict[int, Quota]] = {
            row.pk: {quota.faculty_id: quota for quota in row.quotas.all()} for row in self.destinations
        }
        self.texts = list(ConsentText.objects.all())

    def began(self) -> datetime:
        """Most come late."""
        length = self.call.deadline - self.call.opens_at
        return self.call.opens_at + length * (0.02 + 0.9 * self.lot.random() ** 0.6)


def consent_texts(*, at: datetime) -> None:
    words = read()["consents"]
    for purpose in ConsentText.Purpose.values:
        texts = {f"text_{language}": words[f"{purpose}_{language}"] for language in ("en", "ru", "be")}
        ConsentText.objects.create(purpose=purpose, version=1, since=(at - timedelta(days=730)).date(), **texts)


def found(call: Call, *, count: int, at: datetime, seed: int = 1) -> int:
    """How many were written; fewer than asked for where there are too few students."""
    if not ConsentText.objects.exists():
        consent_texts(at=at)
    season = Season(call, at=at, seed=seed)
    students = chosen(season, count)
    begun = sorted((season.began(), number) for number in range(len(students)))
    states = states_of(season, len(students))
    for start in range(0, len(students), BATCH):
        drawn = []
        for place in range(start, min(start + BATCH, len(students))):
            when, number = begun[place]
            drawn.append(_draw(season, students[number], number=place + 1, began=when, state=states[place]))
        _write(season, drawn)
    Numbering.objects.update_or_create(call=call, defaults={"last": len(students)})
    return len(students)


def chosen(season: Season, count: int) -> list[StudentProfile]:
    """By faculty; near the marks that applicants have, and a few whom a rule will keep out."""
    shares = read()["faculties"]
    whole, found = sum(shares.values()), []
    for code, share in shares.items():
        wanted = round(count * share / whole)
        barred = round(wanted * NOT_ELIGIBLE)
        students = StudentProfile.objects.studying().filter(faculty__code=code, course_year__gte=2)
        able = students.filter(**ABLE)
        found += _near_the_marks(season, list(able.select_related("person", "faculty")), wanted - barred)
        unable = students.filter(mean_mark__lt=LOWEST).order_by("-mean_mark", "pk")
        found += list(unable.select_related("person", "faculty")[:barred])
    if len(found) < count:  # the smaller faculties have students left
        able = StudentProfile.objects.studying().filter(faculty__code__in=shares, course_year__gte=2, **ABLE)
        others = able.exclude(pk__in=[student.pk for student in found]).order_by("pk")
        found += list(others.select_related("person", "faculty")[: count - len(found)])
    season.lot.shuffle(found)
    return found


def _near_the_marks(season: Season, students: list[StudentProfile], wanted: int) -> list[StudentProfile]:
    if len(students) <= wanted:
        return students
    by_mark = defaultdict(list)
    for student in students:
        by_mark[student.mean_mark].append(student)
    found = [student for student in students if (student.person.email or "").startswith("student.")]
    for student in found:  # those who are easy to try have applied
        by_mark[student.mean_mark].remove(student)
    by_mark = {mark: those for mark, those in by_mark.items() if those}
    for _one in range(wanted - len(found)):
        target = min(max(season.lot.gauss(MARK, SPREAD), LOWEST), HIGHEST)
        mark = min(by_mark, key=lambda mark: abs(mark - target))
        found.append(by_mark[mark].pop())
        if not by_mark[mark]:
            del by_mark[mark]
    return found


def states_of(season: Season, count: int) -> list[str]:
    drafts, withdrawn = round(count * DRAFTS), round(count * WITHDRAWN)
    if season.call.published_at is not None:
        drafts = withdrawn = 0
    states = ["draft"] * drafts + ["withdrawn"] * withdrawn
    states += ["submitted"] * (count - len(states))
    season.lot.shuffle(states)
    return states


def _draw(season: Season, student: StudentProfile, *, number: int, began: datetime, state: str) -> Drawn:
    lot, call = season.lot, season.call
    saved = min(
        began + timedelta(minutes=lot.randrange(20, 4000)), call.deadline - timedelta(minutes=lot.randrange(1, 300))
    )
    saved = max(saved, began + timedelta(seconds=30))
    row = Application(
        call=call,
        student=student.person,
        faculty=student.faculty,
        number=f"{call.code}-{number:04}",
        state=state,
        started_at=began,
        saved_at=saved,
        record_at=saved,
        phone=f"+375 29 {lot.randrange(10**6, 10**7)}",
        **{name: getattr(student, name) for name in (*COPIED, *OF_MARKS)},
    )
    if state != ApplicationState.DRAFT:
        row.submitted_at = saved
    if state == ApplicationState.WITHDRAWN:
        row.withdrawn_at, row.withdrawn_by = saved + (call.deadline - saved) / 2, student.person
    drawn = Drawn(row)
    _claim(season, drawn)
    _choose(season, drawn)
    _consent(season, drawn)
    row.claims_count = len(drawn.claims)
    return drawn


def _claim(season: Season, drawn: Drawn) -> None:
    lot, words = season.lot, read()
    known = {kind: weight for kind, weight in words["kinds"].items() if kind in season.rules.catalogue}
    count = min(max(round(lot.gauss(CLAIMS, CLAIMS_SPREAD)), 0), MOST_CLAIMS)
    seen = set()
    for kind in lot.choices(list(known), weights=known.values(), k=count):
        entry = season.rules.catalogue[kind]
        title = lot.choice(words["titles"][entry.criterion])
        if (kind, title) in seen:
            continue
        seen.add((kind, title))
        months = lot.randrange(800, 1100) if lot.random() < TOO_OLD else lot.randrange(20, 700)
        drawn.claims.append(
            Claim(
                application=drawn.row,
                kind=kind,
                title=title,
                event=lot.choice(words["events"][entry.criterion]),
                place="Минск",
                day=timezone.localdate(season.call.opens_at) - timedelta(days=months),
                amount=_amount(lot, entry),
                added_at=drawn.row.saved_at,
                points_claimed=0,
            )
        )


def _amount(lot: Random, entry: Any) -> int:
    if entry.steps:
        return lot.choice([50, 60, 80, 100, 120])
    return lot.choice([1, 1, 2]) if entry.each else 1


def _choose(season: Season, drawn: Drawn) -> None:
    """Most want what everybody wants; whoever wants a host that asks for a language claims the level."""
    lot, row, wishes = season.lot, drawn.row, read()["wishes"]
    claims = list(drawn.claims)
    claims += [
        _certificate_of(drawn, place)
        for place in season.destinations
        if place.language_level and place.language != row.study_language and lot.random() < HAS_A_CERTIFICATE
    ]
    open_here = [place for place in season.destinations if _is_open(season, row, place, claims)]
    rest = {place: wishes.get(place.code, 1) for place in open_here}
    wanted = min(len(rest), lot.choice([1, 2, 3, 3, 4, 5]))
    for position in range(1, wanted + 1):
        place = lot.choices(list(rest), weights=rest.values())[0]
        del rest[place]
        drawn.choices.append(Choice(application=row, destination=place, position=position))
        if place.language_level and place.language != row.study_language:
            named = [claim.language for claim in drawn.claims]
            drawn.claims += [
                claim for claim in claims if claim.language == place.language and claim.language not in named
            ][:1]


def _certificate_of(drawn: Drawn, destination: Destination) -> Claim:
    row = drawn.row
    return Claim(
        application=row, kind=LANGUAGE, title="Сертификат о владении языком",
        day=(row.started_at - timedelta(days=200)).date(),
        language=destination.language, level=destination.language_level, added_at=row.saved_at,
    )  # fmt: skip


def _is_open(season: Season, row: Application, place: Destination, claims: list[Claim]) -> bool:
    """Of who is barred everywhere, the list says what they wished all the same."""
    quotas = season.quotas[place.pk]
    if not (own := quotas.get(row.faculty_id)) or not own.seats:
        return False
    if row.mean_mark is None or row.mean_mark < season.rules.mark_floor:
        return not place.language_level
    levels = record_of(row, [claim for claim in claims if claim.is_language], as_claimed=True)
    return not failures_at(levels, season.rules, place, quotas, faculty=row.faculty_id)


def _consent(season: Season, drawn: Drawn) -> None:
    row = drawn.row
    hosts = dict.fromkeys(choice.destination.condition.partner.country.code for choice in drawn.choices)
    for text in season.texts:
        countries = [""] if text.purpose == ConsentText.Purpose.PROCESSING else [one for one in hosts if one != "BY"]
        drawn.consents += [
            Consent(application=row, text=text, country=country, given_at=row.saved_at, given_by=row.student)
            for country in countries
        ]


def _write(season: Season, batch: list[Drawn]) -> None:
    for drawn in batch:
        _count(season, drawn)
    pour(drawn.row for drawn in batch)
    claims = [claim for drawn in batch for claim in drawn.claims]
    pour(claims)
    pour(choice for drawn in batch for choice in drawn.choices)
    pour(consent for drawn in batch for consent in drawn.consents)
    files = _files(claims)
    evidence = [
        Evidence(claim=claim, file=file, added_at=claim.added_at) for claim, file in zip(claims, files, strict=True)
    ]
    pour(evidence)
    for row in evidence:
        row.claim._prefetched_objects_cache = {"evidence": [row]}  # noqa: SLF001 -- as prefetch_related leaves it
    _submit(batch)


def _count(season: Season, drawn: Drawn) -> None:
    """Before the claims have keys: numbers stand in for them."""
    for number, claim in enumerate(drawn.claims, start=1):
        claim.pk = number
    score = claimed_score(drawn.row, drawn.claims, season.rules)
    worth = {line.claim: line.claimed for line in score.lines}
    for claim in drawn.claims:
        levels = season.rules.language_levels
        claim.points_claimed = levels.get(claim.level, 0) if claim.is_language else worth[str(claim.pk)]
        claim.pk = None
    drawn.row.points_claimed = score.total


def _files(claims: list[Claim]) -> list[StoredFile]:
    """A document for each claim: one that two of them shared would count as a document handed in twice."""
    made = []
    for claim in claims:
        person = claim.application.student
        lines = [claim.kind.replace("-", " "), claim.title, person.code, claim.day.isoformat()]
        made.append(store(certificate(lines), name=f"{claim.kind}.pdf", by=person, at=claim.added_at))
    return pour(made)


def _submit(batch: list[Drawn]) -> None:
    sent = [drawn for drawn in batch if drawn.row.submitted_at is not None]
    submissions = []
    for drawn in sent:
        content = content_of(drawn.row, choices=drawn.choices, claims=drawn.claims, consents=drawn.consents, papers=[])
        row = drawn.row
        submissions.append(
            Submission(
                application=row, version=1, content=content, sha256=sha256(content), by=row.student, at=row.submitted_at
            )
        )
    pour(submissions)
    files = [
        SubmittedFile(submission=submission, file_id=file)
        for drawn, submission in zip(sent, submissions, strict=True)
        for file in sorted({row.file_id for claim in drawn.claims for row in claim.evidence.all()})
    ]
    pour(files)
