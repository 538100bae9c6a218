"""Gunicorn's settings, under ./run and in production: gunicorn -c python:mobility.ground.server mobility.wsgi"""

import fcntl
import os
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
graceful_timeout = 10
loglevel = "warning"  # requests are logged by the application, as JSON
control_socket_disable = True

# The site is read once, then forked: half the memory, and the second worker costs nothing. Under ./run that is done
# by hand below, because the site must not see its static files before they are collected.
GATE = os.environ.get("MOBILITY_GATE")
preload_app = GATE is None


def on_starting(_server):
    """Under ./run: read the code at once, listen when the database is prepared. Until then the gate is locked."""
    if GATE:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")
        django.setup()
        import_module(settings.ROOT_URLCONF)
        with Path(GATE).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)
