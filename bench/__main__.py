"""Measures the product against a bare Django page, in one run on one database server: see bench/README.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg2

from bench.pages import Page
from bench.report import MOST_MEGABYTES, MOST_SECONDS_TO_FIRST_ANSWER, Measured, table
from bench.servers import Answer, Server, serving
from mobility.ground.place import database

ROOT = Path(__file__).resolve().parent.parent
LIMIT = "list"
TO_COUNT_BY = 2
TOKEN = "b" * 32
"""Of forms: what a browser would have in its cookie and in the form."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="requests of each page (default: 60)")
    parser.add_argument("--people", type=int, default=20_000, help="students of the sample (default: 20,000)")
    parser.add_argument("--applications", type=int, default=20_000, help="to this year's call (default: 20,000)")
    parser.add_argument("--institutions", type=int, default=20_000, help="partners (default: 20,000)")
    parser.add_argument("--agreements", type=int, default=20_000, help="agreements (default: 20,000)")
    parser.add_argument("--activities", type=int, default=20_000, help="staff's trips and guests (default: 20,000)")
    parser.add_argument("--events", type=int, default=20_000, help="students' events, three go (default: 20,000)")
    options = parser.parse_args()
    with database(for_tests=True) as (_cluster, names), tempfile.TemporaryDirectory() as static:
        base = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        base |= {"MOBILITY_MODE": "development", "MOBILITY_SECOND_FACTOR": "off"}
        base |= {"MOBILITY_STATIC_ROOT": static, "PYTHONPATH": str(ROOT)}
        product = base | settings("mobility.settings", new_database(names["DATABASE_OWNER_URL"], "bench_product"))
        limit = base | settings("bench.limit.settings", new_database(names["DATABASE_OWNER_URL"], "bench_limit"))
        return run(options, product=product, limit=limit)


def settings(module: str, url: str) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": module, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}


def new_database(server: str, name: str) -> str:
    """The server's URL with a fresh database of that name."""
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return f"{server.rpartition('/')[0]}/{name}"


def run(options: argparse.Namespace, *, product: Mapping[str, str], limit: Mapping[str, str]) -> int:
    python(product, "manage.py", "migrate", "--verbosity", "0")
    python(product, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    python(
        product, "manage.py", "sample", "--students", str(options.people), "--applications", str(options.applications)
    )
    python(product, "-m", "bench.institutions", str(options.institutions))
    python(product, "-m", "bench.agreements", str(options.agreements))
    python(product, "-m", "bench.activities", str(options.activities))
    python(product, "-m", "bench.events", str(options.events))
    python(product, "-m", "bench.submissions", str(options.rounds + TO_COUNT_BY))
    session = python(limit, "-m", "bench.limit.fill").strip()
    for environment in (product, limit):
        analyse(environment["DATABASE_URL"])
    counted = json.loads(python(product, "-m", "bench.counting", str(options.rounds)))
    with (
        serving("bench.limit.wsgi", limit, first="/static") as bare,
        serving("mobility.wsgi", product, first="/") as served,
    ):
        return measure(options.rounds, counted, served=served, bare=bare, session=session)


def python(environment: Mapping[str, str], *words: str) -> str:
    return subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    ).stdout


def analyse(url: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute("VACUUM ANALYZE")


def measure(rounds: int, counted: dict, *, served: Server, bare: Server, session: str) -> int:
    """Every round asks every page once, the limit among them: what the machine does meanwhile, it does to all."""
    pages = [row for row in counted["pages"] if row["found"]["status"] == expected(row)]
    times = {row["name"]: [] for row in pages} | {"static": [], LIMIT: [], "insert": []}
    bodies = {}
    for number in range(rounds):
        for path, body in (("static", None), (LIMIT, None), ("insert", b"name=University")):
            times[path].append(bare.ask(f"/{path}", cookie=f"sessionid={session}", body=body).milliseconds)
        for row in pages:
            answer = asked(served, row, number, counted)
            times[row["name"]].append(answer.milliseconds)
            bodies[row["name"]] = answer.body
    limit, insert = median(times[LIMIT]), median(times["insert"])
    print(f"Median of {rounds} requests each. The limit: {limit:.1f} ms", end="")
    print(f" (static table {median(times['static']):.1f}, INSERT {insert:.1f}).\n")
    measured = [
        Measured(
            page=page_of(row),
            milliseconds=median(times[row["name"]]),
            times_limit=median(times[row["name"]]) / (insert if row["posts"] else limit),
            queries=row["found"]["queries"],
            rows=row["found"]["rows"],
            body=bodies[row["name"]],
        )
        for row in pages
    ]
    print(table(measured))
    return tell(measured, counted, served)


def page_of(row: dict) -> Page:
    return Page(**{field: row[field] for field in Page.__dataclass_fields__})


def expected(row: dict) -> int:
    return page_of(row).expected


def asked(served: Server, row: dict, number: int, counted: dict) -> Answer:
    own = cookie(counted["cookie"], row["session"])
    if not row["posts"]:
        return served.ask(quoted(row["address"]), cookie=own)
    body = f"{row['body']}&csrfmiddlewaretoken={TOKEN}".encode()
    answer = served.ask(row["posts"][number], cookie=f"{own}; {counted['csrf_cookie']}={TOKEN}", body=body)
    if answer.status != row["found"]["status"]:
        sys.exit(f"{row['name']}: {row['posts'][number]} answered {answer.status}")
    return answer


def quoted(address: str) -> str:
    return "".join(sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in address)


def cookie(name: str, session: str) -> str:
    return f"{name}={session}" if session else ""


def tell(measured: list[Measured], counted: dict, served: Server) -> int:
    """What is missing, what is over; the exit status says whether anything is."""
    misses = [miss for one in measured for miss in one.misses()]
    misses += [
        f"{row['name']}: answered {row['found']['status']}, not measured"
        for row in counted["pages"]
        if row["found"]["status"] != expected(row)
    ]
    heaviest = max(served.worker_megabytes())
    print(f"\nA worker after all pages: {heaviest:.0f} MB (goal {MOST_MEGABYTES}).", end=" ")
    print(f"First answer {served.seconds_to_first_answer:.1f} s after start (goal {MOST_SECONDS_TO_FIRST_ANSWER:g}).")
    if heaviest > MOST_MEGABYTES:
        misses.append(f"a worker holds {heaviest:.0f} MB")
    if served.seconds_to_first_answer > MOST_SECONDS_TO_FIRST_ANSWER:
        misses.append(f"the first answer took {served.seconds_to_first_answer:.1f} s")
    print("\n" + ("\n".join(f"over: {miss}" for miss in misses) or "Every goal is met."))
    return bool(misses)


if __name__ == "__main__":
    sys.exit(main())
