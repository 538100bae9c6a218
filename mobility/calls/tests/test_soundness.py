import pytest

from mobility.calls.models import RulesTemplate
from mobility.calls.soundness import faults_of
from selection.engine import rubric
from selection.engine.contents import rules_of

from .factories import OPENS

ARTICLE = "Article in Scopus or Web of Science, first author"

pytestmark = pytest.mark.django_db


def test_the_templates_are_sound_and_count_as_the_engine_s_rubric():
    templates = {row.code: row.content for row in RulesTemplate.objects.all()}
    assert {code: faults_of(content) for code, content in templates.items()} == {"ministry": [], "university": []}
    day = OPENS.date()
    assert rules_of(templates["university"], day) == rubric.default_rules(day)
    assert rules_of(templates["ministry"], day).mark_floor == rubric.TREATY_FLOOR


def test_every_achievement_says_how_it_is_proved_in_three_languages():
    for template in RulesTemplate.objects.all():
        for row in template.content["catalogue"]:
            assert [all(row[text][language] for language in ("en", "ru", "be")) for text in ("title", "proof")] == [
                *[True, True]
            ]


def spoiled(**changes):
    content = RulesTemplate.objects.get(code="university").content
    for path, value in changes.items():
        found, *_rest = content[path] if isinstance(content[path], list) else [content[path]]
        found.update(value)
    return content


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"eligibility": {"courses": [5, 4]}}, ["Course years go from 5 to 4."]),
        ({"eligibility": {"mark_floor": 1001}}, ["The least mean mark is between 0 and 10."]),
        ({"criteria": {"code": "study"}}, ["Academic performance is always a criterion: it is missing."]),
        ({"criteria": {"cap": 0}}, ["Academic performance: the most points are above zero."]),
        ({"catalogue": {"points": 0}}, [f"{ARTICLE}: its points are above zero."]),
        ({"modifiers": {"surname": -1}}, ["What takes points away is not known, or takes none."]),
        ({"catalogue": {"title": {"en": "Article"}}}, ["Article: the title is missing in ru, be."]),
        ({"catalogue": {"criterion": "none"}}, [f"{ARTICLE}: choose the criterion that it counts for."]),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_named(changes, told):
    assert faults_of(spoiled(**changes)) == told


def test_what_is_no_rules_at_all_is_said():
    assert len(faults_of({})) == 1
