from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from mobility.web.gallery import ClaimForm
from mobility.web.kinds import ICONS
from mobility.web.templatetags import ui

AT = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)


def spaced(text):
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("language", "day", "moment", "deadline"),
    [
        ("en", "31~March~2027", "31~March~2027,~18:00", "Wednesday 31~March~2027,~18:00 Minsk~time"),
        ("ru", "31~марта~2027~г.", "31~марта~2027~г.,~18:00", "среда, 31~марта~2027~г.,~18:00 Minsk~time"),
        ("be", "31~сакавіка~2027~г.", "31~сакавіка~2027~г.,~18:00", "серада, 31~сакавіка~2027~г.,~18:00 Minsk~time"),
    ],
)
def test_dates_do_not_break_and_stand_in_the_university_s_zone(language, day, moment, deadline):
    with translation.override(language):
        assert spaced(ui.day(AT)) == day
        assert spaced(ui.moment(AT)) == moment
        assert spaced(ui.deadline(AT, "Minsk time")) == deadline
        assert spaced(ui.zoned(AT, "Minsk time")) == f"{moment} Minsk~time"
    assert (ui.day(None), ui.moment(None), ui.deadline(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2027, 4, 12), date(2027, 4, 19), "12–19~April~2027"),
        (date(2027, 7, 5), date(2027, 8, 15), "5~July – 15~August~2027"),
        (date(2026, 12, 20), date(2027, 1, 9), "20~December~2026 – 9~January~2027"),
        (date(2027, 4, 12), date(2027, 4, 12), "12~April~2027"),
    ],
)
def test_a_period_says_once_what_its_days_share(start, end, shown):
    assert spaced(ui.period(start, end)) == shown


def test_points_have_the_mark_of_the_language():
    assert (ui.points(Decimal("51.2")), ui.points(None), ui.points(Decimal(-1), 0)) == ("51.20", "–", "−1")
    assert (ui.signed(Decimal("0.01")), ui.signed(Decimal("-0.01")), ui.signed(Decimal(0))) == (
        "+0.01",
        "−0.01",
        "0.00",
    )
    with translation.override("ru"):
        assert ui.points(Decimal("51.2")) == "51,20"


def rendered(text, **context):
    return Template(text).render(Context(context))


def test_a_pill_says_its_word_safely():
    html = rendered('{% pill "warn" word %}', word="<b>")
    assert html == f'<span class="pill pill-warn icon-{ICONS["warn"]}">&lt;b&gt;</span>'


def test_a_pill_has_the_icon_that_is_named():
    assert rendered('{% pill "info" "To do" "circle" %}') == '<span class="pill pill-info icon-circle">To do</span>'


def test_the_summary_says_what_the_fields_say_and_leads_to_them():
    form = ClaimForm({"level": "national"}, {})
    html = rendered('{% include "_ui/error_summary.html" with form=form only %}', form=form)
    assert '<a href="#id_date">Enter the date of the event</a>' in html
    assert '<a href="#id_part_0">Your part in it: This field is required.</a>' in html
    assert "There are 4 problems" in html


def test_a_field_says_label_hint_error_and_then_asks():
    form = ClaimForm({}, {})
    html = rendered('{% include "bootstrap5/field.html" with field=form.date only %}', form=form)
    parts = ['<label for="id_date">', 'id="id_date_helptext"', 'id="id_date_error"', "<input"]
    assert sorted(parts, key=html.index) == parts
    assert 'aria-describedby="id_date_helptext id_date_error"' in html


def test_only_what_may_be_left_out_says_so():
    form = ClaimForm()
    optional = [
        field.name for field in form if "(optional)" in rendered('{% include "bootstrap5/field.html" %}', field=field)
    ]
    assert optional == ["note"]


def test_a_select_is_drawn_as_django_draws_it():
    choices = [("", "All"), ("<a>", "A & B"), ("<G>", [(1, "One"), (2, "Two")])]
    select = forms.Select(choices=choices, attrs={"class": "form-select"})
    flat = DjangoTemplates().get_template("django/forms/widgets/select.html")
    drawn = select.render("place", 2)
    assertHTMLEqual(drawn, flat.render(select.get_context("place", 2, None)))
    assert 'value="&lt;a&gt;">A &amp; B<' in drawn
    assert drawn.count(" selected") == 1


def test_a_day_that_was_said_is_said_again_in_the_readers_language():
    whole = date(2027, 3, 31)
    with translation.override("en"):
        assert spaced(ui.day(whole)) == spaced(ui.day(AT)) == "31~March~2027"
    with translation.override("ru"):
        assert spaced(ui.day(whole)) == "31~марта~2027~г."
