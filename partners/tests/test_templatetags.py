"""Rows are drawn without a template: what partners are called must not become markup."""

from datetime import date
from decimal import Decimal

from mobility.web.charts import Bars, Pair
from mobility.web.templatetags.ui import pill
from partners.parity import Balance
from partners.templatetags.agreement_rows import agreement_row, expiring_row, parity_numbers, parity_row

WORDS = {"signed": "signed", "until": "until", "draft": "Draft"}
SEATS = {"seats_out": "seats <out>", "seats_in": "seats in"}


def test_a_row_of_an_agreement():
    row = {
        "pk": "3", "number": "1/<2>", "subject": "A & B", "partner_names": ["<Alpha>", "Beta"], "pill": "ok",
        "word": "in force", "icon": "", "signed_on": date(2026, 3, 1), "last_day": None, "owner": "<Ann>",
    }  # fmt: skip
    assert agreement_row(row, "/agreements/", WORDS).replace("\xa0", " ") == (
        '<tr><th scope="row"><a href="/agreements/3/">№ 1/&lt;2&gt;</a><small>A &amp; B</small></th>'
        f"<td>&lt;Alpha&gt;, Beta</td><td>{pill('ok', 'in force')}</td>"
        '<td data-label="signed">1 March 2026</td><td data-label="until"></td><td>&lt;Ann&gt;</td></tr>'
    )
    draft = agreement_row(row | {"number": "", "subject": ""}, "/agreements/", WORDS)
    assert draft.startswith('<tr><th scope="row"><a href="/agreements/3/">Draft</a></th>')


def test_a_row_of_what_expires():
    row = {
        "pk": "3", "number": "1", "subject": "", "partner_names": ["<Alpha>"], "last_day": date(2026, 3, 1),
        "renewal_word": "ends", "owner": "<Ann>", "days_left": 20, "urgency": "bad",
    }  # fmt: skip
    assert expiring_row(row, "/agreements/", WORDS).replace("\xa0", " ") == (
        '<tr><th scope="row"><a href="/agreements/3/">№ 1</a></th><td>&lt;Alpha&gt;</td>'
        '<td data-label="until">1 March 2026</td><td>ends</td><td>&lt;Ann&gt;</td>'
        f'<td class="number deciding">{pill("bad", "20")}</td></tr>'
    )
    assert expiring_row(row | {"urgency": "plain"}, "/agreements/", WORDS).endswith('deciding">20</td></tr>')


def test_a_row_of_parity_says_people_where_somebody_went():
    balance = Balance("a-1", "<Alpha>", 4, 2, 3, 0, *map(Decimal, ("12.5", 0)), 1, 0, *map(Decimal, (4, 0)))
    bars = Bars(Pair("Alpha", 4, 2), 100.0, 50.0)
    seats = '<td class="number" data-label="seats &lt;out&gt;">4</td><td class="number" data-label="seats in">2</td>'
    assert parity_row(bars, balance, "/partners/", SEATS) == (
        '<tr><th scope="row"><a href="/partners/a-1/">&lt;Alpha&gt;</a></th>'
        '<td><svg class="bars" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar" width="100.0" height="10"/><rect class="bar-second" y="13" width="50.0" height="10"/></svg>'
        f"</td>{seats}</tr>"
    )
    assert parity_numbers(balance, SEATS | {"went": "went", "came": "came"}) == seats + (
        '<td class="number" data-label="went"><span>3</span> '
        "<small>12.5 person-weeks; planned 1, 4 person-weeks</small></td>"
        '<td class="number" data-label="came"><span>0</span></td>'
    )
