from datetime import date

import pytest

from mobility.files.documents import Letterhead, Name
from mobility.people.letterheads import ends_of_order, letterhead
from mobility.people.models import RoleKind

from .factories import RoleFactory, UniversityFactory, UserFactory

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


def test_an_order_is_signed_by_the_rector_of_its_day():
    officer = UserFactory()
    former = RoleFactory(kind=RoleKind.RECTOR, starts=date(2020, 9, 1), ends=date(2026, 8, 31))
    RoleFactory(kind=RoleKind.RECTOR, starts=date(2026, 9, 1))
    signatures, drawn_up = ends_of_order(day=date(2026, 8, 31), by=officer)
    assert signatures.rows == (("Rector", Name(str(former.person), former.person.latin_name)),)
    assert drawn_up.text == f"Drawn up by {officer}"


def test_the_line_stays_open_while_two_are_rector_or_none_is():
    day = date(2026, 8, 31)
    assert ends_of_order(day=day, by=UserFactory())[0].rows == (("Rector", ""),)
    RoleFactory.create_batch(2, kind=RoleKind.RECTOR)
    assert ends_of_order(day=day, by=UserFactory())[0].rows == (("Rector", ""),)
