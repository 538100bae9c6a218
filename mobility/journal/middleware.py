"""Tells the triggers who is asking, at the price of some bytes in each writing statement and no query."""

import re

from django.db import connection
from django.utils.functional import SimpleLazyObject

WRITES = re.compile(
    r"\s*(?:(INSERT|UPDATE|DELETE|MERGE)\b|WITH\b.*\b(INSERT|UPDATE|DELETE|MERGE)\b)", re.IGNORECASE | re.DOTALL
)


def name_the_actor(get_response):
    def middleware(request):
        with connection.execute_wrapper(Signature(request)):
            return get_response(request)

    return middleware


class Signature:
    """Signs each writing statement with the signed-in person and the request, within the statement's transaction.

    Settings local to a transaction vanish with it, and with a savepoint that is rolled back: therefore every
    statement carries them. What an action has named by itself (`journal.actions.record`) stays.
    """

    def __init__(self, request) -> None:
        self.request = request

    def __call__(self, execute, sql, params, many, context):
        if not WRITES.match(sql) or context["cursor"].name:
            return execute(sql, params, many, context)
        return execute(self.prefix() + sql, params, many, context)

    def prefix(self) -> str:
        settings = {"mobility.actor": self.actor(), "mobility.request": self.request_id()}
        calls = [
            f"set_config('{name}', coalesce(nullif(current_setting('{name}', true), ''), '{value}'), true)"
            for name, value in settings.items()
        ]
        return f"SELECT {', '.join(calls)};\n"

    def actor(self) -> str:
        """Never loads the user: that would query in the middle of a statement."""
        user = self.request.__dict__.get("user")
        if isinstance(user, SimpleLazyObject):
            user = getattr(self.request, "_cached_user", None)
        key = getattr(user, "pk", None)
        return "" if key is None else str(int(key))

    def request_id(self) -> str:
        return re.sub(r"[^A-Za-z0-9-]", "", str(getattr(self.request, "id", "")))[:64]
