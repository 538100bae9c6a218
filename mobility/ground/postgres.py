"""The embedded PostgreSQL: a cluster that its first user starts and its last user stops.

Nothing listens on the network: the only way in is a socket in a folder of mode 0700, so nobody is asked for a password.
"""

import fcntl
import os
import shlex
import shutil
import tempfile
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mobility.ground.environment import locked
from mobility.ground.programs import Programs
from mobility.ground.terminal import GroundError, say

OWNER = "mobility_owner"  # migrates and owns
APPLICATION = "mobility_app"  # reads and writes rows, owns nothing
LONGEST_SOCKET_PATH = 107  # bytes, the kernel's limit
SOCKET = ".s.PGSQL.5432"
SECONDS_TO_START = 60
SECONDS_TO_DIE = 10

# A locale with Cyrillic upper(), ILIKE and full-text search, the same on every computer.
INITDB = (
    *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C.UTF-8", "-E", "UTF8"),
    *("--username=postgres", "--auth=trust", "--no-instructions"),
)

# Tables that the owner makes later, in any database made later, are open to the application's rows.
IN_TEMPLATE = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB;
CREATE ROLE {APPLICATION} LOGIN;
GRANT {APPLICATION} TO {OWNER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION};
"""
IN_SERVER = f"CREATE DATABASE mobility OWNER {OWNER};\n"


@dataclass(frozen=True)
class Cluster:
    programs: Programs
    home: Path
    scratch: bool = False  # what tests write may be lost in a power cut, and is not worth waiting for a disk

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def socket_folder(self) -> Path:
        """In the cluster's home; where that path is too long for a socket, in a temporary folder named after it."""
        short = f"mobility-{zlib.crc32(os.fsencode(self.home)):08x}"
        candidates = [self.home / "socket", Path(tempfile.gettempdir()) / short, Path("/tmp") / short]  # noqa: S108 -- 0700, owner checked
        return next(path for path in candidates if len(os.fsencode(path / SOCKET)) <= LONGEST_SOCKET_PATH)

    def url(self, role: str) -> str:
        return f"postgres://{role}@{quote(str(self.socket_folder), safe='')}/mobility"

    @contextmanager
    def in_use(self):
        """Keep the server running inside. Users share a lock; whoever leaves and can take it alone is the last."""
        self.programs.make_private_folder(self.home)
        with (self.home / "users.lock").open("a") as users:
            with locked(self.home / "door.lock"):
                self._start_if_needed()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield
            finally:
                with locked(self.home / "door.lock"):
                    fcntl.flock(users, fcntl.LOCK_UN)
                    if _alone(users):
                        self._stop()

    def start_again(self) -> None:
        """For its users, when it was killed."""
        with locked(self.home / "door.lock"):
            self._start_if_needed()

    def is_running(self) -> bool:
        pid = self._pid()
        return pid is not None and (_alive(pid) if (found := inhabitants(self.data)) is None else pid in found)

    def _pid(self) -> int | None:
        try:
            return int(self.pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _start_if_needed(self) -> None:
        if not self.is_running():
            self._make_data()
            self._clear_what_a_kill_left()
            self._start()
        self._wait_until_it_answers()

    def _make_data(self) -> None:
        """Finished under another name first, so that data is either whole or not there."""
        if self.data.exists() and self._made_by_this_version():
            return
        say(f"Making a PostgreSQL database in {self.home}, once…")
        new = self.home / "data.unfinished"
        shutil.rmtree(new, ignore_errors=True)
        self._must("initdb", *INITDB, *(["--no-sync"] if self.scratch else []), "-D", new)
        self._must("postgres", "--single", "-D", new, "template1", input=IN_TEMPLATE, stdin=None)
        self._must("postgres", "--single", "-D", new, "postgres", input=IN_SERVER, stdin=None)
        new.rename(self.data)

    def _made_by_this_version(self) -> bool:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by == self.programs.major:
            return True
        if self.scratch:
            shutil.rmtree(self.data)
            return False
        raise GroundError(
            f"{self.data} was made by PostgreSQL {made_by}, and this is {self.programs.major}. Save it with the "
            f"earlier version of the product (pg_dump), move {self.home} away, start, and restore."
        )

    def _clear_what_a_kill_left(self) -> None:
        """A killed postmaster leaves lock files, and as a zombie (nobody reaps it) it seems alive to the next one.

        The files go only when no process has the data as its working directory, as all of PostgreSQL's have.
        """
        if inhabitants(self.data) is None:
            return  # no /proc: PostgreSQL's own judgement has to do
        deadline = time.monotonic() + SECONDS_TO_DIE
        while left := inhabitants(self.data):
            if time.monotonic() > deadline:
                raise GroundError(f"Processes {left} of an earlier start still work in {self.data}: end them first.")
            time.sleep(0.05)
        for file in (self.pid_file, self.socket_folder / SOCKET, self.socket_folder / f"{SOCKET}.lock"):
            file.unlink(missing_ok=True)

    def _start(self) -> None:
        self.programs.make_private_folder(self.socket_folder)
        options = {"listen_addresses": "", "unix_socket_directories": f'"{self.socket_folder}"'}
        if self.scratch:
            options |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off") | {
                "max_connections": "300"
            }
        words = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in options.items())
        self._must("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", SECONDS_TO_START, "-o", words)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while self.programs.run("pg_isready", "-q", "-h", self.socket_folder).returncode:
            if time.monotonic() > deadline:
                raise GroundError(f"PostgreSQL does not answer; {self.log} says why.")
            time.sleep(0.05)

    def _stop(self) -> None:
        if self.is_running():
            self._must("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", SECONDS_TO_START)

    def _must(self, program: str, *arguments: object, **options) -> None:
        with tempfile.TemporaryFile("w+") as output:  # not a pipe: the server inherits it and would hold it open
            done = self.programs.run(program, *arguments, stdout=output, stderr=output, **options)
            output.seek(0)
            said = output.read()
        if done.returncode or "ERROR:" in said:
            raise GroundError(f"PostgreSQL's {program} failed:\n{said.strip()}\nIts log is {self.log}.")


def inhabitants(folder: Path) -> list[int] | None:
    """Processes whose working directory is the folder; a zombie has none. None where there is no /proc to ask."""
    if not Path("/proc/self/cwd").exists():
        return None
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
        except OSError:
            continue  # gone meanwhile, a zombie, or somebody else's
    return found


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _alone(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
