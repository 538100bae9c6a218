"""Students, as an office sees them: the list, one student, and what is missing before a ranking."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.people.filters import StudentFilter
from mobility.people.marks import on_paper
from mobility.people.models import Faculty, Gap, StudentProfile, User
from mobility.people.models.students import StudentStatus
from mobility.people.permissions import can_edit_student, can_import_rosters, can_open_doors, can_open_students
from mobility.people.querysets import gaps_of
from mobility.web.lists import List
from mobility.web.tables import Column

from .people import joined

MARKED = Column(_("Slip"))  # the boxes of those who may print slips
LEFT = {status for status in StudentStatus.values if status != StudentStatus.STUDYING}
NAMES = ("family_name", "given_name", "patronymic")
LATIN_NAMES = ("latin_family_name", "latin_given_name")


class StudentList(List):
    template_name = "people/student_list.html"
    filterset_class = StudentFilter
    sort = "name"
    whole_by = ("status",)
    columns = (
        Column(_("Name"), "name", ("sort_name",)),
        Column(_("Record-book number")),
        Column(_("Faculty and specialty")),
        Column(_("Course year, group"), "course", ("course_year", "group", "sort_name")),
        Column(_("Mean mark"), "mark", ("mean_mark", "sort_name"), css="number"),
        Column(_("To settle")),
    )
    fields = (
        "person_id",
        *(f"person__{name}" for name in (*NAMES, *LATIN_NAMES, "record_book")),
        "faculty_id",
        "specialty",
        "course_year",
        "group",
        "citizenship",
        "funding",
        "status",
        "mean_mark",
        "marks_counted",
        "marks_unmapped",
        "debts",
        "is_on_leave",
    )

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_open_students(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        students = StudentProfile.objects.of_office(self.request.user).with_leave_on(timezone.localdate())
        return students if self.request.GET.get("status") in LEFT else students.studying()

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        user = self.request.user
        may_open_doors = can_open_doors(user)
        if may_open_doors:
            self.columns = (*self.columns, MARKED)
        words = {"on_leave": str(_("on leave"))}  # looked up once, not in each row
        may = {"may_import": can_import_rosters(user), "may_open_doors": may_open_doors}
        return super().get_context_data(words=words, **may, **kwargs)

    @cached_property
    def faculties(self) -> dict[int, str]:
        return {pk: str(faculty.short_name) for pk, faculty in Faculty.objects.in_bulk().items()}

    @cached_property
    def gap_names(self) -> dict[str, str]:
        return {gap: str(label) for gap, label in Gap.choices}

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        """Keys and years as text: a page would ask of each number how the reader's language writes it."""
        name, latin = (joined(*(row[f"person__{part}"] for part in parts)) for parts in (NAMES, LATIN_NAMES))
        return row | {
            "key": str(row["person_id"]),
            "course_year": str(row["course_year"]),
            "name": name,
            "latin": latin if latin != name else "",
            "faculty": self.faculties[row["faculty_id"]],
            "mean": on_paper(row["mean_mark"]),
            "gaps": ", ".join(self.gap_names[gap] for gap in gaps_of(row)),
            "left": StudentStatus(row["status"]).label if row["status"] in LEFT else "",
        }


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    student = visible_student(request, pk)
    person, today = student.person, timezone.localdate()
    marks = person.marks.select_related("session", "scale", "roster").order_by(
        "-session__year", "-session__term", "subject"
    )
    context = {
        "student": student,
        "person": person,
        "gaps": [Gap(gap).label for gap in gaps_of(gap_row(student))],
        "marks": list(marks),
        "debts": person.session_debts.filter(count__gt=0).select_related("session"),
        "sanctions": person.sanctions.all(),
        "sanctions_in_force": set(person.sanctions.in_force_on(today).values_list("pk", flat=True)),
        "leaves": person.leaves.all(),
        "on_leave": person.leaves.in_force_on(today).first(),
        "may_edit": can_edit_student(request.user, student),
        "may_invite": User.objects.invitable_by(request.user, on=today).filter(pk=person.pk).exists(),
        "today": today,
    }
    return render(request, "people/student_detail.html", context)


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    if not can_open_students(request.user):
        raise Http404
    counts = StudentProfile.objects.visible_to(request.user).count_gaps()
    rows = [{"gap": gap, "label": label, "count": counts[gap]} for gap, label in Gap.choices]
    context = {"rows": rows, "all": counts["all"], "may_import": can_import_rosters(request.user)}
    return render(request, "people/student_gaps.html", context)


def visible_student(request: HttpRequest, pk: int) -> StudentProfile:
    """By the person's number, so that a student and a person are one address."""
    if not can_open_students(request.user):
        raise Http404
    students = StudentProfile.objects.visible_to(request.user).select_related("person", "faculty", "status_by")
    return get_object_or_404(students, person=pk)


def gap_row(student: StudentProfile) -> dict[str, Any]:
    names = ("marks_counted", "marks_unmapped", "citizenship", "specialty", "funding")
    return {name: getattr(student, name) for name in names} | {
        "person__latin_family_name": student.person.latin_family_name
    }
