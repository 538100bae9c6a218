"""Gunicorn's settings, under ./run and in production: gunicorn -c python:mobility.ground.server mobility.wsgi"""

import fcntl
import os
from pathlib import Path

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # read once, then fork: half the memory, and the second worker costs nothing
graceful_timeout = 10
loglevel = "warning"  # requests are logged by the application, as JSON
control_socket_disable = True


def on_starting(_server):
    """Under ./run: listen only when the database is prepared. Until then the gate is locked."""
    if gate := os.environ.get("MOBILITY_GATE"):
        with Path(gate).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)
