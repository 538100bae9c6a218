from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mobility.files import actions
from mobility.files.documents import Letterhead, Paper, Text
from mobility.files.inspection import inspect
from mobility.files.models import IssuedDocument
from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory

from .factories import IssuedDocumentFactory, pdf, upload

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper(title="О стажировке") -> Paper:
    return Paper("Служебная записка", title, "ru", Letterhead(("Университет",)), (Text("Прошу."),))


def registered(**options) -> IssuedDocument:
    document = options.pop("document", None) or IssuedDocumentFactory()
    given = {"number": "12-05/7", "dated": DAY, "by": UserFactory(), "at": NOW, **options}
    return actions.register(document=document, **given)


def scan():
    return inspect(upload("скан.pdf", pdf()), "скан.pdf")


def code_of(act, **options) -> list[str]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act(**options)
    return [error.code for error in refused.value.error_list]


def test_drawn_up():
    by = UserFactory()
    document = actions.draw_up(kind="staff-memo", paper=paper(), by=by, at=NOW)
    document.refresh_from_db()
    assert (document.kind, document.title, document.language, document.template) == (
        "staff-memo",
        "Служебная записка О стажировке",
        "ru",
        "documents/paper",
    )
    assert document.content["blocks"] == [{"text": "Прошу.", "mark": "", "block": "text"}]
    assert (document.drawn_up_by, document.drawn_up_at, document.is_registered) == (by, NOW, False)
    assert Event.objects.filter(model="files.issueddocument", event="document-drawn-up").count() == 1


def test_drawn_up_anew_until_it_is_registered():
    document = IssuedDocumentFactory()
    again = {"document": document, "paper": paper("О другом"), "by": UserFactory(), "at": NOW}
    assert actions.draw_up_anew(**again).title == "Служебная записка О другом"
    registered(document=document)
    assert code_of(actions.draw_up_anew, **again) == ["registered"]


def test_registered_once_with_number_and_date():
    by = UserFactory()
    document = registered(by=by, number=" 12-05/7 ")
    document.refresh_from_db()
    assert (document.number, document.dated, document.registered_by, document.registered_at) == (
        "12-05/7",
        DAY,
        by,
        NOW,
    )
    assert code_of(registered, document=document) == ["registered"]
    assert code_of(registered, number=" ") == ["no-number"]


def test_a_number_stands_on_one_document_of_its_kind_and_day():
    registered()
    with pytest.raises(ValidationError, match="Another document"):
        registered()
    registered(dated=date(2027, 1, 1))
    registered(document=IssuedDocumentFactory(kind="staff-order"))


def test_a_slip_of_the_pen_is_corrected_with_its_reason():
    document = registered()
    by = UserFactory()
    actions.correct_registration(document=document, number="12-05/8", dated=DAY, reason="a misread 7", by=by)
    document.refresh_from_db()
    assert document.number == "12-05/8"
    event = Event.objects.get(event="document-registration-corrected")
    assert (event.actor, event.reason) == (by.pk, "a misread 7")
    refused = {"document": IssuedDocumentFactory(), "number": "1", "dated": DAY, "reason": "x", "by": by}
    assert code_of(actions.correct_registration, **refused) == ["not-registered"]


def test_a_scan_comes_after_the_number():
    by = UserFactory()
    assert code_of(actions.attach_scan, document=IssuedDocumentFactory(), scan=scan(), by=by, at=NOW) == [
        "not-registered"
    ]
    document = actions.attach_scan(document=registered(), scan=scan(), by=by, at=NOW)
    document.refresh_from_db()
    assert (document.scan.name, document.scan.uploaded_by, document.scan.uploaded_at) == ("скан.pdf", by, NOW)
    better = actions.attach_scan(document=document, scan=scan(), by=by, at=NOW)
    assert better.scan_id != document.scan_id


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "7"},
        {"dated": DAY},
        {"number": "7", "dated": DAY},
        {"number": "7", "dated": DAY, "registered_at": NOW},
        {"title": ""},
    ],
)
def test_the_database_refuses_half_a_registration(wrong):
    with pytest.raises(DatabaseError):
        IssuedDocumentFactory(**wrong)


def test_the_database_refuses_a_scan_without_number():
    stored = actions.store(upload=scan(), by=UserFactory(), at=NOW)
    with pytest.raises(DatabaseError):
        IssuedDocumentFactory(scan=stored)


def test_the_database_keeps_what_was_registered():
    document = registered()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(content={"blocks": []})
    assert IssuedDocument.objects.filter(pk=document.pk).update(number="13") == 1


def test_a_failed_drawing_up_leaves_nothing():
    with mock.patch("mobility.journal.actions.record", side_effect=OSError), pytest.raises(OSError):  # noqa: PT011 -- any
        actions.draw_up(kind="x", paper=paper(), by=UserFactory(), at=NOW)
    assert IssuedDocument.objects.count() == 0
