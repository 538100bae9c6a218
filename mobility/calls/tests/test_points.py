"""The small tables of the rules: limits, what takes points away, levels, and a destination's own weights."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from mobility.calls import editing
from mobility.calls.actions.destinations import change
from mobility.calls.models import RulesVersion
from mobility.calls.readiness import wanting
from mobility.people.tests.factories import RoleFactory

from .factories import CallFactory, DestinationFactory, plain_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    client.force_login(RoleFactory(kind="ir-officer").person)
    return CallFactory(code="PT27", opened_at=None, opened_by=None)


def content(call):
    return RulesVersion.objects.filter(call=call).latest("number").content


def sent(client, name, entered, *more):
    """What the page asks already, with something changed in it."""
    url = reverse(name, args=["PT27", *more])
    form = client.get(url).context["form"]
    kept = {field.name: value for field in form if (value := field.value()) is not None}
    return client.post(url, kept | entered)


def errors(answer):
    return {name: [error.code for error in found.as_data()] for name, found in answer.context["form"].errors.items()}


def criterion(call, code):
    return next(row for row in content(call)["criteria"] if row["code"] == code)


def entry(call, code):
    return next(row for row in content(call)["catalogue"] if row["code"] == code)


def test_a_criterion_s_limits_are_typed_and_kept_in_hundredths(client, draft):
    before = criterion(draft, "science")
    assert before["groups"] == {"abstracts": 300, "talks": 500}
    assert (
        sent(client, "rules-criterion", {"groups": "talks = 4,5; abstracts=3; posters = 1"}, "science").status_code
        == 302
    )
    assert criterion(draft, "science") == before | {"groups": {"talks": 450, "abstracts": 300, "posters": 100}}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("talks", "groups"), ("Talks = 5", "groups"), ("talks = five", "groups"), ("talks = 5; talks = 6", "twice")],
)
def test_a_limit_that_cannot_be_read_is_refused_at_its_field(client, draft, typed, code):
    before = content(draft)
    assert errors(sent(client, "rules-criterion", {"groups": typed}, "science")) == {"groups": [code]}
    assert content(draft) == before


@pytest.mark.parametrize("code", ["academic", "language"])
def test_a_criterion_without_achievements_has_no_limits(client, draft, code):
    before = criterion(draft, code)
    assert sent(client, "rules-criterion", {"cap": "33"}, code).status_code == 302
    assert criterion(draft, code) == before | {"cap": 3300}


def test_an_achievement_is_put_under_a_limit_of_its_own_criterion(client, draft):
    assert sent(client, "rules-entry", {"group": "talks"}, "patent").status_code == 302
    assert entry(draft, "patent")["group"] == "talks"
    assert errors(sent(client, "rules-entry", {"group": "organiser"}, "patent")) == {"group": ["other-criterion"]}
    assert sent(client, "rules-entry", {"group": ""}, "patent").status_code == 302
    assert entry(draft, "patent")["group"] == ""


def test_an_achievement_keeps_its_limit_when_something_else_changes(client, draft):
    assert entry(draft, "talk-national")["group"] == "talks"
    assert sent(client, "rules-entry", {"points": "2"}, "talk-national").status_code == 302
    assert (entry(draft, "talk-national")["group"], entry(draft, "talk-national")["points"]) == ("talks", 200)


def test_a_limit_above_the_criterion_s_own_is_said_on_the_page(client, draft):
    sent(client, "rules-criterion", {"groups": "talks = 500; abstracts = 3"}, "science")
    faults = client.get(reverse("call-rules", args=["PT27"])).context["faults"]
    assert faults == ["science: the limit “talks” is above zero, and no higher than the criterion’s own."]


def test_what_takes_points_away_is_typed_as_it_is_said(client, draft):
    assert content(draft)["modifiers"] == {}
    assert sent(client, "rules-modifiers", {"earlier_mobility": "10"}).status_code == 302
    assert content(draft)["modifiers"] == {"earlier_mobility": -1000}
    assert errors(sent(client, "rules-modifiers", {"earlier_mobility": "-3"})) == {"earlier_mobility": ["min_value"]}
    assert sent(client, "rules-modifiers", {"earlier_mobility": ""}).status_code == 302
    assert content(draft)["modifiers"] == {}


def test_levels_of_languages_never_fall(client, draft):
    assert sent(client, "rules-levels", {"B1": "4.50"}).status_code == 302
    assert content(draft)["language_levels"] == {
        "A1": 0, "A2": 0, "B1": 450, "B2": 900, "C1": 1200, "C2": 1500,
    }  # fmt: skip
    assert errors(sent(client, "rules-levels", {"B1": "9.50"})) == {"__all__": ["order"]}


def test_who_pays_for_the_studies_is_ticked(client, draft):
    assert sent(client, "rules-eligibility", {"fundings": ["budget"]}).status_code == 302
    assert content(draft)["eligibility"]["fundings"] == ["budget"]


def test_an_opened_call_gets_a_new_version_with_a_reason(client, draft):
    RulesVersion.objects.filter(call=draft).update(frozen_at=draft.opens_at)
    type(draft).objects.update(opened_at=draft.opens_at, opened_by=draft.owner)
    assert errors(sent(client, "rules-modifiers", {"earlier_mobility": "5"})) == {"reason": ["required"]}
    assert sent(client, "rules-modifiers", {"earlier_mobility": "5", "reason": "The senate."}).status_code == 302
    assert list(draft.rules_versions.values_list("number", "reason")) == [(2, "The senate."), (1, "")]
    assert content(draft)["modifiers"] == {"earlier_mobility": -500}


def test_a_destination_weighs_otherwise_and_says_so(client, draft):
    place = DestinationFactory(call=draft, code="omsk")
    assert sent(client, "destination-weights", {"science": "150"}, "omsk").status_code == 302
    place.refresh_from_db()
    assert place.weights == {"science": 150}
    shown = client.get(place.get_absolute_url()).context["weighed_here"]
    assert shown == [{"label": "science", "value": "150% of its points"}]
    assert sent(client, "destination-weights", {"science": "100"}, "omsk").status_code == 302
    place.refresh_from_db()
    assert place.weights == {}


@pytest.mark.parametrize(
    "weights", [{"beauty": 150}, {"science": 501}, {"science": -1}, {"science": 1.5}, {"science": True}]
)
def test_a_weight_is_a_whole_percent_of_a_criterion(draft, weights):
    place = DestinationFactory(call=draft)
    with pytest.raises(ValidationError) as refusal:
        change(destination=place, terms={"weights": weights}, by=draft.owner)
    assert refusal.value.code == "weights"


def test_weights_of_an_opened_call_stay(client):
    client.force_login(RoleFactory(kind="ir-officer").person)
    place = DestinationFactory(call=CallFactory(code="PT27"), code="omsk")
    assert client.get(reverse("destination-weights", args=["PT27", "omsk"])).status_code == 404
    with pytest.raises(ValidationError) as refusal:
        change(destination=place, terms={"weights": {"science": 150}}, by=place.call.owner)
    assert refusal.value.code == "opened-already"


def test_a_criterion_that_left_is_said_before_the_call_opens(draft):
    DestinationFactory(call=draft, weights={"science": 150})
    rules = plain_rules()
    rules["criteria"] = [row for row in rules["criteria"] if row["code"] != "science"]
    rules["catalogue"] = [row for row in rules["catalogue"] if row["criterion"] != "science"]
    RulesVersion.objects.filter(call=draft).update(content=rules)
    assert [item.code for item in wanting(draft, at=timezone.now()) if item.part == "destinations" and item.blocks] == [
        "weights"
    ]


def test_a_paper_keeps_its_code_while_it_keeps_its_name():
    first = editing.with_documents({}, [{"en": "A reference"}, {"en": "An undertaking"}])
    later = editing.with_documents(first, [{"en": "A photograph"}, {"en": "An undertaking"}])
    assert [row["code"] for row in first["documents"]] == ["document-1", "document-2"]
    assert [row["code"] for row in later["documents"]] == ["document-3", "document-2"]


LISTS = {"documents_en": "A reference\nAn undertaking", "documents_ru": "Характеристика\n\nОбязательство"}


def test_documents_on_paper_are_named_in_each_language(client, draft):
    lists = LISTS | {"documents_be": "Характарыстыка\nАбавязацельства"}
    assert sent(client, "rules-documents", lists).status_code == 302
    assert content(draft)["documents"] == [
        {"code": "document-1", "title": {"en": "A reference", "ru": "Характеристика", "be": "Характарыстыка"}},
        {"code": "document-2", "title": {"en": "An undertaking", "ru": "Обязательство", "be": "Абавязацельства"}},
    ]
    assert errors(sent(client, "rules-documents", LISTS | {"documents_be": "Характарыстыка"})) == {"__all__": ["lines"]}
