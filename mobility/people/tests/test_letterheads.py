import pytest

from mobility.files.documents import Letterhead
from mobility.people.letterheads import letterhead

from .factories import UniversityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "name", "address"),
    [("en", "University", "1 Example Street"), ("ru", "Университет", "ул. Примерная, 1"), ("be", "Універсітэт", "")],
)
def test_in_the_language_of_the_paper(language, name, address):
    UniversityFactory(
        name_en="University", name_ru="Университет", name_be="Універсітэт",
        address_en="1 Example Street" if address else "", address_ru="ул. Примерная, 1", address_be="",
    )  # fmt: skip
    lines = tuple(filter(None, (name, "Office", address)))
    assert letterhead(language, "Office") == Letterhead(lines)
