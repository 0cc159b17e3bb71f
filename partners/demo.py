"""Known accounts for a demonstration: one per role, all with the same printed password."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User

from .models import Membership, Organisation, Region

PASSWORD = "crisisdienst-demo"  # noqa: S105 - printed on purpose; only sites with DEMO_ACCOUNTS have it
REGION = "kennemerland"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    role: str
    organisation: str
    name: str


DEMO_ACCOUNTS = (
    DemoAccount("worker", "icd_worker", "icd-kennemerland", "Wilma Werker"),
    DemoAccount("vt", "vt_worker", "veilig-thuis-kennemerland", "Vincent Thuis"),
    DemoAccount("kenter", "partner_desk", "kenter", "Karin Kenter"),
    DemoAccount("ingeest", "partner_desk", "ggz-ingeest", "Ingrid Geest"),
    DemoAccount("police", "first_line", "politie", "Pieter Politie"),
    DemoAccount("manager", "manager", "icd-kennemerland", "Mirjam Manager"),
    DemoAccount("directory", "directory_editor", "ggd-kennemerland", "Gerda Gids"),
    DemoAccount("privacy", "privacy_officer", "icd-kennemerland", "Paula Privacy"),
    DemoAccount("admin", "admin", "icd-kennemerland", "Aad Beheer"),
)


class DirectoryNotLoaded(Exception):
    """The region, or an organisation that a demo account works for, is not in the directory."""


@transaction.atomic
def ensure_demo_accounts() -> tuple[DemoAccount, ...]:
    """Makes what is missing and leaves the rest as it is, so that open sessions stay valid."""
    region = Region.objects.filter(slug=REGION).first()
    organisations = Organisation.objects.in_bulk([account.organisation for account in DEMO_ACCOUNTS], field_name="slug")
    missing = sorted({account.organisation for account in DEMO_ACCOUNTS} - organisations.keys())
    if region is None or missing:
        raise DirectoryNotLoaded(", ".join(missing) if region else REGION)
    password = make_password(PASSWORD)
    for account in DEMO_ACCOUNTS:
        _ensure(account, organisations[account.organisation], region, password)
    return DEMO_ACCOUNTS


def _ensure(account: DemoAccount, organisation: Organisation, region: Region, password: str) -> None:
    first_name, last_name = account.name.split(maxsplit=1)
    is_admin = account.role == Membership.Role.ADMIN
    user, _is_new = User.objects.get_or_create(
        username=account.username,
        defaults={
            "password": password,
            "first_name": first_name,
            "last_name": last_name,
            "is_staff": is_admin,
            "is_superuser": is_admin,
        },
    )
    Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        role=account.role,
        defaults={"region": region, "valid_from": date(2020, 1, 1)},
    )
