import pytest

from mobility.people.tests.factories import FacultyFactory, UserFactory
from mobility.students.models import Card
from selection.actions.needed import find_needed, markets
from selection.actions.publication import prepare, publish
from selection.actions.runs import run
from selection.engine.frozen import compute, drawn
from selection.gather import freeze, terms_of_call
from selection.tests.factories import StandingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(call, after, apply, place, locked):
    omsk, kirov = place("omsk"), place("kirov")
    apply(omsk, number="A", mean_mark=900)
    apply(omsk, kirov, number="B", mean_mark=850)
    apply(omsk, kirov, number="C", mean_mark=840)
    prepared = prepare(run=run(call=call, by=UserFactory(), at=after), by=UserFactory(), at=after)
    return publish(publication=prepared, by=UserFactory(), at=after)


def test_each_card_is_told_the_points_that_would_have_changed_it(published):
    assert list(Card.objects.values_list("needed", flat=True)) == [None, None, None]
    find_needed(call=published)
    assert dict(Card.objects.values_list("application__number", "needed")) == {
        "A": {},
        "B": {"omsk": 501},
        "C": {"omsk": 601, "kirov": 101},
    }


def test_faculties_by_themselves_are_computed_apart_with_the_same_lot(call, apply, place):
    other = FacultyFactory(code="other")
    place("omsk")
    for number in "ABC":
        apply(number=number)
    apply(number="D", faculty=other)
    StandingFactory(call=call, faculty=other)
    whole = freeze(terms_of_call(call), lottery={"seed": call.seed, "beacon": ""})
    parts = markets(whole)
    assert [sorted(part["applicants"]) for part in parts] == [["A", "B", "C"], ["D"]]
    assert [part["destinations"]["omsk"]["seats"] for part in parts] == [1, 0]
    assert compute(parts[0]).base_keys["B"].lottery == drawn(whole)["B"]


def test_open_seats_are_computed_as_a_whole(call, apply, place):
    place("omsk").__class__.objects.update(seats=2)
    apply(number="A")
    assert len(markets(freeze(terms_of_call(call)))) == 1
