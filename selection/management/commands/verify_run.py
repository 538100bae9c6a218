import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from selection.models import Run
from selection.verification import faults_of


class Command(BaseCommand):
    help = "Compute a run again from its frozen input, compare it byte for byte, and run the verifier over it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the run's number")
        parser.add_argument("--call", help="the call's code; not needed while only one call has a run of this number")

    def handle(self, *, number: int, call: str | None, **_options: Any) -> None:
        found = faults_of(one_run(number, call))
        for fault in found:
            self.stderr.write(fault)
        if found:
            sys.exit(1)
        self.stdout.write(f"Run {number} follows from its frozen input.")


def one_run(number: int, call: str | None) -> Run:
    runs = Run.objects.filter(number=number, **({"call__code": call} if call else {})).select_related("call")
    if len(runs) > 1:
        raise CommandError(f"Several calls have a run {number}: {', '.join(row.call.code for row in runs)}. Name one.")
    if not runs:
        raise CommandError(f"There is no run {number}.")
    return runs[0]
