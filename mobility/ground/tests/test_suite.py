import pytest

from mobility.ground import suite


def test_the_application_s_role_is_the_one_that_is_not_the_owner():
    assert suite.role_below("postgres://owner@db/mobility", "postgres://app@db/mobility") == "app"
    assert suite.role_below("postgres://one@db/mobility", "postgres://one@db/mobility") == ""


def test_workers_are_chosen_once():
    assert suite.chooses_workers(("-n", "0")) is True
    assert suite.chooses_workers(("-x", "mobility")) is False


@pytest.mark.parametrize(("processors", "workers"), [(1, 2), (3, 3), (64, 4)])
def test_there_is_a_worker_for_each_processor_within_reason(monkeypatch, processors, workers):
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(processors)))
    assert suite.workers() == workers


def test_no_browser_is_installed_for_those_who_want_none():
    assert suite.wants_browser(("-m", "not browser")) is False
    assert suite.wants_browser(()) is True
