"""Students' events for tests: `EventFactory(state="ordered")`, `TeamMemberFactory(event=…, state="confirmed")`."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.events.models import (
    Event,
    EventReport,
    MemberConsent,
    MemberEvidence,
    Order,
    ReportPicture,
    Result,
    ResultClaim,
    Step,
    Substitution,
    TeamMember,
)
from mobility.files.tests.factories import IssuedDocumentFactory, StoredFileFactory
from mobility.people.tests.factories import StudentFactory, UserFactory
from mobility.students.tests.factories import ClaimFactory, ConsentTextFactory

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNNAMED = ("put-forward", "not-chosen")
ANSWERED = ("confirmed", "ready", "replaced")


class EventFactory(DjangoModelFactory):
    """A scientific one, elsewhere than at a partner, in March 2027, for four."""

    class Meta:
        model = Event

    kind = "scientific-event"
    state = "announced"
    since = AT
    title = factory.Sequence("Student conference {}".format)
    elsewhere = "Academy of Examples"
    host_reason = "The event takes place there."
    country = "PL"
    city = "Kraków"
    starts = date(2027, 3, 1)
    ends = date(2027, 3, 5)
    places = 4
    invited_on = date(2026, 11, 20)
    host_pays = "lodging and meals"
    students_pay = "the fare"
    owner = factory.SubFactory(UserFactory)


class TeamMemberFactory(DjangoModelFactory):
    """Named, with the days not taken: those are the action's."""

    class Meta:
        model = TeamMember

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(StudentFactory)
    faculty = factory.LazyAttribute(lambda member: member.person.student.faculty)
    state = "named"
    since = AT
    why = factory.LazyAttribute(lambda member: "I spoke there last year." if member.state == "put-forward" else "")
    named_by = factory.Maybe(
        factory.LazyAttribute(lambda member: member.state not in UNNAMED), factory.SubFactory(UserFactory)
    )
    named_at = factory.LazyAttribute(lambda member: AT if member.state not in UNNAMED else None)
    answered_by = factory.LazyAttribute(lambda member: member.person if member.state in ANSWERED else None)
    answered_at = factory.LazyAttribute(lambda member: AT if member.state in ANSWERED else None)


class MemberEvidenceFactory(DjangoModelFactory):
    class Meta:
        model = MemberEvidence

    member = factory.SubFactory(TeamMemberFactory, state="put-forward")
    file = factory.SubFactory(StoredFileFactory)


class MemberConsentFactory(DjangoModelFactory):
    class Meta:
        model = MemberConsent

    member = factory.SubFactory(TeamMemberFactory, state="confirmed")
    text = factory.SubFactory(ConsentTextFactory)
    given_at = AT
    given_by = factory.SelfAttribute("member.person")


class SubstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Substitution

    event = factory.SelfAttribute("leaves.event")
    leaves = factory.SubFactory(TeamMemberFactory, state="confirmed", event__state="ordered")
    reason = "Illness."


class OrderFactory(DjangoModelFactory):
    class Meta:
        model = Order

    event = factory.SubFactory(EventFactory, state="ordered")
    document = factory.SubFactory(IssuedDocumentFactory)


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    event = factory.SubFactory(EventFactory)
    kind = "announced"
    by = factory.SelfAttribute("event.owner")
    at = AT


class EventReportFactory(DjangoModelFactory):
    class Meta:
        model = EventReport

    event = factory.SubFactory(EventFactory, state="reported")
    text = "The team spoke and was heard."


class ReportPictureFactory(DjangoModelFactory):
    class Meta:
        model = ReportPicture

    report = factory.SubFactory(EventReportFactory)
    file = factory.SubFactory(StoredFileFactory)


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = Result

    member = factory.SubFactory(TeamMemberFactory, state="confirmed", event__state="reported")
    kind = "diploma"
    title = factory.Sequence("Diploma of degree {}".format)
    day = date(2027, 3, 5)
    file = factory.SubFactory(StoredFileFactory)


class ResultClaimFactory(DjangoModelFactory):
    class Meta:
        model = ResultClaim

    result = factory.SubFactory(ResultFactory, member__event__state="closed")
    claim = factory.SubFactory(ClaimFactory)
