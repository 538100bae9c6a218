from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from mobility.calls.models import Cutoff
from mobility.people.tests.factories import UserFactory
from mobility.post.models import Letter
from mobility.students.models import Application, Card, Offer
from selection.actions import publication as actions
from selection.actions.runs import run
from selection.models import Publication

pytestmark = pytest.mark.django_db


def refusal(action, **arguments):
    with pytest.raises(ValidationError) as refused:
        action(**arguments)
    return refused.value.code


@pytest.fixture
def made(apply, place, call, after, locked):
    omsk, kirov = place("omsk"), place("kirov")
    apply(omsk, kirov, number="A", mean_mark=900)
    apply(omsk, number="B", mean_mark=850)
    return run(call=call, by=UserFactory(), at=after)


@pytest.fixture
def prepared(made, after):
    return actions.prepare(run=made, by=UserFactory(), at=after)


def state(call):
    call.refresh_from_db()
    return (
        Card.objects.count(),
        Offer.objects.count(),
        Cutoff.objects.count(),
        Letter.objects.count(),
        call.published_run,
    )


NOTHING = (0, 0, 0, 0, None)
EVERYTHING = (2, 1, 2, 2, 1)


def test_everything_is_published_at_once_by_a_second_person(call, prepared, after):
    second = UserFactory()
    assert state(call) == NOTHING
    actions.publish(publication=prepared, by=second, at=after)
    assert state(call) == EVERYTHING
    offer = Offer.objects.get()
    assert (offer.application.number, offer.destination.code, offer.answer_by) == ("A", "omsk", call.answers_by)
    assert list(Cutoff.objects.order_by("destination__code").values_list("destination__code", "state", "points")) == [
        ("kirov", "open", None),
        ("omsk", "at", 4000),
    ]
    assert Card.objects.get(application__number="B").content["placed"] is None
    assert Publication.objects.get().published_by == second


def test_who_prepared_does_not_publish(call, prepared, after):
    assert refusal(actions.publish, publication=prepared, by=prepared.prepared_by, at=after) == "same-person"
    assert state(call) == NOTHING


def test_a_repeated_click_publishes_once(call, prepared, after):
    actions.publish(publication=prepared, by=UserFactory(), at=after)
    assert refusal(actions.publish, publication=prepared, by=UserFactory(), at=after) == "published"
    assert state(call) == EVERYTHING


@pytest.mark.parametrize("step", ["_copy_cards", "_make_offers", "_push_cutoffs", "queue_to_all"])
def test_a_broken_publication_leaves_nothing_and_a_second_try_finishes(call, prepared, after, monkeypatch, step):
    whole = getattr(actions, step)

    def broken(*args, **kwargs):
        whole(*args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, step, broken)
        with pytest.raises(KeyboardInterrupt):
            actions.publish(publication=prepared, by=UserFactory(), at=after)
    assert state(call) == NOTHING
    actions.publish(publication=prepared, by=UserFactory(), at=after)
    assert state(call) == EVERYTHING


def test_what_changed_since_the_run_is_not_published(call, prepared, made, after):
    Application.objects.filter(number="A").update(debts=1)
    assert refusal(actions.publish, publication=prepared, by=UserFactory(), at=after) == "changed-since"
    Publication.objects.all().delete()
    assert refusal(actions.prepare, run=made, by=UserFactory(), at=after) == "changed-since"
    assert state(call) == NOTHING


def test_only_the_newest_run_is_published(call, prepared, after):
    run(call=call, by=UserFactory(), at=after)
    assert refusal(actions.publish, publication=prepared, by=UserFactory(), at=after) == "newer-run"


def test_one_run_is_prepared_once(prepared, made, after):
    assert refusal(actions.prepare, run=made, by=UserFactory(), at=after) == "prepared"
    actions.take_back(publication=prepared, by=UserFactory())
    assert refusal(actions.publish, publication=prepared, by=UserFactory(), at=after) == "taken-back"
    actions.prepare(run=made, by=UserFactory(), at=after)


def test_students_are_left_time_to_answer(call, prepared):
    late = call.answers_by + timedelta(seconds=1)
    assert refusal(actions.publish, publication=prepared, by=UserFactory(), at=late) == "no-time"


def test_letters_name_no_outcome_and_go_to_each_in_their_language(call, prepared, after):
    Application.objects.get(number="A").student.__class__.objects.filter(applications__number="A").update(language="ru")
    actions.publish(publication=prepared, by=UserFactory(), at=after)
    letters = list(Letter.objects.order_by("language").values_list("language", "text"))
    assert [language for language, _text in letters] == ["en", "ru"]
    assert not any("omsk" in text.lower() or "40" in text for _language, text in letters)


def test_a_run_is_verified_by_the_command(made, capsys):
    call_command("verify_run", "1")
    assert capsys.readouterr().out == "Run 1 follows from its frozen input.\n"
    with pytest.raises(CommandError):
        call_command("verify_run", "2")
