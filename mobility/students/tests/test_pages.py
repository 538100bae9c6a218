"""What pages do with posts: refused files, a full disk, and verdicts that nobody may see yet."""

import pytest
from django.urls import reverse

from mobility.calls.tests.factories import CutoffFactory, DestinationFactory
from mobility.files.storage import PrivateStorage, disk_full
from mobility.files.tests.factories import pdf, upload
from mobility.people.tests.factories import RoleFactory
from mobility.students import actions, papers
from mobility.students.actions.claims import stamp
from mobility.students.models import Application, Claim, Evidence
from mobility.web.tests.queries import asked_by

from .conftest import IN_TIME, MINUTE, TALK

pytestmark = pytest.mark.django_db
WORD = "Kanareika"
MOST_OF_THE_PAGE = 10
MOST_OF_A_PRESS = 20  # two of them are the test's own transaction
POSTED = {name: value for name, value in TALK.items() if name not in ("language", "level")}


@pytest.fixture
def visitor(client, student, time_machine):
    time_machine.move_to(IN_TIME, tick=False)
    client.force_login(student)
    return client


def page_of(name: str, application: Application, *more) -> str:
    return reverse(f"application-{name}", args=[application.number, *more])


def test_a_claim_comes_with_its_file(visitor, draft):
    answer = visitor.post(page_of("claim-add", draft), POSTED | {"files": upload("talk.pdf", pdf())})
    assert (answer.status_code, Claim.objects.get().title, Evidence.objects.count()) == (302, TALK["title"], 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("photo.heic", b"ftypheic"),
        ("bomb.pdf", b"PK\x03\x04" + b"0" * 1000),
        ("huge.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)),
        ("script.pdf", pdf(lambda writer: writer.add_attachment("a.exe", b"MZ"))),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_nothing_is_kept(visitor, draft, name, content):
    answer = visitor.post(page_of("claim-add", draft), POSTED | {"files": upload(name, content)})
    assert (answer.status_code, Claim.objects.count()) == (200, 0)
    assert name in str(answer.context["form"].errors["files"])


def test_a_full_disk_keeps_the_draft(visitor, ready, monkeypatch):
    claim = ready.claims.get()

    def full(*_args):
        raise disk_full()

    seen = {"seen": stamp(claim)}
    posted = POSTED | seen | {"title": "Changed", "files": upload("more.pdf", pdf())}
    with monkeypatch.context() as patched:
        patched.setattr(PrivateStorage, "_save", full)
        answer = visitor.post(page_of("claim", ready, claim.pk), posted)
    assert [error.code for error in answer.context["form"].non_field_errors().as_data()] == ["disk-full"]
    assert (ready.claims.get().title, ready.claims.get().evidence.count()) == (TALK["title"], 1)
    assert visitor.get(ready.get_absolute_url()).status_code == 200
    again = POSTED | seen | {"title": "Changed", "files": upload("more.pdf", pdf())}
    assert visitor.post(page_of("claim", ready, claim.pk), again).status_code == 302


def test_of_two_windows_the_second_reads_what_the_first_has_saved(visitor, draft):
    visitor.post(page_of("claim-add", draft), POSTED | {"files": upload("talk.pdf", pdf())})
    claim = draft.claims.get()
    address = page_of("claim", draft, claim.pk)
    seen = visitor.get(address).context["form"]["seen"].value()
    assert visitor.post(address, POSTED | {"title": "First", "seen": seen}).status_code == 302
    mine = POSTED | {"title": "Second", "seen": seen}
    answer = visitor.post(address, mine)
    form = answer.context["form"]
    assert [error.code for error in form.non_field_errors().as_data()] == ["changed-meanwhile"]
    assert ("First" in form.non_field_errors()[0], form["title"].value(), draft.claims.get().title) == (
        True, "Second", "First"
    )  # fmt: skip
    assert visitor.post(address, mine | {"seen": form["seen"].value()}).status_code == 302
    assert draft.claims.get().title == "Second"


@pytest.mark.parametrize("is_shown", [False, True])
def test_verdicts_are_seen_once_points_are_shown(visitor, ready, competition, time_machine, is_shown):
    actions.submit(application=ready, by=ready.student, at=IN_TIME)
    after = competition.call.deadline + MINUTE
    Claim.objects.update(verdict="refused", reason="other", reason_text=WORD, read_at=after)
    Application.objects.update(points_shown_at=after if is_shown else None)
    time_machine.move_to(after, tick=False)
    visitor.force_login(ready.student)
    names = ["detail", "claims", "choices", "submit", "receipt", "details", "marks", "consents", "withdraw"]
    heard = [name for name in names if WORD in visitor.get(page_of(name, ready), follow=True).content.decode()]
    assert bool(heard) == is_shown
    assert ("detail" in heard) == is_shown


def test_a_press_after_the_deadline_says_so_and_keeps_what_was_typed(visitor, ready, competition, time_machine):
    time_machine.move_to(competition.call.deadline, tick=False)
    visitor.force_login(ready.student)
    answer = visitor.post(page_of("details", ready), {"phone": "+375 17 9999999"})
    form = answer.context["form"]
    assert [error.code for error in form.non_field_errors().as_data()] == ["closed"]
    assert form["phone"].value() == "+375 17 9999999"


def test_what_the_call_asks_on_paper_is_asked_beside_the_tasks_and_on_the_receipt(visitor, ready, student):
    """And of nobody where the call asks nothing."""
    assert [b"Bring on paper" in visitor.get(ready.get_absolute_url()).content] == [False]
    version = ready.call.rules_versions.get()
    asked = version.content | {"documents": [{"code": "reference", "title": {"en": "A reference from the faculty"}}]}
    type(version).objects.create(
        call=ready.call, number=2, content=asked, reason="The ministry", made_by=student, made_at=IN_TIME,
        frozen_at=IN_TIME,
    )  # fmt: skip
    submission = actions.submit(application=ready, by=student, at=IN_TIME)
    for page in (ready.get_absolute_url(), page_of("receipt", ready)):
        assert b"A reference from the faculty" in visitor.get(page).content
    told = [getattr(block, "text", "") for block in papers.paper_of(submission, name="Application").blocks]
    assert "A reference from the faculty" in told


@pytest.mark.parametrize(
    ("is_own", "email", "told"),
    [
        (True, "vera@student.example", "A letter with it is on its way to your e-mail."),
        (False, "vera@student.example", "A letter with it is on its way to the student’s e-mail."),
        (False, None, "There is no e-mail to send it to: keep the receipt."),
    ],
)
def test_the_receipt_says_to_whom_its_letter_goes(visitor, ready, is_own, email, told):
    student = ready.student
    type(student).objects.filter(pk=student.pk).update(email=email, record_book="2700123")
    office = RoleFactory(kind="deans-office", faculty=ready.faculty).person
    actions.submit(application=type(ready).objects.get(pk=ready.pk), by=student, at=IN_TIME)
    visitor.force_login(student if is_own else office)
    page = visitor.get(page_of("receipt", ready)).content.decode()
    sentences = ("to your e-mail.", "to the student’s e-mail.", "no e-mail to send it to")
    assert (told in page, sum(sentence in page for sentence in sentences)) == (True, 1)


def test_each_destination_says_last_year_s_cutoff_of_the_faculty(visitor, draft, competition):
    """Of the same partner, in the call that this one follows; of the other faculties nothing."""
    partner = competition.omsk.condition.partner
    before = DestinationFactory(condition__agreement__parties=[partner])
    CutoffFactory(destination=before, faculty=draft.faculty, points=3620)
    CutoffFactory(destination=before, points=4100)
    type(draft.call).objects.filter(pk=draft.call_id).update(previous=before.call)
    told = "last year’s cut-off of your faculty: 36.20"
    page = visitor.get(page_of("choices", draft)).content.decode()
    assert (page.count(told), page.count("41.00")) == (1, 0)


def test_the_page_of_an_application_and_its_submission_ask_little(visitor, ready):
    actions.submit(application=ready, by=ready.student, at=IN_TIME)
    page = asked_by(lambda: visitor.get(ready.get_absolute_url()))
    actions.change_phone(application=ready, phone="+375 29 7654321", by=ready.student, at=IN_TIME)
    press = asked_by(lambda: visitor.post(page_of("submit", ready)))
    assert (page.queries, page.repeated) == (MOST_OF_THE_PAGE, [])
    assert (press.queries, press.repeated) == (MOST_OF_A_PRESS, [])
