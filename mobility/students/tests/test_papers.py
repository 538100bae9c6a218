"""Papers that the call asks of everybody, attached as files."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.people.tests.factories import RoleFactory
from mobility.students import actions
from mobility.students.models import AttachedPaper, SubmittedFile
from mobility.students.papers import paper_of

from .conftest import IN_TIME, MINUTE
from .factories import ask_for


@pytest.fixture
def attach(ready, student):
    ask_for(ready, "reference", "undertaking")

    def one(code="reference", *, name="reference.pdf", at=IN_TIME):
        file = inspect(upload(name, pdf()), name)
        return actions.attach_paper(application=ready, code=code, upload=file, by=student, at=at)

    return one


def names(application):
    return list(application.papers.order_by("code").values_list("code", "file__name"))


def test_one_file_a_paper_the_later_in_place_of_the_earlier(ready, attach):
    attach(name="first.pdf")
    attach("undertaking")
    attach(name="second.pdf")
    assert names(ready) == [("reference", "second.pdf"), ("undertaking", "reference.pdf")]


@pytest.mark.parametrize(("code", "late", "why"), [("diploma", False, "not-asked"), ("reference", True, "closed")])
def test_what_is_not_asked_for_and_what_comes_late_is_refused(ready, attach, code, late, why):
    with pytest.raises(ValidationError) as refusal:
        attach(code, at=ready.call.deadline if late else IN_TIME)
    assert (refusal.value.code, names(ready)) == (why, [])


def test_a_submission_keeps_the_file_and_discarding_changes_brings_it_back(ready, student, attach):
    kept = attach(name="submitted.pdf").file
    submission = actions.submit(application=ready, by=student, at=IN_TIME)
    assert [paper["sha256"] for paper in submission.content["papers"]] == [kept.sha256]
    assert SubmittedFile.objects.filter(submission=submission, file=kept).count() == 1
    said = [row.text for row in paper_of(submission, name="Receipt").blocks if hasattr(row, "text")]
    assert said[-4:] == [
        "Attached as files",
        "Reference: submitted.pdf",
        "On paper, with this application",
        "Undertaking",
    ]
    attach(name="later.pdf", at=IN_TIME + MINUTE)
    attach("undertaking", at=IN_TIME + MINUTE)
    actions.discard_changes(application=ready, by=student, at=IN_TIME + 2 * MINUTE)
    assert names(ready) == [("reference", "submitted.pdf")]


def test_no_papers_leave_the_content_of_a_submission_as_it_was(ready, student, attach):
    actions.remove_paper(paper=attach(), by=student, at=IN_TIME)
    assert "papers" not in actions.submit(application=ready, by=student, at=IN_TIME).content
    assert AttachedPaper.objects.count() == 0


@pytest.mark.parametrize(("faculty", "status"), [("own", 200), ("other", 404)])
def test_the_office_of_the_faculty_reads_it(client, ready, attach, faculty, status):
    attach()
    actions.submit(application=ready, by=ready.student, at=IN_TIME)
    office = RoleFactory(kind="deans-office", **({"faculty": ready.faculty} if faculty == "own" else {})).person
    with time_machine.travel(ready.call.deadline + timedelta(days=1), tick=False):
        client.force_login(office)
        assert client.get(f"/applications/{ready.number}/papers/reference/file/").status_code == status
        page = client.get(f"/applications/{ready.number}/")
    assert (page.status_code, "reference.pdf" in page.content.decode()) == (status, status == 200)


def test_the_form_attaches_what_the_student_chose(client, ready, student, attach):
    address = f"/applications/{ready.number}/papers/undertaking/"
    with time_machine.travel(IN_TIME, tick=False):
        client.force_login(student)
        assert client.get(address).context["title"] == "Undertaking"
        answer = client.post(address, {"file": upload("mine.pdf", pdf())})
        assert client.get(f"/applications/{ready.number}/papers/diploma/").status_code == 404
    assert (answer.status_code, names(ready)) == (302, [("undertaking", "mine.pdf")])
