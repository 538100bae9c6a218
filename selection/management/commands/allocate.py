import io
import sys

from django.core.management.base import BaseCommand, CommandParser

from selection.engine.commandline import run_allocate


class Command(BaseCommand):
    help = "Compute who gets which place, from a file in the exchange format (docs/engine.md). Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the input; - for standard input")

    def handle(self, **options: object) -> None:
        stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
        sys.exit(run_allocate(str(options["file"]), stdin, sys.stdout.buffer, sys.stderr))
