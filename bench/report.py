"""The figures as a table, each beside its goal."""

import re
from dataclasses import dataclass

from bench.pages import Page


@dataclass(frozen=True)
class Measured:
    page: Page
    milliseconds: float
    times_limit: float
    queries: int
    rows: int
    body: bytes

    def misses(self) -> list[str]:
        goals = {"times the limit": "times_limit", "queries": "queries", "rows": "rows"}
        found = [
            f"{self.page.name}: {getattr(self, field):.4g} {words}, the goal is {goal:g}"
            for words, field in goals.items()
            if (goal := getattr(self.page, field)) is not None and getattr(self, field) > goal
        ]
        if (weight := kib_a_row(self.body)) and weight > MOST_KIB_A_ROW:
            found.append(f"{self.page.name}: {weight:.2f} KiB a row, the goal is {MOST_KIB_A_ROW}")
        return found


MOST_KIB_A_ROW = 0.6
MOST_MEGABYTES = 110
MOST_SECONDS_TO_FIRST_ANSWER = 2.0


def kib_a_row(body: bytes) -> float | None:
    """Of the page's longest table body."""
    bodies = re.findall(rb"<tbody.*?</tbody>", body, re.DOTALL)
    if not bodies:
        return None
    longest = max(bodies, key=len)
    return len(longest) / max(longest.count(b"<tr"), 1) / 1024


def table(measured: list[Measured]) -> str:
    lines = [f"{'page':<28}{'ms':>8}{'× limit':>9}{'goal':>6}{'queries':>9}{'rows':>7}{'KiB':>7}{'KiB a row':>11}"]
    lines += [
        f"{one.page.name:<28}{one.milliseconds:>8.1f}{one.times_limit:>9.2f}{one.page.times_limit or '–':>6}"
        f"{one.queries:>9}{one.rows:>7}{len(one.body) / 1024:>7.1f}{_or_dash(kib_a_row(one.body)):>11}"
        for one in measured
    ]
    return "\n".join(lines)


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
