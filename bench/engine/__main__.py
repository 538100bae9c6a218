"""The engine against the packages `matching` and `algmatch` and against C, in one run: python -m bench.engine [--quick]

Times are CPU seconds, the best of several runs for what takes less than a second. All get the same market, and their
placements must be identical. With --quick the rivals are not asked at 100,000, where `matching` takes a minute or more.
"""

import argparse
import importlib.util
import math
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

from bench.engine.compiled import by_c
from bench.engine.instances import market
from bench.engine.rivals import Solved, by_algmatch, by_matching
from selection.engine import exchange
from selection.engine.allocation import allocate
from selection.engine.comparison import sweep
from selection.engine.verifier import first_fault

SMALL, LARGE = (10_000, 200), (100_000, 500)
GROWTH = (12_500, 25_000, 50_000, 100_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave the rivals out at 100,000 applicants")
    quick = parser.parse_args().quick
    against_rivals(SMALL, ("matching", "algmatch"), goal=25)
    against_rivals(LARGE, () if quick else ("matching",), goal=120)
    verification(quotas=False)
    verification(quotas=True)
    memory()
    growth()
    quota_sweep()


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def best(work: Callable[[], object], runs: int = 5) -> float:
    return min(timed(work) for _ in range(runs))


def met(holds: bool) -> str:  # noqa: FBT001 -- a sentence's end
    return "met" if holds else "MISSED"


def against_rivals(size: tuple[int, int], names: tuple[str, ...], goal: int) -> None:
    instance = market(*size)
    ours = best(lambda: allocate(instance))
    placements = allocate(instance).placements
    print(
        f"\n{size[0]:,} applicants, {size[1]} destinations, 1 to 5 choices: engine {ours:.4f} s, from codes to cut-offs"
    )
    for name in names:
        if importlib.util.find_spec(name) is None:
            print(f"  {name}: not installed; pip install -r bench/engine/requirements.txt")
            continue
        solved = {"matching": by_matching, "algmatch": by_algmatch}[name](instance)
        compare(name, solved, placements, ours)
        if name == "matching":
            print(f"  goal at least {goal}x on solving alone: {met(solved.solving >= goal * ours)}")
    compiled = by_c(instance)
    if compiled is None:
        print("  C: no compiler here")
    else:
        assert compiled.placements == placements
        print(
            f"  C, arrays of integers: {compiled.solving:.4f} s; the engine takes {ours / compiled.solving:.0f}x that"
        )


def compare(name: str, solved: Solved, placements: dict[str, str | None], ours: float) -> None:
    assert solved.placements == placements, name
    whole = solved.building + solved.solving
    print(
        f"  {name}: builds {solved.building:.2f} s, solves {solved.solving:.2f} s, identical placements; "
        f"engine {solved.solving / ours:.0f}x faster than its solving, {whole / ours:.0f}x than both"
    )


def verification(*, quotas: bool) -> None:
    instance = market(*LARGE, quotas=quotas)
    plain = exchange.plain(instance)

    def compute() -> exchange.Json:
        return exchange.report(allocate(instance), exchange.sha256(plain))

    result = compute()
    assert first_fault(plain, result) is None
    pairs = [
        (timed(compute), timed(lambda: first_fault(plain, result))) for _ in range(5)
    ]  # in turn: the machine's mood
    computing, verifying = (min(column) for column in zip(*pairs, strict=True))
    kind = "with quotas" if quotas else "without quotas"
    goal = met(verifying <= computing)
    speeds = f"allocate and hash {computing:.2f} s, verify {verifying:.2f} s"
    print(f"\n{LARGE[0]:,} {kind}: {speeds} (goal no longer: {goal})")


def memory() -> None:
    instance = market(*LARGE)
    tracemalloc.start()
    allocate(instance)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"\nextra memory at {LARGE[0]:,}: {peak:.0f} MB at its peak (goal at most 150: {met(peak <= 150)})")


def growth() -> None:
    times = [best(partial(allocate, market(size, size // 200))) for size in GROWTH]
    logs = [(math.log(size), math.log(seconds)) for size, seconds in zip(GROWTH, times, strict=True)]
    middle_x, middle_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    slope = sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)
    shown = ", ".join(f"{size:,}: {seconds:.3f} s" for size, seconds in zip(GROWTH, times, strict=True))
    print(f"\ngrowth ({shown}): time ~ applicants^{slope:.2f}")


def quota_sweep() -> None:
    instance = market(3_000, 60, quotas=True)
    code, place = next(iter(instance.destinations.items()))
    roomy = instance._replace(destinations={**instance.destinations, code: place._replace(seats=place.seats + 20)})
    taken = best(lambda: sweep(roomy, code, "LEC", range(20)), 3)
    print(f"\n20 values of one quota at 3,000 applicants: {taken:.2f} s (goal at most 1: {met(taken <= 1)})")


if __name__ == "__main__":
    main()
