"""./test: the suite runs as the owner of its databases, on a cluster of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from mobility.ground import foreground
from mobility.ground.environment import PYTHON, ROOT
from mobility.ground.place import database
from mobility.ground.terminal import say

PACKAGES = ("chromium-headless-shell", "chromium")  # the first has no windows and is a sixth quicker
BROWSERS = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def run(arguments: tuple[str, ...]) -> int:
    browser = find_browser() or (install_browser() if wants_browser(arguments) else None)
    with database(for_tests=True) as (_cluster, names):
        variables = clean_environment() | {
            "MOBILITY_MODE": "development",
            "DATABASE_URL": names["DATABASE_OWNER_URL"],
            "TEST_APPLICATION_ROLE": role_below(names["DATABASE_OWNER_URL"], names["DATABASE_URL"]),
            "TEST_BROWSER": browser or "",
        }
        parallel = [] if chooses_workers(arguments) else ["-n", str(workers()), "--dist", "worksteal"]
        return foreground.call([PYTHON, "-m", "pytest", *parallel, *arguments], variables, cwd=ROOT)


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def chooses_workers(arguments: tuple[str, ...]) -> bool:
    return any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace", "--help", "-h")) for word in arguments)


def workers() -> int:
    """One a processor; of more than four the drills of a hundred connections each would meet the server's limit."""
    return max(2, min(4, len(os.sched_getaffinity(0))))


def wants_browser(arguments: tuple[str, ...]) -> bool:
    return "not browser" not in " ".join(arguments)


def role_below(owner_url: str, application_url: str) -> str:
    """The application's role, or nothing where the server has only one."""
    owner, application = urlsplit(owner_url).username, urlsplit(application_url).username
    return application if application and application != owner else ""


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def install_browser() -> str | None:
    """As root on Debian; elsewhere the suite says how many tests wait for a browser."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return None
    say("Installing Chromium for the browser tests (apt-get), once…")
    quietly = {"stdin": subprocess.DEVNULL, "stdout": sys.stderr}
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    installing = [["install", "-qq", "-y", "--no-install-recommends", name, "libatomic1"] for name in PACKAGES]
    for words in (["update", "-qq"], *installing):
        if not find_browser():
            subprocess.run(["apt-get", *words], check=False, env=variables, **quietly)  # noqa: S603, S607 -- apt-get of this Debian
    return find_browser()
