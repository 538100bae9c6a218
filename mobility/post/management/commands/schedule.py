import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from mobility.post.schedule import run_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the periodic jobs when they are due, until stopped. Any number of these may run beside each other."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run what is due now, and end")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at the clock")

    def handle(self, *, once, interval, **options):
        if once:
            run_due(at=timezone.now())
            return
        stopped = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_received: stopped.set())
        while not stopped.wait(interval):
            self.tick()

    def tick(self):
        close_old_connections()
        try:
            run_due(at=timezone.now())
        except (DatabaseError, InterfaceError) as error:  # the database restarts: the next tick finds it
            logger.warning("the schedule waits for the database: %s", error)
