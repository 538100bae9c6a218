"""Files for tests: bytes of true and of false ones, `upload(name, content)`, and factories."""

import hashlib
import io
from datetime import UTC, datetime

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image
from pypdf import PdfWriter

from mobility.files.documents import Letterhead, Paper, Text
from mobility.files.models import IssuedDocument, StoredFile


def pdf(prepare=lambda writer: None) -> bytes:
    """One empty page; `prepare` may put something into it."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    prepare(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str, size=(60, 40), **options) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Under the very name given: the class keeps only what follows the last slash."""
    made = SimpleUploadedFile("x", content)
    made._name = name
    return made


class StoredFileFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    class Params:
        data = b"%PDF-1.4 a file of tests"

    name = "справка.pdf"
    content = factory.LazyAttribute(lambda stored: ContentFile(stored.data, "x"))
    content_type = "application/pdf"
    size = factory.LazyAttribute(lambda stored: len(stored.data))
    sha256 = factory.LazyAttribute(lambda stored: hashlib.sha256(stored.data).hexdigest())
    uploaded_by = factory.SubFactory("mobility.people.tests.factories.UserFactory")
    uploaded_at = datetime(2026, 11, 22, 12, tzinfo=UTC)


class IssuedDocumentFactory(DjangoModelFactory):
    class Meta:
        model = IssuedDocument

    kind = "staff-memo"
    title = "Служебная записка О стажировке"
    language = "ru"
    template = "documents/paper"
    content = factory.LazyFunction(
        lambda: Paper(
            "Служебная записка", "О стажировке", "ru", Letterhead(("Университет",)), (Text("Прошу направить."),)
        ).as_content()
    )
    drawn_up_by = factory.SubFactory("mobility.people.tests.factories.UserFactory")
    drawn_up_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
