from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.calls.tests.factories import CallFactory, DestinationFactory
from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import StudentFactory
from mobility.students.models import (
    Application,
    ApplicationState,
    Card,
    Choice,
    Claim,
    Consent,
    ConsentText,
    Evidence,
    Numbering,
    Offer,
    Submission,
    SubmittedFile,
)

STARTED = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)


class ApplicationFactory(DjangoModelFactory):
    """A draft of a student; `submitted=True` submits it."""

    class Meta:
        model = Application

    class Params:
        submitted = factory.Trait(state=ApplicationState.SUBMITTED, submitted_at=STARTED)

    call = factory.SubFactory(CallFactory)
    student = factory.SubFactory(StudentFactory)
    faculty = factory.SelfAttribute("student.student.faculty")
    number = factory.LazyAttributeSequence(lambda row, n: f"{row.call.code}-{n:04}")
    started_at = saved_at = record_at = STARTED
    specialty = "General Medicine"
    course_year = 5
    group = "2517"
    citizenship = "BY"
    funding = "budget"
    study_language = "ru"
    mean_mark = 850
    marks_counted = 9


class ChoiceFactory(DjangoModelFactory):
    class Meta:
        model = Choice

    application = factory.SubFactory(ApplicationFactory)
    destination = factory.SubFactory(DestinationFactory, call=factory.SelfAttribute("..application.call"))
    position = 1


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = Claim

    application = factory.SubFactory(ApplicationFactory)
    kind = "talk-national"
    title = "Early markers of sepsis"
    event = factory.Sequence("Conference {}".format)
    day = date(2026, 4, 16)
    added_at = STARTED
    points_claimed = 150


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    claim = factory.SubFactory(ClaimFactory)
    file = factory.SubFactory(StoredFileFactory)
    added_at = STARTED


class ConsentTextFactory(DjangoModelFactory):
    class Meta:
        model = ConsentText

    purpose = ConsentText.Purpose.PROCESSING
    version = factory.Sequence(lambda n: n + 1)
    text_en = text_ru = text_be = "I agree."
    since = date(2026, 1, 1)


class OfferFactory(DjangoModelFactory):
    class Meta:
        model = Offer

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    destination = factory.SubFactory(DestinationFactory, call=factory.SelfAttribute("..application.call"))
    run = 1
    made_at = datetime(2027, 4, 23, 9, 0, tzinfo=UTC)
    answer_by = datetime(2027, 4, 28, 15, 0, tzinfo=UTC)


class NumberingFactory(DjangoModelFactory):
    class Meta:
        model = Numbering

    call = factory.SubFactory(CallFactory)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    application = factory.SubFactory(ApplicationFactory)
    text = factory.SubFactory(ConsentTextFactory)
    given_at = STARTED
    given_by = factory.SelfAttribute("application.student")


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = Submission

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    version = 1
    content = factory.LazyFunction(dict)
    sha256 = "0" * 64
    by = factory.SelfAttribute("application.student")
    at = STARTED


class SubmittedFileFactory(DjangoModelFactory):
    class Meta:
        model = SubmittedFile

    submission = factory.SubFactory(SubmissionFactory)
    file = factory.SubFactory(StoredFileFactory)


class CardFactory(DjangoModelFactory):
    class Meta:
        model = Card

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    run = 1
    content = factory.LazyFunction(dict)
    published_at = datetime(2027, 4, 23, 9, 0, tzinfo=UTC)
