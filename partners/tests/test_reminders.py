from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from mobility.people.tests.factories import RoleFactory
from mobility.post.models import Letter
from partners.actions.reminders import remind_of_expiring
from partners.models import Agreement, ExpiryNotice

from .factories import AgreementFactory

pytestmark = pytest.mark.django_db
LAST = date(2027, 6, 30)


def morning(days_before):
    day = LAST - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def officer(**facts):
    role = RoleFactory(kind="ir-officer", **{f"person__{name}": value for name, value in facts.items()})
    return role.person


def expiring(owner, **facts):
    return AgreementFactory(owner=owner, ends=LAST, **facts)


def test_the_owner_is_written_to_once_at_each_threshold():
    owner = officer(language="en")
    expiring(owner, number="7/2026")
    counts = {}
    for days in (181, 180, 179, 91, 90, 90, 31, 30, 1, 0, -1):
        remind_of_expiring(at=morning(days))
        counts[days] = Letter.objects.count()
    assert counts == {181: 0, 180: 1, 179: 1, 91: 1, 90: 2, 31: 2, 30: 3, 1: 3, 0: 3, -1: 3}
    assert list(ExpiryNotice.objects.values_list("days", flat=True)) == [180, 90, 30]
    letter = Letter.objects.first()
    assert (letter.recipient, letter.subject) == (owner.email, "1 agreement ends soon")
    assert "№ 7/2026: until 30 June 2027" in letter.text.replace("\N{NO-BREAK SPACE}", " ")


def test_one_letter_tells_of_all_and_only_the_nearest_threshold():
    owner = officer()
    expiring(owner)
    expiring(owner)
    remind_of_expiring(at=morning(20))
    assert (Letter.objects.count(), list(ExpiryNotice.objects.values_list("days", flat=True))) == (1, [30, 30])


def test_the_history_says_that_somebody_was_reminded(client):
    owner = officer(language="en")
    agreement = expiring(owner)
    remind_of_expiring(at=morning(90))
    client.force_login(owner)
    entry = client.get(reverse("history", args=["partners", "agreement", agreement.pk])).context["entries"][0]
    field, _before, after = entry.changes[-1]
    assert (entry.what, field) == ("Reminded that it ends soon", "Notice of an expiring agreement")
    assert after.replace("\N{NO-BREAK SPACE}", " ").startswith("added: 30 June 2027, 90, ")


@pytest.mark.parametrize("facts", [{"email": None, "record_book": "7"}, {"is_active": False}])
def test_where_the_owner_cannot_be_written_to_the_officers_are(facts):
    expiring(officer(**facts))
    other = officer()
    remind_of_expiring(at=morning(90))
    assert [letter.recipient for letter in Letter.objects.all()] == [other.email]


def test_what_is_prolonged_is_told_anew_and_what_is_terminated_is_not():
    agreement = expiring(officer())
    remind_of_expiring(at=morning(30))
    Agreement.objects.update(ends=LAST + timedelta(days=300))
    remind_of_expiring(at=morning(0))
    remind_of_expiring(at=morning(-120))
    assert list(ExpiryNotice.objects.values_list("days", flat=True)) == [30, 180]
    Agreement.objects.update(
        terminated_on=agreement.ends, terminated_at=morning(0), terminated_by=agreement.owner, termination_reason="x"
    )
    assert Letter.objects.count() == 2


def test_a_draft_ends_in_silence():
    expiring(officer(), sealed_at=None, sealed_by=None)
    remind_of_expiring(at=morning(30))
    assert Letter.objects.count() == 0
