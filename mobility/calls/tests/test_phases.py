from datetime import timedelta

import pytest

from mobility.calls.phases import PILLS, PUBLIC, Phase, phase, shown

from .factories import CallFactory

SECOND = timedelta(seconds=1)


def test_each_phase_begins_at_its_moment():
    call = CallFactory.build(owner=None, rules=False)
    moments = {
        Phase.OPEN: call.opens_at,
        Phase.VERIFICATION: call.deadline,
        Phase.POINTS_SHOWN: call.points_from,
        Phase.PROTOCOLS: call.points_until,
        Phase.RESULTS: call.protocols_by,
    }
    assert {found: phase(call, at) for found, at in moments.items()} == {found: found for found in moments}
    before = [phase(call, at - SECOND) for at in moments.values()]
    assert before == [Phase.ANNOUNCED, Phase.OPEN, Phase.VERIFICATION, Phase.POINTS_SHOWN, Phase.PROTOCOLS]


@pytest.mark.parametrize(("days", "found"), [(0, Phase.ANSWERS), (10, Phase.FINISHED)])
def test_after_publication_answers_run_until_their_last_moment(days, found):
    call = CallFactory.build(owner=None, rules=False)
    call.published_at = call.results_at
    assert phase(call, call.results_at + timedelta(days=days)) == found
    call.finished_at = call.results_at
    assert phase(call, call.results_at) == Phase.FINISHED


def test_a_draft_is_a_draft_whatever_its_dates():
    call = CallFactory.build(owner=None, rules=False, opened_at=None)
    assert phase(call, call.answers_by) == Phase.DRAFT


def test_every_phase_has_two_names_and_a_pill():
    assert set(PUBLIC) == set(PILLS) == set(Phase)
    call = CallFactory.build(owner=None, rules=False)
    words = [shown(call, call.deadline, office=office)["word"] for office in (True, False)]
    assert words == ["Verification", "Achievements are being checked"]


def test_a_call_that_is_called_off_is_in_no_other_phase():
    call = CallFactory.build(owner=None, rules=False)
    call.called_off_at = call.opens_at
    assert phase(call, call.answers_by) == Phase.CALLED_OFF
    assert call.accepts_at(call.opens_at) is False
