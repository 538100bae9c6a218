from datetime import UTC, datetime

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import UserFactory
from partners.models import (
    Agreement,
    Condition,
    ConfirmedSeats,
    Contact,
    Flow,
    Institution,
    Name,
    NameKind,
    Party,
    Prolongation,
    Scan,
    Succession,
)


class NameFactory(DjangoModelFactory):
    class Meta:
        model = Name

    institution = factory.SubFactory("partners.tests.factories.InstitutionFactory")
    text = factory.Sequence("Another name {}".format)
    language = "en"
    kind = NameKind.SHORT


class InstitutionFactory(DjangoModelFactory):
    """`named` is its own name; a dictionary gives full names by language, the first of them its own."""

    class Meta:
        model = Institution

    named = factory.Sequence("University {}".format)
    code = factory.Sequence("university-{}".format)
    country = "KZ"
    city = "Almaty"

    @classmethod
    @transaction.atomic
    def _create(cls, model_class, *args, **kwargs):
        named = kwargs.pop("named")
        institution = super()._create(model_class, *args, **kwargs)
        names = named if isinstance(named, dict) else {"en": named}
        Name.objects.bulk_create(
            Name(institution=institution, text=text, language=language, is_primary=position == 0)
            for position, (language, text) in enumerate(names.items())
        )
        institution.refresh_from_db()
        return institution


class HomeFactory(InstitutionFactory):
    is_home = True
    named = "University of Examples"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    institution = factory.SubFactory(InstitutionFactory)
    person = factory.Sequence("Coordinator {}".format)
    email = factory.Sequence("coordinator{}@example.org".format)


class SuccessionFactory(DjangoModelFactory):
    class Meta:
        model = Succession

    predecessor = factory.SubFactory(InstitutionFactory)
    successor = factory.SubFactory(InstitutionFactory)
    day = "2026-09-01"


class AgreementFactory(DjangoModelFactory):
    """In force, with one partner, unless told otherwise."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    number = factory.Sequence("F{}/2026".format)
    signed_on = "2025-12-15"
    starts = "2026-01-01"
    ends = "2028-12-31"
    owner = factory.SubFactory(UserFactory)
    sealed_at = datetime(2025, 12, 20, 9, 0, tzinfo=UTC)
    sealed_by = factory.SelfAttribute("owner")

    @factory.post_generation
    def parties(self, create, partners, **kwargs):
        for partner in partners if partners is not None else [InstitutionFactory()]:
            Party.objects.create(agreement=self, institution=partner, signed_as=partner.own_name)


class ConditionFactory(DjangoModelFactory):
    class Meta:
        model = Condition

    agreement = factory.SubFactory(AgreementFactory)
    partner = factory.LazyAttribute(lambda condition: condition.agreement.parties.get().institution)
    direction = "outgoing"
    kind = "practical-training"
    seats = 4
    weeks = 6
    starts = "2026-01-01"
    ends = "2028-12-31"


class ConfirmedSeatsFactory(DjangoModelFactory):
    class Meta:
        model = ConfirmedSeats

    condition = factory.SubFactory(ConditionFactory)
    academic_year = "2026/2027"
    seats = 4
    letter_number = "15-7/88"
    letter_date = "2026-11-20"
    entered_by = factory.SubFactory(UserFactory)
    entered_at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class ScanFactory(DjangoModelFactory):
    class Meta:
        model = Scan

    agreement = factory.SubFactory(AgreementFactory)
    file = factory.SubFactory(StoredFileFactory)
    title = "Signed text"


class ProlongationFactory(DjangoModelFactory):
    class Meta:
        model = Prolongation

    agreement = factory.SubFactory(AgreementFactory)
    ended = "2027-12-31"
    ends = "2028-12-31"
    letter_number = "15-7/12"
    letter_date = "2027-11-02"
    file = factory.SubFactory(StoredFileFactory)
    entered_by = factory.SubFactory(UserFactory)
    entered_at = datetime(2027, 11, 3, 9, 0, tzinfo=UTC)


class FlowFactory(DjangoModelFactory):
    class Meta:
        model = Flow

    source = factory.Sequence("staff.activity/{}".format)
    institution = factory.SubFactory(InstitutionFactory)
    academic_year = "2026/2027"
    direction = "outgoing"
    kind = "practical-training"
    done_people = 2
    done_weeks = "12.0"
