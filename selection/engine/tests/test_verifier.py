import ast
from pathlib import Path

import pytest

from selection.engine import verifier
from selection.engine.allocation import allocate
from selection.engine.exchange import canonical, plain, read_market, report, sha256
from selection.engine.values import Applicant, Destination, Market, Result
from selection.engine.verifier import first_fault

from . import reference
from .test_allocation import INSTANCES, vector

MARKET = Market(
    {
        "f1": Applicant("F", ("X", "Y")),
        "f2": Applicant("F", ("X", "Y")),
        "f3": Applicant("F", ("Y", "X")),
        "g1": Applicant("G", ("X",)),
        "g2": Applicant("G", ("X",)),
    },
    {
        "X": Destination(2, ("f1", "f2", "f3", "g1", "g2"), {"F": 1, "G": 1}, release="none"),
        "Y": Destination(1, ("f2", "f3")),
    },
)


def honest():
    return report(allocate(MARKET), sha256(plain(MARKET)))


def sealed(claimed):
    """The claim with a hash that fits it, as a forger would publish it."""
    return claimed | {"result_sha256": sha256({part: claimed[part] for part in ("placements", "cutoffs")})}


def with_placement(student, held):
    claimed = honest()
    return sealed(claimed | {"placements": claimed["placements"] | {student: held}})


def test_the_verifier_imports_nothing_of_the_engine():
    tree = ast.parse(Path(verifier.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"hashlib", "json", "collections.abc", "typing"}


def test_an_honest_result_holds():
    assert honest()["placements"] == {"f1": "X", "f2": "Y", "f3": None, "g1": "X", "g2": None}
    assert first_fault(plain(MARKET), honest()) is None


@pytest.mark.parametrize(
    ("claimed", "fault"),
    [
        (with_placement("f3", "Y"), "placements.f3: Y would not choose them"),
        (with_placement("f1", None), "placements.f1: X would choose them, and they would rather be there"),
        (with_placement("f1", "Y"), "placements.f1: not eligible at Y"),
        (with_placement("g1", "Y"), "placements.g1: Y is not on their list"),
        (with_placement("g1", "Z"), "placements.g1: Z is not a destination"),
        (with_placement("z", None), "placements.z: not an applicant"),
        (
            sealed(honest() | {"placements": honest()["placements"] | {"g1": None, "g2": "X"}}),
            "placements.g1: meets the cut-off of X, held by g2, and would rather be there",
        ),
        (
            sealed(honest() | {"placements": {k: v for k, v in honest()["placements"].items() if k != "g2"}}),
            "placements.g2: missing",
        ),
        (honest() | {"input_sha256": "0"}, None),
        (
            honest() | {"result_sha256": "0"},
            f"result_sha256: placements and cutoffs have {honest()['result_sha256']}",
        ),
    ],
)
def test_the_first_fault_is_named(claimed, fault):
    if fault is None:
        fault = f"input_sha256: the input given has {sha256(plain(MARKET))}; the result names another"
    assert first_fault(plain(MARKET), claimed) == fault


@pytest.mark.parametrize(
    ("place", "cutoff", "fault"),
    [
        (("X", "F"), {"state": "open", "applicant": None}, "cutoffs.X.F: by the placements it is at f1"),
        (("X", "F"), {"state": "at", "applicant": "f2"}, "cutoffs.X.F: by the placements it is at f1"),
        (("Y", "G"), {"state": "closed", "applicant": None}, "cutoffs.Y.G: by the placements it is open"),
        (
            ("X", "H"),
            {"state": "open", "applicant": None},
            "cutoffs.X: must name each faculty of the applicants, and no other",
        ),
        (("Z", "F"), {"state": "open", "applicant": None}, "cutoffs.Z: not a destination"),
    ],
)
def test_a_wrong_cut_off_is_named(place, cutoff, fault):
    claimed = honest()
    destination, faculty = place
    claimed["cutoffs"].setdefault(destination, {})[faculty] = cutoff
    assert first_fault(plain(MARKET), sealed(claimed)) == fault


def test_a_stable_outcome_that_is_not_the_best_for_the_students_does_not_hold():
    applicants = {"a": Applicant("F", ("X", "Y")), "b": Applicant("F", ("Y", "X"))}
    market = Market(applicants, {"X": Destination(1, ("b", "a")), "Y": Destination(1, ("a", "b"))})
    worse: dict[str, str | None] = {"a": "Y", "b": "X"}
    assert reference.is_stable(market, worse)
    claimed = report(Result(worse, reference.cutoffs(market, worse)), sha256(plain(market)))
    assert first_fault(plain(market), claimed) == (
        "placements.b: could be at Y and like it better, in an exchange that harms nobody"
    )


@pytest.mark.parametrize("name", INSTANCES)
def test_known_answers_hold_and_their_opposites_do_not(name):
    known = vector(name)
    market = read_market(canonical(known["instance"]))
    instance = plain(market)
    result = allocate(market)
    assert first_fault(instance, report(result, sha256(instance))) is None
    if "program_optimal" in known:
        worst = known["program_optimal"]
        claimed = Result(worst, reference.cutoffs(market, worst))
        assert "could be at" in first_fault(instance, report(claimed, sha256(instance)))


@pytest.mark.parametrize("name", ["rand_200x20.json", "ext_rand_300x30_open_first_open.json"])
def test_every_single_changed_placement_of_a_larger_market_is_rejected(name):
    market = read_market(canonical(vector(name)["instance"]))
    instance = plain(market)
    result = allocate(market)
    for code, applicant in list(market.applicants.items())[:40]:
        for held in {None, *applicant.choices} - {result.placements[code]}:
            placements = result.placements | {code: held}
            claimed = report(Result(placements, result.cutoffs), sha256(instance))
            assert first_fault(instance, claimed).startswith("placements.")
