"""Pages: who sees what, in how many questions; many at once; earlier years; figures; papers."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from mobility.people.models import RoleKind
from mobility.people.tests.factories import (
    AbsenceFactory,
    DepartmentFactory,
    FacultyFactory,
    RoleFactory,
    StaffProfileFactory,
    UniversityFactory,
)
from mobility.staff.models import Activity, State
from mobility.staff.views import year
from mobility.web.facets import facets
from mobility.web.spreadsheets import xlsx_bytes
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners.models import Flow
from partners.tests.factories import ConditionFactory, HomeFactory, InstitutionFactory

from .factories import ActivityFactory, AmendmentFactory, ConferencePartFactory, FundingLineFactory, StepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = RoleFactory(kind=RoleKind.IR_OFFICER).person
    client.force_login(person)
    return person


def test_who_sees_what():
    faculty = FacultyFactory()
    department = DepartmentFactory(faculty=faculty)
    sent, draft = ActivityFactory(department=department), ActivityFactory(department=department, state="draft")
    head = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT, department=department).person
    dean = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculty).person
    others = [RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT).person, RoleFactory(kind=RoleKind.DEANS_OFFICE).person]
    officer, rector = RoleFactory(kind=RoleKind.IR_OFFICER).person, RoleFactory(kind=RoleKind.RECTOR).person
    seen = {who: set(Activity.objects.visible_to(who)) for who in (head, dean, *others, officer, rector)}
    assert [seen[who] for who in (head, dean, officer, rector)] == [{sent}] * 4
    assert [seen[who] for who in others] == [set(), set()]
    assert set(Activity.objects.visible_to(draft.person)) == {draft}


@pytest.mark.parametrize("name", ["staff-board", "staff-calendar", "staff-figures"])
def test_a_page_asks_the_same_for_one_and_for_three(client, officer, name):
    assert_same_at_1_and_3(
        lambda: client.get(reverse(name) + "?year=2027"), add=lambda: ActivityFactory(state="ordered"), at_most=14
    )


@pytest.mark.parametrize(
    ("kind", "title", "tab"),
    [
        (RoleKind.HEAD_OF_DEPARTMENT, "The department's mobility", "Department"),
        (RoleKind.DEANS_OFFICE, "The faculty's mobility", "Faculty"),
    ],
)
def test_a_dean_s_office_reads_that_it_sees_its_faculty(client, kind, title, tab):
    client.force_login(RoleFactory(kind=kind).person)
    context = client.get(reverse("staff-department")).context
    [way] = [way for way in context["ways"] if way["current"]]
    assert (context["title"], str(way["label"])) == (title, tab)


def test_one_activity_asks_little(client, officer, django_assert_max_num_queries):
    path = ConferencePartFactory().activity.get_absolute_url()
    client.get(path)
    with django_assert_max_num_queries(15):
        client.get(path)


def test_filters_find(client, officer):
    late = ActivityFactory(state="report-due", report_due="2020-01-10", starts="2020-01-01", ends="2020-01-02")
    ActivityFactory(form="lecturing", country="DE")
    found = {
        query: [int(row["pk"]) for row in client.get(reverse("staff-board") + query).context["list"].rows]
        for query in ("?state=late", "?form=conference", "?country=PL", "?year=2020", f"?q={late.person.family_name}")
    }
    assert found == {query: [late.pk] for query in found}


def test_filters_offer_what_occurs():
    for first, country in ((2025, "PL"), (2027, "DE"), (2025, "DE")):
        ActivityFactory(country=country, starts=date(first, 5, 1), ends=date(first, 5, 2))
    assert facets(Activity) == (["DE", "PL"], [2027, 2025])


def test_a_word_is_found_in_the_name_or_in_the_subject():
    by_subject = ActivityFactory(subject="Nephrology at work")
    by_name = ActivityFactory(person__family_name="Nephro")
    ActivityFactory()
    assert set(Activity.objects.search("nephro")) == {by_subject, by_name}


def test_a_long_year_is_shown_month_by_month(client, officer, monkeypatch):
    march = ActivityFactory(state="accepted", starts=date(2025, 3, 30), ends=date(2025, 4, 2))
    june = ActivityFactory(state="accepted", starts=date(2025, 6, 1), ends=date(2025, 6, 2))

    def shown(query):
        months = client.get(reverse("staff-calendar") + query).context["months"]
        return [row["pk"] for month in months for row in month["rows"]]

    assert shown("?year=2025") == [march.pk, june.pk]
    assert shown("?year=2025&month=4") == [march.pk]
    monkeypatch.setattr(year, "MOST", 1)
    assert shown("?year=2025") == []
    assert shown("?year=2025&month=6") == [june.pk]


def test_many_are_approved_after_their_names_were_shown(client):
    rector = RoleFactory(kind=RoleKind.RECTOR).person
    client.force_login(rector)
    condition = ConditionFactory(kind="conference", seats=1)
    place = {"partner": condition.partner, "condition": condition, "elsewhere": "", "host_reason": ""}
    rows = [ActivityFactory(state="prepared", **place), ActivityFactory(state="prepared", **place), ActivityFactory()]
    path = reverse("staff-bulk", args=["approve"]) + "?" + "&".join(f"pk={row.pk}" for row in rows)
    page = client.get(path)
    assert (page.context["count"], page.context["names"]) == (2, [str(row) for row in rows[:2]])
    answer = client.post(path, follow=True)
    states = [Activity.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.APPROVED, State.PREPARED, State.PROPOSED]
    assert len(list(answer.context["messages"])) == 2
    client.post(path)
    assert Activity.objects.seated().count() == 1


def test_the_spreadsheet_names_cities_in_the_reader_s_language(client, officer):
    there = InstitutionFactory(city="洛阳", city_en="Luoyang", city_ru="")
    ActivityFactory(partner=there, elsewhere="", city="洛阳")
    ActivityFactory(city="Kraków")
    for language in ("en", "ru"):
        client.cookies["django_language"] = language
        book = load_workbook(io.BytesIO(client.get(reverse("staff-export")).content))
        assert {row[7] for row in list(book.active.values)[1:]} == {"Luoyang", "Kraków"}


def test_a_second_removal_of_a_funding_line_is_told_in_words(client):
    activity = ActivityFactory(state="draft")
    line = FundingLineFactory(activity=activity)
    client.force_login(activity.person)
    path = reverse("funding-remove", args=[activity.pk, line.pk])
    assert [client.post(path).url for _press in range(2)] == [activity.get_absolute_url()] * 2
    assert not activity.funding.exists()


@pytest.mark.parametrize("state", ["refused", "cancelled"])
def test_what_ended_says_why_on_top(client, state):
    activity = ActivityFactory(state=state)
    StepFactory(activity=activity, kind=state, reason="No funds.")
    client.force_login(activity.person)
    assert client.get(activity.get_absolute_url()).context["ended"]["reason"] == "No funds."


def test_an_amendment_order_is_drafted_before_it_is_signed(client, officer):
    UniversityFactory()
    change = AmendmentFactory(state="approved", activity__state="ordered")
    order = reverse("change-order", args=[change.activity_id, change.pk])
    draft = f"/staff/{change.activity_id}/changes/{change.pk}/order-draft.pdf"
    assert f'{draft}?language=be"' in client.get(order).content.decode()
    assert client.get(draft, {"language": "be"})["Content-Type"] == "application/pdf"


def test_the_partner_of_a_memo_is_found_by_words(client):
    staff = StaffProfileFactory()
    RoleFactory(person=staff.person)
    client.force_login(staff.person)
    partners = [InstitutionFactory(), InstitutionFactory()]
    for partner, text in zip(partners, ("Academy of Nephrology", "Academy of Surgery"), strict=True):
        partner.names.filter(is_primary=True).update(text=text)
    path = reverse("activity-new", args=["conference", "outgoing"])
    several = client.post(path, {"find": "academy"}).context["form"]
    assert set(several.fields["partner"].queryset) == set(partners)
    one = client.post(path, {"find": "nephrology"}).context["form"]
    assert (one.cleaned_data["partner"], {"find", "partner"} & set(one.errors)) == (partners[0], set())
    none = client.post(path, {"elsewhere": "Clinic", "country": "PL"}).context["form"]
    assert (none.cleaned_data["partner"], {"find", "partner"} & set(none.errors)) == (None, set())


def test_one_order_sends_many(client, officer):
    rows = ActivityFactory.create_batch(2, state="approved")
    path = reverse("staff-bulk", args=["order"]) + f"?pk={rows[0].pk}&pk={rows[1].pk}"
    client.post(path, {"number": "17-к", "day": "2026-11-20", "language": "be"})
    documents = {row.orders.get().document for row in rows}
    assert [(document.number, document.language) for document in documents] == [("17-к", "be")]


def test_a_guest_is_received_by_a_memo(client):
    staff = StaffProfileFactory()
    RoleFactory(person=staff.person)
    client.force_login(staff.person)
    posted = {
        "family_name": "Sato", "given_name": "Hana", "latin_family_name": "Sato", "latin_given_name": "Hana",
        "curator": staff.person.pk, "subject": "Nephrology", "hours": 10, "audience": "Students", "language": "English",
        "partner": InstitutionFactory().pk, "host_reason": "A first visit.", "starts": "2027-03-01",
        "ends": "2027-03-03", "purpose": "Lectures", "expected_result": "A course",
    }  # fmt: skip
    path = reverse("activity-new", args=["lecturing", "incoming"])
    assert client.post(path, posted | {"hours": ""}).context["form"].errors.keys() == {"hours"}
    client.post(path, posted)
    activity = Activity.objects.get()
    assert (str(activity.person), activity.person.is_active, activity.curator) == ("Sato Hana", False, staff.person)
    assert (activity.department, activity.detail.hours) == (staff.department, 10)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_the_empty_sheet_is_read_as_it_is_filled(client, language):
    officer = RoleFactory(kind=RoleKind.IR_OFFICER, person__language=language).person
    client.force_login(officer)
    person = StaffProfileFactory().person
    book = load_workbook(io.BytesIO(client.get(reverse("staff-import-sheet")).content))
    days = date(2024, 3, 1), date(2024, 3, 3)
    book.active.append([person.email, "conference", "Days of Surgery", "Academy", "PL", "Kraków", *days, "A talk."])
    filled = io.BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("trips.xlsx", filled.getvalue())
    page = client.post(reverse("staff-import"), {"file": file})
    assert (page.context["preview"].problems, page.context["preview"].counts["new"]) == ([], 1)


def test_earlier_years_come_from_a_spreadsheet(client, officer):
    person, partner = StaffProfileFactory().person, InstitutionFactory(named="Almaty University")
    header = ["who travelled", "form", "subject", "institution", "country", "first day", "last day", "result"]
    row = [
        person.email,
        "Conference",
        "Days of Surgery",
        "Almaty University",
        "",
        "01.03.2024",
        "2024-03-03",
        "A talk.",
    ]
    elsewhere = [str(person), "internship", "Robots", "Academy", "pl", "2025-03-01", "2025-03-20", ""]
    wrong = ["nobody@example.org", "cruise", "x", "Academy", "", "2024-03-01", "2099-03-03", ""]
    page = send(client, [header, row, wrong])
    assert {(problem.row, problem.column) for problem in page.context["preview"].problems} == {
        (3, "who travelled"), (3, "form"),
    }  # fmt: skip
    page = send(client, [header, row, elsewhere])
    assert page.context["preview"].counts == {"new": 2, "changed": 0, "unchanged": 0}
    client.post(reverse("staff-import"), {"seen": page.context["seen"]})
    first = Activity.objects.get(year=2024)
    assert (first.partner, first.state, first.report.results) == (partner, State.ACCEPTED, "A talk.")
    assert (first.person.absences.count(), Flow.objects.get().done_people) == (2, 1)
    assert send(client, [header, row, elsewhere]).context["preview"].counts["unchanged"] == 2


def send(client, rows):
    content = xlsx_bytes(header=rows[0], rows=rows[1:])
    return client.post(reverse("staff-import"), {"file": SimpleUploadedFile("trips.xlsx", content)})


def test_figures_count_what_was_approved(client, officer):
    ActivityFactory(state="accepted", starts=date(2026, 5, 1), ends=date(2026, 5, 2))
    ActivityFactory(state="ordered", guest=True, starts=date(2026, 6, 1), ends=date(2026, 6, 2))
    ActivityFactory(state="cancelled", starts=date(2026, 7, 1), ends=date(2026, 7, 2))
    page = client.get(reverse("staff-figures") + "?year=2026")
    assert [(bar.pair.label, bar.pair.first, bar.pair.second) for bar in page.context["by_year"]] == [("2026", 1, 1)]
    book = load_workbook(io.BytesIO(client.get(reverse("staff-figures-export")).content))
    assert (2026, "By country", "Poland", 1, 1) in list(book.active.values)


def test_days_that_are_taken_are_told_before_the_rector_decides(client, officer):
    taken = AbsenceFactory(starts=date(2027, 3, 1), ends=date(2027, 3, 9))
    days = {"starts": date(2027, 3, 9), "ends": date(2027, 3, 12)}
    waiting = ActivityFactory(person=taken.person, state="endorsed", **days)
    assert str(taken.person) in client.get(waiting.get_absolute_url()).context["clash"]
    free = ActivityFactory(state="endorsed")
    assert client.get(free.get_absolute_url()).context["clash"] == ""


def test_one_s_own_list_leads_with_what_for(client):
    staff = StaffProfileFactory()
    RoleFactory(person=staff.person)
    client.force_login(staff.person)
    trip = ActivityFactory(person=staff.person, subject="Days of Surgery")
    guest = ActivityFactory(guest=True, curator=staff.person, subject="A course")
    rows = client.get(reverse("staff-mine")).context["list"].rows
    assert {(int(row["pk"]), row["name"], row["second"]) for row in rows} == {
        (trip.pk, "Days of Surgery", ""),
        (guest.pk, "A course", f"{guest.person.family_name} {guest.person.given_name}"),
    }


def test_a_filtered_list_offers_what_can_be_done_in_that_state(client, officer):
    ActivityFactory(state="endorsed")
    for query, names in (("", ["prepare", "order", "accept"]), ("?state=endorsed", ["prepare"])):
        verbs = client.get(reverse("staff-board") + query).context["verbs"]
        assert [url for url, _label in verbs] == [reverse("staff-bulk", args=[name]) for name in names]


def test_the_map_of_figures_counts_people_by_city(client, officer):
    minsk = HomeFactory(city="Minsk", latitude=53.9, longitude=27.6)
    there = InstitutionFactory(city="Omsk", latitude=55, longitude=73)
    facts = {"partner": there, "elsewhere": "", "country": "RU", "starts": date(2026, 5, 1), "ends": date(2026, 5, 2)}
    for state in ("accepted", "ordered", "cancelled"):
        ActivityFactory(state=state, **facts)
    ActivityFactory(state="accepted", partner=InstitutionFactory(latitude=None, longitude=None), **{
        name: value for name, value in facts.items() if name != "partner"
    })  # fmt: skip
    marks = client.get(reverse("staff-figures") + "?year=2026").context["map"]["drawn"].marks
    assert {(mark.place.name, mark.place.count) for mark in marks} == {("Omsk", 2), (minsk.city_name, None)}
    assert client.get(reverse("staff-figures") + "?year=2025").context["map"] is None


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_memo_is_printed_prefilled(client, officer, suffix):
    activity = ConferencePartFactory().activity
    answer = client.get(reverse("memo-paper", args=[activity.pk, suffix]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith({"docx": b"PK", "pdf": b"%PDF"}[suffix])


def test_the_head_reads_what_the_head_s_own_department_does(client):
    role = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT)
    client.force_login(role.person)
    own, _other = ActivityFactory(department=role.department), ActivityFactory()
    page = client.get(reverse("staff-department"))
    assert [int(row["pk"]) for row in page.context["list"].rows] == [own.pk]
    assert client.get(reverse("activity-endorse", args=[own.pk])).status_code == 200
    assert client.get(reverse("activity-endorse", args=[_other.pk])).status_code == 404


def test_a_second_press_reads_where_it_stands(client):
    """A report sent twice, and the office's second click; whose turn it never was sees no such page."""
    staff = StaffProfileFactory()
    RoleFactory(person=staff.person)
    past = {"starts": date(2026, 11, 2), "ends": date(2026, 11, 3), "report_due": date(2026, 11, 17)}
    activity = ActivityFactory(person=staff.person, state="report-due", **past)
    officer, rector = RoleFactory(kind=RoleKind.IR_OFFICER).person, RoleFactory(kind=RoleKind.RECTOR).person
    send, accept = (reverse(name, args=[activity.pk]) for name in ("report-send", "report-accept"))
    page = activity.get_absolute_url()
    for person, url in ((staff.person, send), (officer, accept)):
        client.force_login(person)
        assert {client.post(url, {"results": "A talk."}).url for _press in range(2)} == {page}
        told = [message.level_tag for message in client.get(page).context["messages"]]
        assert told == ["ok", "warn"]
    client.force_login(rector)
    assert client.post(accept).status_code == 404
    assert list(activity.steps.values_list("kind", flat=True)) == ["reported", "accepted"]


def test_nobody_decides_on_their_own_trip(client):
    rector = RoleFactory(kind=RoleKind.RECTOR).person
    client.force_login(rector)
    own = ActivityFactory(state="prepared", person=rector)
    assert client.get(reverse("activity-approve", args=[own.pk])).status_code == 404


def test_a_head_of_one_department_has_no_departments_to_choose_from(client):
    faculty = FacultyFactory()
    departments = DepartmentFactory.create_batch(2, faculty=faculty)
    DepartmentFactory()
    head = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT, department=departments[0]).person
    client.force_login(head)
    assert "department" not in client.get(reverse("staff-department")).context["list"].filters.fields
    client.force_login(RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculty).person)
    choices = client.get(reverse("staff-department")).context["list"].filters.fields["department"].choices
    assert [value for value, _label in choices if value] == [str(one.pk) for one in departments]
