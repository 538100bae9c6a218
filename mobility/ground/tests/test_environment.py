import re
import subprocess
import time

import pytest

from mobility.ground import environment
from mobility.ground.environment import ROOT
from mobility.ground.terminal import GroundError


@pytest.fixture
def installs(monkeypatch, tmp_path):
    """What would have been installed, in a checkout of two empty locks."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).touch()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCAL", tmp_path / ".local")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "python")
    done = []

    def create(folder, *, with_pip):
        folder.mkdir()
        (folder / "python").touch(mode=0o755)
        done.append("a new .venv")

    monkeypatch.setattr(environment.venv, "create", create)
    monkeypatch.setattr(environment, "_install", lambda pins, _lock: done.append(pins))
    return done


def test_it_is_made_once(installs):
    environment.make(for_tests=False)
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "requirements.lock"]


def test_what_the_tests_need_comes_on_top(installs):
    environment.make(for_tests=False)
    environment.make(for_tests=True)
    environment.make(for_tests=True)
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "requirements.lock", "requirements-dev.lock"]


def test_the_tests_lock_holds_everything_at_once(installs):
    environment.make(for_tests=True)
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "requirements-dev.lock"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_changed_lock_makes_it_anew(installs, tmp_path, lock):
    environment.make(for_tests=False)
    (tmp_path / lock).write_text("django==6.0\n")
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "requirements.lock"] * 2


def test_a_python_that_is_gone_makes_it_anew(installs, tmp_path):
    environment.make(for_tests=False)
    (tmp_path / ".venv" / "python").unlink()
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "requirements.lock"] * 2


def test_an_interrupted_install_is_repaired_by_the_next_start(installs, monkeypatch):
    def fail(_pins, _lock):
        raise GroundError

    with monkeypatch.context() as interrupted:
        interrupted.setattr(environment, "_install", fail)
        with pytest.raises(GroundError):
            environment.make(for_tests=False)
    environment.make(for_tests=False)
    assert installs == ["a new .venv", "a new .venv", "requirements.lock"]


def test_while_an_orphaned_pip_works_the_next_start_waits(tmp_path):
    with environment.locked(tmp_path / "venv.lock") as lock:
        began = time.monotonic()
        pip = subprocess.Popen(["sleep", "0.3"], pass_fds=[lock.fileno()])
    with environment.locked(tmp_path / "venv.lock"):
        assert time.monotonic() - began >= 0.3
    pip.wait()


def test_both_locks_pin_the_same_versions():
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[\w.\[\],-]+==[^ ;\\]+", (ROOT / lock).read_text(), flags=re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()
    assert not any(pin.startswith(("psycopg==", "psycopg-binary==")) for pin in pins("requirements-dev.lock"))
