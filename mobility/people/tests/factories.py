"""People for tests: `UserFactory()`, `RoleFactory(kind=RoleKind.IR_OFFICER)`, `StudentFactory(faculty=…)`."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.people.models import (
    Absence,
    Department,
    Deputy,
    ExamSession,
    Faculty,
    Mark,
    Role,
    RoleKind,
    Roster,
    Sanction,
    Scale,
    StaffProfile,
    StudentLeave,
    StudentProfile,
    University,
    User,
)

LONG_AGO = datetime(2020, 9, 1, 9, tzinfo=UTC)


class UniversityFactory(DjangoModelFactory):
    class Meta:
        model = University
        django_get_or_create = ("id",)  # there is one

    id = 1
    name_en, name_ru, name_be = "Trial University", "Пробный университет", "Пробны ўніверсітэт"
    short_name_en, short_name_ru, short_name_be = "TU", "ПУ", "ПУ"
    ir_department_en = "Department of International Relations"
    ir_department_ru = "Отдел международных связей"
    ir_department_be = "Аддзел міжнародных сувязей"
    zone_en, zone_ru, zone_be = "Minsk time", "по минскому времени", "па мінскім часе"


class FacultyFactory(DjangoModelFactory):
    class Meta:
        model = Faculty

    code = factory.Sequence("faculty-{}".format)
    name_en = factory.Sequence("Faculty {}".format)
    name_ru = factory.Sequence("Факультет {}".format)
    name_be = factory.Sequence("Факультэт {}".format)


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    code = factory.Sequence("department-{}".format)
    name_en = factory.Sequence("Department {}".format)
    name_ru = factory.Sequence("Кафедра {}".format)
    name_be = factory.Sequence("Кафедра {}".format)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.org".format)
    family_name = factory.Sequence("Иванов{}".format)
    given_name = "Иван"
    latin_family_name = factory.Sequence("Ivanou{}".format)
    latin_given_name = "Ivan"

    @classmethod
    def _create(cls, model_class, *args, password=None, **kwargs):
        return model_class.objects.create_user(password=password, **kwargs)


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    person = factory.SubFactory(UserFactory)
    kind = RoleKind.TEACHING_STAFF
    faculty = factory.Maybe(
        factory.LazyAttribute(lambda role: role.kind == RoleKind.DEANS_OFFICE), factory.SubFactory(FacultyFactory), None
    )
    department = factory.Maybe(
        factory.LazyAttribute(lambda role: role.kind == RoleKind.HEAD_OF_DEPARTMENT),
        factory.SubFactory(DepartmentFactory),
        None,
    )
    starts = date(2020, 9, 1)
    granted_at = LONG_AGO


class DeputyFactory(DjangoModelFactory):
    class Meta:
        model = Deputy

    role = factory.SubFactory(RoleFactory, kind=RoleKind.RECTOR)
    person = factory.SubFactory(UserFactory)
    starts = date(2020, 9, 1)
    ends = date(2099, 8, 31)
    appointed_at = LONG_AGO


class StudentFactory(UserFactory):
    """A person with a student's role and profile: `StudentFactory(student__faculty=…)`."""

    class Meta:
        skip_postgeneration_save = True

    record_book = factory.Sequence("{:07}".format)
    student = factory.RelatedFactory("mobility.people.tests.factories.StudentProfileFactory", "person")
    role = factory.RelatedFactory(RoleFactory, "person", kind=RoleKind.STUDENT)


class StudentProfileFactory(DjangoModelFactory):
    class Meta:
        model = StudentProfile

    person = factory.SubFactory(UserFactory)
    faculty = factory.SubFactory(FacultyFactory)
    specialty = "General medicine"
    course_year = 4
    group = "1401"
    citizenship = "BY"


class StaffProfileFactory(DjangoModelFactory):
    class Meta:
        model = StaffProfile

    person = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    position = "доцент"


class RosterFactory(DjangoModelFactory):
    """A file that waits for its import; `imported=True`: one that is imported."""

    class Meta:
        model = Roster

    class Params:
        imported = factory.Trait(imported_at=LONG_AGO, sheet=None)

    kind = Roster.Kind.STUDENTS
    name = "roster.csv"
    sha256 = "0" * 64
    sheet = factory.LazyFunction(lambda: [[1, ["Зачётка", "ФИО", "Курс"]]])
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = LONG_AGO


class ScaleFactory(DjangoModelFactory):
    class Meta:
        model = Scale
        django_get_or_create = ["code"]

    code = "10"
    name = "1–10"


class ExamSessionFactory(DjangoModelFactory):
    class Meta:
        model = ExamSession
        django_get_or_create = ["year", "term"]

    year = 2025
    term = "2-summer"


class MarkFactory(DjangoModelFactory):
    """On our own scale; the sums of the profile are not kept here."""

    class Meta:
        model = Mark

    person = factory.SubFactory(StudentFactory)
    session = factory.SubFactory(ExamSessionFactory)
    subject = factory.Sequence("Subject {}".format)
    value = 800
    scale = factory.SubFactory(ScaleFactory)
    here = factory.SelfAttribute("value")


class StudentLeaveFactory(DjangoModelFactory):
    class Meta:
        model = StudentLeave

    person = factory.SubFactory(StudentFactory)
    starts = date(2020, 9, 1)


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = Absence

    person = factory.SubFactory(UserFactory)
    kind = "staff-trip"
    starts = date(2027, 3, 1)
    ends = date(2027, 3, 5)
    source = factory.Sequence(str)


class SanctionFactory(DjangoModelFactory):
    class Meta:
        model = Sanction

    person = factory.SubFactory(StudentFactory)
    what = "выговор"
    starts = date(2026, 9, 1)
