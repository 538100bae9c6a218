import pytest
from django.db import DatabaseError, connection, transaction

from mobility.journal.models import Event
from mobility.people.tests.factories import FacultyFactory

Faculty = FacultyFactory._meta.model

TAMPERING = [
    "UPDATE journal_event SET actor = 7",
    "DELETE FROM journal_event",
    "TRUNCATE journal_event",
    "ALTER TABLE journal_event DISABLE TRIGGER journal_append_only",
    "DROP TABLE journal_event",
    "CREATE OR REPLACE FUNCTION journal_write() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "ALTER TABLE people_faculty DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
]


def attempt(statement: str) -> str:
    """The database's code of refusal."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return refused.value.__cause__.pgcode


@pytest.mark.append_only
@pytest.mark.django_db
@pytest.mark.parametrize("statement", TAMPERING)
def test_the_application_cannot_rewrite_it(statement):
    FacultyFactory()
    assert attempt(statement) == "42501"
    assert Event.objects.filter(model="people.faculty").count() == 1


@pytest.mark.append_only
@pytest.mark.django_db
def test_the_application_writes_it_by_changing_rows():
    faculty = FacultyFactory()
    Faculty.objects.update(code="other")
    assert list(Event.objects.of(faculty).order_by("id").values_list("operation", flat=True)) == ["insert", "update"]


@pytest.mark.append_only
@pytest.mark.django_db
def test_the_application_has_no_right_but_to_read_and_append():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right_name FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS right_name"
            " WHERE has_table_privilege('journal_event', right_name)"
        )
        assert [right for (right,) in cursor.fetchall()] == ["SELECT", "INSERT"]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", TAMPERING[:2])
def test_even_the_owner_is_refused(statement):
    """Where the application is the owner, this is what stands between a mistake and the journal."""
    FacultyFactory()
    assert attempt(statement) == "42501"
    assert Event.objects.filter(model="people.faculty").count() == 1


@pytest.mark.django_db
def test_without_the_guard_it_could_be_rewritten():
    """That these tests see a rewriting when there is one."""
    FacultyFactory()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_append_only ON journal_event")
        cursor.execute(TAMPERING[1])
    assert Event.objects.count() == 0
