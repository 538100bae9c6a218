"""Who sees whom in the annual plan, and what the pages do."""

import io
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mobility.people.models import RoleKind
from mobility.people.tests.factories import (
    DepartmentFactory,
    FacultyFactory,
    RoleFactory,
    StaffProfileFactory,
    UserFactory,
)
from mobility.staff.actions import plan_lines as lines
from mobility.staff.models import AnnualPlan, PlanLine
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners.tests.factories import InstitutionFactory

from .factories import ActivityFactory, AnnualPlanFactory, PlanLineFactory, PlanPlaceFactory

pytestmark = pytest.mark.django_db


def enter(kind: str, **place) -> Client:
    client = Client()
    client.me = RoleFactory(kind=kind, **place).person
    client.force_login(client.me)
    return client


@pytest.fixture
def plan():
    return AnnualPlanFactory(year=2030)


@pytest.fixture
def surgery():
    return DepartmentFactory(name_en="Surgery", faculty=FacultyFactory())


def lines_seen(client: Client, plan: AnnualPlan) -> set[PlanLine]:
    programmes = client.get(plan.get_absolute_url()).context["programmes"]
    return {row["line"] for programme in programmes for row in programme.lines}


def test_each_sees_their_own_lines(plan, surgery):
    mine = PlanLineFactory(place__plan=plan, department=surgery)
    of_faculty = PlanLineFactory(place=mine.place, department__faculty=surgery.faculty)
    other = PlanLineFactory(place=mine.place)
    everything = {mine, of_faculty, other}
    for kind in ("ir-officer", "rector", "administrator"):
        assert lines_seen(enter(kind), plan) == everything
    assert lines_seen(enter("head-of-department", department=surgery), plan) == {mine}
    assert lines_seen(enter("deans-office", faculty=surgery.faculty), plan) == {mine, of_faculty}
    assert lines_seen(enter("head-of-department"), plan) == set()
    teacher = enter("teaching-staff")
    assert lines_seen(teacher, plan) == set()
    own = PlanLineFactory(place=mine.place, person=teacher.me)
    assert lines_seen(teacher, plan) == {own}


def test_the_sheet_shows_what_its_reader_may_see(plan, surgery):
    mine = PlanLineFactory(place__plan=plan, department=surgery, person__family_name="=HYPERLINK(1)")
    PlanLineFactory(place=mine.place)
    answer = enter("head-of-department", department=surgery).get(reverse("plan-sheet", args=[2030]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [("Name, position", "Department"), ("=HYPERLINK(1) Иван", "Surgery")]


def test_a_plan_that_is_being_drafted_is_not_there_for_others():
    AnnualPlanFactory(year=2031, state="draft")
    found = [enter(kind).get("/staff/plans/2031/").status_code for kind in ("ir-officer", "teaching-staff", "student")]
    assert found == [200, 404, 404]


def test_a_head_proposes_their_own_people(plan, surgery):
    place = PlanPlaceFactory(plan=plan)
    own = StaffProfileFactory(department=surgery).person
    other = StaffProfileFactory().person
    head = enter("head-of-department", department=surgery)
    url = reverse("plan-propose", args=[2030, place.pk])
    assert head.post(url, {"department": surgery.pk, "person": other.pk, "reason": "x"}).status_code == 200
    assert head.post(url, {"department": surgery.pk, "person": own.pk, "reason": "x"}).status_code == 302
    assert list(PlanLine.objects.values_list("person", "department", "proposed_by")) == [
        (own.pk, surgery.pk, head.me.pk)
    ]


def test_of_two_presses_the_second_is_refused(plan, surgery):
    place = PlanPlaceFactory(plan=plan)
    own = StaffProfileFactory(department=surgery).person
    head = enter("head-of-department", department=surgery)
    sent = {"department": surgery.pk, "person": own.pk, "reason": "x"}
    url = reverse("plan-propose", args=[2030, place.pk])
    assert [head.post(url, sent).status_code for _press in range(2)] == [302, 200]
    assert PlanLine.objects.count() == 1


def test_after_the_last_day_nobody_is_invited_to_propose(client):
    head = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT).person
    client.force_login(head)
    for day, may in ((timezone.localdate(), True), (timezone.localdate() - timedelta(days=1), False)):
        plan = PlanPlaceFactory(plan__state="open", plan__proposals_until=day).plan
        page = client.get(plan.get_absolute_url())
        assert [programme.may["propose"] for programme in page.context["programmes"]] == [may]
        assert page.context["is_closed"] is not may


def test_the_history_of_a_plan_is_for_the_offices(client):
    line = PlanLineFactory()
    plan = line.place.plan
    lines.withdraw(line=line, by=RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT).person)
    pages = [reverse("history", args=["staff", "annualplan", plan.pk])]
    pages.append(reverse("history", args=["staff", "planplace", line.place_id]))
    for kind, status in ((RoleKind.IR_OFFICER, 200), (RoleKind.RECTOR, 200), (RoleKind.HEAD_OF_DEPARTMENT, 404)):
        client.force_login(RoleFactory(kind=kind).person)
        assert [client.get(page).status_code for page in pages] == [status, status]
    client.force_login(RoleFactory(kind=RoleKind.IR_OFFICER).person)
    assert client.get(pages[1]).context["entries"][0].what == "Candidate withdrawn"


def test_the_rector_approves_once(plan):
    plan = AnnualPlanFactory(state="prepared")
    line = PlanLineFactory(place__plan=plan, state="included")
    rector = enter("rector")
    url = reverse("plan-approve", args=[plan.year])
    assert [rector.post(url).url for _press in range(2)] == [plan.get_absolute_url()] * 2
    told = [message.level_tag for message in rector.get(plan.get_absolute_url()).context["messages"]]
    assert told == ["ok", "warn"]
    assert enter("ir-officer").post(url).status_code == 404
    line.refresh_from_db()
    assert line.state == "approved"


def test_the_paper_leaves_as_docx_and_pdf(plan):
    line = PlanLineFactory(place__plan=plan, state="included")
    officer = enter("ir-officer")
    assert officer.post(reverse("plan-prepare", args=[2030]), {"language": "be"}).status_code == 302
    answers = [officer.get(reverse(name, args=[2030])) for name in ("plan-docx", "plan-pdf", "plan-scan")]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert [answers[0].content[:2], answers[1].content[:5]] == [b"PK", b"%PDF-"]
    plan.refresh_from_db()
    assert (plan.document.language, plan.document.content["name"]) == ("be", "Гадавы план")
    assert line.person.family_name in str(plan.document.content)


def test_carrying_over_shows_count_and_names_first():
    line = PlanLineFactory(place__plan__state="approved", state="approved")
    officer = enter("ir-officer")
    url = reverse("plan-carry-over", args=[line.place.plan.year])
    shown = officer.get(url)
    assert shown.context["names"] == [str(line)]
    assert "1 person has not gone" in shown.content.decode()
    answer = officer.post(url)
    assert [str(told) for told in get_messages(answer.wsgi_request)] == ["1 person is carried over."]
    assert answer["Location"] == f"/staff/plans/{line.place.plan.year + 1}/"
    assert url not in officer.get(line.place.plan.get_absolute_url()).content.decode()  # nothing is left
    assert "Everything was done, or is carried over already." in officer.get(url).content.decode()


def test_why_a_plan_came_back_stands_on_its_page_for_those_who_choose():
    plan = AnnualPlanFactory(state="open", sent_back_for="Give Anatomy the place.")
    told = [
        client.get(plan.get_absolute_url()).content.decode() for client in map(enter, ["ir-officer", "teaching-staff"])
    ]
    assert ["Give Anatomy the place." in page for page in told] == [True, False]


def test_plan_against_fact(surgery):
    plan = AnnualPlanFactory(year=2030, state="approved")
    host = InstitutionFactory(named="Host University")
    march = PlanPlaceFactory(plan=plan, partner=host, elsewhere="", country="KZ")
    may = PlanPlaceFactory(plan=plan, form="advanced-training", starts="2030-05-02", ends="2030-05-09")
    facts = ((march, "accepted"), (march, "cancelled"), (may, "ordered"), (may, None))
    for position, (place, state) in enumerate(facts, start=1):
        activity = ActivityFactory(state=state) if state else None
        PlanLineFactory(place=place, position=position, state="approved", department=surgery, activity=activity)
    PlanLineFactory(place=may, state="left-out")
    officer = enter("ir-officer")

    def counted(by):
        context = officer.get(reverse("plan-fact", args=[2030]), {"by": by}).context
        facts = [*context["facts"], context["total"]]
        return [(it.label, it.planned, it.done, it.on_the_way, it.not_begun, it.fell_through) for it in facts]

    whole = ("All", 4, 1, 1, 1, 1)
    assert counted("department") == [("Surgery", 4, 1, 1, 1, 1), whole]
    assert counted("form") == [
        ("Advanced professional training", 2, 0, 1, 1, 0),
        ("On-the-job internship", 2, 1, 0, 0, 1),
        whole,
    ]
    assert counted("partner") == [
        ("Host University", 2, 1, 0, 0, 1),
        ("Academy of Examples", 2, 0, 1, 1, 0),
        whole,
    ]
    assert counted("month") == [("march", 2, 1, 0, 0, 1), ("may", 2, 0, 1, 1, 0), whole]
    assert officer.get(reverse("plan-fact", args=[2030]), {"by": "name"}).status_code == 404


def test_the_list_counts_places_and_people(plan):
    PlanPlaceFactory(plan=plan, seats=3)
    place = PlanPlaceFactory(plan=plan, seats=2)
    PlanLineFactory(place=place)
    PlanLineFactory(place=place, state="left-out")
    (row,) = enter("ir-officer").get(reverse("plan-list")).context["plans"]
    assert (row["plan"].seats, row["plan"].candidates, row["plan"].approved) == (5, 2, 0)


def test_the_page_asks_as_much_of_three_lines_as_of_one(plan):
    officer = enter("ir-officer")
    place = PlanPlaceFactory(plan=plan)
    assert_same_at_1_and_3(lambda: officer.get(plan.get_absolute_url()), add=lambda: PlanLineFactory(place=place))


def test_the_person_reads_another_word_than_the_office(plan):
    teacher = enter("teaching-staff")
    line = PlanLineFactory(place__plan=plan, person=teacher.me)
    assert "Your department proposes you" in teacher.get(plan.get_absolute_url()).content.decode()
    assert "Proposed by the department" in enter("ir-officer").get(plan.get_absolute_url()).content.decode()
    assert "Your department proposes you" in teacher.get(reverse("plan-list")).content.decode()
    assert line.persons_state == "Your department proposes you"


def test_a_memo_begins_from_ones_own_line():
    teacher = enter("teaching-staff")
    line = PlanLineFactory(place__plan__state="approved", state="approved", person=teacher.me)
    url = reverse("plan-begin", args=[line.place.plan.year, line.pk])
    answer = teacher.post(url)
    line.refresh_from_db()
    assert answer["Location"] == reverse("activity-edit", args=[line.activity_id])
    assert teacher.get(answer["Location"]).status_code == 200
    assert teacher.post(url).status_code == 404
    assert (line.activity.person, line.activity.author) == (teacher.me, teacher.me)
    other = UserFactory()
    strange = PlanLineFactory(place=line.place, state="approved", person=other)
    assert teacher.post(reverse("plan-begin", args=[line.place.plan.year, strange.pk])).status_code == 404


def test_the_host_of_a_programme_is_found_by_words_among_all_partners():
    plan = AnnualPlanFactory(state="draft")
    partners = [InstitutionFactory(), InstitutionFactory()]
    for partner, text in zip(partners, ("Academy of Nephrology", "Academy of Surgery"), strict=True):
        partner.names.filter(is_primary=True).update(text=text)
    officer, url = enter("ir-officer"), reverse("plan-place-add", args=[plan.year])
    asked = officer.get(url).context["form"]
    assert (list(asked.fields)[:6], list(asked.fields["partner"].queryset)) == (
        ["form", "programme", "find", "partner", "elsewhere", "country"], [],
    )  # fmt: skip
    several = officer.post(url, {"find": "academy"}).context["form"]
    assert set(several.fields["partner"].queryset) == set(partners)
    entered = {
        "form": "internship",
        "programme": "Kidneys",
        "starts": f"{plan.year}-03-01",
        "ends": f"{plan.year}-03-05",
    }
    officer.post(url, entered | {"find": "nephrology", "seats": 1, "source": "host"})
    assert [(place.programme, place.partner) for place in plan.places.all()] == [("Kidneys", partners[0])]
    none = officer.post(url, entered).context["form"]
    assert none.errors["find"] == ["Find a partner, or name another institution below."]
