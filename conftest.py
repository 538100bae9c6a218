"""What concerns all tests."""

import gc
import os
from importlib import import_module

import pytest

pytest_plugins = ["mobility.web.tests.browser"]


def pytest_addoption(parser):
    parser.addoption("--of-database", action="store_true", help="only tests that ask the database server")


def pytest_collection_modifyitems(config, items):
    if config.getoption("of_database"):
        others = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_database(item)]


def asks_database(item) -> bool:
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or bool({"db", "transactional_db", "django_db_setup"} & set(item.fixturenames))


def pytest_configure():
    """Tests read static files where they lie; nothing has been collected."""
    from django.conf import settings  # noqa: PLC0415 -- not before pytest has found its options

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_collection_finish():
    """What was imported stays: the collector need not go through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def university():
    """The row behind every page's frame is read once a minute by a process; no test must meet that query."""
    from mobility.people.context import remember  # noqa: PLC0415 -- Django is configured only now
    from mobility.people.models import University  # noqa: PLC0415 -- likewise

    names = {"name_en": "University of Examples", "name_ru": "Университет примеров", "name_be": "Універсітэт прыкладаў"}
    zones = {"zone_en": "Minsk time", "zone_ru": "по минскому времени", "zone_be": "па мінскім часе"}
    row = University(**names, **zones)
    remember(row, seconds=3600)
    return row


@pytest.fixture(autouse=True)
def memory():
    """What one test's pages counted, another's must not read."""
    from mobility.web.memory import forget  # noqa: PLC0415 -- Django is configured only now

    forget()


@pytest.fixture(autouse=True)
def one_factor(settings):
    """Whom a test signs in is in; the tests of the doors in mobility/people switch the second factor on."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(autouse=True)
def source_language():
    """A request leaves its language behind in the thread; no test must meet another's."""
    from django.utils import translation  # noqa: PLC0415 -- Django is configured only now

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def application_role(request, reference_data):
    """A test marked append_only runs with the application's rights: it owns nothing, and reads and writes rows only."""
    if not request.node.get_closest_marker("append_only"):
        yield
        return
    role = os.environ.get("TEST_APPLICATION_ROLE")
    if not role:
        refuse_or_wait("the server has no second role: set DATABASE_OWNER_URL beside DATABASE_URL")
    request.getfixturevalue("db")
    from django.db import connection  # noqa: PLC0415 -- Django is configured only now

    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
    yield
    if not connection.in_atomic_block:  # where there is a transaction, its end takes the role back
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def refuse_or_wait(reason: str) -> None:
    """On a developer's computer a test may wait for what is missing; where the product is judged it may not."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(autouse=True)
def reference_data(request):
    """A test of real transactions leaves empty tables behind: what a migration put there is there for the next test."""
    marker = request.node.get_closest_marker("django_db")
    asked = set(request.fixturenames)
    if marker is None and not {"db", "transactional_db"} & asked:
        return
    is_real = "transactional_db" in asked or (marker and marker.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if is_real else "db")
    from django.apps import apps  # noqa: PLC0415 -- Django is configured only now

    if not apps.get_model("calls", "RulesTemplate").objects.exists():
        import_module("mobility.calls.migrations.0003_templates_of_rules").load(apps, None)
