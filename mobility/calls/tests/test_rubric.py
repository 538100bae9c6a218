from datetime import date

import pytest
from django.utils import translation

from mobility.calls.rubric import engine_rules, said, terms_of, titles_of
from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from selection.engine import rubric
from selection.engine.scoring import Terms


@pytest.mark.django_db
def test_achievements_count_back_from_the_day_of_opening():
    call = CallFactory()
    assert engine_rules(call, call.rules_versions.get()) == rubric.default_rules(date(2027, 3, 10))


@pytest.mark.django_db
def test_a_quota_narrows_what_the_destination_asks():
    destination = DestinationFactory(
        first_course_year=3, last_course_year=5, mark_floor=800, language="en", language_level="B2"
    )
    quota = QuotaFactory(destination=destination, specialty="Dentistry", first_course_year=4, last_course_year=6)
    asked = Terms(language="en", least_level="B2", mark_floor=800)
    assert terms_of(destination) == asked._replace(courses=(3, 5))
    assert terms_of(destination, quota) == asked._replace(courses=(4, 5), specialty="dentistry")


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
