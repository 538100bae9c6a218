"""Every table of ours is journaled, or says here why not."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = ("mobility.", "partners", "selection")
NOT_JOURNALED = {
    "journal.event": "it is the journal",
    "selection.outlook": "computed from rows that are journaled, and computed again with each of their changes",
    "selection.rank": "likewise",
    "selection.runcard": "appended with its run, whose checksum covers it",
    "post.letter": "a queue: each attempt would write twice; its row says all, and a resending is a named event",
    "post.jobrun": "the schedule's own mark, written every few seconds by nobody",
}


def our_models() -> Iterator[type]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_config.name.startswith(OURS) and not model._meta.proxy and model._meta.managed:
            yield model


@pytest.mark.django_db
def test_every_table_of_ours_is_journaled():
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
             WHERE proname = 'journal_write' AND tgenabled = 'O' AND tgqual IS NULL
             GROUP BY tgrelid HAVING bit_or(tgtype) & 28 = 28  -- on INSERT, DELETE and UPDATE
        """)
        journaled = {table for (table,) in cursor.fetchall()}
    assert [
        f"{model._meta.label}: give it `triggers = [Journaled()]`; a table of pairs by a proxy of its through model"
        for model in our_models()
        if model._meta.db_table not in journaled and model._meta.label_lower not in NOT_JOURNALED
    ] == []


def test_the_exceptions_exist():
    assert NOT_JOURNALED.keys() - {model._meta.label_lower for model in our_models()} == set()


def test_every_journaled_table_is_made_after_the_function():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    journaling = [key for key, migration in graph.nodes.items() if any(map(journals, migration.operations))]
    assert ("people", "0001_initial") in journaling
    assert [key for key in journaling if ("journal", "0002_triggers") not in graph.forwards_plan(key)] == []


def journals(operation) -> bool:
    trigger = getattr(operation, "trigger", None)
    return trigger is not None and "journal_write(" in str(trigger.sql)
