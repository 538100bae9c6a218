"""Staff mobility for tests: `ActivityFactory(state=State.PREPARED, department=…)`; a factory a detail."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.files.tests.factories import IssuedDocumentFactory, StoredFileFactory
from mobility.people.tests.factories import DepartmentFactory, UserFactory
from mobility.staff.models import (
    Activity,
    Amendment,
    AnnualPlan,
    ConferencePart,
    FundingLine,
    Internship,
    JointProject,
    JointTopic,
    Lectures,
    Order,
    Output,
    PlanLine,
    PlanPlace,
    Report,
    ReportFile,
    Step,
    Training,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


class ActivityFactory(DjangoModelFactory):
    """A conference out, elsewhere than at a partner, in March 2027. `guest=True`: a guest in."""

    class Meta:
        model = Activity

    class Params:
        guest = factory.Trait(direction="incoming", curator=factory.SubFactory(UserFactory))

    form = "conference"
    state = "proposed"
    since = AT
    person = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    author = factory.SelfAttribute("person")
    subject = factory.Sequence("Conference {}".format)
    elsewhere = "Academy of Examples"
    host_reason = "The event takes place there."
    country = "PL"
    city = "Kraków"
    starts = date(2027, 3, 1)
    ends = date(2027, 3, 5)
    purpose = "To speak about examples."
    expected_result = "A published talk."


class ConferencePartFactory(DjangoModelFactory):
    class Meta:
        model = ConferencePart

    activity = factory.SubFactory(ActivityFactory)
    part = "talk"
    title = "On examples"


class LecturesFactory(DjangoModelFactory):
    class Meta:
        model = Lectures

    activity = factory.SubFactory(ActivityFactory, form="lecturing")
    hours = 12
    audience = "Sixth-year students"
    language = "English"


class JointTopicFactory(DjangoModelFactory):
    class Meta:
        model = JointTopic

    activity = factory.SubFactory(ActivityFactory, form="joint-topic")
    partners = "Two departments"


class JointProjectFactory(DjangoModelFactory):
    class Meta:
        model = JointProject

    activity = factory.SubFactory(ActivityFactory, form="joint-project")
    number = "М26-101"
    role = "performer"


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    activity = factory.SubFactory(ActivityFactory, form="advanced-training")
    hours = 36
    certificate = "A certificate of 36 hours"


class InternshipFactory(DjangoModelFactory):
    class Meta:
        model = Internship

    activity = factory.SubFactory(ActivityFactory, form="internship")
    host_department = "Clinic of Surgery"
    supervisor = "Prof. Example"


class FundingLineFactory(DjangoModelFactory):
    class Meta:
        model = FundingLine

    activity = factory.SubFactory(ActivityFactory)
    source = "host"
    amount = 100
    currency = "EUR"


class AmendmentFactory(DjangoModelFactory):
    class Meta:
        model = Amendment

    activity = factory.SubFactory(ActivityFactory, state="ordered")
    reason = "The event was put off."
    starts = date(2027, 3, 8)
    ends = date(2027, 3, 12)
    former_starts = factory.SelfAttribute("activity.starts")
    former_ends = factory.SelfAttribute("activity.ends")


class OrderFactory(DjangoModelFactory):
    class Meta:
        model = Order

    activity = factory.SubFactory(ActivityFactory, state="ordered")
    document = factory.SubFactory(IssuedDocumentFactory)


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    activity = factory.SubFactory(ActivityFactory)
    kind = "proposed"
    by = factory.SelfAttribute("activity.person")
    at = AT


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    activity = factory.SubFactory(ActivityFactory, state="reported")
    results = "The talk was given."


class OutputFactory(DjangoModelFactory):
    class Meta:
        model = Output

    report = factory.SubFactory(ReportFactory)
    kind = "talk"
    text = factory.Sequence("Talk {}".format)


class ReportFileFactory(DjangoModelFactory):
    class Meta:
        model = ReportFile

    report = factory.SubFactory(ReportFactory)
    file = factory.SubFactory(StoredFileFactory)


class AnnualPlanFactory(DjangoModelFactory):
    """Open to the departments until the last day; `state` brings its steps and its paper."""

    class Meta:
        model = AnnualPlan

    year = factory.Sequence(lambda number: 2027 + number % 60)
    state = "open"
    proposals_until = date(2099, 11, 1)
    opened_by = factory.Maybe(factory.LazyAttribute(lambda it: it.state != "draft"), factory.SubFactory(UserFactory))
    opened_at = factory.LazyAttribute(lambda it: AT if it.state != "draft" else None)
    prepared_by = factory.Maybe(
        factory.LazyAttribute(lambda it: it.state in ("prepared", "approved")), factory.SubFactory(UserFactory)
    )
    prepared_at = factory.LazyAttribute(lambda it: AT if it.state in ("prepared", "approved") else None)
    approved_by = factory.Maybe(
        factory.LazyAttribute(lambda it: it.state == "approved"), factory.SubFactory(UserFactory)
    )
    approved_at = factory.LazyAttribute(lambda it: AT if it.state == "approved" else None)
    document = factory.Maybe(
        factory.LazyAttribute(lambda it: it.state in ("prepared", "approved")),
        factory.SubFactory(IssuedDocumentFactory, kind="staff-plan"),
    )


class PlanPlaceFactory(DjangoModelFactory):
    class Meta:
        model = PlanPlace

    plan = factory.SubFactory(AnnualPlanFactory)
    form = "internship"
    programme = factory.Sequence("Programme {}".format)
    elsewhere = "Academy of Examples"
    country = "PL"
    starts = factory.LazyAttribute(lambda place: date(place.plan.year, 3, 1))
    ends = factory.LazyAttribute(lambda place: date(place.plan.year, 3, 14))
    seats = 2
    source = "host"


class PlanLineFactory(DjangoModelFactory):
    class Meta:
        model = PlanLine

    place = factory.SubFactory(PlanPlaceFactory)
    department = factory.SubFactory(DepartmentFactory)
    person = factory.SubFactory(UserFactory)
    position = 1
    reason = "A new method is needed."
    state = "proposed"
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = AT
    decided_by = factory.Maybe(
        factory.LazyAttribute(lambda line: line.state != "proposed"), factory.SubFactory(UserFactory)
    )
    decided_at = factory.LazyAttribute(lambda line: AT if line.state != "proposed" else None)
    note = factory.LazyAttribute(lambda line: "Too few places." if line.state == "left-out" else "")
