from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from mobility.people.actions.absences import keep_away, release
from mobility.people.models import Absence

from .factories import AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db


def away(person, source="1", first=1, last=5):
    return keep_away(
        person=person, kind="staff-trip", source=source, starts=date(2027, 3, first), ends=date(2027, 3, last)
    )


def days():
    return list(Absence.objects.order_by("starts").values_list("source", "starts__day", "ends__day"))


def test_days_are_taken_moved_and_released():
    person = UserFactory()
    away(person)
    away(person, first=4, last=8)
    assert days() == [("1", 4, 8)]
    release(person=person, kind="staff-trip", source="1")
    release(person=person, kind="staff-trip", source="1")
    assert days() == []


def test_days_that_are_taken_refuse_whichever_room_took_them():
    person = UserFactory()
    AbsenceFactory(person=person, kind="event", source="1", starts=date(2027, 3, 5), ends=date(2027, 3, 9))
    with pytest.raises(ValidationError) as refusal:
        away(person)
    assert refusal.value.code == "away-already"
    away(person, last=4)
    away(UserFactory())


def test_the_database_refuses_what_bypasses_the_action():
    person = UserFactory()
    away(person)
    with pytest.raises(IntegrityError, match="one_absence_at_a_time"):
        AbsenceFactory(person=person, source="other", starts=date(2027, 3, 5), ends=date(2027, 3, 6))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_days():
    person, together, refused = UserFactory(), Barrier(8), []

    def ask(source):
        together.wait()
        try:
            away(person, source=str(source))
        except ValidationError as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Absence.objects.count() == 1
    assert refused == ["away-already"] * 7
