import unicodedata
from datetime import date, datetime

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, Func, OuterRef, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from mobility.people.marks import HOME_SCALE

FOLDED_FROM, FOLDED_TO = "ёіў", "еиу"


def folded(expression) -> Func:
    """Small letters, and those that byte order puts before А where their neighbours are: sorts right in any locale."""
    return Func(
        Lower(expression), Value(FOLDED_FROM), Value(FOLDED_TO), function="translate", output_field=models.TextField()
    )


def spaced(*fields: str) -> Concat:
    with_spaces = [part for field in fields for part in (Value(" "), field)]
    return Concat(*with_spaces[1:], output_field=models.TextField())


def folded_words(text: str) -> list[str]:
    folding = str.maketrans(FOLDED_FROM, FOLDED_TO)
    return unicodedata.normalize("NFC", text).lower().translate(folding).split()


# Along the index of each faculty and status, each in the order of names; sorted together they are few.
FIRST_OF_OFFICE = """
    SELECT student.person_id
      FROM unnest(%s::bigint[]) AS faculty(id), unnest(%s::text[]) AS status(name), LATERAL (
        SELECT person_id FROM people_studentprofile WHERE faculty_id = faculty.id AND status = status.name
         ORDER BY sort_name FETCH FIRST %s ROWS WITH TIES
      ) AS student
     UNION ALL SELECT %s
"""


class UserQuerySet(models.QuerySet):
    def named(self, text: str) -> "UserQuerySet":
        """Every word somewhere in the names, in either script, the e-mail or the record-book number."""
        return self.filter(*(Q(search_text__contains=word) for word in folded_words(text)))

    def search(self, text: str) -> "UserQuerySet":
        """Those named so, found first, by the index of their letters.

        A list in the order of names would look for its first page among everybody.
        """
        found = self.model._default_manager.named(text).order_by().values("pk")
        keys = Func(ArraySubquery(found), template="(SELECT unnest(%(expressions)s))")
        return self.filter(pk__in=keys) if folded_words(text) else self

    def by_sign_in_name(self, name: str):
        """The one person with this e-mail or record-book number, or None."""
        name = name.strip()
        return self.filter(Q(email=name.lower()) if "@" in name else Q(record_book=name.upper())).first()

    def of_staff(self) -> "UserQuerySet":
        """Who works here or has held another role than a student's."""
        return self.filter(
            Q(pk__in=self._profiles("staff").values("person"))
            | Q(pk__in=self._profiles("role_grants").exclude(kind="student").values("person"))
        )

    def visible_to(self, user) -> "UserQuerySet":
        """Themselves; a faculty's students for its dean's office, a department's staff for its head; else everyone."""
        kinds = {role.kind for role in user.roles}
        if kinds & {"ir-officer", "rector", "administrator"}:
            return self
        faculties = [role.faculty_id for role in user.roles if role.kind == "deans-office"]
        departments = [role.department_id for role in user.roles if role.kind == "head-of-department"]
        visible = Q(pk=user.pk)
        if faculties:
            visible |= Exists(self._profiles("student").filter(faculty__in=faculties, person=OuterRef("pk")))
        if departments:
            visible |= Exists(self._profiles("staff").filter(department__in=departments, person=OuterRef("pk")))
        return self.filter(visible)

    def count_of_office(self, user) -> int | None:
        """As many as `visible_to` finds for a dean's office, by an index: its OR reads everybody. None: not so."""
        if not is_mere_office(user):
            return None
        students = self._profiles("student").filter(faculty__in=faculties_of_office(user))
        return students.exclude(person=user).count() + 1

    def first_of_office(self, user, *, until: int) -> "UserQuerySet | None":
        """The first by name of those that `visible_to` finds for a dean's office, and more. None: no such office."""
        if not is_mere_office(user):
            return None
        statuses = [status for status, _name in self._profiles("student").model._meta.get_field("status").choices]
        asked = [faculties_of_office(user), statuses, until, user.pk]
        return self.filter(pk__in=RawSQL(FIRST_OF_OFFICE, asked))  # noqa: S611 -- a constant, and its values apart

    def _profiles(self, kind: str) -> models.QuerySet:
        """Asked apart from the people: of one, by their key; of all, at once. Joined, a count takes twice as long."""
        return self.model._meta.get_field(kind).related_model.objects

    def invitable_by(self, user, *, on: date) -> "UserQuerySet":
        """Whom they may give a way in: anyone else for administrators, mere students of the faculty for its office."""
        others = self.visible_to(user).filter(is_active=True).exclude(pk=user.pk)
        if user.holds("administrator"):
            return others
        roles = self.model.role_grants.rel.related_model.objects.lasting_on(on)
        faculties = [role.faculty_id for role in user.roles if role.kind == "deans-office"]
        return others.filter(student__faculty__in=faculties).exclude(
            Q(pk__in=roles.exclude(kind="student").values("person")) | Q(deputyships__ends__gte=on)
        )

    def in_department(self, department) -> "UserQuerySet":
        """Those who work there now."""
        return self.filter(
            is_active=True, pk__in=self._profiles("staff").filter(department=department).values("person")
        )

    def colleagues_of(self, user) -> "UserQuerySet":
        """Those of the same department, and themselves."""
        own = self._profiles("staff").filter(person=user).exclude(department=None).values("department")
        among = self._profiles("staff").filter(department__in=own).values("person")
        return self.filter(Q(pk=user.pk) | Q(pk__in=among), is_active=True)

    def without_a_way_in(self, at: datetime) -> "UserQuerySet":
        """Those who have never signed in and hold no invitation that opens."""
        invitations = self.model.invitations.rel.related_model.objects.open_at(at)
        return self.filter(last_login=None).exclude(pk__in=invitations.values("person"))

    def without_passport_name(self) -> "UserQuerySet":
        return self.filter(Q(latin_family_name="") | Q(latin_given_name=""))

    def with_kinds(self, *, on: date) -> "UserQuerySet":
        """`kinds` of the roles that each holds on the day, without those acted in for others."""
        roles = self.model.role_grants.rel.related_model.objects.in_force_on(on).filter(person=OuterRef("pk"))
        return self.annotate(kinds=ArraySubquery(roles.order_by("kind").values("kind")))

    def holding(self, kind: str, *, on: date, faculty=None, department=None) -> "UserQuerySet":
        """People in the role on the day, deputies included."""
        roles = self.model.role_grants.rel.related_model.objects.in_force_on(on).filter(kind=kind)
        if faculty is not None:
            roles = roles.filter(faculty=faculty)
        if department is not None:
            roles = roles.filter(department=department)
        deputies = roles.filter(deputies__starts__lte=on, deputies__ends__gte=on).values("deputies__person")
        return self.filter(Q(pk__in=roles.values("person")) | Q(pk__in=deputies), is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username: str):
        return self.get(email=username.strip().lower())

    def create_user(self, *, password: str | None = None, **fields):
        user = self.model(**fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, password: str | None = None, **fields):
        """What `manage.py createsuperuser` makes: the first administrator."""
        user = self.create_user(password=password, **fields)
        user.role_grants.create(kind="administrator", starts=timezone.localdate(), granted_at=timezone.now())
        return user


# Every page asks this: an OR would read everybody's roles, and the ORM takes as long to write a union as the rest.
HELD = """
    SELECT id FROM people_role WHERE person_id = %s
    UNION ALL
    SELECT role_id FROM people_deputy WHERE person_id = %s AND %s BETWEEN starts AND ends
"""


class RoleQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> "RoleQuerySet":
        return self.lasting_on(day).filter(starts__lte=day)

    def lasting_on(self, day: date) -> "RoleQuerySet":
        """Those in force and those to come."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day))

    def of_people(self, text: str) -> "RoleQuerySet":
        """Those of the people whom `search` finds."""
        return self.filter(person__in=self.model.person.field.related_model.objects.search(text))

    def held_by(self, user, day: date) -> "RoleQuerySet":
        """Own roles and those acted in, with their faculty; `role.person_id` tells which."""
        held = RawSQL(HELD, [user.pk, user.pk, day])  # noqa: S611 -- a constant, and its values apart
        return self.in_force_on(day).filter(pk__in=held).select_related("faculty").order_by("kind", "id")


class DeputyQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> "DeputyQuerySet":
        return self.lasting_on(day).filter(starts__lte=day)

    def lasting_on(self, day: date) -> "DeputyQuerySet":
        return self.filter(ends__gte=day)

    def of_principal(self, user) -> "DeputyQuerySet":
        return self.filter(role__person=user)

    def with_role(self) -> "DeputyQuerySet":
        return self.select_related("person", "role__person", "role__faculty", "role__department")


class InvitationQuerySet(models.QuerySet):
    def open_at(self, at: datetime) -> "InvitationQuerySet":
        return self.filter(closed_at__isnull=True, expires_at__gt=at, person__is_active=True).select_related("person")


class CalendarDayQuerySet(models.QuerySet):
    def exceptions(self) -> dict[date, bool]:
        """What `mobility.people.calendar` asks for: does this date work?"""
        return {day: kind == "working-day" for day, kind in self.values_list("day", "kind")}


class UniversityQuerySet(models.QuerySet):
    def current(self):
        return self.get(pk=1)


class StudentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "StudentQuerySet":
        """One's own; a faculty's for its dean's office; all for the offices of the whole university."""
        if {role.kind for role in user.roles} & SEES_ALL_STUDENTS:
            return self
        return self.filter(Q(person=user) | Q(faculty__in=faculties_of_office(user)))

    def of_office(self, user) -> "StudentQuerySet":
        """Those whom an office lists: an OR with oneself would keep the database from reading them in order."""
        if {role.kind for role in user.roles} & SEES_ALL_STUDENTS:
            return self
        return self.filter(faculty__in=faculties_of_office(user))

    def of_faculties(self, faculties) -> "StudentQuerySet":
        return self.filter(faculty__in=faculties)

    def studying(self) -> "StudentQuerySet":
        return self.filter(status="studying")

    def specialties_elsewhere(self, faculty) -> list[str]:
        """What is studied at the other faculties."""
        others = self.studying().exclude(faculty=faculty).exclude(specialty="").order_by("specialty")
        return list(others.values_list("specialty", flat=True).distinct())

    def on_leave_on(self, day: date) -> "StudentQuerySet":
        leaves = self.model.person.field.related_model.leaves.rel.related_model.objects.in_force_on(day)
        return self.filter(person__in=leaves.values("person"))

    def with_leave_on(self, day: date) -> "StudentQuerySet":
        leaves = self.model.person.field.related_model.leaves.rel.related_model.objects.in_force_on(day)
        return self.annotate(is_on_leave=Exists(leaves.filter(person=OuterRef("person"))))

    def with_gap(self, gap: str) -> "StudentQuerySet":
        return self.filter(GAPS[gap])

    def sizes(self) -> dict[str, int]:
        """How many study at each faculty, by its code."""
        return dict(self.studying().order_by().values_list("faculty__code").annotate(n=Count("pk")))

    def count_gaps(self) -> dict[str, int]:
        """Of those who study; one query."""
        counts = {name.replace("-", "_"): Count("pk", filter=found) for name, found in GAPS.items()}
        found = self.studying().aggregate(all=Count("pk"), **counts)
        return {name: found[name.replace("-", "_")] for name in ("all", *GAPS)}


class FacultyQuerySet(models.QuerySet):
    def editable_by(self, user) -> "FacultyQuerySet":
        """Those whose students' data they keep; the rector reads and does not write."""
        if {role.kind for role in user.roles} & EDITS_ALL_STUDENTS:
            return self
        return self.filter(pk__in=faculties_of_office(user))

    def of_students_visible_to(self, user) -> "FacultyQuerySet":
        if {role.kind for role in user.roles} & SEES_ALL_STUDENTS:
            return self
        return self.filter(pk__in=faculties_of_office(user))


SEES_ALL_STUDENTS = {"ir-officer", "rector", "administrator"}
EDITS_ALL_STUDENTS = {"ir-officer", "administrator"}
GAPS = {
    "no-marks": Q(marks_counted=0, marks_unmapped=0),
    "unmapped": Q(marks_unmapped__gt=0),
    "no-citizenship": Q(citizenship=""),
    "no-latin-name": Q(person__latin_family_name=""),
    "no-specialty": Q(specialty=""),
    "no-funding": Q(funding=""),
}


def is_mere_office(user) -> bool:
    kinds = {role.kind for role in user.roles}
    return "deans-office" in kinds and not kinds & {*SEES_ALL_STUDENTS, "head-of-department"}


def faculties_of_office(user) -> list[int]:
    return [role.faculty_id for role in user.roles if role.kind == "deans-office"]


class DatedQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> "DatedQuerySet":
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)


class LeaveQuerySet(DatedQuerySet):
    pass


class SanctionQuerySet(DatedQuerySet):
    pass


class AbsenceQuerySet(DatedQuerySet):
    def during(self, first: date, last: date) -> "AbsenceQuerySet":
        """Those that take any of these days."""
        return self.filter(starts__lte=last, ends__gte=first)


class ExamSessionQuerySet(models.QuerySet):
    def of(self, year: int, term: str):
        return self.get_or_create(year=year, term=term)[0]


class ScaleQuerySet(models.QuerySet):
    def with_tables(self) -> "ScaleQuerySet":
        """Those that a table brings onto our own scale, each with its lines."""
        return self.filter(table__isnull=False).distinct().prefetch_related("table")

    def tables(self) -> dict[str, dict[int, int]]:
        """Code → mark → place on our scale, in hundredths."""
        found: dict[str, dict[int, int]] = {}
        for scale in self.prefetch_related("table"):
            found[scale.code] = {line.value: line.here for line in scale.table.all()}
        return found

    def copied(self) -> dict[str, dict[str, int]]:
        """The same as JSON keeps it, of those that have a table."""
        tables = self.with_tables().tables()
        return {code: {str(value): here for value, here in table.items()} for code, table in tables.items()}


class MarkQuerySet(models.QuerySet):
    def on_other_scales(self) -> "MarkQuerySet":
        return self.exclude(scale__code=HOME_SCALE)


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RosterQuerySet":
        """What the office's own faculty sent; before its import, what one sent oneself."""
        mine = Q(uploaded_by=user)
        if {role.kind for role in user.roles} & EDITS_ALL_STUDENTS:
            return self.filter(mine | Q(imported_at__isnull=False))
        faculties = faculties_of_office(user)
        return self.filter(mine | Q(imported_at__isnull=False, faculty__in=faculties)) if faculties else self.none()

    def waiting_of(self, user) -> "RosterQuerySet":
        return self.filter(uploaded_by=user, imported_at__isnull=True)


def gaps_of(row) -> list[str]:
    """GAPS of one row that has been read: a list shows them without asking again. A test holds the two together."""
    missing = {
        "no-marks": not row["marks_counted"] and not row["marks_unmapped"],
        "unmapped": row["marks_unmapped"] > 0,
        "no-citizenship": not row["citizenship"],
        "no-latin-name": not row["person__latin_family_name"],
        "no-specialty": not row["specialty"],
        "no-funding": not row["funding"],
    }
    return [gap for gap, is_missing in missing.items() if is_missing]
