"""What lies on the desk of a faculty's office: which applications are to be read, and how far the reading is."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from mobility.calls.models import Call
from mobility.people.models import Faculty, User
from mobility.students.models import Application, Claim
from selection.models import Conflict


@dataclass(frozen=True)
class Progress:
    verified: int
    whole: int

    @property
    def left(self) -> int:
        return self.whole - self.verified


def in_faculty(call: Call, faculty: Faculty) -> QuerySet:
    return Application.objects.filter(call=call, faculty=faculty)


def progress(call: Call, faculty: Faculty) -> Progress:
    """Of the applications in the competition, those whose claims have all been read."""
    counted = (
        in_faculty(call, faculty)
        .submitted()
        .aggregate(whole=Count("pk"), verified=Count("pk", filter=Q(claims_read__gte=F("claims_count"))))
    )
    return Progress(**counted)


def next_to_read(application: Application, by: User) -> Application | None:
    """The following one in the order of numbers, then from the start again; never one that they stay out of."""
    excluded = Conflict.objects.of_person(by).values("application")
    waiting = (
        in_faculty(application.call, application.faculty)
        .unverified()
        .exclude(pk=application.pk)
        .exclude(student=by)
        .exclude(pk__in=excluded)
        .order_by("number")
    )
    return waiting.filter(number__gt=application.number).first() or waiting.first()


def earlier_verdicts(application: Application, claims: list[Claim]) -> dict[int, Claim]:
    """Claim → one of the same student in another call, read then: the same file, or the same words and day."""
    before = (
        Claim.objects.filter(application__student=application.student_id)
        .exclude(application=application.pk)
        .exclude(verdict="")
        .select_related("application__call")
        .prefetch_related("evidence")
        .order_by("read_at")
    )
    by_file, by_words = {}, {}
    for claim in before:
        by_words[_words(claim)] = claim
        by_file |= dict.fromkeys((one.file_id for one in claim.evidence.all()), claim)
    found = {}
    for claim in claims:
        same_file = (by_file[one.file_id] for one in claim.evidence.all() if one.file_id in by_file)
        if earlier := next(same_file, by_words.get(_words(claim))):
            found[claim.pk] = earlier
    return found


def _words(claim: Claim) -> tuple:
    return claim.kind, claim.title.lower(), claim.day, claim.level
