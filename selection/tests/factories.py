from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.files.documents import Letterhead, Paper, Text
from mobility.files.models import IssuedDocument
from mobility.people.tests.factories import FacultyFactory, UserFactory
from mobility.students.models import Application
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection.actions.publication import prepare, publish
from selection.actions.readings import Entered, read_claims
from selection.actions.runs import run
from selection.actions.sheets import sheet_of
from selection.models import CommissionMember, Conflict, Protocol, Reading, Run, Showing, Standing

READ = datetime(2027, 4, 5, 9, 0, tzinfo=UTC)
"""After the deadline of the calls of `mobility.calls.tests.factories`, within the time of reading."""


def read(application: Application, *entered: Entered, by=None, at=READ) -> tuple[Application, list[Reading]]:
    """As a reader saves what they entered on an applicant's page."""
    by = by or UserFactory()
    with sheet_of(applications=Application.objects.filter(pk=application.pk), by=by, at=at) as sheet:
        return sheet.application, read_claims(sheet=sheet, entered=entered, by=by, at=at)


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = Reading

    claim = factory.SubFactory(ClaimFactory, application__submitted=True)
    number = 1
    decision = "accepted"
    kind = factory.SelfAttribute("claim.kind")
    by = factory.SubFactory(UserFactory)
    at = READ


class ConflictFactory(DjangoModelFactory):
    class Meta:
        model = Conflict

    person = factory.SubFactory(UserFactory)
    application = factory.SubFactory(ApplicationFactory, submitted=True)
    declared_at = READ


class ShowingFactory(DjangoModelFactory):
    class Meta:
        model = Showing

    call = factory.SubFactory(CallFactory)
    faculty = factory.SubFactory(FacultyFactory)
    by = factory.SubFactory(UserFactory)
    at = READ


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = Standing

    call = factory.SubFactory(CallFactory)
    faculty = factory.SubFactory(FacultyFactory)
    content = "{}\n"
    sha256 = "0" * 64
    locked_by = factory.SubFactory(UserFactory)
    locked_at = READ


class CommissionMemberFactory(DjangoModelFactory):
    class Meta:
        model = CommissionMember

    call = factory.SubFactory(CallFactory)
    faculty = factory.SubFactory(FacultyFactory)
    name = factory.Sequence("Ivanova A. {}".format)
    position = "docent"


class ProtocolFactory(DjangoModelFactory):
    class Meta:
        model = Protocol

    standing = factory.SubFactory(StandingFactory)
    met_at = written_at = READ
    agenda, heard, decided = "On the ranking", "The ranking", "To approve it"
    votes_for = 3
    written_by = factory.SubFactory(UserFactory)

    @factory.lazy_attribute
    def document(self):
        paper = Paper("Protocol", "of a test", "en", Letterhead(("University",)), (Text("Heard"),))
        return IssuedDocument.objects.create(
            kind="commission-protocol",
            title="Protocol",
            language="en",
            template="documents/paper",
            content=paper.as_content(),
            drawn_up_by=self.written_by,
            drawn_up_at=READ,
        )


def run_of(faculty, *, by, is_prepared=False, is_published=False):
    """A run of a call whose faculty has locked: one place, two applicants; open still for answers for a century."""
    call = CallFactory(answers_by=datetime(2127, 4, 28, tzinfo=UTC), opens_at=datetime(2026, 3, 10, tzinfo=UTC))
    StandingFactory(call=call, faculty=faculty)
    destination = DestinationFactory(call=call, seats=1)
    QuotaFactory(destination=destination, faculty=faculty, seats=1)
    for mark in (900, 850):
        application = ApplicationFactory(call=call, faculty=faculty, submitted=True, mean_mark=mark)
        ChoiceFactory(application=application, destination=destination)
    made = run(call=call, by=by, at=call.results_at)
    if is_prepared or is_published:
        prepared = prepare(run=made, by=by, at=call.results_at)
    if is_published:
        publish(publication=prepared, by=UserFactory(), at=call.results_at)
    return Run.objects.get(pk=made.pk)
