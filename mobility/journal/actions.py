from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Model

from mobility.journal.triggers import label_of, whole_of

# The settings of the transaction feed the triggers of all its later statements; those of an earlier name stay
# where the new one is empty. The insert's own values are computed first, so they read what they have just set.
RECORD = """
    INSERT INTO journal_event (model, object, within, within_object, operation, event, actor, reason)
    SELECT %s, %s, %s, %s, 'event', %s,
           nullif(
               set_config('mobility.actor', coalesce(%s, current_setting('mobility.actor', true), ''), true), ''
           )::bigint,
           set_config('mobility.reason', coalesce(%s, current_setting('mobility.reason', true), ''), true)
"""


def record(*, event: str, of: Model, by: AbstractBaseUser | None, reason: str = "") -> None:
    """Enter a named event about an object, and name the actor and the reason of this transaction's later changes."""
    actor = None if by is None else str(by.pk)
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [label_of(of), str(of.pk), *whole_of(of), event, actor, reason or None])


RECORD_ALL = """
    INSERT INTO journal_event (model, object, operation, event)
    SELECT %s, key, 'event', %s FROM unnest(%s::text[]) WITH ORDINALITY AS object(key, position) ORDER BY position
"""


def record_all(*, event: str, of: Sequence[Model], by: AbstractBaseUser | None, reason: str = "") -> None:
    """The same named event about objects of one kind that are no part of others: two statements for thousands."""
    if not of:
        return
    record(event=event, of=of[0], by=by, reason=reason)
    with connection.cursor() as cursor:
        cursor.execute(RECORD_ALL, [label_of(of[0]), event, [str(one.pk) for one in of[1:]]])
