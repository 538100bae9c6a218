"""Rows are drawn without a template: what people are called must not become markup."""

from datetime import date
from decimal import Decimal

import pytest

from mobility.people.templatetags.people_rows import person_row, student_row

PERSON = {
    "pk": "7", "name": "<b>Ann</b>", "latin": "A & B", "place": "<i>", "roles": "dean’s office", "sign_in_name": "a@b",
    "seen": None, "blocked": False,
}  # fmt: skip
STUDENT = {
    "key": "7", "name": "<b>Ann</b>", "latin": "", "person__record_book": None, "faculty": "GM & Co",
    "specialty": "<s>", "course_year": "4", "group": "<g>", "mean": Decimal("8.5"), "left": "", "is_on_leave": True,
    "debts": 2, "gaps": "no marks, <x>",
}  # fmt: skip


def test_a_person_s_row():
    assert person_row(PERSON, {"blocked": "blocked"}, False) == (
        '<tr><th scope="row"><a href="7/">&lt;b&gt;Ann&lt;/b&gt;</a><small>A &amp; B</small></th><td>&lt;i&gt;</td>'
        "<td>dean’s office</td><td>a@b</td><td>–</td></tr>"
    )


@pytest.mark.parametrize(
    ("seen", "blocked", "said"), [(date(2026, 3, 1), False, "1 March 2026"), (None, True, "blocked")]
)
def test_when_a_person_signed_in(seen, blocked, said):
    row = person_row(PERSON | {"seen": seen, "blocked": blocked}, {"blocked": "blocked"}, False)
    assert row.replace("\xa0", " ").endswith(f"<td>{said}</td></tr>")


def test_a_box_names_its_person():
    assert person_row(PERSON, {"blocked": "blocked"}, True).endswith(
        '<td class="check"><input class="form-check-input" type="checkbox" form="slips" name="person" value="7" '
        'aria-label="&lt;b&gt;Ann&lt;/b&gt;"></td></tr>'
    )


def test_a_student_s_row():
    assert student_row(STUDENT, {"on_leave": "on leave"}, False) == (
        '<tr><th scope="row"><a href="7/">&lt;b&gt;Ann&lt;/b&gt;</a></th><td>–</td>'
        "<td><span>GM &amp; Co</span> <small>&lt;s&gt;</small></td><td>4 · &lt;g&gt;</td>"
        '<td class="number">8.50</td><td>on leave<span class="nowrap"> 2 debts</span> '
        "<small>no marks, &lt;x&gt;</small></td></tr>"
    )
