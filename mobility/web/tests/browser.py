"""Tests that look at pages in Chromium: a pytest plugin, loaded by the root's conftest.

A test that asks for `page` is a browser test. Without a browser it waits, and the end of the run says so loudly; with
CI set it fails.
"""

import os

import pytest

WAITING = pytest.StashKey[int]()
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def browser() -> str:
    return os.environ.get("TEST_BROWSER", "")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests go last: Playwright's event loop then disturbs no other test of the same process."""
    for item in items:
        if "page" in item.fixturenames:
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Playwright's synchronous interface runs an event loop in this thread, in which Django refuses its database."""
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        return (yield)
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and not browser():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium")


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    waiting = [report for report in skipped if report.longrepr[2] == "Skipped: no Chromium"]
    if waiting:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(waiting)} browser tests wait for Chromium: install it (on Debian, as root: apt-get install chromium "
            "libatomic1) and run again."
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": browser(),
        "args": FLAGS,
        "chromium_sandbox": os.geteuid() != 0,
    }


@pytest.fixture
def page(live_server, page):
    """A page of the browser whose relative addresses are the live server's."""
    return page
