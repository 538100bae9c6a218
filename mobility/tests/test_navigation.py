import pytest
from django.contrib.auth.models import AnonymousUser

from mobility.navigation import Tab, navigation, tabs
from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory, UserFactory


def labels(rf, user, path="/"):
    request = rf.get(path)
    request.user = user
    return [tab.label for tab in tabs(request)]


def test_whoever_is_outside_sees_the_public_tabs(rf):
    assert labels(rf, AnonymousUser()) == ["Start", "Calls", "Events", "Partners"]


def test_an_early_error_page_has_no_user_and_still_has_tabs(rf):
    assert [tab.label for tab in tabs(rf.get("/"))] == ["Start", "Calls", "Events", "Partners"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RoleKind.STUDENT, ["What awaits you", "Calls", "Events", "Partners", "My application"]),
        (RoleKind.TEACHING_STAFF, ["What awaits you", "Calls", "Events", "Partners", "Staff mobility"]),
        (
            RoleKind.HEAD_OF_DEPARTMENT,
            ["What awaits you", "Calls", "Events", "Partners", "Agreements", "Staff mobility", "People"],
        ),
        (
            RoleKind.DEANS_OFFICE,
            [
                *("What awaits you", "Calls", "Events", "Partners", "Agreements", "Staff mobility"),
                *("Queue", "Ranking", "Protocol", "Students", "People"),
            ],
        ),
        (
            RoleKind.IR_OFFICER,
            [
                "What awaits you",
                "Calls",
                "Events",
                "Partners",
                "Agreements",
                "Staff mobility",
                "Students",
                "People",
                "Reference data",
            ],
        ),
        (
            RoleKind.RECTOR,
            ["What awaits you", "Calls", "Events", "Partners", "Agreements", "Staff mobility", "Students", "People"],
        ),
        (
            RoleKind.ADMINISTRATOR,
            [
                "What awaits you",
                "Calls",
                "Events",
                "Partners",
                "Agreements",
                "Staff mobility",
                "Students",
                "People",
                "Administration",
            ],
        ),
    ],
)
def test_each_role_has_its_tabs(rf, kind, expected):
    assert labels(rf, RoleFactory(kind=kind).person) == expected


@pytest.mark.django_db
def test_several_roles_share_one_row_of_tabs(rf):
    person = UserFactory()
    RoleFactory(person=person, kind=RoleKind.IR_OFFICER)
    RoleFactory(person=person, kind=RoleKind.ADMINISTRATOR)
    assert labels(rf, person) == [
        "What awaits you",
        "Calls",
        "Events",
        "Partners",
        "Agreements",
        "Staff mobility",
        "Students",
        "People",
        "Administration",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/selection/PT27/general/verify/PT27-1/", "Queue"),
        ("/selection/PT27/general/standing/notice/", "Ranking"),
        ("/selection/PT27/general/commission/", "Protocol"),
        ("/runs/PT27/1/", "Calls"),
    ],
)
def test_a_page_of_a_faculty_belongs_to_its_tab_which_counts_what_waits(rf, path, current):
    request = rf.get(path)
    request.user, request.waiting = RoleFactory(kind=RoleKind.DEANS_OFFICE).person, {"desk-queue": 33}
    found = tabs(request)
    assert [tab.label for tab in found if tab.current] == [current]
    assert [(tab.label, tab.count) for tab in found if tab.count] == [("Queue", 33)]


@pytest.mark.django_db
def test_the_tab_of_a_page_below_is_current_and_start_only_itself(rf):
    request = rf.get("/admin/people/")
    request.user = RoleFactory(kind=RoleKind.ADMINISTRATOR).person
    assert tabs(request, counts={"home": 3}) == [
        Tab("What awaits you", "/", current=False, count=3),
        Tab("Calls", "/calls/", current=False),
        Tab("Events", "/events/", current=False),
        Tab("Partners", "/partners/", current=False),
        Tab("Agreements", "/agreements/", current=False),
        Tab("Staff mobility", "/staff/", current=False),
        Tab("Students", "/students/", current=False),
        Tab("People", "/people/", current=False),
        Tab("Administration", "/admin/", current=True),
    ]


@pytest.mark.django_db
def test_tabs_ask_for_roles_and_nothing_else(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = RoleFactory(kind=RoleKind.DEANS_OFFICE).person
    with django_assert_num_queries(1):
        list(navigation(request)["navigation"])


@pytest.mark.django_db
def test_a_page_without_tabs_asks_nothing(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = RoleFactory().person
    with django_assert_num_queries(0):
        navigation(request)
