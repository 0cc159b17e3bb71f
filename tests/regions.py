"""Shared fixtures: the shipped region packages, loaded."""

from pathlib import Path

import pytest
from django.db import transaction

from crisisdienst.region_packages import RegionPackage, load_package, read_package
from partners.models import Organisation, Region
from tests.snapshot import Snapshot

REGIONS = Path(__file__).resolve().parent.parent / "regions"


@pytest.fixture(scope="session")
def kennemerland_package() -> RegionPackage:
    """The shipped package, read and proven once per test process."""
    return read_package(REGIONS / "kennemerland")


@pytest.fixture(scope="session")
def kennemerland_rows(django_db_setup, django_db_blocker, kennemerland_package: RegionPackage) -> Snapshot:
    with django_db_blocker.unblock(), transaction.atomic():
        load_package(kennemerland_package)
        snapshot = Snapshot.take()
        transaction.set_rollback(True)
    return snapshot


@pytest.fixture
def kennemerland(db, kennemerland_package: RegionPackage, kennemerland_rows: Snapshot) -> Region:
    """The shipped region, loaded: its directory, rules and questions."""
    if Organisation.objects.exists():
        return load_package(kennemerland_package).region
    kennemerland_rows.restore()
    return Region.objects.get(slug="kennemerland")
