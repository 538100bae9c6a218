import pytest
from django.urls import reverse

from mobility.calls.tests.factories import CallFactory
from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import FacultyFactory, RoleFactory
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory, EvidenceFactory
from selection.desk import Twin, counted_elsewhere, files_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def faculty():
    return FacultyFactory(code="general")


@pytest.fixture
def application(faculty):
    return ApplicationFactory(call=CallFactory(code="PT27"), faculty=faculty, submitted=True, number="PT27-1")


def claim_of(application, title, *, data=None, **fields):
    claim = ClaimFactory(application=application, title=title, **fields)
    if data:
        EvidenceFactory(claim=claim, file=StoredFileFactory(data=data))
    return claim


def found(application):
    claims = list(application.claims.order_by("pk"))
    twins = counted_elsewhere(application, claims, files_of(application, claims))
    return [twins[claim.pk] for claim in claims]


def test_one_document_at_two_claims_of_an_application(application):
    claim_of(application, "A talk", data=b"%PDF-1")
    claim_of(application, "An abstract", data=b"%PDF-1")
    claim_of(application, "A patent", data=b"%PDF-2")
    assert found(application) == [
        [Twin("PT27-1", "An abstract", is_own=True, is_document=True)],
        [Twin("PT27-1", "A talk", is_own=True, is_document=True)],
        [],
    ]


def test_one_achievement_claimed_twice(application):
    claim_of(application, "Early markers", event="")
    claim_of(application, "early MARKERS")
    claim_of(application, "Early markers", kind="abstract", event="")
    assert found(application) == [
        [Twin("PT27-1", "early MARKERS", is_own=True, is_document=False)],
        [Twin("PT27-1", "Early markers", is_own=True, is_document=False)],
        [],
    ]


def test_a_document_of_another_applicant_is_named_within_the_faculty_only(application, faculty):
    claim_of(application, "A talk", data=b"%PDF-1")
    assert found(application) == [[]]
    foreign = ApplicationFactory(call=application.call, submitted=True, number="PT27-2")
    claim_of(foreign, "Secret", data=b"%PDF-1")
    assert found(application) == [[Twin("", "", is_own=False, is_document=True)]]
    type(foreign).objects.filter(pk=foreign.pk).update(faculty=faculty)
    assert found(application) == [[Twin("PT27-2", "Secret", is_own=False, is_document=True)]]


def test_drafts_and_other_calls_are_nobody_s_business(application, faculty):
    claim_of(application, "A talk", data=b"%PDF-1")
    claim_of(ApplicationFactory(call=application.call, faculty=faculty), "In a draft", data=b"%PDF-1")
    claim_of(ApplicationFactory(faculty=faculty, submitted=True), "In another call", data=b"%PDF-1")
    assert found(application) == [[]]


def test_the_rest_is_not_accepted_where_something_would_count_twice(client, application, faculty):
    client.force_login(RoleFactory(kind="deans-office", faculty=faculty).person)
    type(application.call).objects.update(deadline="2026-01-02T00:00Z", opens_at="2026-01-01T00:00Z")
    claim_of(application, "A talk", data=b"%PDF-1")
    claim_of(application, "An abstract", data=b"%PDF-1")
    claim_of(application, "A patent")
    url = reverse("verify", args=["PT27", "general", "PT27-1"])
    assert "The same document stands at “An abstract” of this application." in client.get(url).content.decode()
    client.post(url, {"rest": "1"})
    assert sorted(application.claims.values_list("title", "verdict")) == [
        ("A patent", "accepted"), ("A talk", ""), ("An abstract", ""),
    ]  # fmt: skip
    answer = client.post(url, {"rest": "1"})
    assert answer.context["refusal"] == "What is left stands elsewhere too: look at it, and choose a verdict for each."
