from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from mobility.people.tests.factories import RoleFactory
from mobility.students.models import ConsentText
from mobility.students.tests.factories import ConsentFactory, ConsentTextFactory

pytestmark = pytest.mark.django_db

TEXTS = {"text_en": "I agree.", "text_ru": "Согласен.", "text_be": "Згодзен."}


@pytest.fixture
def administrator(client):
    person = RoleFactory(kind="administrator").person
    client.force_login(person)
    return person


def page_of(text):
    return reverse("admin:students_consenttext_change", args=[text.pk])


def test_a_new_text_is_the_next_version_of_its_purpose(client, administrator):
    ConsentText.objects.all().delete()
    ConsentTextFactory(purpose="transfer", version=7)
    for _time in range(2):
        sent = TEXTS | {"purpose": "processing", "since": "2027-01-01"}
        assert client.post(reverse("admin:students_consenttext_add"), sent).status_code == 302
    assert list(ConsentText.objects.values_list("purpose", "version")) == [
        ("processing", 2), ("processing", 1), ("transfer", 7),
    ]  # fmt: skip


def test_a_text_is_edited_until_somebody_consents_to_it(client, administrator):
    text = ConsentTextFactory()
    changed = TEXTS | {"text_en": "I agree to all.", "since": "2027-02-01"}
    assert client.post(page_of(text), changed).status_code == 302
    text.refresh_from_db()
    assert (text.text_en, text.since) == ("I agree to all.", date(2027, 2, 1))
    ConsentFactory(text=text)
    assert client.post(page_of(text), TEXTS).status_code == 403
    assert "I agree to all." in client.get(page_of(text)).content.decode()
    assert client.post(reverse("admin:students_consenttext_delete", args=[text.pk])).status_code == 403


def test_the_database_keeps_what_was_consented_to(db):
    text = ConsentFactory().text
    for write in (lambda: ConsentText.objects.filter(pk=text.pk).update(text_en="Otherwise."), text.delete):
        with pytest.raises((IntegrityError,)), transaction.atomic():
            write()
    text.refresh_from_db()
    assert text.text_en == "I agree."
