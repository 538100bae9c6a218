from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from mobility.calls.models import Call, Cutoff, Destination, Quota, RulesTemplate, RulesVersion
from mobility.people.tests.factories import FacultyFactory, UserFactory
from partners.tests.factories import ConditionFactory
from selection.engine import rubric
from selection.engine.ranking import TIE_BREAKERS

OPENS = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def named(code: str) -> dict[str, str]:
    return {"en": code, "ru": f"«{code}»", "be": f"«{code}»"}


def plain_rules(**changes) -> dict:
    """The engine's default rubric as a call's content; `changes` replace its parts."""
    criteria = [
        {"code": code, "cap": found.cap, "window": found.window, "groups": dict(found.groups), "title": named(code)}
        for code, found in rubric.CRITERIA.items()
    ]
    catalogue = [
        {"code": code, "criterion": found.criterion, "points": found.points, "each": found.each}
        | {"steps": [list(step) for step in found.steps], "group": found.group, "title": named(code), "proof": {}}
        for code, found in rubric.CATALOGUE.items()
    ]
    return {
        "eligibility": {"courses": [1, 6], "mark_floor": 700, "no_leave": True}
        | {"specialties": [], "citizenships": [], "fundings": []},
        "academic": {"factor": 10, "origin": 500},
        "criteria": criteria,
        "catalogue": catalogue,
        "language_levels": dict(rubric.LANGUAGE_LEVELS),
        "modifiers": {},
        "tie_breakers": list(TIE_BREAKERS),
        "scales": {},
    } | changes


class RulesTemplateFactory(DjangoModelFactory):
    class Meta:
        model = RulesTemplate

    code = factory.Sequence("rubric-{}".format)
    name_en = name_ru = name_be = "A rubric"
    content = factory.LazyFunction(plain_rules)


class CallFactory(DjangoModelFactory):
    """Opened, applications from 10 March 2027 to 31 March, with rules; `opened_at=None, opened_by=None` for a draft."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    code = factory.Sequence("PT9{:03}".format)  # never a code that a test names
    kind = "practical-training"
    academic_year = "2026/2027"
    title_en = "Practical training abroad, summer 2027"
    title_ru = "Практика за рубежом, лето 2027"
    title_be = "Практыка за мяжой, лета 2027"
    owner = factory.SubFactory(UserFactory)
    opens_at = OPENS
    deadline = factory.LazyAttribute(lambda call: call.opens_at + 21 * DAY)
    verified_by = factory.LazyAttribute(lambda call: call.deadline + 9 * DAY)
    points_from = factory.LazyAttribute(lambda call: call.deadline + 12 * DAY)
    points_until = factory.LazyAttribute(lambda call: call.deadline + 19 * DAY)
    protocols_by = factory.LazyAttribute(lambda call: call.deadline + 21 * DAY)
    results_at = factory.LazyAttribute(lambda call: call.deadline + 23 * DAY)
    answers_by = factory.LazyAttribute(lambda call: call.deadline + 28 * DAY)
    seed = "5eed" * 16
    commitment = "c0" * 32
    opened_at = factory.LazyAttribute(lambda call: call.opens_at)
    opened_by = factory.SelfAttribute("owner")

    @factory.post_generation
    def rules(self, create, content, **_kwargs):
        """`rules=…` is the content; False leaves the call without."""
        if content is not False:
            frozen_at = self.opened_at
            content = content or plain_rules()
            RulesVersionFactory(call=self, content=content, made_by=self.owner, frozen_at=frozen_at)


class RulesVersionFactory(DjangoModelFactory):
    class Meta:
        model = RulesVersion

    call = factory.SubFactory(CallFactory, rules=False)
    number = 1
    content = factory.LazyFunction(plain_rules)
    made_by = factory.SubFactory(UserFactory)
    made_at = OPENS
    frozen_at = factory.SelfAttribute("call.opened_at")


class DestinationFactory(DjangoModelFactory):
    class Meta:
        model = Destination

    call = factory.SubFactory(CallFactory)
    condition = factory.SubFactory(ConditionFactory, seats=10)
    code = factory.Sequence("host-{}".format)
    seats = 4
    starts = date(2027, 7, 5)
    ends = date(2027, 8, 15)


class QuotaFactory(DjangoModelFactory):
    class Meta:
        model = Quota

    destination = factory.SubFactory(DestinationFactory)
    faculty = factory.SubFactory(FacultyFactory)
    seats = 2


class CutoffFactory(DjangoModelFactory):
    class Meta:
        model = Cutoff

    destination = factory.SubFactory(DestinationFactory)
    faculty = factory.SubFactory(FacultyFactory)
    state = Cutoff.State.AT
    points = 3850
