"""Rows drawn in Python say what a template would, and escape as it does."""

from datetime import date

import pytest
from django.urls import reverse

from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory
from mobility.staff.templatetags.activities import activity_row, calendar_row
from mobility.web.templatetags.ui import pill

from .factories import ActivityFactory

ROW = {
    "pk": "1234",
    "name": "O'Hara <b>",
    "second": "Kidneys & more",
    "form": "Conference",
    "host": "Kirov <i>",
    "country": "Russia",
    "starts": date(2027, 4, 12),
    "ends": date(2027, 4, 19),
    "pill": pill("info", "Proposed", "circle"),
    "is_guest": False,
}
DAYS = "12–19\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027"
STATE = '<span class="pill pill-info icon-circle">Proposed</span>'


def test_a_row_is_flat_and_escaped():
    assert activity_row(ROW, "/staff/", is_ticked=False) == (
        '<tr><th scope="row"><a href="/staff/1234/">O&#x27;Hara &lt;b&gt;</a><small>Kidneys &amp; more</small></th>'
        "<td>Conference</td><td><span>Kirov &lt;i&gt;</span> <small>Russia</small></td>"
        f"<td>{DAYS}</td><td>{STATE}</td></tr>"
    )


def test_a_row_that_can_be_ticked_has_a_named_box_and_a_guest_is_called_one():
    html = activity_row(ROW | {"is_guest": True, "second": ""}, "/staff/", is_ticked=True)
    box = '<input class="form-check-input" type="checkbox" name="pk" value="1234" form="bulk" aria-label="{}">'
    assert html == (
        f'<tr><th scope="row">{box.format("O&#x27;Hara &lt;b&gt;")} '
        '<a href="/staff/1234/">O&#x27;Hara &lt;b&gt;</a></th>'
        "<td><span>Conference</span> <small>a guest</small></td>"
        f"<td><span>Kirov &lt;i&gt;</span> <small>Russia</small></td><td>{DAYS}</td><td>{STATE}</td></tr>"
    )


def test_a_row_of_the_calendar_has_its_bar():
    row = ROW | {"person": "Ira <b>", "department": None, "is_guest": True, "x": 27.67, "width": 2.19}
    assert calendar_row(row, "/staff/") == (
        '<tr><th scope="row"><a href="/staff/1234/">Ira &lt;b&gt;</a><small></small></th>'
        "<td><span>Conference (a guest)</span> <small>Kirov &lt;i&gt;, Russia</small></td>"
        f'<td>{DAYS}</td><td class="year-strip">'
        '<svg class="bars" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-second" x="27.67" y="2" width="2.19" height="8"/></svg></td>'
        f"<td>{STATE}</td></tr>"
    )


@pytest.mark.django_db
def test_a_row_weighs_little(client):
    """At most 0.6 KiB: the boxes, names in Cyrillic and the state's icon are in each of 50 rows."""
    client.force_login(RoleFactory(kind=RoleKind.IR_OFFICER).person)
    person = {"person__family_name": "Хацкевич", "person__given_name": "Василий"}
    ActivityFactory(state="report-due", subject="Роботическая хирургия", elsewhere="Omsk Medical University", **person)
    rows = client.get(reverse("staff-board"), HTTP_ACCEPT_LANGUAGE="ru").content.decode().partition("<tbody>")[2]
    row = rows.partition("</tbody>")[0]
    assert row.count("<tr>") == 1
    assert len(row.encode()) <= 0.6 * 1024


@pytest.mark.django_db
def test_the_trip_of_who_accompanies_leads_to_the_students_event(client):
    client.force_login(RoleFactory(kind=RoleKind.IR_OFFICER).person)
    pages = [
        client.get(ActivityFactory(students_page=page).get_absolute_url()).content.decode()
        for page in ("/events/7/", "")
    ]
    assert ['<a href="/events/7/">' in page for page in pages] == [True, False]
