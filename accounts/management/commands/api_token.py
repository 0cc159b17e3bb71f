"""Prints a new API token for a user, and nothing else, so that a script can take it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import issue_api_token


class Command(BaseCommand):
    help = "Prints a new API token for USERNAME."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("Er is geen actieve gebruiker “%(username)s”.") % {"username": username})
        self.stdout.write(issue_api_token(user))
