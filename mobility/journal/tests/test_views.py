from datetime import date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from mobility.journal import doors, views
from mobility.journal.actions import record
from mobility.journal.models import Event
from mobility.people.tests.factories import FacultyFactory, RoleFactory, UserFactory

User = get_user_model()
Role = RoleFactory._meta.model

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def door(monkeypatch):
    monkeypatch.setattr(doors, "_doors", {})
    monkeypatch.setattr(User, "get_absolute_url", lambda person: "/the/object/")
    events = {"blocked": "Sign-in blocked"}
    doors.open_history(User, may_read=lambda user, person: user.holds("ir-officer"), events=events)


@pytest.fixture
def officer():
    return RoleFactory(kind="ir-officer", person__family_name="Карпович", person__given_name="").person


def address(person, key=None) -> str:
    return reverse("history", args=["people", "user", key or person.pk])


def entries(client, person, **query):
    return client.get(address(person), query).context["entries"]


def test_tells_who_when_and_what_changed(client, officer):
    person = UserFactory(given_name="Вера", language="ru", is_active=True)
    with transaction.atomic():
        record(event="blocked", of=person, by=officer, reason="Left")
        User.objects.filter(pk=person.pk).update(is_active=False, language="be", given_name="")
    client.force_login(officer)
    (entry,) = entries(client, person)
    assert (entry.what, entry.who, entry.reason) == ("Sign-in blocked", "Карпович", "Left")
    assert [
        change for change in entry.changes if change[0] in ("Given name", "Language", "May sign in", "Password")
    ] == [
        ("Given name", "", "Вера"),
        ("Language", "", "Русский"),
        ("May sign in", "", "yes"),
        ("Given name", "Вера", "empty"),
        ("Language", "Русский", "Беларуская"),
        ("May sign in", "yes", "no"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_reason_that_a_row_keeps_is_told_once(client, officer):
    person = UserFactory(patronymic="")
    with transaction.atomic():
        record(event="blocked", of=person, by=officer, reason="Left")
        User.objects.filter(pk=person.pk).update(is_active=False, patronymic="Left")
    client.force_login(officer)
    (entry, _added) = entries(client, person)
    assert (entry.reason, entry.changes) == ("Left", [("May sign in", "yes", "no")])


@pytest.mark.django_db(transaction=True)
def test_without_a_named_event_it_says_what_was_done(client, officer):
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(given_name="a")
    client.force_login(officer)
    assert [(entry.what, entry.who) for entry in entries(client, person)] == [
        ("Changed", "the system"),
        ("Added", "the system"),
    ]


@pytest.mark.django_db(transaction=True)
def test_parts_are_told_in_a_line_each(client, officer):
    role = RoleFactory(kind="deans-office", faculty__name_en="Dentistry", starts=date(2020, 9, 1))
    Role.objects.filter(pk=role.pk).update(signs=True)
    role.delete()
    client.force_login(officer)
    deleted, changed, added, *_person = entries(client, role.person)
    since = date_format(date(2020, 9, 1))
    assert [change[1:] for change in changed.changes] == [("no", "yes")]
    assert [label.split(",")[0] for label, _before, _after in changed.changes] == ["Role"]
    ((_kind, before, after),) = added.changes
    assert (before, after.startswith(f"added: Dean's office, Dentistry, {since}, ")) == ("", True)
    ((_kind, before, after),) = deleted.changes
    assert (before.startswith(f"Dean's office, Dentistry, signs as dean, {since}"), after) == (True, "deleted")


def test_a_part_s_event_speaks_with_the_words_of_the_whole(client, officer):
    role = RoleFactory()
    record(event="blocked", of=role, by=officer)
    client.force_login(officer)
    assert entries(client, role.person)[0].what == "Sign-in blocked"


@pytest.mark.parametrize("is_told", [False, True])
def test_a_whole_names_the_part_of_an_act_where_the_part_is_told_in_it(client, officer, is_told):
    doors.open_history(
        Role, may_read=lambda user, role: True, events={"granted": "Role given"}, is_told_in_whole=is_told
    )
    role = RoleFactory(kind="rector")
    record(event="granted", of=role, by=officer)
    client.force_login(officer)
    what = entries(client, role.person)[0].what
    assert what == (f"Role given ({role})" if is_told else "Role given")


def test_a_secret_is_only_said_to_have_changed(client, officer):
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(password="x")
    client.force_login(officer)
    assert entries(client, person)[0].changes[-1:] == [("Password", "", "changed; its value is not shown")]


def test_names_what_a_field_points_at_and_keeps_the_key_of_what_is_gone(client, officer, monkeypatch):
    doors.open_history(Role, may_read=lambda user, role: True)
    monkeypatch.setattr(type(Role.objects), "visible_to", lambda self, user: self.all(), raising=False)
    faculty = FacultyFactory(name_en="Dentistry")
    role = RoleFactory(kind="deans-office", faculty=faculty)
    client.force_login(officer)
    page = client.get(reverse("history", args=["people", "role", role.pk]))
    told = {field: after for field, _before, after in page.context["entries"][0].changes}
    starts = str(Role._meta.get_field("starts").verbose_name).capitalize()
    assert (told["Faculty"], told[starts]) == ("Dentistry", date_format(date(2020, 9, 1)))
    faculty_gone = {"faculty_id": [None, 404]}
    Event.objects.create(model="people.role", object=str(role.pk), operation="update", changes=faculty_gone)
    page = client.get(reverse("history", args=["people", "role", role.pk]))
    assert page.context["entries"][0].changes[-1:] == [("Faculty", "", "No. 404 (deleted)")]


def test_times_are_in_words_of_the_university_s_zone(client, officer):
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(last_login="2026-11-22T21:30:00Z")
    client.force_login(officer)
    _field, _before, after = entries(client, person)[0].changes[-1]
    assert after == date_format(datetime(2026, 11, 23, 0, 30), "DATETIME_FORMAT")  # noqa: DTZ001 -- as on a wall


@pytest.mark.parametrize("key", ["0", "x", "9" * 40])
def test_what_is_not_there_is_not_found(client, officer, key):
    client.force_login(officer)
    assert client.get(address(None, key)).status_code == 404


def test_it_is_for_those_who_see_the_object_and_may(client, officer):
    person = UserFactory()
    assert client.get(address(person)).status_code == 302
    client.force_login(officer)
    assert client.get(address(person)).status_code == 200
    client.force_login(person)
    assert client.get(address(person)).status_code == 404
    doors.open_history(User, may_read=lambda user, person: True)
    assert client.get(address(person)).status_code == 200
    assert client.get(address(officer)).status_code == 404


def test_a_model_without_a_door_has_no_history(client, officer):
    client.force_login(officer)
    for label in (["people", "faculty"], ["journal", "event"], ["people", "nothing"], ["nothing", "user"]):
        assert client.get(reverse("history", args=[*label, FacultyFactory().pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_pages_show_every_transaction_once(client, officer, monkeypatch):
    monkeypatch.setattr(views, "EVENTS_A_PAGE", 3)
    person = UserFactory()
    for letter in "абвгдежз":
        User.objects.filter(pk=person.pk).update(given_name=letter)
    client.force_login(officer)
    address_of_page, seen = address(person), []
    while address_of_page:
        page = client.get(address_of_page)
        seen += [entry.changes[0][2] for entry in page.context["entries"] if len(entry.changes) == 1]
        older = page.context["older"]
        address_of_page = f"{address(person)}?before={older}" if older else None
    assert seen == list("зжедгвба")
    assert client.get(address(person), {"before": "x"}).context["is_first_page"] is False


def test_costs_the_same_for_one_change_and_for_a_thousand(client, officer):
    person = UserFactory()
    client.force_login(officer)
    client.get(address(person))
    with CaptureQueriesContext(connection) as few:
        client.get(address(person))
    for number in range(1000):
        User.objects.filter(pk=person.pk).update(given_name=f"а{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address(person))
    assert len(many) == len(few)


def test_reads_its_indexes_however_long_the_journal():
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO journal_event (model, object, operation, within, within_object)
            SELECT 'people.role', number, 'update', 'people.user', number % 1000 FROM generate_series(1, 20000) number
        """)
        cursor.execute("ANALYZE journal_event")
    plan = Event.objects.of(User(pk=7))[:51].explain()
    assert ("journal_of_object" in plan, "journal_of_whole" in plan, "Seq Scan" in plan) == (True, True, False)


def test_what_people_wrote_is_shown_as_text(client, officer):
    person = UserFactory(given_name="<script>alert(1)</script>")
    client.force_login(officer)
    page = client.get(address(person)).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


def test_speaks_the_reader_s_language(client, officer):
    client.force_login(officer)
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(last_login="2026-11-22T21:30:00Z")
    page = client.get(address(person), headers={"accept-language": "ru"})
    _field, _before, after = page.context["entries"][0].changes[-1]
    with translation.override("ru"):
        assert after == date_format(datetime(2026, 11, 23, 0, 30), "DATETIME_FORMAT")  # noqa: DTZ001 -- as on a wall
