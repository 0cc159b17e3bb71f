"""Fixtures that every area of tests shares."""

from pathlib import Path

import pytest

from crisisdienst.region_packages import RegionPackage, load_package, read_package
from partners.models import Region

REGIONS = Path(__file__).resolve().parent.parent / "regions"


@pytest.fixture(scope="session")
def kennemerland_package() -> RegionPackage:
    """The shipped package, read and proven once per test process; loading it takes a fraction of that."""
    return read_package(REGIONS / "kennemerland")


@pytest.fixture
def kennemerland(db, kennemerland_package: RegionPackage) -> Region:
    """The shipped region, loaded: its directory, rules and questions."""
    return load_package(kennemerland_package).region
