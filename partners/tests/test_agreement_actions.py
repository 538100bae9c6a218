from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.journal.models import Event
from mobility.people.academic_years import AcademicYear
from mobility.people.tests.factories import RoleFactory, UserFactory
from partners.actions import agreements, conditions
from partners.models import Agreement, Condition, ConfirmedSeats, Prolongation
from partners.signing import name_on

from .factories import AgreementFactory, ConditionFactory, HomeFactory, InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
YEAR = AcademicYear(2026)


def officer():
    return RoleFactory(kind="ir-officer").person


def draft_of(partner, **facts):
    entered = {
        "number": "",
        "subject": "Training of students",
        "signed_on": None,
        "starts": date(2027, 1, 1),
        "ends": date(2029, 12, 31),
        "renewal": "none",
        "owner": officer(),
        "by": UserFactory(),
        "signed_as": "",
    }
    return agreements.draft(partner=partner, **entered | facts)


def draft_factory(**facts):
    return AgreementFactory(sealed_at=None, sealed_by=None, **facts)


def refusal_of(act, **arguments):
    with pytest.raises(ValidationError) as refusal:
        act(**arguments)
    errors = refusal.value.error_dict if hasattr(refusal.value, "error_dict") else {"": [refusal.value]}
    return [error.code for of_field in errors.values() for error in of_field]


def events(of):
    return [event.event for event in Event.objects.of(of).exclude(event=None).order_by("id")]


def test_a_partner_signs_under_the_name_of_the_day():
    partner = InstitutionFactory(named={"ru": "Российский университет медицины"})
    partner.names.filter(language="ru").update(since=date(2023, 12, 1))
    NameFactory(institution=partner, language="ru", text="МГМСУ", kind="former", until=date(2023, 11, 30))
    partner.names.filter(is_primary=False, kind="full").delete()
    partner.refresh_from_db()
    assert name_on(partner, date(2023, 11, 30)) == "МГМСУ"
    assert name_on(partner, date(2023, 12, 1)) == "Российский университет медицины"
    assert draft_of(partner, signed_on=date(2020, 5, 1)).parties.get().signed_as == "МГМСУ"
    assert draft_of(partner, number="2", signed_as="Как в тексте").parties.get().signed_as == "Как в тексте"


def test_a_second_press_makes_no_second_draft():
    partner, by = InstitutionFactory(), UserFactory()
    draft_of(partner, by=by)
    assert refusal_of(draft_of, partner=partner, by=by) == ["drafted-already"]
    assert Agreement.objects.count() == 1


def test_with_whom_there_is_no_agreement():
    assert refusal_of(draft_of, partner=HomeFactory()) == ["home"]
    gone = InstitutionFactory(archived_at=AT, archived_by=UserFactory(), archive_reason="Closed.")
    assert refusal_of(draft_of, partner=gone) == ["archived"]
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"number": ""}, "no-number"), ({"signed_on": None}, "not-signed"), ({"parties": []}, "no-party")],
)
def test_what_is_put_in_force_is_whole(facts, code):
    assert refusal_of(agreements.put_in_force, agreement=draft_factory(**facts), by=officer(), at=AT) == [code]


def test_put_in_force_once():
    agreement, by = draft_factory(), officer()
    agreements.put_in_force(agreement=agreement, by=by, at=AT)
    kept = Agreement.objects.get()
    assert (kept.sealed_by, kept.sealed_at) == (by, AT)
    assert refusal_of(agreements.put_in_force, agreement=agreement, by=by, at=AT) == ["in-force-already"]
    assert refusal_of(
        agreements.add_party, agreement=agreement, institution=InstitutionFactory(), signed_as="", by=by
    ) == ["in-force-already"]
    assert events(agreement) == ["put-in-force"]


def prolong(agreement, ends, **facts):
    letter = {"letter_number": "7", "letter_date": date(2026, 11, 1), "file": None}
    return agreements.renew(agreement=agreement, ends=ends, by=officer(), at=AT, **letter | facts)


def test_prolonged_by_a_letter_and_not_twice():
    agreement = AgreementFactory()
    file = inspect(upload("letter.pdf", pdf()), "letter.pdf")
    letter = prolong(agreement, date(2030, 12, 31), file=file)
    assert (letter.ended, letter.ends, letter.file.name) == (date(2028, 12, 31), date(2030, 12, 31), "letter.pdf")
    assert Agreement.objects.get().last_day == date(2030, 12, 31)
    assert refusal_of(prolong, agreement=agreement, ends=date(2030, 12, 31)) == ["not-later"]
    assert Prolongation.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"), [({"ends": None}, "no-end"), ({"sealed_at": None, "sealed_by": None}, "draft")]
)
def test_what_cannot_be_prolonged(facts, code):
    assert refusal_of(prolong, agreement=AgreementFactory(**facts), ends=date(2030, 1, 1)) == [code]


def end(agreement, last_day=date(2027, 6, 30), reason="By their letter."):
    return agreements.terminate(agreement=agreement, last_day=last_day, reason=reason, by=officer(), at=AT)


def test_terminated_once_with_a_day_and_a_reason():
    agreement = AgreementFactory()
    assert refusal_of(end, agreement=agreement, reason=" ") == ["no-reason"]
    assert refusal_of(end, agreement=agreement, last_day=date(2025, 12, 31)) == ["before-start"]
    assert refusal_of(end, agreement=agreement, last_day=date(2029, 1, 1)) == ["after-end"]
    end(agreement)
    assert Agreement.objects.get().last_day == date(2027, 6, 30)
    assert refusal_of(end, agreement=agreement) == ["terminated-already"]
    assert refusal_of(prolong, agreement=agreement, ends=date(2030, 1, 1)) == ["terminated-already"]
    assert events(agreement) == ["terminated"]


def test_handed_over_to_another_officer():
    agreement, to, by = AgreementFactory(), officer(), officer()
    agreements.hand_over(agreement=agreement, to=to, by=by)
    assert Agreement.objects.get().owner == to
    assert refusal_of(agreements.hand_over, agreement=agreement, to=to, by=by) == ["owner-already"]
    assert refusal_of(agreements.hand_over, agreement=agreement, to=UserFactory(), by=by) == ["no-officer"]


def test_a_scan_is_kept_once():
    agreement, by = AgreementFactory(), officer()
    content = pdf()
    for expected in ([], ["there-already"]):
        file = inspect(upload("text.pdf", content), "text.pdf")
        arguments = {"agreement": agreement, "file": file, "title": "Text", "by": by, "at": AT}
        if expected:
            assert refusal_of(agreements.add_scan, **arguments) == expected
        else:
            agreements.add_scan(**arguments)
    assert agreement.scans.count() == 1


def test_a_partner_leaves_a_draft_before_its_conditions_do_not():
    draft = draft_factory(parties=InstitutionFactory.create_batch(2))
    first, second = draft.parties.all()
    ConditionFactory(agreement=draft, partner=first.institution)
    assert refusal_of(agreements.remove_party, party=first, by=officer()) == ["has-conditions"]
    agreements.remove_party(party=second, by=officer())
    assert refusal_of(agreements.remove_party, party=first, by=officer()) == ["has-conditions"]
    Condition.objects.all().delete()
    assert refusal_of(agreements.remove_party, party=first, by=officer()) == ["last-party"]


def revised(agreement, **facts):
    fields = ("number", "subject", "signed_on", "starts", "ends", "renewal")
    return agreements.revise(
        agreement=agreement, **{name: getattr(agreement, name) for name in fields} | facts, by=officer()
    )


def test_a_draft_changes_and_keeps_around_its_conditions():
    draft = Agreement.objects.get(pk=ConditionFactory(agreement=draft_factory()).agreement_id)
    assert revised(draft, number="9/2027").number == "9/2027"
    assert refusal_of(revised, agreement=draft, ends=date(2027, 12, 31)) == ["condition-outside"]
    assert refusal_of(revised, agreement=draft, starts=date(2026, 2, 1)) == ["condition-outside"]
    assert refusal_of(revised, agreement=AgreementFactory()) == ["in-force-already"]


TERMS = {"kind": "practical-training", "weeks": 6, "starts": date(2026, 1, 1), "ends": None}


def test_an_exchange_is_a_pair_in_one_step():
    agreement, by = AgreementFactory(), officer()
    partner = agreement.parties.get().institution
    arguments = {"agreement": agreement, "partner": partner, "terms": TERMS, "seats_out": 4, "seats_in": 3, "by": by}
    out, into = conditions.add_exchange(**arguments)
    assert [(row.direction, row.seats, row.exchange_with) for row in (out, into)] == [
        ("outgoing", 4, into),
        ("incoming", 3, out),
    ]
    assert refusal_of(conditions.add_exchange, **arguments) == ["overlaps"]
    assert Condition.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"starts": date(2025, 12, 31)}, "before-agreement"),
        ({"ends": date(2029, 1, 1)}, "after-agreement"),
        ({"starts": date(2029, 1, 1)}, "after-agreement"),
    ],
)
def test_a_condition_lies_within_its_agreement(facts, code):
    agreement = AgreementFactory()
    partner = agreement.parties.get().institution
    terms = TERMS | {"seats": 2} | facts
    arguments = {"agreement": agreement, "partner": partner, "direction": "outgoing", "terms": terms, "by": officer()}
    assert refusal_of(conditions.add_condition, **arguments) == [code]
    condition = ConditionFactory(agreement=agreement, partner=partner)
    assert refusal_of(conditions.change_condition, condition=condition, terms=facts, by=officer()) == [code]


def test_a_condition_is_with_a_partner_and_not_of_what_has_ended():
    agreement = AgreementFactory()
    arguments = {"agreement": agreement, "direction": "outgoing", "terms": TERMS | {"seats": 2}, "by": officer()}
    assert refusal_of(conditions.add_condition, partner=InstitutionFactory(), **arguments) == ["no-party"]
    end(agreement)
    partner = agreement.parties.get().institution
    assert refusal_of(conditions.add_condition, partner=partner, **arguments) == ["terminated-already"]


def confirm(condition, seats, *, seen=None, year=YEAR, **facts):
    letter = {"letter_number": "5", "letter_date": date(2026, 11, 20), "file": None, "note": ""}
    arguments = {"condition": condition, "year": year, "seats": seats, "seen": seen, "by": UserFactory(), "at": AT}
    return conditions.confirm_seats(**arguments | letter | facts)


def test_the_latest_word_counts_and_earlier_ones_stay():
    condition = ConditionFactory(seats=4)
    first = confirm(condition, 4)
    assert refusal_of(confirm, condition=condition, seats=4) == ["changed-meanwhile"]
    confirm(condition, 2, seen=first.pk)
    counted = Condition.objects.with_seats_of(YEAR).values_list("seats", "confirmed", "counted").get()
    assert counted == (4, 2, 2)
    assert [entry.seats for entry in ConfirmedSeats.objects.latest_of("2026/2027")] == [2, 4]
    assert Condition.objects.with_seats_of(YEAR.plus(1)).values_list("confirmed", "counted").get() == (None, 4)
    assert refusal_of(conditions.remove_condition, condition=condition, by=officer()) == ["confirmed"]


def test_seats_are_of_a_year_in_which_the_condition_holds():
    condition = ConditionFactory(ends="2026-12-31")
    assert refusal_of(confirm, condition=condition, seats=1, year=AcademicYear(2027)) == ["not-that-year"]
    draft = ConditionFactory(agreement=draft_factory())
    assert refusal_of(confirm, condition=draft, seats=1) == ["draft"]


def test_a_condition_entered_by_mistake_is_removed_once():
    condition = ConditionFactory()
    conditions.remove_condition(condition=Condition.objects.get(), by=officer())
    assert refusal_of(conditions.remove_condition, condition=condition, by=officer()) == ["removed-already"]


def together(*acts):
    """What each did or why it was refused; all begin at once, each on a connection of its own."""
    barrier, told = Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
            told.append("done")
        except ValidationError as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_it_in_force_at_once_one_is_refused():
    agreement, people = draft_factory(), [officer(), officer()]
    acts = [lambda by=by: agreements.put_in_force(agreement=agreement, by=by, at=AT) for by in people]
    assert together(*acts) == ["done", "in-force-already"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_seats_at_once_one_is_told_of_the_other():
    condition, people = ConditionFactory(), [officer(), officer()]
    acts = [lambda by=by: confirm(condition, 3, by=by) for by in people]
    assert together(*acts) == ["changed-meanwhile", "done"]
    assert ConfirmedSeats.objects.count() == 1


def test_a_letter_and_a_signature_are_not_of_a_day_to_come():
    agreement = AgreementFactory()
    letter = {"letter_number": "7", "letter_date": date(2026, 11, 24), "file": None, "by": officer(), "at": AT}
    assert refusal_of(agreements.renew, agreement=agreement, ends=date(2031, 12, 31), **letter) == ["to-come"]
    assert refusal_of(confirm, condition=ConditionFactory(), seats=4, letter_date=date(2026, 11, 24)) == ["to-come"]
    signed_later = draft_factory(signed_on="2026-11-24")
    assert refusal_of(agreements.put_in_force, agreement=signed_later, by=officer(), at=AT) == ["to-come"]
