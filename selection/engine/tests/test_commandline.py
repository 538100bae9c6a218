import io
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from selection.engine import exchange
from selection.engine.commandline import run_allocate, run_verify

from .test_allocation import INSTANCES, VECTORS, vector

MARKET = {
    "applicants": {"a": {"faculty": "Ф", "choices": ["X"]}, "b": {"faculty": "Ф", "choices": ["X"]}},
    "destinations": {"X": {"seats": 1, "ranking": ["b", "a"]}},
}
CANONICAL = (
    '{"applicants":{"a":{"choices":["X"],"faculty":"Ф"},"b":{"choices":["X"],"faculty":"Ф"}},'
    '"destinations":{"X":{"precedence":"reserve_first","quotas":{},"ranking":["b","a"],"release":"open","seats":1}},'
    '"protected":{}}\n'
)
OUTCOME = '{"cutoffs":{"X":{"Ф":{"applicant":"b","state":"at"}}},"placements":{"a":null,"b":"X"}}\n'
OUTPUT = (
    '{"cutoffs":{"X":{"Ф":{"applicant":"b","state":"at"}}},'
    f'"input_sha256":"{sha256(CANONICAL.encode()).hexdigest()}",'
    '"placements":{"a":null,"b":"X"},'
    f'"result_sha256":"{sha256(OUTCOME.encode()).hexdigest()}"}}\n'
)


def run(command, *files, stdin=b""):
    """Exit status, standard output, standard error."""
    out, err = io.BytesIO(), io.StringIO()
    status = command(*map(str, files), io.BytesIO(stdin), out, err)
    return status, out.getvalue().decode(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "input.json"
    path.write_text(json.dumps(MARKET), encoding="utf-8")
    return path


@pytest.fixture
def result(tmp_path, file):
    path = tmp_path / "result.json"
    path.write_text(run(run_allocate, file)[1], encoding="utf-8")
    return path


def test_allocate_writes_one_canonical_line(file):
    assert run(run_allocate, file) == (0, OUTPUT, "")
    assert run(run_allocate, "-", stdin=file.read_bytes()) == (0, OUTPUT, "")


def test_verify_says_whether_the_result_holds(file, result):
    assert run(run_verify, file, result) == (0, "The result holds.\n", "")
    assert run(run_verify, "-", result, stdin=file.read_bytes()) == (0, "The result holds.\n", "")
    assert run(run_verify, file, "-", stdin=result.read_bytes()) == (0, "The result holds.\n", "")


def test_verify_names_what_does_not_hold(file, result):
    claimed = json.loads(result.read_bytes())
    claimed["placements"]["b"] = None
    result.write_text(json.dumps(claimed), encoding="utf-8")
    fault = "placements.b: X would choose them, and they would rather be there\n"
    assert run(run_verify, file, result) == (1, fault, "")


def test_bad_input_has_one_line_on_standard_error_and_nothing_else(file, result, tmp_path):
    bad = json.dumps(MARKET | {"seed": 1}).encode()
    refusal = (2, "", 'the input: "seed" is not a key of the format\n')
    assert run(run_allocate, "-", stdin=bad) == refusal
    assert run(run_verify, "-", result, stdin=bad) == refusal
    assert run(run_verify, file, "-", stdin=b"[]") == (2, "", "the result: must be an object, not a list\n")
    assert run(run_verify, "-", "-") == (2, "", "FILE and RESULT: only one of them can be standard input\n")
    assert run(run_allocate, tmp_path) == (2, "", f"{tmp_path}: Is a directory\n")
    assert run(run_allocate, tmp_path / "none") == (2, "", f"{tmp_path / 'none'}: No such file or directory\n")


class Endless(io.RawIOBase):
    """A stream that counts what is taken from it, and never ends."""

    taken = 0

    def read(self, size=-1):
        self.taken += size
        return b" " * size


def test_more_than_the_limit_is_left_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST", 1000)
    (tmp_path / "large").write_bytes(b" " * 1001)
    assert run(run_allocate, tmp_path / "large") == (2, "", f"{tmp_path / 'large'}: more than 64 MiB\n")
    stream, out, err = Endless(), io.BytesIO(), io.StringIO()
    assert run_allocate("-", stream, out, err) == 2
    assert (stream.taken, out.getvalue(), err.getvalue()) == (1001, b"", "standard input: more than 64 MiB\n")


def test_a_reader_who_leaves_early_is_no_error(file):
    program = (
        "import sys; from selection.engine.commandline import run_allocate;"
        "sys.exit(run_allocate(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer, sys.stderr))"
    )
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-c", program, str(file)]
    ended = subprocess.run(
        command, stdout=write_end, stderr=subprocess.PIPE, cwd=Path(__file__).parents[3], check=False
    )
    os.close(write_end)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("name", INSTANCES)
def test_known_instances_through_both_commands(name, tmp_path):
    known = vector(name)
    path = tmp_path / name
    path.write_text(json.dumps(known["instance"]), encoding="utf-8")
    status, out, err = run(run_allocate, path)
    assert (status, err) == (0, "")
    assert json.loads(out)["placements"] == {c: known["expected"].get(c) for c in known["instance"]["applicants"]}
    assert run(run_verify, path, "-", stdin=out.encode()) == (0, "The result holds.\n", "")


def test_the_vectors_are_there():
    assert len(INSTANCES) == len(list(VECTORS.glob("*.json"))) - 1 == 32
