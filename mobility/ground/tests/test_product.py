import socket
import subprocess

import django
import pytest

from mobility.ground import foreground, place, product
from mobility.ground.environment import PYTHON, ROOT
from mobility.ground.terminal import GroundError


@pytest.mark.parametrize(
    ("command", "needs"),
    [
        ("allocate market.json", False),
        ("verify market.json result.json", False),
        ("help", False),
        ("check", False),
        ("check --database default", True),
        ("compilemessages", False),
        ("sample --help", False),
        ("sample --students 20", True),
        ("migrate", True),
        ("makemigrations --check", True),
        ("shell", True),
    ],
)
def test_a_database_is_started_only_where_one_is_needed(command, needs):
    assert product.needs_database(tuple(command.split())) is needs


def test_a_command_without_a_database_becomes_manage_py(monkeypatch):
    class Replaced(BaseException):
        """What follows an exec does not happen."""

    became = []

    def replace(command, environment):
        became.append((command, environment["MOBILITY_MODE"]))
        raise Replaced

    monkeypatch.setattr(foreground, "replace", replace)
    monkeypatch.setattr(product, "database", pytest.fail)
    with pytest.raises(Replaced):
        product.manage(("verify", "result.json"))
    assert became == [([str(PYTHON), str(ROOT / "manage.py"), "verify", "result.json"], "development")]


def test_nothing_but_the_command_speaks_on_standard_output(tmp_path):
    done = subprocess.run([ROOT / "run", "version"], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert (done.stdout, done.stderr) == (f"{django.__version__}\n", "")


def test_a_given_server_is_used_and_nothing_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/mobility")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/mobility")
    with place.database(for_tests=False) as given:
        assert given == (
            None,
            {"DATABASE_URL": "postgres://app@db/mobility", "DATABASE_OWNER_URL": "postgres://owner@db/mobility"},
        )


def test_one_role_is_both_where_no_owner_is_named(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://one@db/mobility")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with place.database(for_tests=False) as (_cluster, names):
        assert names["DATABASE_OWNER_URL"] == "postgres://one@db/mobility"


def test_a_taken_port_is_a_plain_sentence(monkeypatch):
    monkeypatch.setattr(product, "SECONDS_FOR_PORT", 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(GroundError, match=f"Port {port} is taken"):
            product.free_port()
    assert product.free_port() == port


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1"])
def test_a_port_is_a_number(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(GroundError, match="PORT must be a number"):
        product.free_port()


class Database:
    """Stands for a cluster that is away, and cannot always be started."""

    running = False
    fails = False
    starts = 0

    def is_running(self):
        return self.running

    def start_again(self):
        if self.fails:
            raise GroundError("its disk is full")
        self.starts += 1


def test_a_database_that_stays_away_is_started_again(capsys):
    database = Database()
    look = product.cluster_keeper(database)
    for _ in range(3):
        look()
    assert (database.starts, capsys.readouterr().err) == (1, "The database had ended; it was started again.\n")


def test_a_database_that_restarts_is_left_to_it():
    database = Database()
    look = product.cluster_keeper(database)
    for running in (False, False, True, False, False):
        database.running = running
        look()
    assert database.starts == 0


def test_a_database_that_cannot_be_started_ends_nothing(capsys):
    database = Database()
    database.fails = True
    look = product.cluster_keeper(database)
    for _ in range(3):
        look()
    assert capsys.readouterr().err == "The database ended and cannot be started yet: its disk is full\n"


def test_a_given_server_is_not_looked_after():
    product.cluster_keeper(None)()
