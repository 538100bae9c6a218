from datetime import date

from django.utils import translation

from mobility.calls.rubric import engine_rules, said, titles_of
from mobility.calls.tests.factories import plain_rules
from selection.engine import rubric

DAY = date(2027, 3, 10)


def test_content_becomes_the_engine_s_rules():
    assert engine_rules(plain_rules(), reference_day=DAY) == rubric.default_rules(DAY)


def test_marks_of_other_scales_are_numbers():
    assert engine_rules(plain_rules(scales={"five": {"450": 800}}), reference_day=DAY).scales == {"five": {450: 800}}


def test_a_text_is_said_in_the_reader_s_language_or_in_english():
    text = {"en": "abstract", "ru": "тезисы", "be": ""}
    found = []
    for language in ("en", "ru", "be"):
        with translation.override(language):
            found.append(said(text))
    assert found == ["abstract", "тезисы", "abstract"]


def test_what_has_no_title_is_named_by_its_code():
    assert titles_of([{"code": "abstract", "title": {"en": "Abstract"}}, {"code": "patent"}]) == {
        "abstract": "Abstract",
        "patent": "patent",
    }
