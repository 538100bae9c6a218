from datetime import date

import pytest
from django.urls import reverse

from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import RoleFactory, UserFactory
from partners.finding import TOO_MANY
from partners.forms.agreements import NewAgreementForm

from .factories import (
    AgreementFactory,
    ConditionFactory,
    ConfirmedSeatsFactory,
    InstitutionFactory,
    ProlongationFactory,
    ScanFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def named(*texts: str) -> list:
    partners = [InstitutionFactory() for _text in texts]
    for partner, text in zip(partners, texts, strict=True):
        partner.names.filter(is_primary=True).update(text=text)
    return partners


def sent(**data: object) -> NewAgreementForm:
    form = NewAgreementForm({"starts": "2026-12-01", "renewal": "none", **data}, day=DAY)
    form.is_valid()
    return form


def refusals(form, field: str) -> list[str]:
    return [error.code for error in form.errors.as_data().get(field, [])]


def test_words_that_fit_one_partner_choose_it():
    _henan, pavlov = named("Henan Medical University", "Pavlov Medical University")
    form = sent(find="павлов")
    assert form.cleaned_data["partner"] == pavlov
    assert "find" not in form.cleaned_data


def test_of_several_one_is_chosen_next():
    henan, pavlov = named("Henan Medical University", "Pavlov Medical University")
    form = sent(find="medical university")
    assert refusals(form, "partner") == ["required"]
    assert [value.value for value, _label in form.fields["partner"].choices] == [henan.pk, pavlov.pk]
    assert sent(find="medical university", partner=pavlov.pk).cleaned_data["partner"] == pavlov


def test_a_choice_that_other_words_do_not_fit_counts_no_more():
    henan, pavlov = named("Henan Medical University", "Pavlov Medical University")
    assert sent(find="pavlov", partner=henan.pk).cleaned_data["partner"] == pavlov


def test_nothing_found_nothing_written_and_too_many_say_so():
    named(*(f"University number {number}" for number in range(21)))
    assert refusals(sent(find="nowhere"), "find") == ["none"]
    assert refusals(sent(), "find") == ["required"]
    form = sent(find="university")
    assert form.errors["partner"] == [str(TOO_MANY)]
    assert len(form.fields["partner"].choices) == 20


def test_the_page_offers_no_list_of_all(client):
    officer = RoleFactory(kind="ir-officer").person
    client.force_login(officer)
    named("Henan Medical University")
    assert "Henan" not in client.get(reverse("agreement-new")).content.decode()


def test_a_partner_s_page_shows_its_papers_to_readers_of_agreements(client):
    agreement = AgreementFactory()
    partner = agreement.parties.get().institution
    scan = ScanFactory(agreement=agreement, title="Signed text")
    ScanFactory(title="Of another")
    client.force_login(RoleFactory(kind="ir-officer").person)
    seats = ConfirmedSeatsFactory(condition=ConditionFactory(agreement=agreement), file=StoredFileFactory())
    letter = ProlongationFactory(agreement=agreement, file=StoredFileFactory())
    papers = client.get(partner.get_absolute_url()).context["papers"]
    assert {(paper.name, paper.url) for paper, of in papers if of == agreement} == {
        ("Signed text", f"/agreements/{agreement.pk}/scans/{scan.pk}/"),
        ("Letter of prolongation", f"/agreements/{agreement.pk}/prolongations/{letter.pk}/"),
        ("Seats confirmed for 2026/2027", f"/agreements/{agreement.pk}/seats/{seats.pk}/"),
    }
    assert len(papers) == 3
    client.force_login(UserFactory())
    assert client.get(partner.get_absolute_url()).context["papers"] == []
