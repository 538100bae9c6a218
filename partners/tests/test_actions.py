from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory
from partners.actions import archive, import_institutions, rename, restore
from partners.models import Institution

from .factories import HomeFactory, InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2023, 12, 1)


def code_of(action, **values):
    with pytest.raises(ValidationError) as refusal:
        action(**values)
    return refusal.value.code


def named_events(institution):
    return list(
        Event.objects.of(institution).filter(operation="event").values_list("event", "actor", "reason").order_by("id")
    )


def test_archive_keeps_who_when_and_why():
    by, institution = UserFactory(), InstitutionFactory()
    archived = archive(institution=institution, by=by, at=AT, reason=" It closed. ")
    assert (archived.archived_at, archived.archived_by, archived.archive_reason) == (AT, by, "It closed.")
    assert named_events(institution) == [("archived", by.pk, "It closed.")]


def test_restore_takes_it_out_again():
    by, institution = UserFactory(), InstitutionFactory()
    archive(institution=institution, by=by, at=AT, reason="By mistake.")
    restored = restore(institution=institution, by=by)
    assert (restored.archived_at, restored.archived_by, restored.archive_reason) == (None, None, "")
    assert [event for event, _actor, _reason in named_events(institution)] == ["archived", "restored"]


def test_refusals():
    by, institution, home = UserFactory(), InstitutionFactory(), HomeFactory()
    assert code_of(archive, institution=home, by=by, at=AT, reason="No.") == "home"
    assert code_of(archive, institution=institution, by=by, at=AT, reason="  ") == "no-reason"
    assert code_of(restore, institution=institution, by=by) == "not-archived"
    archive(institution=institution, by=by, at=AT, reason="It closed.")
    assert code_of(archive, institution=institution, by=by, at=AT, reason="Again.") == "archived-already"
    assert code_of(rename, institution=home, full={}, short={}, since=DAY, by=by) == "no-name"
    same = {"full": {"en": "University of Examples"}, "short": {}}
    assert code_of(rename, institution=home, **same, since=DAY, by=by) == "same-name"


def test_rename_keeps_the_old_name_until_the_day_before():
    by = UserFactory()
    institution = InstitutionFactory(named={"ru": "МГМСУ имени Евдокимова", "en": "Yevdokimov University"})
    NameFactory(institution=institution, text="МГМСУ", language="ru", kind="short")
    renamed = rename(institution=institution, full={"ru": "Университет медицины"}, short={"be": "УМ"}, since=DAY, by=by)
    rows = renamed.names.order_by("id").values_list("text", "language", "kind", "is_primary", "since", "until")
    assert list(rows) == [
        ("МГМСУ имени Евдокимова", "ru", "former", False, None, date(2023, 11, 30)),
        ("Yevdokimov University", "en", "full", False, None, None),
        ("МГМСУ", "ru", "short", False, None, None),
        ("Университет медицины", "ru", "full", True, DAY, None),
        ("УМ", "be", "short", False, DAY, None),
    ]
    assert (renamed.own_name, renamed.short_name_be) == ("Университет медицины", "УМ")
    assert named_events(institution) == [("renamed", by.pk, "")]


def test_rename_is_all_or_nothing():
    institution = InstitutionFactory(named={"ru": "Старое", "en": "Old"})
    names = {"ru": "Новое", "en": "N" * 301}
    with pytest.raises(ValidationError):
        rename(institution=institution, full=names, short={}, since=DAY, by=UserFactory())
    institution.refresh_from_db()
    assert (institution.name_ru, institution.name_en) == ("Старое", "Old")


def row(**values):
    new = {"code": "new", "own_name": "Новое", "own_language": "ru", "country": "RU", "city": "Москва"}
    return new | values


def test_import_adds_with_names():
    by = UserFactory()
    [added] = import_institutions(rows=[row(name_en="New", short_name_ru="Н", name_be="", ror="", schac="")], by=by)
    names = added.names.order_by("id").values_list("text", "language", "kind", "is_primary")
    assert set(names) == {
        ("Новое", "ru", "full", True),
        ("New", "en", "full", False),
        ("Н", "ru", "short", False),
    }
    assert (added.ror, added.schac, added.country.code) == (None, None, "RU")
    assert named_events(added) == [("imported", by.pk, "")]


def test_import_changes_only_the_columns_given():
    institution = InstitutionFactory(
        code="old", named={"kk": "Ескі", "en": "Old"}, city="Almaty", is_key=True, ror="02yqqv993"
    )
    NameFactory(institution=institution, text="O", language="en", kind="short")
    import_institutions(
        rows=[{"code": "old", "city": "Алматы", "short_name_en": "", "name_ru": "Старое"}], by=UserFactory()
    )
    institution.refresh_from_db()
    names = institution.names.values_list("text", "language", "kind", "is_primary")
    assert set(names) == {
        ("Ескі", "kk", "full", True),
        ("Old", "en", "full", False),
        ("Старое", "ru", "full", False),
    }
    assert (institution.city, institution.is_key, institution.ror) == ("Алматы", True, "02yqqv993")


def test_import_can_change_the_language_of_the_own_name():
    institution = InstitutionFactory(code="old", named={"ru": "Старое", "en": "Old"})
    import_institutions(rows=[{"code": "old", "own_name": "Ескі", "own_language": "kk"}], by=UserFactory())
    institution.refresh_from_db()
    assert (institution.own_name, institution.own_language, institution.name_ru) == ("Ескі", "kk", "Старое")


def test_the_own_name_may_stand_in_the_column_of_its_language():
    institution = InstitutionFactory(code="old", named={"ru": "Старое", "en": "Old"})
    import_institutions(rows=[{"code": "old", "name_ru": "Новое"}], by=UserFactory())
    institution.refresh_from_db()
    assert (institution.own_name, institution.own_language) == ("Новое", "ru")


def test_import_is_all_or_nothing():
    with pytest.raises(Exception, match="our_university_is_no_partner"):
        import_institutions(rows=[row(), row(code="b", is_home=True, is_key=True)], by=UserFactory())
    assert Institution.objects.count() == 0
