"""What lies on the desk of a faculty's office: which applications are to be read, and how far the reading is."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from mobility.calls.models import Call
from mobility.people.models import Faculty, User
from mobility.students.models import Application, Claim, Evidence
from selection.models import Conflict

# a count of what `application_progress` holds: the index alone answers
PROGRESS = {"whole": Count("call"), "verified": Count("call", filter=Q(claims_read__gte=F("claims_count")))}
SHOWN_OF_FILES = ("name", "content", "content_type", "size", "sha256", "uploaded_at", "pages")
SHOWN_OF_EARLIER = (
    *("kind", "title", "day", "level", "verdict", "reason", "reason_text"),
    *("accepted_kind", "accepted_amount", "accepted_level"),
    *("application__student", *(f"application__call__title_{language}" for language, _name in settings.LANGUAGES)),
)
SHOWN_OF_HOLDERS = ("claim__title", "claim__application__number", "claim__application__faculty")


@dataclass(frozen=True)
class Progress:
    """Of the applications in the competition, those whose claims have all been read."""

    verified: int
    whole: int

    @classmethod
    def of(cls, counts: dict[str, int] | None) -> "Progress":
        return cls(**(counts or {"verified": 0, "whole": 0}))

    @property
    def left(self) -> int:
        return self.whole - self.verified


def in_faculty(call: Call | OuterRef, faculty: Faculty) -> QuerySet:
    return Application.objects.filter(call=call, faculty=faculty)


def progress_in(call: Call | OuterRef, faculty: Faculty) -> QuerySet:
    """As JSON, to be read along with something else; nothing where nobody is in the competition."""
    submitted = in_faculty(call, faculty).submitted().order_by().values("call")
    return submitted.annotate(counts=JSONObject(**PROGRESS)).values("counts")


def with_progress(calls: QuerySet, faculty: Faculty) -> QuerySet:
    """In one reading with the call: `progress`, and how many verdicts are `pending`."""
    counted = Subquery(progress_in(OuterRef("pk"), faculty))
    return calls.annotate(progress=counted, pending=pending_in(faculty))


# Asked with each page of the queue and of the ranking: the ORM writes it for longer than it takes.
PENDING = """
    SELECT count(*) FROM selection_reading reading
    JOIN students_claim claim ON claim.id = reading.claim_id
    JOIN students_application application ON application.id = claim.application_id
    WHERE reading.needs_second AND reading.seconded_at IS NULL AND reading.refused_at IS NULL
      AND application.call_id = calls_call.id AND application.faculty_id = %s
"""


def pending_in(faculty: Faculty) -> RawSQL:
    """How many verdicts wait for a second person, for each call of a query."""
    return RawSQL(PENDING, [faculty.pk])  # noqa: S611 -- a constant, and its value apart


# Asked with each save: likewise.
UNREAD_AFTER = """
    SELECT following.number FROM students_application following
    WHERE following.call_id = students_application.call_id AND following.faculty_id = students_application.faculty_id
      AND following.state = 'submitted' AND following.claims_read < following.claims_count
      AND following.number > students_application.number
      AND following.student_id <> %s
      AND following.id NOT IN (SELECT application_id FROM selection_conflict WHERE person_id = %s)
    ORDER BY following.number LIMIT 1
"""


def unread_after(by: User) -> RawSQL:
    """For each application of a query the number of the one that this reader comes to next, or nothing."""
    return RawSQL(UNREAD_AFTER, [by.pk, by.pk])  # noqa: S611 -- a constant, and its values apart


def first_unread(application: Application, by: User) -> tuple[str | None, int]:
    """From the start again, but this one; where none is left to this reader, how many are to others."""
    unread = in_faculty(application.call, application.faculty).unverified().exclude(pk=application.pk)
    own = ~Q(student=by) & ~Q(pk__in=Conflict.objects.of_person(by).values("application"))
    whole = unread.order_by().aggregate(first=Min("number", filter=own), left=Count("pk"))
    return whole["first"], 0 if whole["first"] else whole["left"]


def files_of(application: Application, claims: list[Claim]) -> list[Evidence]:
    """The files of the claims, and the same documents wherever else they stand in this call: one reading."""
    own = Evidence.objects.filter(claim__in=claims).order_by()
    same = Evidence.objects.filter(claim__application__call=application.call_id).filter(
        file__sha256__in=own.values("file__sha256")
    )
    return list(
        same.exclude(claim__application__state="draft")
        .select_related("file", "claim__application")
        .only(*(f"file__{name}" for name in SHOWN_OF_FILES), *SHOWN_OF_HOLDERS)
        .order_by("claim__application__number", "claim_id", "pk")
    )


def earlier_verdicts(application: Application, claims: list[Claim], documents: list[Evidence]) -> dict[int, Claim]:
    """Claim → one of the same student in another call, read then: the same file, or the same words and day.

    Only where something is still to be read: there alone it is offered.
    """
    if all(claim.verdict for claim in claims):
        return {}
    files = Evidence.objects.filter(claim=OuterRef("pk")).order_by()
    before = (
        Claim.objects.filter(application__student=application.student_id)
        .exclude(application=application.pk)
        .exclude(verdict="")
        .select_related("application__call")
        .only(*SHOWN_OF_EARLIER)
        .annotate(files=ArraySubquery(files.values("file")))
        .order_by("read_at")
    )
    by_file, by_words = {}, {}
    for claim in before:
        by_words[_words(claim)] = claim
        by_file |= dict.fromkeys(claim.files, claim)
    found = {}
    for claim in claims:
        same_file = (by_file[one.file_id] for one in documents if one.claim_id == claim.pk and one.file_id in by_file)
        if earlier := next(same_file, by_words.get(_words(claim))):
            found[claim.pk] = earlier
    return found


@dataclass(frozen=True)
class Twin:
    """Where else the same document or achievement stands; without a number where it is another faculty's."""

    number: str
    title: str
    is_own: bool
    is_document: bool


def counted_elsewhere(
    application: Application, claims: list[Claim], documents: list[Evidence]
) -> dict[int, list[Twin]]:
    """Claim → what else in this call would count the same again: nothing is counted twice."""
    holders: dict[str, dict[int, Claim]] = defaultdict(dict)
    for one in documents:
        holders[one.file.sha256][one.claim_id] = one.claim
    found = {}
    for claim in claims:
        twins = {key: twin for those in holders.values() if claim.pk in those for key, twin in those.items()}
        twins.pop(claim.pk, None)
        again = [one for one in again_among(claim, claims) if one.pk not in twins]
        found[claim.pk] = [
            *(_twin(twin, application, is_document=True) for twin in twins.values()),
            *(_twin(one, application, is_document=False) for one in again),
        ]
    return found


def _twin(claim: Claim, application: Application, *, is_document: bool) -> Twin:
    is_own = claim.application_id == application.pk
    is_ours = claim.application.faculty_id == application.faculty_id
    return Twin(claim.application.number if is_ours else "", claim.title if is_ours else "", is_own, is_document)


def again_among(claim: Claim, claims: list[Claim]) -> list[Claim]:
    """The others with the same words and day; where both name an event, the rules count it once by themselves."""
    same = [one for one in claims if one.pk != claim.pk and _words(one) == _words(claim)]
    return [one for one in same if not (one.event and claim.event)]


def _words(claim: Claim) -> tuple:
    return claim.kind, claim.title.lower(), claim.day, claim.level
