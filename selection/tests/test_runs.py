import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction

from mobility.calls.actions import calls
from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory
from selection.actions.runs import run
from selection.models import Run, RunCard
from selection.running import Stored, faults

pytestmark = pytest.mark.django_db


def refusal(action, **arguments):
    with pytest.raises(ValidationError) as refused:
        action(**arguments)
    return refused.value.code


def stored(row):
    return Stored(*(getattr(row, name) for name in Stored._fields))


def cards(row):
    return row.cards.order_by("applicant").values_list("applicant", "content")


@pytest.fixture
def applied(apply, place):
    omsk, kirov = place("omsk"), place("kirov")
    return [apply(omsk, kirov, number="A", mean_mark=900), apply(omsk, kirov, number="B")]


@pytest.mark.usefixtures("applied", "locked")
def test_a_run_freezes_computes_and_keeps_everything(call, after):
    officer = UserFactory()
    row = run(call=call, by=officer, at=after)
    assert (row.number, row.made_by, row.made_at, row.previous_sha256) == (1, officer, after, "")
    assert json.loads(row.result)["placements"] == {"A": "omsk", "B": "kirov"}
    assert json.loads(row.frozen)["lottery"] == {"seed": call.seed, "beacon": ""}
    assert [code for code, _card in cards(row)] == ["A", "B"]
    assert row.cards.get(applicant="B").content["wishes"][0]["verdict"] == "below_cutoff"
    assert list(faults(stored(row), "", cards(row).iterator())) == []
    assert Event.objects.filter(event="run", object=str(row.pk)).count() == 1


@pytest.mark.usefixtures("applied", "locked")
def test_runs_are_chained(call, after):
    first = run(call=call, by=UserFactory(), at=after)
    second = run(call=call, by=UserFactory(), at=after)
    assert (second.number, second.previous_sha256) == (2, first.chain_sha256)
    assert list(faults(stored(second), first.chain_sha256, cards(second).iterator())) == []
    assert list(faults(stored(second), "", cards(second).iterator())) == [
        "the run before it has another checksum",
        "its own link in the chain does not follow",
    ]


@pytest.mark.usefixtures("applied", "locked")
def test_the_database_keeps_runs_as_they_are(call, after):
    row = run(call=call, by=UserFactory(), at=after)
    for change in (
        lambda: Run.objects.filter(pk=row.pk).update(result="{}"),
        lambda: RunCard.objects.filter(run=row).update(content={}),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("field", "change", "says"),
    [
        ("frozen", lambda text: text.replace('"mean_mark":900', '"mean_mark":700'), "the frozen input is not the one"),
        ("result", lambda text: text.replace('"A":"omsk"', '"A":"kirov"'), "computed again, the result differs"),
        ("chain_sha256", lambda _text: "0" * 64, "its own link in the chain does not follow"),
    ],
)
@pytest.mark.usefixtures("applied", "locked")
def test_whatever_was_changed_is_found(call, after, field, change, says):
    row = run(call=call, by=UserFactory(), at=after)
    changed = stored(row)._replace(**{field: change(getattr(row, field))})
    assert next(faults(changed, "", cards(row).iterator())).startswith(says)


@pytest.mark.usefixtures("applied", "locked")
def test_a_changed_card_is_found(call, after):
    row = run(call=call, by=UserFactory(), at=after)
    changed = [(code, card | {"placed": "omsk"}) for code, card in cards(row)]
    assert list(faults(stored(row), "", iter(changed))) == [
        "the cards are not those that the checksum was taken of",
    ]


@pytest.mark.usefixtures("applied")
def test_each_faculty_locks_first(call, after):
    assert refusal(run, call=call, by=UserFactory(), at=after) == "not-locked"


@pytest.mark.usefixtures("applied", "locked")
def test_nothing_is_computed_while_applications_are_open(call):
    assert refusal(run, call=call, by=UserFactory(), at=call.deadline - timedelta(seconds=1)) == "open"


@pytest.mark.usefixtures("applied", "locked")
def test_published_results_are_not_computed_again(call, after):
    call.published_at, call.published_run = after, 1
    call.save()
    assert refusal(run, call=call, by=UserFactory(), at=after) == "published"


@pytest.mark.usefixtures("applied", "locked")
def test_a_call_that_is_called_off_is_not_run(call, after):
    calls.call_off(call=call, reason="The host has no room.", by=UserFactory(), at=after)
    call.refresh_from_db()
    assert refusal(run, call=call, by=UserFactory(), at=after) == "called-off"
