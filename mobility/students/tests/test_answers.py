from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mobility.people.models import Absence
from mobility.post.models import Letter
from mobility.students.actions.answers import confirm, decline, lapse_silent
from mobility.students.models import Offer
from mobility.students.tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


def refusal(action, **arguments):
    with pytest.raises(ValidationError) as refused:
        action(**arguments)
    return refused.value.code


@pytest.fixture
def offer():
    return OfferFactory()


@pytest.fixture
def student(offer):
    return offer.application.student


def test_confirming_takes_the_days_of_the_stay(offer, student):
    confirm(offer=offer, by=student, at=offer.made_at)
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by, offer.answered_at) == (Offer.State.CONFIRMED, student, offer.made_at)
    absence = Absence.objects.get(person=student)
    assert (absence.starts, absence.ends) == (offer.destination.starts, offer.destination.ends)
    assert Letter.objects.count() == 1


def test_declining_takes_none(offer, student):
    decline(offer=offer, by=student, at=offer.made_at)
    offer.refresh_from_db()
    assert (offer.state, Absence.objects.count(), Letter.objects.count()) == (Offer.State.DECLINED, 0, 1)


@pytest.mark.parametrize(("first", "second"), [(confirm, confirm), (confirm, decline), (decline, confirm)])
def test_an_answer_stands(offer, student, first, second):
    first(offer=offer, by=student, at=offer.made_at)
    assert refusal(second, offer=offer, by=student, at=offer.made_at) == "answered"
    assert Letter.objects.count() == 1


def test_the_server_s_clock_decides(offer, student):
    assert refusal(confirm, offer=offer, by=student, at=offer.answer_by) == "too-late"
    confirm(offer=offer, by=student, at=offer.answer_by - timedelta(seconds=1))


def test_who_is_away_on_these_days_cannot_confirm(offer, student):
    other = OfferFactory(application__student=student, destination__starts=offer.destination.ends)
    confirm(offer=offer, by=student, at=offer.made_at)
    assert refusal(confirm, offer=other, by=student, at=other.made_at) == "away-already"
    other.refresh_from_db()
    assert other.state == Offer.State.OPEN


def test_silence_lapses_once_and_only_after_the_date(offer):
    lapse_silent(at=offer.answer_by - timedelta(seconds=1))
    assert Letter.objects.count() == 0
    for _again in range(2):
        lapse_silent(at=offer.answer_by)
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by, Letter.objects.count()) == (Offer.State.LAPSED, None, 1)
