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
def noord_holland_noord_package() -> RegionPackage:
    return read_package(REGIONS / "noord-holland-noord")


@pytest.fixture(scope="session")
def kennemerland_rows(django_db_setup, django_db_blocker, kennemerland_package: RegionPackage) -> Snapshot:
    with django_db_blocker.unblock():
        return _rows_of(kennemerland_package)


@pytest.fixture(scope="session")
def both_regions_rows(
    django_db_setup,
    django_db_blocker,
    kennemerland_package: RegionPackage,
    noord_holland_noord_package: RegionPackage,
) -> Snapshot:
    with django_db_blocker.unblock():
        return _rows_of(kennemerland_package, noord_holland_noord_package)


def _rows_of(*packages: RegionPackage) -> Snapshot:
    with transaction.atomic():
        for package in packages:
            load_package(package)
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


@pytest.fixture
def both_regions(
    db,
    kennemerland_package: RegionPackage,
    noord_holland_noord_package: RegionPackage,
    both_regions_rows: Snapshot,
) -> tuple[Region, Region]:
    """Kennemerland and Noord-Holland Noord, loaded in that order."""
    if Organisation.objects.exists():
        loaded = load_package(kennemerland_package), load_package(noord_holland_noord_package)
        return loaded[0].region, loaded[1].region
    both_regions_rows.restore()
    return Region.objects.get(slug="kennemerland"), Region.objects.get(slug="noord-holland-noord")


@pytest.fixture
def noord_holland_noord(both_regions: tuple[Region, Region]) -> Region:
    """The second shipped region; the first is loaded too, for they share Uitgeest."""
    return both_regions[1]
