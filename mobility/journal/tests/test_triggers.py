from datetime import UTC, datetime
from io import StringIO

import pgtrigger
import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F

from mobility.files.tests.factories import StoredFileFactory
from mobility.journal.models import Event
from mobility.journal.triggers import Journaled, whole_of
from mobility.people.tests.factories import FacultyFactory, RoleFactory, UserFactory

User = get_user_model()
Role = RoleFactory._meta.model
StoredFile = StoredFileFactory._meta.model

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def told(instance) -> list[tuple]:
    return list(Event.objects.of(instance).order_by("id").values_list("operation", "changes"))


def after(instance, already: int) -> list[tuple]:
    return told(instance)[already:]


def test_an_inserted_row_is_written_whole():
    stored = StoredFileFactory()
    ((operation, changes),) = told(stored)
    assert operation == "insert"
    assert changes == {
        "id": [None, stored.pk],
        "content": [None, stored.content.name],
        "name": [None, "справка.pdf"],
        "content_type": [None, "application/pdf"],
        "pages": [None, 1],
        "size": [None, 24],
        "sha256": [None, stored.sha256],
        "uploaded_by_id": [None, stored.uploaded_by_id],
        "uploaded_at": [None, "2026-11-22T12:00:00+00:00"],
    }


def test_an_update_says_what_was_and_what_is():
    stored = StoredFileFactory()
    stored.name = "other.pdf"
    stored.save()
    assert after(stored, 1) == [("update", {"name": ["справка.pdf", "other.pdf"]})]


def test_an_update_that_changes_nothing_writes_nothing():
    stored = StoredFileFactory()
    stored.save()
    StoredFile.objects.update(name=F("name"))
    assert len(told(stored)) == 1


def test_a_deleted_row_is_written_whole():
    stored = StoredFileFactory()
    key = stored.pk
    stored.delete()
    stored.pk = key
    ((operation, changes),) = after(stored, 1)
    assert (operation, changes["name"], len(changes)) == ("delete", ["справка.pdf", None], 9)


def test_bulk_and_raw_statements_are_written_too():
    stored = [StoredFileFactory(), StoredFileFactory()]
    StoredFile.objects.update(size=1)
    StoredFile.objects.bulk_update([StoredFile(pk=stored[0].pk, size=2)], ["size"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_storedfile SET size = 3 WHERE id = %s", [stored[0].pk])
    StoredFile.objects.bulk_create(
        [StoredFile(**{**{f.attname: getattr(stored[0], f.attname) for f in StoredFile._meta.fields}, "id": 999_999})]
    )
    assert after(stored[0], 1) == [
        ("update", {"size": [24, 1]}),
        ("update", {"size": [1, 2]}),
        ("update", {"size": [2, 3]}),
    ]
    assert after(stored[1], 1) == [("update", {"size": [24, 1]})]
    assert [operation for operation, _changes in told(StoredFile(pk=999_999))] == ["insert"]


def test_the_rows_of_one_statement_are_written_in_its_order():
    keys = [stored.pk for stored in (StoredFileFactory(), StoredFileFactory(), StoredFileFactory())]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_storedfile SET size = id")
        cursor.execute("DELETE FROM files_storedfile")
    for operation in ("insert", "update", "delete"):
        written = Event.objects.filter(model="files.storedfile", operation=operation).order_by("id")
        assert [int(key) for key in written.values_list("object", flat=True)] == keys
    sizes = Event.objects.filter(model="files.storedfile", operation="update").order_by("id")
    assert [changes["size"] for changes in sizes.values_list("changes", flat=True)] == [[24, key] for key in keys]


def test_a_changed_key_is_one_change():
    stored = StoredFileFactory()
    StoredFile.objects.filter(pk=stored.pk).update(id=999_999)
    assert told(StoredFile(pk=999_999)) == [("update", {"id": [stored.pk, 999_999]})]


def test_an_upsert_tells_the_new_from_the_changed():
    stored = StoredFileFactory()
    values = {field.attname: getattr(stored, field.attname) for field in StoredFile._meta.fields}
    StoredFile.objects.bulk_create(
        [StoredFile(**values | {"size": 7}), StoredFile(**values | {"id": 999_999})],
        update_conflicts=True,
        update_fields=["size"],
        unique_fields=["id"],
    )
    assert after(stored, 1) == [("update", {"size": [24, 7]})]
    assert [operation for operation, _changes in told(StoredFile(pk=999_999))] == ["insert"]


def test_copied_rows_are_written_too():
    with connection.cursor() as cursor:
        rows = StringIO("2031-01-01\tholiday\tone\t\t\n2031-01-02\tholiday\ttwo\t\t\n")
        cursor.copy_expert("COPY people_calendarday (day, kind, name_en, name_ru, name_be) FROM STDIN", rows)
    assert Event.objects.filter(model="people.calendarday", operation="insert").count() == 2


def test_a_statement_that_touches_no_row_writes_nothing():
    StoredFile.objects.update(size=1)
    StoredFile.objects.all().delete()
    assert Event.objects.filter(model="files.storedfile").count() == 0


def test_of_a_secret_it_only_says_that_it_changed():
    person = UserFactory(password="correct horse")
    person.set_password("battery staple")
    person.save()
    assert told(person)[0][1]["password"] is None
    assert after(person, 1) == [("update", {"password": None})]
    assert "argon2" not in str(list(Event.objects.values()))


def test_computed_columns_are_left_out():
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(given_name="Вера")
    assert after(person, 1) == [("update", {"given_name": ["Иван", "Вера"]})]


def test_no_code_can_switch_it_off():
    stored = StoredFileFactory()
    with pgtrigger.ignore():
        StoredFile.objects.update(size=1)
    assert after(stored, 1) == [("update", {"size": [24, 1]})]


def test_rolled_back_changes_are_not_written():
    stored = StoredFileFactory()
    with transaction.atomic():
        StoredFile.objects.update(size=1)
        transaction.set_rollback(True)
    assert len(told(stored)) == 1


def test_rows_of_one_transaction_share_its_number():
    StoredFileFactory.create_batch(3)
    assert Event.objects.filter(model="files.storedfile").values("transaction").distinct().count() == 1


def test_a_clock_of_the_database_stamps_each_row():
    before = datetime.now(tz=UTC)
    StoredFileFactory.create_batch(2)
    first, second = Event.objects.filter(model="files.storedfile").order_by("id").values_list("at", flat=True)[:2]
    assert abs((first - before).total_seconds()) < 60
    assert first < second


def test_the_trigger_names_key_secrets_and_whole():
    class Part(Journaled):
        pass

    assert Part(without=["password"]).render_execute(User) == (
        "journal_write('people.user', 'id', 'password', 'sort_name,search_text')"
    )
    assert Journaled(part_of="person").render_execute(Role).endswith("'people.user', 'person_id')")


@pytest.fixture
def roles_are_parts_of_people():
    """As if Role declared `Journaled(part_of="person")`."""
    trigger = Journaled(part_of="person")
    mine = [trigger]
    declared, Role._meta.triggers = Role._meta.triggers, mine
    trigger.install(Role)
    yield
    Role._meta.triggers = declared


def test_a_part_appears_in_the_history_of_its_whole(roles_are_parts_of_people):
    role = RoleFactory(faculty=FacultyFactory(), kind="deans-office")
    Role.objects.update(ends="2030-01-01")
    role.delete()
    events = Event.objects.of(role.person).filter(model="people.role").order_by("id")
    assert [(event.operation, event.within, event.within_object) for event in events] == [
        (operation, "people.user", str(role.person.pk)) for operation in ("insert", "update", "delete")
    ]
    assert whole_of(role) == ("people.user", str(role.person.pk))
    assert whole_of(role.person) == (None, None)
