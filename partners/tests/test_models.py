from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory
from partners.models import Contact, Institution, Name, NameKind, Succession

from .factories import ContactFactory, HomeFactory, InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db


def refused(name, write):
    """The database itself refuses, by the constraint of that name."""

    @transaction.atomic
    def attempt():
        write()
        connection.check_constraints()

    with pytest.raises(IntegrityError) as refusal:
        attempt()
    return refusal.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("place_on_the_map_is_whole_and_on_earth", {"latitude": 50}),
        ("place_on_the_map_is_whole_and_on_earth", {"latitude": 91, "longitude": 0}),
        ("place_on_the_map_is_whole_and_on_earth", {"latitude": 0, "longitude": -181}),
        ("ror_id_is_bare", {"ror": "ror.org/0"}),
        ("schac_id_is_a_domain", {"schac": "nowhere"}),
        ("website_is_a_page", {"website": "javascript:alert(1)"}),
        ("archived_with_who_when_and_why", {"archived_at": timezone.now()}),
        ("archived_with_who_when_and_why", {"archive_reason": "It closed."}),
        ("our_university_is_no_partner", {"is_home": True, "is_key": True}),
    ],
)
def test_an_institution_that_cannot_be_is_refused(constraint, values):
    institution = InstitutionFactory()
    assert refused(constraint, lambda: Institution.objects.filter(pk=institution.pk).update(**values))


def test_there_is_one_home():
    HomeFactory()
    assert refused("one_home", HomeFactory)


def test_an_institution_without_its_own_name_is_refused():
    assert refused("institution_has_its_own_name", lambda: Institution.objects.create(code="x", country="KZ", city="X"))


@pytest.mark.parametrize("take", [lambda names: names.delete(), lambda names: names.update(is_primary=False)])
def test_the_own_name_cannot_be_taken_away(take):
    names = Name.objects.filter(institution=InstitutionFactory())
    assert refused("institution_has_its_own_name", lambda: take(names))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("one_own_name", {"language": "kk", "kind": NameKind.FULL, "is_primary": True}),
        ("one_name_of_a_kind_in_a_language", {"language": "en", "kind": NameKind.FULL}),
        ("own_name_is_a_full_name", {"kind": NameKind.SHORT, "is_primary": True}),
        ("only_a_former_name_has_ended", {"until": date(2023, 12, 1)}),
        ("name_ends_after_it_starts", {"kind": "former", "since": date(2023, 12, 2), "until": date(2023, 12, 1)}),
        ("name_is_not_empty", {"text": ""}),
        ("language_of_name_is_a_tag", {"language": "English"}),
        ("kind_of_name_is_known", {"kind": "nick"}),
    ],
)
def test_a_name_that_cannot_be_is_refused(constraint, values):
    institution = InstitutionFactory()
    assert refused(constraint, lambda: NameFactory(institution=institution, **values))


def test_former_names_may_share_a_language():
    institution = InstitutionFactory()
    for _time in range(2):
        NameFactory(institution=institution, kind=NameKind.FORMER)
    assert institution.names.filter(kind=NameKind.FORMER).count() == 2


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("長崎大学", "ja", "Jpan"),
        ("福島県立医科大学", "ja", "Jpan"),
        ("河南科技大学", "zh-Hans", "Hans"),
        ("國立臺灣大學", "zh-Hant", "Hant"),
        ("Кировский ГМУ", "ru", "Cyrl"),
        ("Türkmenistanyň döwlet universiteti", "tk", "Latn"),
        ("جامعة دمشق", "ar", "Arab"),
        ("서울대학교", "ko", "Kore"),
        ("თბილისის უნივერსიტეტი", "ka", "Geor"),
        ("Երևանի համալսարան", "hy", "Armn"),
        ("Πανεπιστήμιο", "el", "Grek"),
        ("42", "en", "Zyyy"),
    ],
)
def test_the_letters_tell_the_script(text, language, script):
    assert NameFactory(text=text, language=language).script == script


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("contact_has_a_name", {"person": ""}),
        ("role_of_contact_is_known", {"role": "king"}),
        ("contact_ends_after_starting", {"since": date(2026, 2, 2), "until": date(2026, 2, 1)}),
    ],
)
def test_a_contact_that_cannot_be_is_refused(constraint, values):
    assert refused(constraint, lambda: ContactFactory(**values))


@pytest.mark.parametrize(
    ("day", "active"),
    [(date(2026, 1, 31), False), (date(2026, 2, 1), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)],
)
def test_a_contact_is_active_from_its_first_day_through_its_last(day, active):
    contact = ContactFactory(since=date(2026, 2, 1), until=date(2026, 3, 1))
    assert contact.is_active_on(day) is active
    assert Contact.objects.active_on(day).exists() is active


def test_nobody_succeeds_themselves_and_nobody_twice():
    one, other = InstitutionFactory(), InstitutionFactory()
    day = date(2026, 9, 1)
    assert refused(
        "nobody_succeeds_themselves", lambda: Succession.objects.create(predecessor=one, successor=one, day=day)
    )
    Succession.objects.create(predecessor=one, successor=other, day=day)
    assert refused(
        "one_succession_of_a_pair", lambda: Succession.objects.create(predecessor=one, successor=other, day=day)
    )
    assert list(one.successors.all()) == [other]


def test_a_pasted_ror_address_is_stored_bare():
    institution = InstitutionFactory(ror="https://ror.org/02YQQV993", schac=" BSMU.by ")
    institution.full_clean()
    assert (institution.ror, institution.schac) == ("02yqqv993", "bsmu.by")
    assert institution.ror_address == "https://ror.org/02yqqv993"


def test_a_mistyped_ror_id_is_refused_in_forms():
    institution = InstitutionFactory.create()
    institution.ror = "02yqqv994"
    with pytest.raises(ValidationError) as refusal:
        institution.full_clean()
    assert [error.code for error in refusal.value.error_dict["ror"]] == ["ror-check-digits"]


NAMES = {"ru": "Первый МГМУ имени И. М. Сеченова", "en": "I.M. Sechenov First Moscow State Medical University"}


def test_names_follow_the_reader_s_language():
    institution = InstitutionFactory(named=NAMES, city="Moskau", city_en="Moscow", city_ru="Москва")
    NameFactory(institution=institution, text="Сеченовский университет", language="ru", kind="short")
    NameFactory(institution=institution, text="Sechenov University", language="en", kind="short")
    NameFactory(institution=institution, text="Першы МДМУ", language="be", kind="former")
    institution.refresh_from_db()
    seen = {}
    for language in ("en", "ru", "be"):
        with override(language):
            seen[language] = (str(institution), institution.short_name, institution.city_name)
    assert seen == {
        "en": (NAMES["en"], "Sechenov University", "Moscow"),
        "ru": (NAMES["ru"], "Сеченовский университет", "Москва"),
        "be": (NAMES["ru"], "Сеченовский университет", "Москва"),
    }
    assert institution.own_name == NAMES["ru"]


def test_without_the_reader_s_language_latin_letters_come_before_others():
    institution = InstitutionFactory(named={"ja": "長崎大学", "ja-Latn": "Nagasaki Daigaku"})
    assert (institution.name_en, institution.name_ru, institution.own_name) == (
        "Nagasaki Daigaku",
        "Nagasaki Daigaku",
        "長崎大学",
    )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda: Name.objects.filter(language="en").update(text="Renamed"), "Renamed"),
        (lambda: Name.objects.filter(language="en").delete(), "Казахский университет"),
        (lambda: Name.objects.bulk_update([renamed("By hand")], ["text"]), "By hand"),
        (lambda: connection.cursor().execute("UPDATE partners_name SET text = 'Raw' WHERE language = 'en'"), "Raw"),
    ],
)
def test_names_are_right_however_they_change(change, name):
    institution = InstitutionFactory(named={"kk": "Казахский университет", "en": "Kazakh University"})
    change()
    institution.refresh_from_db()
    assert institution.name_en == name
    assert institution.sort_name_en == name.lower()


def renamed(text):
    name = Name.objects.get(language="en")
    name.text = text
    return name


def test_nobody_can_write_what_the_database_keeps():
    institution = InstitutionFactory(named="True name")
    Institution.objects.update(name_en="False name", search_text="")
    institution.refresh_from_db()
    assert (institution.name_en, institution.search_text.split()[:2]) == ("True name", ["true", "name"])


def test_russian_sorts_with_yo_and_belarusian_with_short_u_in_their_places():
    for name in ["Ўздзенскі", "Ёлкинский", "Астанинский", "Яковлевский", "Узденский", "Елецкий"]:
        InstitutionFactory(named={"be" if name[0] == "Ў" else "ru": name})
    names = Institution.objects.order_by("sort_name_be", "id").values_list("name_be", flat=True)
    assert list(names) == ["Астанинский", "Елецкий", "Ёлкинский", "Узденский", "Ўздзенскі", "Яковлевский"]


def test_the_journal_tells_names_and_contacts_within_their_institution_and_no_derived_columns():
    institution = InstitutionFactory()
    ContactFactory(institution=institution)
    events = Event.objects.of(institution).order_by("id")
    assert [(event.model, event.operation) for event in events] == [
        ("partners.institution", "insert"),
        ("partners.name", "insert"),
        ("partners.contact", "insert"),
    ]
    assert {"search_text", "name_en", "sort_name_en", "own_name"} & set(events[0].changes) == set()


def test_whoever_archived_it_is_kept():
    user = UserFactory()
    institution = InstitutionFactory(archived_at=timezone.now(), archived_by=user, archive_reason="It closed.")
    assert institution.is_archived is True
    assert InstitutionFactory().is_archived is False
