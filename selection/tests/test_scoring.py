from datetime import timedelta

import pytest

from mobility.calls import above
from mobility.calls.actions.rules import write_anew
from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory, plain_rules
from mobility.people.tests.factories import FacultyFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection.actions import scoring
from selection.actions.scoring import rescore, rescore_call
from selection.models import Outlook, Rank

READ = {"verdict": "accepted", "read_at": "2027-04-01T09:00:00Z"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def faculty():
    return FacultyFactory()


@pytest.fixture
def apply(call, faculty):
    def make(*destinations, **fields):
        application = ApplicationFactory(call=call, faculty=faculty, submitted=True, **fields)
        for position, destination in enumerate(destinations, start=1):
            ChoiceFactory(application=application, destination=destination, position=position)
        return application

    return make


def order(call):
    return list(
        Rank.objects.filter(call=call)
        .order_by("order")
        .values_list("application__number", "place", "tie_rule", "destination__code", "wish")
    )


def test_points_are_stored_with_the_application_and_its_claims(apply):
    application = apply(mean_mark=892)
    counted = ClaimFactory(application=application, accepted_kind="talk-university", **READ | {"verdict": "corrected"})
    unread = ClaimFactory(application=application)
    found = rescore(application=application)
    assert (found.points, found.points_claimed, found.claims_count, found.claims_read) == (3920 + 100, 3920 + 300, 2, 1)
    assert found.parts == {"academic": 3920, "language": 0, "science": 100, "social": 0, "personal": 0}
    assert found.standing_key == [0, -4020, -892, -100, 0, -1, -5]
    counted.refresh_from_db()
    unread.refresh_from_db()
    assert [(claim.points_counted, claim.fate) for claim in (counted, unread)] == [(100, "counted"), (0, "unverified")]


def test_who_meets_no_rule_is_not_ranked_and_the_rule_is_stored(call, apply):
    application = apply(mean_mark=650, debts=1)
    assert rescore(application=application).unmet == [["debts", 0, 1], ["mean_mark", 700, 650]]
    assert order(call) == []


def test_marks_on_a_scale_without_a_table_block_and_never_count_as_nothing(call, apply):
    application = apply(mean_mark=None)
    found = rescore(application=application)
    assert (found.unmet, found.points) == ([["mark_scale", "no table", 0]], 0)
    assert found.standing_key[0] == scoring.NOT_ELIGIBLE
    assert order(call) == []


def test_the_faculty_s_order_says_the_rule_of_each_tie_and_what_its_quotas_would_give(call, faculty, apply):
    kirov, omsk = (DestinationFactory(call=call, code=code, seats=1) for code in ("kirov", "omsk"))
    for destination in (kirov, omsk):
        QuotaFactory(destination=destination, faculty=faculty, seats=1)
    apply(kirov, omsk, number="B", course_year=4)
    apply(kirov, omsk, number="C", course_year=4)
    apply(kirov, number="A", course_year=5)
    rescore_call(call=call)
    assert order(call) == [
        ("A", 1, "", "kirov", 1),
        ("B", 2, "course", "omsk", 2),
        ("C", 2, "lottery", None, None),
    ]
    assert Outlook.objects.get(call=call).cutoffs == {"kirov": 3500, "omsk": 3500}


def test_one_who_left_is_taken_out_of_the_order(call, apply):
    stays, leaves = apply(number="A"), apply(number="B")
    rescore_call(call=call)
    leaves.state, leaves.withdrawn_at, leaves.withdrawn_by = "withdrawn", leaves.saved_at, leaves.student
    leaves.save()
    scoring.refresh_outlook(call=call, faculty=stays.faculty)
    assert [row[0] for row in order(call)] == ["A"]


def test_other_faculties_seats_are_not_promised(call, faculty, apply):
    destination = DestinationFactory(call=call, seats=3)
    QuotaFactory(destination=destination, seats=2)
    rescore(application=apply(destination))
    assert [row[3] for row in order(call)] == [None]


def test_new_rules_recompute_everybody(call, apply):
    application = apply(mean_mark=750)
    rescore(application=application)
    rules = plain_rules()
    rules["eligibility"] = rules["eligibility"] | {"mark_floor": 800}
    call.rules_versions.create(
        number=2,
        content=rules,
        reason="The ministry",
        made_by=call.owner,
        made_at=call.opens_at,
        frozen_at=call.opens_at,
    )
    rescore_call(call=call)
    application.refresh_from_db()
    assert application.unmet == [["mean_mark", 800, 750]]


def test_a_large_faculty_is_left_to_the_worker(call, apply, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(scoring, "AT_ONCE", 0)
    application = apply()
    rescore(application=application)
    outlook = Outlook.objects.get(call=call)
    assert (outlook.is_current, order(call)) == (False, [])
    from selection.tasks import refresh

    refresh.func(call.pk, application.faculty_id)
    outlook.refresh_from_db()
    assert (outlook.is_current, len(order(call))) == (True, 1)


def test_an_older_computation_never_overwrites_a_newer_one(call, faculty, apply):
    apply()
    Outlook.objects.create(call=call, faculty=faculty, changes=5, computed=5)
    Outlook.objects.filter(call=call).update(changes=5)
    scoring.compute_outlook(call=call, faculty=faculty)
    assert Outlook.objects.get(call=call).computed == 5


@pytest.mark.parametrize("others", [0, 4])
def test_the_same_few_queries_for_one_and_for_many(call, apply, django_assert_num_queries, others):
    application = apply()
    for _ in range(others):
        apply()
    rescore_call(call=call)
    with django_assert_num_queries(19):
        rescore(application=application)


def test_after_the_deadline_everybody_is_scored_and_who_left_is_taken_out(call, apply):
    stays, leaves = apply(number="A"), apply(number="B")
    scoring.score_waiting(at=call.deadline - timedelta(seconds=1))
    assert order(call) == []
    scoring.score_waiting(at=call.deadline)
    assert [row[0] for row in order(call)] == ["A", "B"]
    leaves.refresh_from_db()
    leaves.state, leaves.withdrawn_at, leaves.withdrawn_by = "withdrawn", leaves.saved_at, leaves.student
    leaves.save()
    scoring.score_waiting(at=call.deadline)
    assert [row[0] for row in order(call)] == [stays.number]


def test_new_rules_of_an_opened_call_count_everybody_anew(call, apply):
    application = apply(mean_mark=750)
    rules = plain_rules()
    rules["eligibility"] = rules["eligibility"] | {"mark_floor": 800}
    for row in rules["criteria"] + rules["catalogue"]:
        row["title"] = dict.fromkeys(("en", "ru", "be"), row["code"])
    write_anew(call=call, content=rules, reason="The ministry", seen=1, by=call.owner, at=call.deadline)
    application.refresh_from_db()
    assert application.unmet == [["mean_mark", 800, 750]]


def test_the_room_of_calls_hears_who_applied(call, faculty, apply):
    application = apply()
    rescore(application=application)
    assert above.concerned(call) == [application.student]
    assert above.applied(call) == {faculty.code: 1}
    assert above.points(call) == [{"academic": 3500, "language": 0, "personal": 0, "science": 0, "social": 0}]
