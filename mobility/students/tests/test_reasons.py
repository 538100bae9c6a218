from decimal import Decimal

import pytest
from django.utils import translation

from mobility.calls.tests.factories import plain_rules
from mobility.students.reasons import told
from mobility.students.tests.factories import ApplicationFactory, published

pytestmark = pytest.mark.django_db


def words_of(card, place=""):
    destinations = {row.code: row for row in card.application.call.destinations.all()}
    return told(card.content, destinations=destinations, rules=plain_rules(), place=place)


@pytest.fixture
def words():
    return words_of(published(ApplicationFactory(submitted=True)))


def test_each_choice_has_its_verdict_and_distance(words):
    assert [(choice.word, choice.cutoff, choice.short) for choice in words.choices] == [
        ("Below the cut-off", Decimal("46.00"), "11.00"),
        ("Below the cut-off", Decimal("40.00"), "5.00"),
        ("Equal, tie rule", Decimal("35.00"), "equal"),
        ("Your place", None, "–"),
        ("Not needed", None, "–"),
    ]
    assert words.won.position == 4
    assert (words.rank, words.ranked) == (4, 4)


@pytest.mark.parametrize(
    ("place", "word", "is_held", "sentence"),
    [
        ("open", "Your place", True, "You have a place higher on your list."),
        ("confirmed", "Your place", True, "You have a place higher on your list."),
        ("declined", "You declined this place", False, "You were given a place higher on your list."),
        ("lapsed", "This place lapsed", False, "You were given a place higher on your list."),
    ],
)
def test_a_place_that_is_given_up_says_so_in_its_row(place, word, is_held, sentence):
    words = words_of(published(ApplicationFactory(submitted=True)), place)
    assert (words.won.word, words.won.is_held) == (word, is_held)
    assert [choice.word for choice in words.choices[:3]] == [
        "Below the cut-off",
        "Below the cut-off",
        "Equal, tie rule",
    ]
    assert words.choices[4].sentences == [sentence]


def test_a_tie_names_the_rule_and_both_values(words):
    assert words.choices[2].sentences == [
        "Equal points. Decided by the higher course year: 6 over 5.",
        "You are number 1 of your faculty in the reserve.",
    ]


def test_the_strips_lie_on_one_scale(words):
    assert (words.low, words.high) == (Decimal("30.00"), Decimal("50.00"))
    assert [choice.strip.cutoff for choice in words.choices] == [80.0, 50.0, 25.0, None, None]


def test_points_say_what_counted(words):
    row = words.criteria[0]
    assert (row.title, row.claimed, row.verified, row.at_most, row.counted) == (
        "academic", Decimal("35.00"), Decimal("35.00"), Decimal("50.00"), Decimal("35.00"),
    )  # fmt: skip
    assert words.total == Decimal("35.00")


def test_who_met_no_requirement_reads_which():
    words = words_of(published(ApplicationFactory(submitted=True), mean_mark=650))
    assert words.won is None
    assert words.choices[0].word == "Requirements not met"
    assert words.choices[0].sentences == ["Mean mark: 6.50. Required: from 7.00."]


def test_nobody_else_is_named(words):
    assert "other-" not in str([choice.sentences for choice in words.choices])


def test_it_is_said_in_the_reader_s_language():
    with translation.override("ru"):
        words = words_of(published(ApplicationFactory(submitted=True), mean_mark=650))
        assert words.choices[0].sentences == ["Средний балл: 6,50. Требуется: от 7,00."]
