"""Run with the limit's settings: tables, 20,000 rows, one signed-in session; prints the session's cookie."""

import django

django.setup()

from datetime import date, timedelta  # noqa: E402 -- models need Django first

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.limit.models import Row  # noqa: E402

ROWS = 20_000

call_command("migrate", run_syncdb=True, verbosity=0)
if not Row.objects.exists():
    Row.objects.bulk_create(
        Row(
            name=f"University {number:05}",
            city=f"City {number % 500}",
            country=f"Country {number % 150}",
            state="in force",
            points=number % 100,
            changed=date(2026, 1, 1) + timedelta(days=number % 300),
        )
        for number in range(ROWS)
    )
user, _new = User.objects.get_or_create(username="reader")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
