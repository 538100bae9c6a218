"""`.venv`: made from the hash-pinned locks, and made again only when a lock, the Python or the folder changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mobility.ground.terminal import GroundError, say

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("MOBILITY_LOCAL", ROOT / ".local")).resolve()  # the embedded database, and what was done
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


@contextmanager
def locked(path: Path, *, waiting: str = ""):
    """Hold the file's flock; the kernel lets go of it however this process ends."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                say(waiting)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def make(*, for_tests: bool) -> None:
    try:
        LOCAL.mkdir(parents=True, exist_ok=True)
        with locked(LOCAL / "venv.lock", waiting="Waiting for another start that makes .venv…") as lock:
            _make(lock, for_tests=for_tests)
    except PermissionError as refusal:
        raise GroundError(
            f"{refusal.filename} belongs to another account: start from that account, or remove {LOCAL} and {VENV}."
        ) from refusal


def _make(lock: IO, *, for_tests: bool) -> None:
    if not _stands("run"):
        say("Making .venv with the packages of requirements.lock, once…")
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)
        _install("requirements-dev.lock" if for_tests else "requirements.lock", lock)
        _stamp("run").write_text(_identity())
        if for_tests:
            _stamp("test").write_text(_identity())
    elif for_tests and not _stands("test"):
        say("Adding the packages of requirements-dev.lock to .venv, once…")
        _install("requirements-dev.lock", lock)
        _stamp("test").write_text(_identity())


def _stands(kind: str) -> bool:
    """Whether the last install of this kind was finished, from these locks, with this Python, in this folder."""
    try:
        return os.access(PYTHON, os.X_OK) and _stamp(kind).read_text() == _identity()
    except FileNotFoundError:
        return False


def _stamp(kind: str) -> Path:
    return VENV / f"installed-for-{kind}"


def _identity() -> str:
    locks = [ROOT / "requirements.lock", ROOT / "requirements-dev.lock"]
    pins = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    return f"{pins} {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"


def _install(pins: str, lock: IO) -> None:
    """The lock is pip's too: should we be killed, the next start waits until pip has ended.

    Python compiles what it imports; pip would compile all that there is.
    """
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    done = subprocess.run(  # noqa: S603 -- our own command line
        [*pip, "install", "--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile", "-r", ROOT / pins],
        pass_fds=[lock.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise GroundError(
            f"The packages of {pins} could not be installed; pip says why above. The next start tries again."
        )
