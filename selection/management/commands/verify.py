import io
import sys

from django.core.management.base import BaseCommand, CommandParser

from selection.engine.commandline import run_verify


class Command(BaseCommand):
    help = (
        "Check that a result follows from its input, both in the exchange format (docs/engine.md). Needs no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the input; - for standard input")
        parser.add_argument("result", help="what `allocate` wrote; - for standard input")

    def handle(self, **options: object) -> None:
        stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
        sys.exit(run_verify(str(options["file"]), str(options["result"]), stdin, sys.stdout.buffer, sys.stderr))
