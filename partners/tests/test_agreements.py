"""What the database refuses of agreements, and in which state they are on a day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partners.models import Agreement, Condition

from .factories import AgreementFactory, ConditionFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def state_on(day, **facts):
    AgreementFactory(**facts)
    return Agreement.objects.with_state(day).values_list("state", "last_day").get()


@pytest.mark.parametrize(
    ("day", "facts", "expected"),
    [
        (date(2026, 5, 1), {"sealed_at": None, "sealed_by": None}, ("draft", date(2028, 12, 31))),
        (date(2028, 7, 3), {}, ("in-force", date(2028, 12, 31))),
        (date(2028, 7, 4), {}, ("expiring", date(2028, 12, 31))),
        (date(2028, 12, 31), {}, ("expiring", date(2028, 12, 31))),
        (date(2029, 1, 1), {}, ("expired", date(2028, 12, 31))),
        (date(2029, 1, 1), {"renewal": "automatic"}, ("in-force", None)),
        (date(2029, 1, 1), {"ends": None}, ("in-force", None)),
    ],
)
def test_the_state_follows_from_the_dates(day, facts, expected):
    assert state_on(day, **facts) == expected


def refused(make, *, constraint):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    return refusal.value.__cause__.diag.constraint_name == constraint


def test_two_validities_of_one_condition_may_not_overlap():
    first = ConditionFactory(ends="2027-06-30")
    same = {"agreement": first.agreement, "partner": first.partner, "starts": "2027-06-30"}
    assert refused(lambda: ConditionFactory(**same), constraint="condition_once_at_a_time")
    assert refused(lambda: ConditionFactory(**same | {"ends": None}), constraint="condition_once_at_a_time")
    ConditionFactory(**same | {"starts": "2027-07-01"})
    ConditionFactory(**same | {"direction": "incoming"})
    ConditionFactory(**same | {"kind": "conference"})
    ConditionFactory(**same | {"specialty": "Dentistry"})
    assert refused(lambda: ConditionFactory(**same | {"specialty": "dentistry"}), constraint="condition_once_at_a_time")
    assert Condition.objects.count() == 5


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"starts": "2028-01-01", "ends": "2027-01-01"}, "condition_ends_after_it_starts"),
        ({"seats": -1}, "condition_numbers_are_possible"),
        ({"weeks": 0}, "condition_numbers_are_possible"),
        ({"first_course_year": 5, "last_course_year": 4}, "condition_course_years_in_order"),
        ({"language_level": "B2"}, "condition_level_has_a_language"),
        ({"kind": "holiday"}, "condition_kind_is_known"),
    ],
)
def test_a_condition_is_possible(facts, constraint):
    agreement = AgreementFactory()
    assert refused(lambda: ConditionFactory(agreement=agreement, **facts), constraint=constraint)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"ends": "2025-12-31"}, "agreement_ends_after_it_starts"),
        ({"sealed_by": None}, "agreement_put_in_force_by_someone"),
        ({"number": ""}, "agreement_in_force_is_signed_and_numbered"),
        ({"terminated_on": "2027-01-01"}, "agreement_terminated_by_someone_for_a_reason"),
    ],
)
def test_a_decision_has_a_decider_and_a_date(facts, constraint):
    partner = InstitutionFactory()
    assert refused(lambda: AgreementFactory(parties=[partner], **facts), constraint=constraint)


def test_conditions_hold_during_a_stay_only_as_long_as_their_agreement():
    lasting = ConditionFactory(agreement__renewal="automatic", ends=None)
    ConditionFactory(ends=None)
    ConditionFactory(agreement__sealed_at=None, agreement__sealed_by=None, ends=None)
    during = Condition.objects.valid_during(date(2028, 12, 1), date(2029, 1, 10))
    assert list(during) == [lasting]


def test_a_condition_is_with_a_party_of_its_agreement():
    agreement = AgreementFactory()
    with pytest.raises(IntegrityError, match="condition_of_a_party"), transaction.atomic():
        ConditionFactory(agreement=agreement, partner=InstitutionFactory())
    condition = ConditionFactory(agreement=agreement)
    with pytest.raises(IntegrityError, match="condition_of_a_party"), transaction.atomic():
        agreement.parties.all().delete()
    assert Condition.objects.get() == condition


@pytest.mark.parametrize(
    "facts", [{"starts": "2025-12-31"}, {"ends": "2029-01-01"}, {"starts": "2029-01-01", "ends": None}]
)
def test_a_condition_holds_within_the_dates_of_its_agreement(facts):
    agreement = AgreementFactory()
    assert refused(lambda: ConditionFactory(agreement=agreement, **facts), constraint="condition_within_its_agreement")
    condition = ConditionFactory(agreement=agreement)
    changed = Condition.objects.filter(pk=condition.pk)
    assert refused(lambda: changed.update(**facts), constraint="condition_within_its_agreement")


@pytest.mark.parametrize("facts", [{"ends": "2028-12-30"}, {"starts": "2026-01-02"}])
def test_an_agreement_does_not_shrink_below_its_conditions(facts):
    agreement = ConditionFactory().agreement
    changed = Agreement.objects.filter(pk=agreement.pk)
    assert refused(lambda: changed.update(**facts), constraint="agreement_around_its_conditions")
    changed.update(ends="2030-12-31")


def test_what_goes_on_by_itself_has_no_last_day_to_keep_within():
    agreement = AgreementFactory(renewal="automatic")
    ConditionFactory(agreement=agreement, ends="2031-12-31")
    changed = Agreement.objects.filter(pk=agreement.pk)
    assert refused(lambda: changed.update(renewal="none"), constraint="agreement_around_its_conditions")
