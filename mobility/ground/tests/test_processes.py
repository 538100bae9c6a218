import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mobility.ground import foreground, processes
from mobility.ground.environment import ROOT
from mobility.ground.processes import Service
from mobility.ground.terminal import GroundError


def service(script: str, **options) -> Service:
    return Service("worker", ["/bin/sh", "-c", script], os.environ, **options)


def until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def test_what_ends_is_started_again_after_a_pause_that_doubles(capsys):
    worker = service("exit 3", pause=0.01)
    worker.start()
    worker.process.wait()
    worker.tend()
    assert (worker.process, worker.pause) == (None, 0.02)
    assert capsys.readouterr() == ("", "The worker ended (status 3); it is started again in 0 s.\n")
    until(lambda: worker.tend() or worker.process)
    worker.process.wait()


def test_a_pause_has_an_end():
    worker = service("exit 3", pause=30.0)
    worker.start()
    worker.process.wait()
    worker.tend()
    assert worker.pause == 30.0


def test_without_the_server_everything_ends():
    server = service("kill -9 $$", essential=True)
    server.start()
    server.process.wait()
    with pytest.raises(GroundError, match="signal 9"):
        processes.supervise([server], threading.Event(), lambda: None)


def test_stopping_ends_even_what_does_not_listen_and_what_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "SECONDS_TO_LEAVE", 0.2)
    deaf = service(f"trap '' TERM; sleep 60 & echo $! > {tmp_path}/child; wait; wait")
    deaf.start()
    until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())
    processes.stop([deaf])
    assert deaf.process.returncode == -signal.SIGKILL
    until(lambda: not alive(int((tmp_path / "child").read_text())))


def test_a_polite_kill_is_heard():
    with processes.until_told_to_stop() as told:
        os.kill(os.getpid(), signal.SIGTERM)
        assert told.wait(5) is True


def test_services_end_when_their_keeper_is_killed():
    script = (
        "import os, time\n"
        "from mobility.ground.processes import Service\n"
        "service = Service('worker', ['sleep', '60'], os.environ)\n"
        "service.start()\n"
        "print(service.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT) as keeper:
        pid = int(keeper.stdout.readline())
        keeper.kill()
    until(lambda: not alive(pid))


def test_a_command_in_the_foreground_passes_its_status_on():
    assert foreground.call(["/bin/sh", "-c", "exit 7"], os.environ) == 7
    assert foreground.call(["/bin/sh", "-c", "kill -9 $$"], os.environ) == 137


def test_a_command_in_the_foreground_has_our_input_and_output():
    script = "import os; from mobility.ground import foreground; foreground.call(['/bin/cat'], os.environ)"
    done = subprocess.run(
        [sys.executable, "-c", script], input="Ўладзіслаў", capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert (done.stdout, done.stderr) == ("Ўладзіслаў", "")
