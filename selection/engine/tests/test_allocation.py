import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from selection.engine.allocation import allocate
from selection.engine.exchange import canonical, read_market
from selection.engine.values import Applicant, Cutoff, Destination, Market

VECTORS = Path(__file__).parent / "vectors"
INSTANCES = sorted(path.name for path in VECTORS.glob("*.json") if path.name != "lottery_hmac_sha256.json")
ROOT = Path(__file__).parents[3]


def vector(name):
    return json.loads((VECTORS / name).read_bytes())


@pytest.mark.parametrize("name", INSTANCES)
def test_an_instance_with_a_known_answer(name):
    known = vector(name)
    market = read_market(canonical(known["instance"]))
    assert allocate(market).placements == {code: known["expected"].get(code) for code in market.applicants}


def test_a_cut_off_is_the_last_one_in_where_somebody_was_refused():
    market = Market(
        {code: Applicant(code[0].upper(), ("X",)) for code in ("f1", "f2", "f3", "g1", "h1")},
        {"X": Destination(3, ("f1", "f2", "h1", "g1", "f3"), {"F": 2, "H": 1}), "Y": Destination(1, ("f1",))},
    )
    result = allocate(market)
    assert result.placements == {"f1": "X", "f2": "X", "f3": None, "g1": None, "h1": "X"}
    assert result.cutoffs["X"] == {"F": Cutoff("at", "f2"), "G": Cutoff("closed"), "H": Cutoff("open")}
    assert result.cutoffs["Y"] == {"F": Cutoff("open"), "G": Cutoff("open"), "H": Cutoff("open")}


def test_an_empty_market_has_an_empty_result():
    assert allocate(Market({}, {})) == ({}, {})
    assert allocate(Market({"a": Applicant("F", ())}, {"X": Destination(0, ())})).placements == {"a": None}


def test_the_lowest_unprotected_yields_to_a_protected_student_whom_the_quotas_leave_out():
    applicants = {code: Applicant(code[0].upper(), ("X",)) for code in ("f1", "f2", "g1", "g2")}
    destination = Destination(3, ("g1", "g2", "f1", "f2"), {"F": 1, "G": 2})
    market = Market(applicants, {"X": destination})
    assert allocate(market).placements == {"f1": "X", "f2": None, "g1": "X", "g2": "X"}
    protected = allocate(market._replace(protected={"f1": "X", "f2": "X"}))
    assert protected.placements == {"f1": "X", "f2": "X", "g1": "X", "g2": None}
    assert protected.cutoffs["X"] == {"F": Cutoff("open"), "G": Cutoff("at", "g1")}


def test_a_protected_student_still_moves_up():
    applicants = {"a": Applicant("F", ("X", "Y")), "b": Applicant("F", ("Y",))}
    destinations = {"X": Destination(1, ("a",)), "Y": Destination(1, ("b", "a"))}
    market = Market(applicants, destinations, {"a": "Y"})
    assert allocate(market).placements == {"a": "X", "b": "Y"}


def test_a_long_chain_of_refusals_needs_no_recursion():
    size = 5000
    applicants = {f"a{i}": Applicant("F", (f"d{i}", f"d{i + 1}")) for i in range(size)}
    applicants["z"] = Applicant("F", ("d0",))
    destinations = {f"d{i}": Destination(1, ("z", f"a{i - 1}", f"a{i}") if i else ("z", "a0")) for i in range(1, size)}
    destinations["d0"] = Destination(1, ("z", "a0"))
    destinations[f"d{size}"] = Destination(1, (f"a{size - 1}",))
    placements = allocate(Market(applicants, destinations)).placements
    assert placements["z"] == "d0"
    assert all(placements[f"a{i}"] == f"d{i + 1}" for i in range(size))


def shuffled(value, rng):
    """The same input with the keys of every object in another order. Lists mean their order and keep it."""
    if not isinstance(value, dict):
        return value
    items = [(key, shuffled(item, rng)) for key, item in value.items()]
    rng.shuffle(items)
    return dict(items)


def test_the_output_is_the_same_bytes_for_shuffled_input_and_any_hash_seed():
    instance = vector("ext_rand_300x30_open_first_open.json")["instance"]
    program = (
        "import sys, io; from selection.engine.commandline import run_allocate;"
        "sys.exit(run_allocate('-', sys.stdin.buffer, sys.stdout.buffer, sys.stderr))"
    )
    outputs = set()
    for seed in range(5):
        text = json.dumps(shuffled(instance, random.Random(seed)))  # noqa: S311 -- a shuffle, not a secret
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", program]
        run = subprocess.run(command, input=text.encode(), env=environment, cwd=ROOT, capture_output=True, check=True)
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert outputs.pop().startswith(b'{"cutoffs":{"p000":{"LEC":')
