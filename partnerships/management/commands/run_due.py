import signal
import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from partnerships.admin.scheduled import publish_due
from partnerships.due import ALL_WORK, EVERY_MINUTE, Work, do_due_work

SECONDS_BETWEEN_ROUNDS = 60
# Publishing goes through the forms of the admin, so it is added here, above both.
WORK = (Work("publish what is due", publish_due, EVERY_MINUTE), *ALL_WORK)


class Command(BaseCommand):
    help = "Does the work that time brings. Once, or each minute until it is told to stop."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="go on, looking each minute what is due")

    def handle(self, *, forever, **options):
        if forever:
            self.go_on()
        failed = do_due_work({}, WORK)
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def go_on(self):
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: sys.exit(0))
        last_done = {}
        while True:
            do_due_work(last_done, WORK)
            # A connection kept through the pause may be dead after it.
            connections.close_all()
            time.sleep(SECONDS_BETWEEN_ROUNDS)
