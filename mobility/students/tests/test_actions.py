import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mobility.calls.actions.calls import call_off
from mobility.calls.tests.factories import RulesVersionFactory, plain_rules
from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.people.models import StudentProfile
from mobility.people.tests.factories import MarkFactory, ScaleFactory, StudentFactory, UserFactory
from mobility.post.models import Letter
from mobility.students import actions
from mobility.students.actions.claims import stamp
from mobility.students.models import Application, Claim, Consent, Evidence, Submission
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory, EvidenceFactory, OfferFactory
from selection.engine.exchange import canonical

from .conftest import IN_TIME, MINUTE, TALK

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def refused(act, **entered) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        act(**entered)
    return [error.code for error in refusal.value.error_list]


def codes(application) -> list[str]:
    return list(application.choices.values_list("destination__code", flat=True))


# begin


def test_applications_are_numbered_within_their_call(competition, student):
    second = StudentFactory(student__faculty=competition.faculty)
    numbers = [
        actions.start(call=competition.call, student=who, by=who, at=IN_TIME).number for who in (student, second)
    ]
    assert numbers == ["PT27-0001", "PT27-0002"]


def test_a_second_press_begins_nothing(competition, student, draft):
    assert actions.start(call=competition.call, student=student, by=student, at=IN_TIME) == draft
    assert Application.objects.count() == 1


def test_the_roster_is_copied(competition, student):
    StudentProfile.objects.filter(person=student).update(debts=2)
    student.sanctions.create(what="Reprimand", starts="2027-01-10")
    student.sanctions.create(what="Reprimand", starts="2026-01-10", ends="2026-12-31")
    student.leaves.create(starts="2027-03-01")
    OfferFactory(application__student=student, application__faculty=competition.faculty, state="confirmed",
                 answered_at=IN_TIME, answered_by=student)  # fmt: skip
    draft = actions.start(call=competition.call, student=student, by=student, at=IN_TIME)
    found = {
        name: getattr(draft, name) for name in ("mean_mark", "debts", "sanctions", "is_on_leave", "earlier_mobility")
    }
    assert found == {"mean_mark": 872, "debts": 2, "sanctions": 1, "is_on_leave": True, "earlier_mobility": 1}
    assert (draft.faculty, draft.course_year, draft.record_at) == (competition.faculty, 5, IN_TIME)


def test_what_the_roster_says_later_comes_when_it_is_asked_for(draft, student):
    StudentProfile.objects.filter(person=student).update(mean_mark=901, course_year=6)
    actions.refresh_record(application=draft, by=UserFactory(), at=IN_TIME + MINUTE)
    draft.refresh_from_db()
    assert (draft.mean_mark, draft.course_year, draft.record_at) == (901, 6, IN_TIME + MINUTE)


def test_marks_on_other_scales_pass_through_the_call_s_own_copy_of_the_tables(draft, student):
    """What the university's tables have become since is for calls to come."""
    five = ScaleFactory(code="5")
    MarkFactory(person=student, value=900)
    MarkFactory(person=student, scale=five, value=450, here=1000)
    MarkFactory(person=student, scale=five, value=300, here=600)
    StudentProfile.objects.filter(person=student).update(mean_mark=833, marks_counted=3)
    version = draft.call.rules_versions.get()
    frozen = {"call": draft.call, "made_by": version.made_by, "reason": "Tables", "frozen_at": IN_TIME}
    RulesVersionFactory(number=2, content=plain_rules(scales={"5": {"450": 800}}), **frozen)
    assert marks_of(draft) == (None, 2, 1)
    RulesVersionFactory(number=3, content=plain_rules(scales={"5": {"450": 800, "300": 400}}), **frozen)
    assert marks_of(draft) == (700, 3, 0)


def marks_of(draft):
    actions.refresh_record(application=draft, by=UserFactory(), at=IN_TIME)
    draft.refresh_from_db()
    return draft.mean_mark, draft.marks_counted, draft.marks_unmapped


@pytest.mark.parametrize(("moment", "code"), [("opens_at", None), ("deadline", "closed")])
def test_a_call_takes_applications_from_its_opening_to_its_deadline(competition, student, moment, code):
    at = getattr(competition.call, moment)
    begin = {"call": competition.call, "student": student, "by": student}
    before = "too-early" if code is None else None
    for when, expected in ((at - SECOND, before), (at, code)):
        if expected:
            assert refused(actions.start, at=when, **begin) == [expected]
        else:
            assert actions.start(at=when, **begin).number == "PT27-0001"
            Application.objects.all().delete()


def test_who_is_no_student_does_not_apply(competition):
    teacher = UserFactory()
    assert refused(actions.start, call=competition.call, student=teacher, by=teacher, at=IN_TIME) == ["no-student"]


def test_the_office_enters_for_a_student_and_not_over_one(competition, student):
    officer = UserFactory()
    entry = {"call": competition.call, "student": student, "by": officer, "at": IN_TIME}
    entered = actions.enter(**entry)
    assert (entered.entered_by, actions.enter(**entry)) == (officer, entered)
    own = StudentFactory(student__faculty=competition.faculty)
    actions.start(call=competition.call, student=own, by=own, at=IN_TIME)
    assert refused(actions.enter, **entry | {"student": own}) == ["has-application"]


# claims and evidence


def test_a_claim_has_its_points_at_once(draft, student):
    claim = actions.add_claim(application=draft, entered=TALK, by=student, at=IN_TIME + MINUTE)
    draft.refresh_from_db()
    assert (claim.points_claimed, draft.points_claimed, draft.claims_count) == (150, 3720 + 150, 1)
    assert draft.saved_at == IN_TIME + MINUTE
    claim = actions.change_claim(
        claim=claim, entered=TALK | {"kind": "talk-international"}, seen=stamp(claim), by=student, at=IN_TIME
    )
    assert claim.points_claimed == 200
    actions.remove_claim(claim=claim, by=student, at=IN_TIME)
    draft.refresh_from_db()
    assert (draft.points_claimed, draft.claims_count) == (3720, 0)


def test_a_language_has_the_points_of_its_level(draft, student):
    entered = TALK | {"kind": "language", "title": "IELTS 7.0", "language": "en", "level": "C1", "event": ""}
    claim = actions.add_claim(application=draft, entered=entered, by=student, at=IN_TIME)
    draft.refresh_from_db()
    assert (claim.points_claimed, draft.points_claimed) == (1200, 3720)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "knitting"}, "unknown-kind"),
        ({"kind": "language", "language": "en", "level": "Z9"}, "unknown-level"),
        ({"day": (IN_TIME + timedelta(days=1)).date()}, "future"),
    ],
)
def test_a_claim_that_the_rules_do_not_know_is_refused(draft, student, change, code):
    with pytest.raises(ValidationError) as refusal:
        actions.add_claim(application=draft, entered=TALK | change, by=student, at=IN_TIME)
    assert [error.code for errors in refusal.value.error_dict.values() for error in errors] == [code]


def test_an_achievement_is_claimed_once(draft, student):
    claim = {"application": draft, "entered": TALK, "by": student, "at": IN_TIME}
    actions.add_claim(**claim)
    assert refused(actions.add_claim, **claim) == ["claimed-already"]


def test_at_most_ten_files_hang_on_a_claim_and_each_once(draft, student):
    claim = actions.add_claim(application=draft, entered=TALK, by=student, at=IN_TIME)
    same = [inspect(upload("talk.pdf", pdf()), "talk.pdf") for _copy in range(2)]
    assert len(actions.attach(claim=claim, uploads=same, by=student, at=IN_TIME)) == 1
    EvidenceFactory.create_batch(9, claim=claim)
    more = [inspect(upload("more.pdf", pdf(lambda writer: writer.add_blank_page(9, 9))), "more.pdf")]
    assert refused(actions.attach, claim=claim, uploads=more, by=student, at=IN_TIME) == ["too-many"]
    assert claim.evidence.count() == 10


def test_a_file_of_an_earlier_year_proves_again_but_nobody_elses(draft, student, competition):
    claim = actions.add_claim(application=draft, entered=TALK, by=student, at=IN_TIME)
    before = ApplicationFactory(student=student, faculty=competition.faculty)
    mine = EvidenceFactory(claim__application=before)
    again = actions.reuse(claim=claim, evidence=mine, by=student, at=IN_TIME)
    assert (again.file, again.claim) == (mine.file, claim)
    assert refused(actions.reuse, claim=claim, evidence=EvidenceFactory(), by=student, at=IN_TIME) == ["not-yours"]


# choices and consents


def test_choices_move(draft, student, competition):
    by_at = {"application": draft, "by": student, "at": IN_TIME}
    actions.add_choice(destination=competition.omsk, seen=[], **by_at)
    actions.add_choice(destination=competition.samara, seen=["omsk"], **by_at)
    actions.move_choice_up(destination=competition.samara, seen=["omsk", "samara"], **by_at)
    assert codes(draft) == ["samara", "omsk"]
    actions.move_choice_down(destination=competition.samara, seen=["samara", "omsk"], **by_at)
    assert codes(draft) == ["omsk", "samara"]
    actions.remove_choice(destination=competition.omsk, seen=["omsk", "samara"], **by_at)
    assert list(draft.choices.values_list("destination__code", "position")) == [("samara", 1)]


def test_what_is_not_open_to_the_faculty_cannot_be_chosen(draft, student, competition):
    choice = {"application": draft, "by": student, "at": IN_TIME, "seen": []}
    assert refused(actions.add_choice, destination=competition.kirov, **choice) == ["not-eligible"]
    assert refused(actions.set_choices, destinations=[competition.kirov], **choice) == ["not-eligible"]


def test_consents_are_given_for_the_countries_of_the_hosts_and_taken_back(ready, student):
    given = set(ready.consents.values_list("text__purpose", "country"))
    assert given == {("processing", ""), ("transfer", "RU"), ("transfer", "KZ")}
    actions.set_consents(application=ready, given=[], by=student, at=IN_TIME)
    assert Consent.objects.count() == 0


# submit


def test_a_submission_keeps_what_was_said(ready, student):
    submission = actions.submit(application=ready, by=student, at=IN_TIME)
    ready.refresh_from_db()
    assert (ready.state, ready.submitted_at, ready.has_unsent_changes) == ("submitted", IN_TIME, False)
    content = submission.content
    assert (content["number"], content["choices"], content["phone"]) == ("PT27-0001", ["omsk", "samara"], ready.phone)
    assert [row["title"] for row in content["claims"]] == ["Early markers of sepsis"]
    assert submission.sha256 == __import__("hashlib").sha256(canonical(json.loads(json.dumps(content)))).hexdigest()
    assert list(submission.files.values_list("file", flat=True)) == list(
        Evidence.objects.values_list("file", flat=True)
    )
    assert [letter.recipient for letter in Letter.objects.all()] == [student.email]


def test_pressed_again_it_answers_with_the_same_version(ready, student):
    first = actions.submit(application=ready, by=student, at=IN_TIME)
    second = actions.submit(application=ready, by=student, at=IN_TIME + MINUTE)
    assert (second, Submission.objects.count(), Letter.objects.count()) == (first, 1, 1)


def test_what_is_missing_is_said_whole(draft, student):
    ClaimFactory(application=draft)
    codes = refused(actions.submit, application=draft, by=student, at=IN_TIME)
    assert codes == ["no-phone", "no-choices", "no-evidence", "no-consent"]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_deadline_is_the_servers(ready, student, competition):
    deadline = competition.call.deadline
    assert refused(actions.submit, application=ready, by=student, at=deadline) == ["closed"]
    assert (ready.choices.count(), Claim.objects.count(), Submission.objects.count()) == (2, 1, 0)
    assert actions.submit(application=ready, by=student, at=deadline - SECOND).version == 1


def test_a_change_after_a_submission_counts_once_it_is_sent_again(ready, student, competition):
    actions.submit(application=ready, by=student, at=IN_TIME)
    actions.change_phone(application=ready, phone="+375 17 2222222", by=student, at=IN_TIME + MINUTE)
    ready.refresh_from_db()
    assert (ready.has_unsent_changes, ready.submissions.first().content["phone"]) == (True, "+375 29 1234567")
    second = actions.submit(application=ready, by=student, at=IN_TIME + 2 * MINUTE)
    assert (second.version, second.content["phone"], Letter.objects.count()) == (2, "+375 17 2222222", 2)


@pytest.mark.parametrize("how", ["at the deadline", "by hand"])
def test_what_was_not_sent_again_is_undone(ready, student, competition, how):
    sent = actions.submit(application=ready, by=student, at=IN_TIME)
    by_at = {"by": student, "at": IN_TIME + MINUTE}
    claim = ready.claims.get()
    actions.remove_claim(claim=claim, **by_at)
    actions.add_claim(application=ready, entered=TALK | {"title": "Another"}, **by_at)
    actions.remove_choice(application=ready, destination=competition.omsk, seen=["omsk", "samara"], **by_at)
    actions.set_consents(application=ready, given=[], **by_at)
    actions.change_phone(application=ready, phone="1", **by_at)
    if how == "by hand":
        actions.discard_changes(application=ready, by=student, at=IN_TIME + 2 * MINUTE)
    else:
        actions.settle(at=competition.call.deadline - SECOND)
        assert codes(ready) == ["samara"]
        actions.settle(at=competition.call.deadline)
    ready = Application.objects.get()
    again = actions.submit(application=ready, by=student, at=IN_TIME + 3 * MINUTE)
    assert again == sent
    assert (ready.has_unsent_changes, ready.phone, ready.claims_count) == (False, "+375 29 1234567", 1)


# withdraw, remind


def test_the_student_withdraws_until_the_deadline_and_asks_afterwards(ready, student, competition):
    deadline = competition.call.deadline
    actions.submit(application=ready, by=student, at=IN_TIME)
    assert refused(actions.withdraw, application=ready, by=student, at=deadline) == ["closed"]
    ask = {"application": ready, "reason": "Surgery in July", "by": student}
    assert refused(actions.ask_to_withdraw, at=deadline - SECOND, **ask) == ["not-needed"]
    actions.ask_to_withdraw(at=deadline, **ask)
    actions.ask_to_withdraw(at=deadline + MINUTE, **ask | {"reason": "Once more"})
    ready.refresh_from_db()
    assert (ready.withdrawal_asked_at, ready.withdrawal_reason) == (deadline, "Surgery in July")
    officer = UserFactory()
    actions.withdraw(application=ready, by=officer, at=deadline + MINUTE, reason="Asked for")
    ready.refresh_from_db()
    assert (ready.state, ready.withdrawn_by) == ("withdrawn", officer)


def test_what_is_withdrawn_in_time_can_be_taken_up_again(ready, student):
    actions.submit(application=ready, by=student, at=IN_TIME)
    actions.withdraw(application=ready, by=student, at=IN_TIME)
    assert refused(actions.change_phone, application=ready, phone="1", by=student, at=IN_TIME) == ["withdrawn"]
    actions.resume(application=ready, by=student, at=IN_TIME)
    ready.refresh_from_db()
    assert (ready.state, ready.withdrawn_at) == ("draft", None)
    assert actions.submit(application=ready, by=student, at=IN_TIME + MINUTE).version == 2


def test_a_reminder_goes_once_to_those_who_have_not_sent(draft, student, competition):
    early, late = competition.call.deadline - timedelta(days=4), competition.call.deadline - timedelta(days=3)
    sent = ApplicationFactory(call=competition.call, submitted=True)
    for at in (early, late, late + MINUTE, competition.call.deadline):
        actions.remind_of_deadline(at=at)
    assert [letter.recipient for letter in Letter.objects.all()] == [student.email]
    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.reminded_at, sent.reminded_at) == (late, None)


@pytest.mark.parametrize(
    ("is_sent", "subject", "sentence"),
    [
        (False, "Application {} is not submitted yet", "have not submitted it."),
        (True, "The changes of application {} are not sent yet", "what you sent last counts."),
    ],
)
def test_a_reminder_says_what_is_not_sent_and_until_when(ready, competition, is_sent, subject, sentence):
    if is_sent:
        actions.submit(application=ready, by=ready.student, at=IN_TIME)
        actions.change_phone(application=ready, phone="+375 29 7654321", by=ready.student, at=IN_TIME + MINUTE)
    Letter.objects.all().delete()
    actions.remind_of_deadline(at=competition.call.deadline - timedelta(days=1))
    letter = Letter.objects.get()
    assert (letter.subject, sentence in letter.text) == (subject.format(ready.number), True)
    assert "31 March 2027, 09:00 Minsk time" in letter.text.replace("\N{NO-BREAK SPACE}", " ")


def test_nobody_is_reminded_of_a_call_that_is_called_off(draft, competition):
    call = competition.call
    call_off(call=call, reason="The host has no room.", by=UserFactory(), at=IN_TIME)
    Letter.objects.all().delete()
    actions.remind_of_deadline(at=call.deadline - timedelta(days=1))
    assert Letter.objects.count() == 0
    assert list(Application.objects.current_at(IN_TIME)) == []
