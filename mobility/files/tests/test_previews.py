"""The beginning of a stored file, page by page, as pictures."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from mobility.files.previews import MOST_PAGES, pages_shown, show

from .factories import StoredFileFactory, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_page_is_a_picture_and_one_that_is_not_there_is_not_found():
    content = pdf(lambda writer: writer.add_blank_page(width=595, height=842))
    stored = StoredFileFactory(content=ContentFile(content, "x"), pages=2)
    for page in (1, 2):
        answer = show(stored, page)
        assert (answer["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP")
    for page in (0, 3):
        with pytest.raises(Http404):
            show(stored, page)


def test_a_file_that_cannot_be_drawn_has_no_picture():
    with pytest.raises(Http404):
        show(StoredFileFactory(), 1)


def test_of_a_long_document_the_beginning_is_shown():
    assert pages_shown(StoredFileFactory(pages=MOST_PAGES + 1)) == range(1, MOST_PAGES + 1)
