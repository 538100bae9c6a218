from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from mobility.calls.tests.factories import CallFactory, DestinationFactory, RulesVersionFactory, plain_rules
from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import StudentFactory
from mobility.students.models import (
    Application,
    ApplicationState,
    AttachedPaper,
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
from selection.engine.cards import cards
from selection.engine.frozen import compute, plain
from selection.engine.scoring import Record

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


class AttachedPaperFactory(DjangoModelFactory):
    class Meta:
        model = AttachedPaper

    application = factory.SubFactory(ApplicationFactory)
    code = "reference"
    file = factory.SubFactory(StoredFileFactory)
    added_at = STARTED


def ask_for(application, *codes):
    """By a new version of its rules, the call of the application asks for these papers."""
    titles = [{"code": code, "title": {"en": code.capitalize()}} for code in codes]
    rules = application.call.rules_versions.order_by("-number")[0]
    content = rules.content | {"documents": titles}
    RulesVersionFactory(call=application.call, number=rules.number + 1, content=content, reason="Papers are asked for.")


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
    checksum = "9f3c71abe20d" + "0" * 52
    rules_version = 1
    published_at = datetime(2027, 4, 23, 9, 0, tzinfo=UTC)


WISHES = {"sechenov": (960, 5), "samara": (900, 5), "kirov": (850, 6), "tashkent": None, "turkmen": None}
"""Destination → mean mark and course of who has its one seat; the engine is asked, so that cards are true."""


def published(application: Application, *, mean_mark: int = 850) -> Card:
    """The results of an application with all verdicts: below, equal, won, not needed; with its offer."""
    mine = plain(Record("own", mean_mark, application.course_year))
    applicants = {application.number: {"choices": list(WISHES), "record": mine}}
    for code, held in WISHES.items():
        if held:
            applicants[f"other-{code}"] = {"choices": [code], "record": plain(Record("own", *held))}
    terms = {"seats": 1, "quotas": {"own": 1}, "terms": {}, "narrower": {}}
    frozen = {
        "call": application.call.code,
        "day": "2027-03-10",
        "engine": "1",
        "rules": plain_rules(),
        "protected": {},
        "precedence": "reserve_first",
        "release": "none",
        "lottery": {"seed": "", "beacon": ""},
        "rules_version": 1,
        "applicants": applicants,
        "destinations": dict.fromkeys(WISHES, terms),
    }
    content = dict(cards(compute(frozen)))[application.number]
    destinations = {code: DestinationFactory(call=application.call, code=code) for code in WISHES}
    if content["placed"]:
        OfferFactory(application=application, destination=destinations[content["placed"]], **ANSWERABLE)
    return CardFactory(application=application, content=content, needed={"kirov": 1, "samara": 501, "sechenov": 1101})


ANSWERABLE = {"answer_by": datetime(2127, 4, 28, 15, 0, tzinfo=UTC)}
