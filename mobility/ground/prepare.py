"""What Django has to do before it can serve; run with .venv's Python, as `python -m mobility.ground.prepare EXTENT`.

EXTENT is migrate, or everything: then also static files and, on an empty database, the sample university. Standard
output holds the sample's sign-ins only.
"""

import hashlib
import os
import subprocess
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mobility.ground.environment import LOCAL, ROOT
from mobility.ground.terminal import say


def main(extent: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")
    django.setup()
    migrate()
    if extent == "everything":
        collect_static_files()
        if "sample" in get_commands():
            load_sample()
            call_command("sample", sign_ins=True)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        connection.close()
        say("Bringing the database up to date…")
        owner = os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"]}
        words = [sys.executable, ROOT / "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(words, env=owner, stdout=sys.stderr, check=True)  # noqa: S603 -- our own command line


def collect_static_files() -> None:
    seen = LOCAL / "static-files"
    now = static_fingerprint()
    if settings.STATIC_ROOT.exists() and seen.exists() and seen.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    seen.write_text(now)


def static_fingerprint() -> str:
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = (ROOT / storage.path(path)).stat()
            digest.update(f"{storage.path(path)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_sample() -> None:
    if not get_user_model().objects.exists():
        say("Loading the sample university into the empty database…")
        call_command("sample", verbosity=0)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
