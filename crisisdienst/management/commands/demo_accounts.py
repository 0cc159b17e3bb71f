"""Makes the demo accounts and prints how to sign in with them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.demo import PASSWORD, DirectoryNotLoaded, ensure_demo_accounts
from partners.models import Membership


class Command(BaseCommand):
    help = "Makes the demo accounts; refused unless DEMO_ACCOUNTS is true."

    def handle(self, **options):
        if not settings.DEMO_ACCOUNTS:
            raise CommandError(_("Demo-accounts staan uit. Zet DEMO_ACCOUNTS=true als dit geen echte omgeving is."))
        try:
            accounts = ensure_demo_accounts()
        except DirectoryNotLoaded as error:
            message = _("Niet in de gids: %(missing)s. Laad eerst: manage.py load_region regions/kennemerland")
            raise CommandError(message % {"missing": error}) from error
        for account in accounts:
            role = Membership.Role(account.role).label
            self.stdout.write(f"{account.username:<12}{PASSWORD:<20}{role}")
