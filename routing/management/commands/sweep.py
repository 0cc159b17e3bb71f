"""Does now what the clock of the site does every few seconds: for when beat or the worker is down."""

from django.core.management.base import BaseCommand

from routing.services import sweep


class Command(BaseCommand):
    help = "Expires overdue offers, reminds, and tells alarms again; safe beside running workers."

    def handle(self, *args, **options) -> None:
        done = sweep()
        self.stdout.write(", ".join(f"{name}: {times}" for name, times in done.items()) or "nothing was due")
