"""Measures the import of rosters of 10,000 rows, from the file to the answer: see bench/README.md."""

import argparse
import os
import subprocess
import sys
import tempfile

from bench.__main__ import ROOT, analyse, new_database, python, settings
from mobility.ground.place import database


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.rosters", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="of each file (default: 10,000)")
    parser.add_argument("--people", type=int, default=20_000, help="students that are here already (default: 20,000)")
    options = parser.parse_args()
    with database(for_tests=True) as (_cluster, names), tempfile.TemporaryDirectory() as static:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        environment |= {"MOBILITY_MODE": "development", "MOBILITY_SECOND_FACTOR": "off"}
        environment |= {"MOBILITY_STATIC_ROOT": static, "PYTHONPATH": str(ROOT)}
        environment |= settings("mobility.settings", new_database(names["DATABASE_OWNER_URL"], "bench_rosters"))
        python(environment, "manage.py", "migrate", "--verbosity", "0")
        python(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        python(environment, "manage.py", "sample", "--students", str(options.people))
        analyse(environment["DATABASE_URL"])
        words = [sys.executable, "-m", "bench.rosters.sending", str(options.rows)]
        return subprocess.run(words, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
