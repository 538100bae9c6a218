from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from mobility.calls.models import Call, Cutoff, Quota, QuotaChange, RulesTemplate
from mobility.people.models import Faculty, ScaleMark
from mobility.people.tests.factories import FacultyFactory, RoleFactory, ScaleFactory, UserFactory
from mobility.post.models import Letter
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners.tests.factories import ConditionFactory

from .factories import CallFactory, DestinationFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = RoleFactory(kind="ir-officer").person
    client.force_login(person)
    return person


def rules():
    return RulesTemplate.objects.get(code="university").content


def draft(**fields):
    return CallFactory(opened_at=None, opened_by=None, rules=rules(), **fields)


def sent(call, cells, *, seen=None, **more):
    """What the browser sends: every cell of the grid, and what was seen in it."""
    faculties = list(Faculty.objects.all())
    data = {}
    for place in call.destinations.all():
        for faculty in faculties:
            name = f"{place.pk}-{faculty.pk}"
            quota = Quota.objects.filter(destination=place, faculty=faculty).first()
            data[f"cell-{name}"] = cells.get((place.pk, faculty.pk), quota.seats if quota else 0)
            data[f"seen-{name}"] = (seen or {}).get((place.pk, faculty.pk), quota.seats if quota else 0)
    return data | {"reason": ""} | more


def test_a_draft_does_not_exist_for_others(client):
    call = draft()
    assert client.get(f"/calls/{call.code}/").status_code == 404
    client.force_login(RoleFactory(kind="ir-officer").person)
    assert client.get(f"/calls/{call.code}/").status_code == 200


@pytest.mark.parametrize(("seats", "state"), [(4, "completed"), (5, "todo")])
def test_a_late_seat_of_an_open_call_waits_for_a_faculty(client, officer, seats, state):
    quota = QuotaFactory(destination__call=CallFactory(rules=rules()), seats=4)
    type(quota.destination).objects.filter(pk=quota.destination_id).update(seats=seats)
    tasks = client.get(f"/calls/{quota.destination.call.code}/desk/").context["tasks"]
    assert (tasks[-1]["state"], "1 of 5 places have no faculty yet" in tasks[-1]["hint"]) == (state, seats == 5)


def test_a_call_s_page_asks_the_same_of_one_destination_and_of_three(client):
    call = CallFactory(rules=rules())
    assert_same_at_1_and_3(
        lambda: client.get(f"/calls/{call.code}/"), add=lambda: QuotaFactory(destination__call=call), at_most=9
    )


def test_the_grid_asks_the_same_of_one_destination_and_of_three(client, officer):
    call = draft()
    assert_same_at_1_and_3(
        lambda: client.get(f"/calls/{call.code}/quotas/"), add=lambda: QuotaFactory(destination__call=call), at_most=20
    )


def test_the_list_of_calls_asks_the_same_of_one_and_of_three(client):
    assert_same_at_1_and_3(lambda: client.get("/calls/"), add=CallFactory, at_most=4)


def test_filters_leave_the_destinations_of_a_faculty(client):
    call = CallFactory()
    here, _elsewhere = (QuotaFactory(destination__call=call, destination__seats=2) for _host in range(2))
    found = client.get(f"/calls/{call.code}/?faculty={here.faculty.code}").context["list"]
    assert [row["code"] for row in found.rows] == [here.destination.code]
    assert (found.state.found, found.state.whole) == (1, 2)


def test_last_year_s_cut_off_is_the_lowest_of_the_faculties(client):
    last, condition = CallFactory(academic_year="2025/2026"), ConditionFactory(seats=10)
    before = DestinationFactory(call=last, condition=condition)
    for points in (6120, 5880):
        Cutoff.objects.create(destination=before, faculty=FacultyFactory(), state="at", points=points)
    call = CallFactory(previous=last)
    DestinationFactory(call=call, condition=condition)
    DestinationFactory(call=call)
    rows = client.get(f"/calls/{call.code}/").context["list"].rows
    assert sorted(row["cutoff"] for row in rows) == ["58.80", "–"]


def test_a_destination_s_page_says_money_first_and_each_faculty_s_cut_off(client):
    quota = QuotaFactory(destination__costs_en="You pay the travel.")
    call = quota.destination.call
    body = client.get(f"/calls/{call.code}/at/{quota.destination.code}/").content.decode()
    assert body.index("You pay the travel.") < body.index("What is asked") < body.index(quota.faculty.name_en)


def test_the_seed_is_shown_to_nobody(client, officer):
    call = CallFactory(rules=rules())
    DestinationFactory(call=call)
    paths = [f"/calls/{call.code}/{page}" for page in ("", "rules/", "desk/", "quotas/", "rules/edit/")]
    assert [path for path in paths if call.seed in client.get(path).content.decode()] == []
    assert call.commitment in client.get(f"/calls/{call.code}/rules/").content.decode()


def test_the_grid_is_saved_at_once(client, officer):
    call = draft()
    quota = QuotaFactory(destination__call=call, seats=2)
    other = FacultyFactory()
    cells = {(quota.destination_id, quota.faculty_id): 1, (quota.destination_id, other.pk): 3}
    assert client.post(f"/calls/{call.code}/quotas/", sent(call, cells)).status_code == 302
    assert dict(Quota.objects.values_list("faculty", "seats")) == {quota.faculty_id: 1, other.pk: 3}
    assert QuotaChange.objects.count() == 2


def test_a_repeated_press_changes_nothing_twice(client, officer):
    call = draft()
    quota = QuotaFactory(destination__call=call, seats=2)
    data = sent(call, {(quota.destination_id, quota.faculty_id): 3})
    assert [client.post(f"/calls/{call.code}/quotas/", data).status_code for _press in range(2)] == [302, 302]
    assert QuotaChange.objects.count() == 1


def test_what_was_typed_comes_back_beside_the_refusal(client, officer):
    call = draft()
    quota = QuotaFactory(destination__call=call, seats=2)
    cell = quota.destination_id, quota.faculty_id
    page = client.post(f"/calls/{call.code}/quotas/", sent(call, {cell: 5}))
    assert page.context["form"].non_field_errors() == [
        f"{quota.destination}: 5 places are given out, the destination has 4. Take 1 away."
    ]
    assert [(row.over, row.squares[0].shown) for row in page.context["grid"].rows] == [(1, "5")]
    assert 'value="5"' in page.content.decode()
    words = client.post(f"/calls/{call.code}/quotas/", sent(call, {cell: "two"}))
    assert words.context["form"].non_field_errors() == [f"{quota.faculty.short_name}: “two” is no number of places."]
    assert Quota.objects.get().seats == 2


def test_the_second_of_two_officers_is_told(client, officer):
    call = draft()
    quota = QuotaFactory(destination__call=call, seats=2)
    cell = quota.destination_id, quota.faculty_id
    page = client.post(f"/calls/{call.code}/quotas/", sent(call, {cell: 3}, seen={cell: 1}))
    assert page.status_code == 200
    assert Quota.objects.get().seats == 2


def test_a_proposal_explains_itself_and_saves_nothing(client, officer):
    last, condition = CallFactory(academic_year="2025/2026"), ConditionFactory(seats=10)
    before = QuotaFactory(destination=DestinationFactory(call=last, condition=condition, seats=3), seats=3)
    call = draft(previous=last)
    DestinationFactory(call=call, condition=condition, seats=4)
    page = client.get(f"/calls/{call.code}/quotas/?propose=1")
    squares = [square for row in page.context["grid"].rows for square in row.squares]
    assert {square.faculty: square.shown for square in squares} == {before.faculty: "4"}
    assert [note.partition(": ")[2] for note in page.context["grid"].notes[1:]] == [
        "1 place more than last year, the partner has not confirmed this year’s places."
    ]
    assert not Quota.objects.filter(destination__call=call).exists()


def test_the_grid_goes_out_as_a_spreadsheet_and_comes_back(client, officer):
    call = draft()
    quota = QuotaFactory(destination__call=call, seats=2)
    out = client.get(f"/calls/{call.code}/quotas/export.xlsx").content
    book = load_workbook(BytesIO(out))
    header, row = ([cell.value for cell in line] for line in book.active.iter_rows())
    assert (header[0], header[2], row[0], row[2]) == ("destination", quota.faculty.code, quota.destination.code, 2)
    book.active.cell(2, 3).value = 3
    changed = BytesIO()
    book.save(changed)
    file = SimpleUploadedFile("quotas.xlsx", changed.getvalue())
    page = client.post(f"/calls/{call.code}/quotas/import/", {"file": file})
    assert page.context["grid"].rows[0].squares[0].shown == "3"
    assert Quota.objects.get().seats == 2


def test_the_quotas_are_printed_to_be_signed(client, officer):
    quota = QuotaFactory(destination__call=draft())
    answer = client.get(f"/calls/{quota.destination.call.code}/quotas/paper.pdf")
    assert answer.content.startswith(b"%PDF")


def test_more_time_is_told_to_the_deans_offices(client, officer):
    call = CallFactory(rules=rules(), opens_at=timezone.now() - timedelta(days=20))
    office = RoleFactory(kind="deans-office", person__email="dean@example.org").person
    until = timezone.localtime(call.deadline + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data = {"until": until, "reason": "The network was down.", "seen": call.deadline.isoformat()}
    assert client.post(f"/calls/{call.code}/extend/", data).status_code == 302
    assert client.post(f"/calls/{call.code}/extend/", data).status_code == 200
    assert [letter.recipient for letter in Letter.objects.all()] == [office.email]
    assert "The network was down." in Letter.objects.get().text


def test_a_call_is_made_from_a_template_and_opened_when_nothing_is_missing(client, officer):
    template = CallFactory.build(owner=None, rules=False)
    dates = ("opens_at", "deadline", "verified_by", "points_from", "points_until", "protocols_by", "results_at")
    data = {name: f"2027-0{month}-10T09:00" for month, name in enumerate(dates, start=1)}
    data |= {f"title_{language}": template.title_en for language in ("en", "ru", "be")}
    data |= {"code": "PT27", "kind": template.kind, "academic_year": "2026/2027", "answers_by": "2027-09-10T18:00"}
    data |= {
        "release": "none",
        "precedence": "reserve_first",
        "template": RulesTemplate.objects.get(code="ministry").pk,
    }
    assert client.post("/calls/new/", data).status_code == 302
    call = Call.objects.get(code="PT27")
    assert call.rules_versions.get().content["eligibility"]["mark_floor"] == 800
    assert client.post("/calls/PT27/open/").status_code == 200
    texts = {f"{text}_{language}": "Text" for text in ("title", "costs", "replaces") for language in ("en", "ru", "be")}
    assert client.post("/calls/PT27/texts/", texts).status_code == 302
    QuotaFactory(destination__call=call, seats=4)
    Call.objects.filter(pk=call.pk).update(opens_at=timezone.now(), deadline=timezone.now() + timedelta(days=1))
    Call.objects.filter(pk=call.pk).update(
        **{name: timezone.now() + timedelta(days=2) for name in dates[2:]},
        answers_by=timezone.now() + timedelta(days=3),
    )
    assert client.post("/calls/PT27/open/").status_code == 302
    assert len(Call.objects.get(code="PT27").seed) == 64


def test_a_criterion_of_a_draft_is_changed_in_three_languages(client, officer):
    call = draft()
    address = f"/calls/{call.code}/rules/edit/criteria/social/"
    data = dict(client.get(address).context["form"].initial) | {"cap": "9.50", "window": ""}
    assert client.post(address, data | {"title_be": "Іншая назва"}).status_code == 302
    row = next(row for row in call.rules_versions.get().content["criteria"] if row["code"] == "social")
    assert (row["cap"], row["window"], row["title"]["be"]) == (950, None, "Іншая назва")


def test_rules_of_an_opened_call_become_a_version_with_a_reason(client, officer):
    call = CallFactory(rules=rules())
    address = f"/calls/{call.code}/rules/edit/order/"
    data = dict(client.get(address).context["form"].initial) | {"rule_5": ""}
    assert client.post(address, data).status_code == 200
    assert client.post(address, data | {"reason": "The course year is no merit."}).status_code == 302
    assert [version.number for version in call.rules_versions.all()] == [2, 1]


def test_an_achievement_is_added_and_removed(client, officer):
    call = draft()
    texts = {f"{text}_{language}": "Blood donor" for text in ("title", "proof") for language in ("en", "ru", "be")}
    data = texts | {"code": "donor", "criterion": "social", "points": "0", "steps": "1 = 0.5; 3 = 1", "seen": 1}
    assert client.post(f"/calls/{call.code}/rules/edit/catalogue-add/", data).status_code == 302
    assert call.rules_versions.get().content["catalogue"][-1]["steps"] == [[1, 50], [3, 100]]
    removing = client.post(f"/calls/{call.code}/rules/edit/catalogue/donor/remove/", {"seen": 1})
    assert removing.status_code == 302
    assert call.rules_versions.get().content == rules()


def test_the_history_of_a_cell_tells_who_when_and_why(client, officer):
    quota = QuotaFactory(destination__call=draft(), seats=2)
    place = quota.destination
    QuotaChange.objects.create(
        destination=place,
        faculty=quota.faculty,
        before=0,
        after=2,
        reason="As agreed.",
        by=UserFactory(),
        at=timezone.now(),
    )
    page = client.get(f"/calls/{place.call.code}/quotas/of/{place.code}/{quota.faculty.code}/")
    assert [entry["what"] for entry in page.context["changes"]] == [
        "Quota of the faculty",
        f"{place.condition.agreement}: 10 places",
    ]


def test_the_start_page_has_the_open_calls_and_asks_the_same_of_one_and_of_three(client):
    now = timezone.now()

    def add():
        return CallFactory(opens_at=now - timedelta(days=18, minutes=1))

    assert_same_at_1_and_3(lambda: client.get("/"), add=add)
    shown = client.get("/").context["calls"]
    assert [one["left"] for one in shown] == [{"words": "2 days left.", "is_soon": True}] * 3


def test_a_draft_awaits_who_answers_for_it(client, officer):
    mine, _another = draft(owner=officer), draft()
    assert [task.url for task in client.get("/").context["tasks"] if "/calls/" in task.url] == [
        f"/calls/{mine.code}/desk/"
    ]


def test_a_destination_s_least_mark_is_typed_as_marks_are_read(client, officer):
    place = DestinationFactory(call=draft(), mark_floor=750)
    address = f"/calls/{place.call.code}/at/{place.code}/edit/"
    form = client.get(address).context["form"]
    assert form["mark_floor"].value() == Decimal("7.5")
    values = {name: form[name].value() or "" for name in form.fields} | {"mark_floor": "8.25"}
    assert client.post(address, values).status_code == 302
    place.refresh_from_db()
    assert place.mark_floor == 825
    refused = client.post(address, values | {"mark_floor": "825"}).context["form"].errors
    assert refused == {"mark_floor": ["Enter 10 or less."]}


@pytest.fixture
def five():
    scale = ScaleFactory(code="5", name="Five marks")
    ScaleMark.objects.create(scale=scale, value=450, here=800)
    return scale


def told_scales(client, call):
    context = client.get(f"/calls/{call.code}/rules/edit/").context
    return [(scale["name"], scale["lines"]) for scale in context["scales"]], context["may_take_scales"]


def test_a_draft_shows_the_university_s_tables_and_an_opened_call_its_copy(client, officer, five):
    copy = rules() | {"scales": {"5": {"450": 750}}}
    assert told_scales(client, draft()) == ([("Five marks", [(4.5, 8.0)])], False)
    assert told_scales(client, CallFactory(rules=copy)) == ([("Five marks", [(4.5, 7.5)])], True)


def test_the_tables_of_today_are_taken_into_a_new_version_of_the_rules(client, officer, five):
    call = CallFactory(rules=rules())
    url = f"/calls/{call.code}/rules/edit/scales/"
    assert client.post(url, {"seen": 1, "reason": "A mark had no place."}).status_code == 302
    assert call.rules_versions.latest("number").content == rules() | {"scales": {"5": {"450": 800}}}
    assert client.get(f"/calls/{draft().code}/rules/edit/scales/").status_code == 404


def test_calling_off_tells_everyone_once(client, officer):
    call = CallFactory()
    office = RoleFactory(kind="deans-office").person
    client.force_login(officer)
    assert "Nobody applies" in client.get(f"/calls/{call.code}/call-off/").content.decode()
    sent = {"reason": "The host closed its clinic."}
    assert client.post(f"/calls/{call.code}/call-off/", sent).status_code == 302
    again = client.post(f"/calls/{call.code}/call-off/", sent)
    assert (again.status_code, "The call is called off: The host closed its clinic." in again.content.decode()) == (
        200,
        True,
    )
    assert [(letter.recipient, letter.subject) for letter in Letter.objects.all()] == [
        (office.email, f"Called off: {call.title}")
    ]
    assert "The host closed its clinic." in Letter.objects.get().text
    client.logout()
    assert "The host closed its clinic." in client.get(f"/calls/{call.code}/").content.decode()
