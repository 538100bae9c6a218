"""./run: the product on http://localhost:PORT, or one command of manage.py on the same ground."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

from mobility.ground import foreground, processes
from mobility.ground.environment import LOCAL, PYTHON, ROOT, locked
from mobility.ground.place import database
from mobility.ground.terminal import GroundError, say

MANAGE = str(ROOT / "manage.py")
GATE = LOCAL / "prepare.lock"  # held while the database is being prepared

# For these no database is started.
WITHOUT_DATABASE = {
    *("allocate", "verify"),
    *("help", "version", "check", "diffsettings", "makemessages", "compilemessages", "collectstatic", "findstatic"),
}
# These migrate, or look at migrations: they find the database as it is, and act as its owner.
AS_OWNER = {"createcachetable", "flush", "makemigrations", "migrate", "showmigrations", "sqlmigrate"}

SECONDS_TO_ANSWER = 60
LOOKS_BEFORE_A_START = 3
SECONDS_FOR_PORT = 2  # a server that was killed a moment ago may still hold it


def needs_database(arguments: tuple[str, ...]) -> bool:
    if {"--help", "-h", "--version"} & set(arguments):
        return False
    return arguments[0] not in WITHOUT_DATABASE or "--database" in arguments


def manage(arguments: tuple[str, ...]) -> int:
    command = [str(PYTHON), MANAGE, *arguments]
    if not needs_database(arguments):
        foreground.replace(command, base_variables())
    with database(for_tests=False) as (_cluster, names):
        if arguments[0] in AS_OWNER:
            return foreground.call(command, base_variables() | names | {"DATABASE_URL": names["DATABASE_OWNER_URL"]})
        with locked(GATE):
            prepare("migrate", names)
        return foreground.call(command, base_variables() | names)


def serve() -> int:
    port = free_port()
    with database(for_tests=False) as (cluster, names), processes.until_told_to_stop() as told:
        address = f"http://localhost:{port}"  # passkeys refuse 127.0.0.1
        own = {"PORT": str(port), "MOBILITY_GATE": str(GATE)}
        services = the_services({"MOBILITY_URL": address} | base_variables() | names | own)
        try:
            with locked(GATE):  # the server reads its code meanwhile, and listens when the gate is open
                if told.is_set():
                    return 0
                services[0].start()
                sign_ins = prepare("everything", names)
            wait_for_answer(port, services[0], told)
            if not told.is_set():
                welcome(address, sign_ins)
            processes.supervise(services, told, cluster_keeper(cluster))
        except GroundError:
            if not told.is_set():  # ^C ends what we waited for, too
                raise
        finally:
            say("Stopping…")
            processes.stop(services)
    return 0


def base_variables() -> dict[str, str]:
    """Plain HTTP on this computer: the settings that are meant for HTTPS are off, and only there.

    So is the second factor, unless the environment says otherwise; the sample's people have none.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ours = {"DJANGO_SECRET_KEY": secret_key(), "MOBILITY_SECOND_FACTOR": "off"}
    return {**ours, **inherited, "MOBILITY_MODE": "development"}


def secret_key() -> str:
    file = LOCAL / "secret-key"
    with locked(LOCAL / "secret-key.lock"):
        if not file.exists():
            new = file.with_suffix(".unfinished")
            new.touch(mode=0o600)
            new.write_text(secrets.token_urlsafe(50))
            new.rename(file)
    return file.read_text()


def prepare(extent: str, names: Mapping[str, str]) -> str:
    """Migrations, static files, the sample university; what it prints are the sample's sign-ins."""
    done = subprocess.run(  # noqa: S603 -- our own command line
        [PYTHON, "-m", "mobility.ground.prepare", extent],
        cwd=ROOT,
        env=base_variables() | names,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise GroundError("The database could not be prepared; the reason stands above.")
    return done.stdout


def the_services(variables: Mapping[str, str]) -> list[processes.Service]:
    gunicorn = [str(PYTHON), "-m", "gunicorn", "-c", "python:mobility.ground.server"]
    worker = [str(PYTHON), MANAGE, "db_worker", "--queue-name", "*"]
    schedule = [str(PYTHON), MANAGE, "schedule"]
    return [
        processes.Service("server", [*gunicorn, "mobility.wsgi"], variables, essential=True),
        processes.Service("worker", worker, variables),
        processes.Service("schedule", schedule, variables),
    ]


def free_port() -> int:
    """The port to serve on, tried now: better a plain sentence at once than a traceback after the set-up."""
    wanted = os.environ.get("PORT", "8000")
    if not wanted.isdigit() or not 0 < int(wanted) < 2**16:
        raise GroundError(f"PORT must be a number from 1 to 65535, and is “{wanted}”.")
    deadline = time.monotonic() + SECONDS_FOR_PORT
    while True:
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", int(wanted)))
            except PermissionError as refusal:
                raise GroundError(
                    f"Port {wanted} is for root only: choose another, as in PORT=8000 ./run."
                ) from refusal
            except OSError as refusal:
                if time.monotonic() > deadline:
                    raise GroundError(
                        f"Port {wanted} is taken by another program: end it, or choose another, as in PORT=8001 ./run."
                    ) from refusal
            else:
                return int(wanted)
        time.sleep(0.1)


def wait_for_answer(port: int, server: processes.Service, told) -> None:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not told.wait(0.05) and not answers(port):
        server.tend()
        if time.monotonic() > deadline:
            raise GroundError("The server does not answer; what it says stands above.")


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def welcome(address: str, sign_ins: str) -> None:
    sys.stdout.write(f"{address}   (plain HTTP, for this computer only; ^C stops it)\n{sign_ins}")
    sys.stdout.flush()


def cluster_keeper(cluster):
    """Once a second: start the database again when it has been away for three looks. A shorter absence is a restart."""
    away = 0

    def look() -> None:
        nonlocal away
        away = 0 if cluster is None or cluster.is_running() else away + 1
        if away < LOOKS_BEFORE_A_START:
            return
        away = 0
        try:
            cluster.start_again()
        except GroundError as error:
            say(f"The database ended and cannot be started yet: {error}")
        else:
            say("The database had ended; it was started again.")

    return look
