"""A draft is discarded; typing errors in what is in force are corrected, with a reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mobility.journal.models import Event
from mobility.people.tests.factories import RoleFactory
from partners.actions import corrections
from partners.models import Agreement, Condition, Party

from .factories import AgreementFactory, ConditionFactory, InstitutionFactory, ProlongationFactory, ScanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ir(client):
    officer = RoleFactory(kind="ir-officer").person
    client.force_login(officer)
    return officer


def codes(act, **arguments):
    with pytest.raises(ValidationError) as refusal:
        act(**arguments)
    errors = refusal.value.error_dict if hasattr(refusal.value, "error_dict") else {"": [refusal.value]}
    return [error.code for of_field in errors.values() for error in of_field]


def draft():
    return AgreementFactory(sealed_at=None, sealed_by=None)


def correct(agreement, by, **facts):
    fields = ("number", "subject", "signed_on", "starts", "ends")
    entered = {name: getattr(agreement, name) for name in fields} | {"names": {}, "reason": "Misread."}
    return corrections.correct(agreement=agreement, **entered | facts, by=by)


def in_force(**facts):
    return Agreement.objects.get(pk=AgreementFactory(**facts).pk)


def test_a_draft_goes_with_what_hangs_on_it(ir):
    found = draft()
    ConditionFactory(agreement=found)
    ScanFactory(agreement=found)
    key = str(found.pk)
    assert codes(corrections.discard, agreement=found, reason=" ", by=ir) == ["no-reason"]
    corrections.discard(agreement=found, reason="Entered twice.", by=ir)
    assert (Agreement.objects.count(), Party.objects.count(), Condition.objects.count()) == (0, 0, 0)
    told = Event.objects.filter(model="partners.agreement", object=key).order_by("-id")
    assert list(told.values_list("operation", "event", "reason", "actor")[:2]) == [
        ("delete", None, "Entered twice.", ir.pk),
        ("event", "discarded", "Entered twice.", ir.pk),
    ]


def test_what_is_in_force_is_not_discarded(ir, client):
    found = AgreementFactory()
    assert codes(corrections.discard, agreement=found, reason="Why not.", by=ir) == ["in-force-already"]
    assert client.get(reverse("agreement-discard", args=[found.pk])).status_code == 404


def test_a_draft_is_discarded_on_its_page_once(ir, client):
    address = reverse("agreement-discard", args=[draft().pk])
    assert client.post(address, {"reason": "Entered twice."}).url == reverse("agreement-list")
    assert client.post(address, {"reason": "Entered twice."}).status_code == 404


def test_a_typing_error_is_corrected_with_its_reason(ir, client):
    found = in_force(number="12/2024", parties=[InstitutionFactory(named={"ru": "Кировский университет"})])
    party = found.parties.get()
    page = reverse("agreement-correct", args=[found.pk])
    entered = {
        "number": "21/2024",
        "subject": "",
        "signed_on": "2025-12-14",
        "starts": "2026-01-01",
        "ends": "2028-12-31",
        f"name_{party.pk}": "Кировский институт",
        "reason": "Digits were swapped.",
    }
    assert client.post(page, entered).url == found.get_absolute_url()
    kept = Agreement.objects.get()
    assert (kept.number, kept.signed_on, kept.parties.get().signed_as) == (
        "21/2024",
        date(2025, 12, 14),
        "Кировский институт",
    )
    told = Event.objects.of(found).order_by("-id").values_list("model", "operation", "reason")[:3]
    assert list(told) == [
        ("partners.party", "update", "Digits were swapped."),
        ("partners.agreement", "update", "Digits were swapped."),
        ("partners.agreement", "event", "Digits were swapped."),
    ]
    again = client.post(page, entered)
    assert [error.code for error in again.context["form"].non_field_errors().as_data()] == ["nothing-changed"]


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"reason": " "}, ["no-reason"]),
        ({"number": "taken"}, ["agreement_number_once"]),
        ({"ends": date(2025, 1, 1)}, ["agreement_ends_after_it_starts"]),
        ({"starts": date(2026, 2, 1)}, ["condition-outside"]),
        ({"ends": date(2027, 12, 31)}, ["condition-outside"]),
    ],
)
def test_what_cannot_be_corrected(ir, facts, refused):
    AgreementFactory(number="taken")
    found = Agreement.objects.get(pk=ConditionFactory(agreement=AgreementFactory(number="7")).agreement_id)
    with pytest.raises(ValidationError) as refusal:
        correct(found, ir, **{"subject": "New"} | facts)
    assert len(refusal.value.messages) == len(refused)
    assert list(Agreement.objects.filter(pk=found.pk).values_list("number", "subject")) == [("7", "")]


def test_a_last_day_by_letter_and_a_draft_have_their_own_ways(ir):
    prolonged = Agreement.objects.get(pk=ProlongationFactory(agreement=AgreementFactory()).agreement_id)
    assert codes(correct, agreement=prolonged, by=ir, ends=date(2029, 1, 1)) == ["prolonged"]
    correct(prolonged, ir, subject="Training")
    found = Agreement.objects.get(pk=draft().pk)
    assert codes(correct, agreement=found, by=ir, subject="Training") == ["draft"]
