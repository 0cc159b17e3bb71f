"""Brings a database up to date: migrations, region packages, and the demo accounts where they are allowed."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from partners.models import Region


class Command(BaseCommand):
    help = "Migrates, loads regions and (with DEMO_ACCOUNTS=true) the demo accounts; prints those accounts."

    def add_arguments(self, parser):
        parser.add_argument("--region", action="append", default=[], metavar="DIR", help="a region package to load")
        parser.add_argument(
            "--unless-loaded", action="store_true", help="load nothing into a database that has a region"
        )

    def handle(self, *, region, unless_loaded, **options):
        call_command("migrate", interactive=False, verbosity=0)
        if not (unless_loaded and Region.objects.exists()):
            for directory in region:
                call_command("load_region", directory, stdout=sys.stderr)
        if settings.DEMO_ACCOUNTS:
            call_command("demo_accounts", stdout=self.stdout)
