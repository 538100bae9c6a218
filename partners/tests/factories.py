import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from partners.models import Contact, Institution, Name, NameKind, Succession


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
