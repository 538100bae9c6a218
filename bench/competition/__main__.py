"""Measures a run of the competition at two sizes, from the rows to the stored cards: see bench/README.md."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping

from bench.__main__ import ROOT, analyse, new_database, python, settings
from mobility.ground.place import database

OF_A_RUN = ("freeze", "score, rank, allocate", "explain", "hash", "store")
MOST_SECONDS = {"sample": 180.0, "run": 20.0, "what would have changed it": 600.0}
"""At the larger size; of the sample, of a run from the rows to the stored cards, and of the worker's job after it."""
MOST_RATIO = 1.3
"""What an application may cost in a run of the larger size, against one of the smaller."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.competition", description=__doc__)
    parser.add_argument("--small", type=int, default=2_000, help="applications of the smaller call (default: 2,000)")
    parser.add_argument("--large", type=int, default=20_000, help="of the larger one (default: 20,000)")
    options = parser.parse_args()
    with database(for_tests=True) as (_cluster, names), tempfile.TemporaryDirectory() as media:
        base = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        base |= {"MOBILITY_MODE": "development", "MOBILITY_MEDIA_ROOT": media, "PYTHONPATH": str(ROOT)}
        found = []
        for size in (options.small, options.large):
            url = new_database(names["DATABASE_OWNER_URL"], "bench_competition")
            found.append(measured(base | settings("mobility.settings", url), size))
    tell(*found)
    misses = list(missed(*found))
    print("\n" + ("\n".join(f"over: {miss}" for miss in misses) or "Every goal is met."))
    return bool(misses)


def measured(environment: Mapping[str, str], applications: int) -> dict[str, float]:
    """Seconds by the wall, `processor` and `database` of the run besides, and how many are in the competition."""
    python(environment, "manage.py", "migrate", "--verbosity", "0")
    begun = time.perf_counter()
    python(environment, "manage.py", "sample", "--verbosity", "0", "--applications", str(applications))
    sample = time.perf_counter() - begun
    analyse(environment["DATABASE_URL"])
    return {"sample": sample} | json.loads(python(environment, "-m", "bench.competition.season"))


def tell(small: Mapping[str, float], large: Mapping[str, float]) -> None:
    print(f"{'':<28}{small['applications']:>9,.0f}{large['applications']:>9,.0f}  ratio an application")
    for name in ("sample", *OF_A_RUN, "run", "processor", "database", "publish", "what would have changed it"):
        print(f"{name:<28}{small[name]:>7.2f} s{large[name]:>7.2f} s{ratio(name, small, large):>8.2f}")
    load = os.getloadavg()[0]
    print(f"\nLoad of the machine at the end: {load:.1f}. Where it is busy, processor and database tell more.")


def ratio(name: str, small: Mapping[str, float], large: Mapping[str, float]) -> float:
    one, other = (found[name] / found["applications"] for found in (small, large))
    return other / one if one else 0.0


def missed(small: Mapping[str, float], large: Mapping[str, float]) -> list[str]:
    slow = [
        f"{name}: {large[name]:.1f} s, the goal is {most:g}"
        for name, most in MOST_SECONDS.items()
        if large[name] > most
    ]
    if (found := ratio("run", small, large)) > MOST_RATIO:
        slow.append(
            f"an application of the larger run costs {found:.2f} of one of the smaller, the goal is {MOST_RATIO}"
        )
    return slow


if __name__ == "__main__":
    sys.exit(main())
