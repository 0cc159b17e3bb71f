"""Shared fixtures: the demo accounts as the cast of every test, and a database that can be emptied."""

from datetime import date

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from accounts.models import User
from accounts.services import issue_api_token
from partners.demo import DEMO_ACCOUNTS, ensure_demo_accounts
from partners.models import Organisation, Region

ROLES = {account.username: account.role for account in DEMO_ACCOUNTS}


@pytest.fixture
def demo_users(db) -> dict[str, User]:
    """The demo accounts by username: worker, vt, kenter, ingeest, police, manager, directory, privacy, admin."""
    region, _ = Region.objects.get_or_create(
        slug="kennemerland", defaults={"name": "Kennemerland", "duty_service": "icd-kennemerland-duty"}
    )
    for slug in {account.organisation for account in DEMO_ACCOUNTS}:
        Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "home_region": region})
    ensure_demo_accounts()
    return {user.username: user for user in User.objects.filter(username__in=ROLES)}


@pytest.fixture
def bearer(demo_users):
    """The headers with which a demo account calls the API."""
    return lambda username: {"Authorization": f"Bearer {issue_api_token(demo_users[username])}"}


@pytest.fixture
def stranger(db) -> User:
    """Somebody with an account and an organisation that ended yesterday's era."""
    user = User.objects.create_user("olga", password="olga-was-hier-in-2020")
    region, _ = Region.objects.get_or_create(slug="kennemerland", defaults={"name": "Kennemerland"})
    kenter, _ = Organisation.objects.get_or_create(slug="kenter", defaults={"name": "Kenter"})
    user.memberships.create(
        organisation=kenter,
        region=region,
        role="partner_desk",
        valid_from=date(2020, 1, 1),
        valid_until=date(2020, 12, 31),
    )
    return user


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests_is_allowed():
    """Tests that commit empty every table afterwards; only there the append-only triggers stand aside."""
    flush = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):
        if not tables:
            return []
        disable = [f"ALTER TABLE {self.quote_name(table)} DISABLE TRIGGER USER" for table in tables]
        enable = [f"ALTER TABLE {self.quote_name(table)} ENABLE TRIGGER USER" for table in tables]
        return [*disable, *flush(self, style, tables, **options), *enable]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
