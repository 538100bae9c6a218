"""Tests that look at pages in Chromium: a pytest plugin, loaded by the root's conftest.

A test that asks for `page` or `look` is a browser test. Without a browser it waits, and the end of the run says so
loudly; with CI set it fails.

Every page of ours is looked at, in the tests of its app:

    def test_the_queue_looks_good(look):
        look(reverse("queue"), by=UserFactory(), name="queue")

    def test_the_empty_and_the_wrong_form_look_good(look):
        look(reverse("claim-add"), by=UserFactory(), name="claim-empty", ways=ENGLISH)
        look(reverse("claim-add"), by=UserFactory(), name="claim-wrong", ways=ENGLISH,
             act=lambda page: page.get_by_role("button", name="Save claim").click())

`look` opens the page in English at 1280 and 390 pixels, in English in the dark, and in Russian and Belarusian at 390.
Each time axe must find nothing, nothing may reach over the side, the policy and the scripts must be content, and no
unfilled placeholder may be seen; the dark is looked at for its contrast, since nothing else of the page differs there,
and the translated pages for everything but their colours.
A page is opened once a language and changes its width as it stands. With SCREENSHOTS set to a folder the pictures are
kept there.
"""

import os
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.testcases import LiveServerThread

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


class Way(NamedTuple):
    """One way in which a page is looked at."""

    language: str
    width: int
    scheme: str = "light"


ENGLISH = (Way("en", 1280), Way("en", 390))
EVERY_WAY = (*ENGLISH, Way("en", 1280, "dark"), Way("ru", 390), Way("be", 390))
EVERY_IMPACT = ("minor", "moderate", "serious", "critical")
GRAVE = ("serious", "critical")  # what may not be found even in the admin, whose pages are Django's
AXE = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
CONTRAST = "color-contrast"
AXE_IN_THE_DARK = AXE | {"runOnly": [CONTRAST]}
AXE_TRANSLATED = AXE | {
    "rules": AXE["rules"] | {CONTRAST: {"enabled": False}}
}  # the colours are those of the English page
SEEN = """document.fonts.ready.then(() => {
    document.getAnimations().forEach(change => change.finish());
    const page = document.documentElement;
    return {language: page.lang, width: page.scrollWidth, text: document.body.innerText};
})"""
# “None.” and “None yet” are said of what there is none of; a None that stands otherwise was not filled in.
UNFILLED = re.compile(r"\{\{|\{%|%\(\w+\)|<lazy|\bNone\b(?!\.| yet)|\bundefined\b")


def browser() -> str:
    return os.environ.get("TEST_BROWSER", "")


def pytest_itemcollected(item):
    """Marked before `-m` chooses."""
    if "page" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests go last: Playwright's event loop then disturbs no other test of the same process."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Playwright's synchronous interface runs an event loop in this thread, in which Django refuses its database.

    The loop runs on after the first such test, and a worker that has nothing left may take over others.
    """
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return (yield)


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and not browser():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium")


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    waiting = [report for report in skipped if report.longrepr[2] == "Skipped: no Chromium"]
    if waiting:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(waiting)} browser tests wait for Chromium: install it (on Debian, as root: "
            "apt-get install chromium-headless-shell libatomic1) and run again."
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": browser(),
        "args": FLAGS,
        "chromium_sandbox": os.geteuid() != 0,
    }


class SharingServer(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """There is one, the test's, and it stays open."""


class OneAtATime(StaticFilesHandler):
    """Requests that may ask the database wait for each other: they all ask on the test's own connection."""

    turn = Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self._should_handle(environ["PATH_INFO"]):
            return super().__call__(environ, start_response)
        with self.turn:
            return super().__call__(environ, start_response)

    def serve(self, request: Any) -> Any:
        """As outside of tests the browser keeps them: of a new checkout it would ask again for each page."""
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


@pytest.fixture(scope="session")
def the_connection(django_db_setup):
    return connections[DEFAULT_DB_ALIAS]


@pytest.fixture(scope="session")
def server(the_connection, playwright):
    """Serves the pages within the transaction of the test, which then has no tables to empty."""
    connections[DEFAULT_DB_ALIAS] = the_connection  # where Playwright's loop runs, Django would make another
    thread = LiveServerThread("localhost", OneAtATime, {DEFAULT_DB_ALIAS: the_connection})
    thread.daemon, thread.server_class = True, SharingServer
    the_connection.inc_thread_sharing()
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield thread
    thread.terminate()
    the_connection.dec_thread_sharing()


@pytest.fixture
def site(server, db, the_connection, settings, monkeypatch):
    """The address of the site, without a slash at its end."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, server.host]
    monkeypatch.setattr(the_connection, "close", lambda: None)  # as each request would at its end
    yield f"http://{server.host}:{server.port}"
    with OneAtATime.turn:  # what was still asked is answered before the test's rows go
        pass


@pytest.fixture(scope="session")
def context(browser, browser_context_args):
    """One for all tests: it keeps the styles, scripts and fonts that it has loaded."""
    with closing(browser.new_context(**browser_context_args)) as context:
        yield context


@pytest.fixture
def page(site, context):
    """A page of the browser, where the site is there to be visited and nobody has signed in."""
    context.clear_cookies()
    with closing(context.new_page()) as page:
        yield page


@pytest.fixture
def look(page, site):
    """look(path, by=person, name="…", ways=…, act=…): see the module's docstring. Or `session`, of whoever looks."""
    heard: list[str] = []
    page.on(
        "console",
        lambda message: heard.append(f"{message.text} {message.location['url']}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.add_init_script(AXE_SCRIPT)

    def look_at(
        path: str,
        *,
        by: Any = None,
        session: Any = None,
        name: str = "",
        ways: tuple[Way, ...] = EVERY_WAY,
        act: Callable[[Any], Any] | None = None,
        status: int = 200,
        impacts: tuple[str, ...] = EVERY_IMPACT,
    ) -> None:
        if session is None and by:
            session = session_of(by)
        if session is not None:
            enter(page, site, session)
        heard.clear()
        language = None
        for way in ways:
            arrange(page, way)
            if way.language != language:
                language = way.language
                speak(page, site, language)
                assert page.goto(site + path).status == status
                if act:
                    act(page)
                    page.wait_for_load_state()  # what was pressed may have been answered, but not yet dressed
            keep_picture(page, name, way)
            assert_page_good(page, way, heard, status=status, impacts=impacts)

    return look_at


def session_of(person: Any) -> Any:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.session


def enter(page, address: str, session: Any) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
    page.context.add_cookies([cookie] if session.session_key else [])


def speak(page, address: str, language: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}])


def arrange(page, way: Way) -> None:
    page.set_viewport_size({"width": way.width, "height": 900})
    page.emulate_media(color_scheme=way.scheme, reduced_motion="reduce")


def assert_page_good(
    page, way: Way, heard: list[str], *, status: int = 200, impacts: tuple[str, ...] = EVERY_IMPACT
) -> None:
    seen = page.evaluate(SEEN)
    assert seen["language"] == way.language
    assert [text for text in heard if f"status of {status}" not in text] == []
    assert seen["width"] <= way.width, f"{way}: reaches over the side"
    assert UNFILLED.findall(seen["text"]) == []
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", rules_for(way))
    assert [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in impacts
        for node in rule["nodes"]
    ] == []


def rules_for(way: Way) -> dict[str, Any]:
    if way.scheme == "dark":
        return AXE_IN_THE_DARK
    return AXE if way.language == "en" else AXE_TRANSLATED


def keep_picture(page, name: str, way: Way) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder and name:
        dark = "-dark" if way.scheme == "dark" else ""
        page.screenshot(
            path=Path(folder) / f"{name}-{way.width}-{way.language}{dark}.png", full_page=True, caret="initial"
        )
