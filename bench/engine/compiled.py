"""The same algorithm in C, compiled on the spot where there is a compiler."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.engine.rivals import Solved
from selection.engine.values import Market

SOURCE = Path(__file__).with_name("solver.c")


def by_c(market: Market) -> Solved | None:
    """None without a C compiler. Building is its reading of the input, which is not timed."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if not compiler:
        return None
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "solver"
        subprocess.run([compiler, "-O2", "-o", program, SOURCE], check=True)
        text = "\n".join(_numbers(market))
        runs = [subprocess.run([program], input=text, capture_output=True, text=True, check=True) for _ in range(3)]
    codes = list(market.destinations)
    found = [codes[int(line)] if line != "-1" else None for line in runs[0].stdout.split()]
    return Solved(dict(zip(market.applicants, found, strict=True)), 0.0, min(float(run.stderr) for run in runs))


def _numbers(market: Market) -> Iterator[str]:
    people = {code: str(number) for number, code in enumerate(market.applicants)}
    places = {code: str(number) for number, code in enumerate(market.destinations)}
    yield f"{len(people)} {len(places)}"
    for place in market.destinations.values():
        yield f"{place.seats} {len(place.ranking)} {' '.join(people[person] for person in place.ranking)}"
    for applicant in market.applicants.values():
        yield f"{len(applicant.choices)} {' '.join(places[choice] for choice in applicant.choices)}"
