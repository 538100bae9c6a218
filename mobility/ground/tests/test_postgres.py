import ctypes
import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mobility.ground import postgres
from mobility.ground.postgres import APPLICATION, OWNER
from mobility.ground.terminal import GroundError

SET_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux


def ask(cluster, question: str, role: str = OWNER) -> str:
    words = ["-h", cluster.socket_folder, "-U", role, "-d", "mobility", "-At", "-c", question]
    return cluster.programs.run("psql", *words, stdout=subprocess.PIPE).stdout.strip()


def postmaster(cluster) -> int:
    return int(cluster.pid_file.read_text().split()[0])


def kill_postmaster(cluster) -> int:
    pid = postmaster(cluster)
    os.kill(pid, signal.SIGKILL)
    while pid in postgres.inhabitants(cluster.data):
        time.sleep(0.01)
    return pid


@pytest.fixture
def cluster(made):
    yield made
    assert made.is_running() is False


@pytest.fixture
def orphans_are_ours():
    """Where nobody reaps orphans, as in many containers, a killed postmaster stays as a zombie: here, ours."""
    prctl = ctypes.CDLL(None).prctl
    prctl(SET_CHILD_SUBREAPER, 1)
    yield
    prctl(SET_CHILD_SUBREAPER, 0)


def test_the_last_user_stops_the_server(cluster):
    with cluster.in_use():
        with cluster.in_use():
            assert cluster.is_running() is True
        assert cluster.is_running() is True
    assert cluster.is_running() is False


def test_a_second_start_finds_the_rows_of_the_first(cluster):
    with cluster.in_use():
        ask(cluster, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('Ёлкин')")
    with cluster.in_use():
        assert ask(cluster, "SELECT lower(word), word ILIKE 'ёл%' FROM kept") == "ёлкин|t"
        ask(cluster, "DROP TABLE kept")


def test_the_application_may_not_make_tables_and_reads_the_owner_s(cluster):
    with cluster.in_use():
        ask(cluster, "CREATE TABLE mine (id int)", role=APPLICATION)
        assert ask(cluster, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == "0"
        ask(cluster, "CREATE TABLE theirs (id serial)")
        assert ask(cluster, "INSERT INTO theirs DEFAULT VALUES RETURNING id", role=APPLICATION).split()[0] == "1"
        ask(cluster, "DROP TABLE theirs")


def test_a_killed_server_loses_nothing(cluster):
    cluster = replace(cluster, scratch=False)
    with cluster.in_use():
        ask(cluster, "CREATE TABLE survivors (id int); INSERT INTO survivors VALUES (1)")
        kill_postmaster(cluster)
        assert cluster.is_running() is False
        cluster.start_again()
        assert ask(cluster, "SELECT id FROM survivors") == "1"
        ask(cluster, "DROP TABLE survivors")


def test_a_server_killed_into_a_zombie_does_not_hold_the_data(cluster, orphans_are_ours):
    with cluster.in_use():
        pid = kill_postmaster(cluster)
        while f"{pid} (postgres) Z" not in Path(f"/proc/{pid}/stat").read_text():
            time.sleep(0.01)
    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == "1"
    os.waitpid(pid, 0)


def test_the_lock_of_a_process_that_is_another_by_now_is_not_believed(cluster):
    with cluster.in_use():
        text = cluster.pid_file.read_text()
    cluster.pid_file.write_text(text.replace(text.split()[0], str(os.getpid()), 1))
    assert cluster.is_running() is False
    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == "1"


def test_data_in_which_somebody_still_works_are_left_alone(cluster, monkeypatch):
    monkeypatch.setattr(postgres, "SECONDS_TO_DIE", 0.1)
    with subprocess.Popen(["sleep", "60"], cwd=cluster.data) as worker:
        with pytest.raises(GroundError, match=str(worker.pid)), cluster.in_use():
            pass
        worker.kill()


def test_a_path_too_long_for_a_socket_finds_a_short_one(cluster, folder):
    long = replace(cluster, home=folder / ("long" * 30))
    long.programs.make_private_folder(long.home)
    subprocess.run(["cp", "-a", cluster.data, long.home], check=True)
    with long.in_use():
        assert len(os.fsencode(long.socket_folder / postgres.SOCKET)) <= 107
        assert long.socket_folder.stat().st_mode & 0o777 == 0o700
        assert ask(long, "SELECT 1") == "1"
    shutil.rmtree(long.socket_folder)


def test_an_interrupted_making_is_made_again(made, folder):
    cluster = replace(made, home=folder / "interrupted")
    cluster.programs.make_private_folder(cluster.home)
    (cluster.home / "data.unfinished").mkdir()
    (cluster.home / "data.unfinished" / "PG_VERSION").write_text("18")
    with cluster.in_use():
        assert ask(cluster, "SELECT 1") == "1"


def test_data_of_another_version_are_not_touched(made, folder):
    cluster = replace(made, home=folder / "older", scratch=False)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("14\n")
    if made.programs.account:
        shutil.chown(cluster.home, made.programs.account.pw_uid)
    with pytest.raises(GroundError, match="PostgreSQL 14"), cluster.in_use():
        pass
    assert (cluster.data / "PG_VERSION").exists()


def test_a_folder_that_somebody_else_made_is_refused(made, folder):
    if made.programs.account is None:
        pytest.skip("only root can give a folder away")
    (folder / "theirs").mkdir()
    shutil.chown(folder / "theirs", "daemon")
    with pytest.raises(GroundError, match="another account"), replace(made, home=folder / "theirs").in_use():
        pass
