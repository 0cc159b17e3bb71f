"""Loading a package over rules that hold or are planned: its directory must keep those watertight too."""

from dataclasses import replace
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from crisisdienst.region_packages import PackageRefused, load_package
from partners.selectors import directory_document

from .conftest import AMSTERDAM

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)


@pytest.fixture
def clock(kennemerland):
    with time_machine.travel(NOW) as clock:
        yield clock


@pytest.fixture
def package(kennemerland_package):
    """The shipped package, without the mistakes that another test would leave in its reader."""
    return replace(kennemerland_package, reader=replace(kennemerland_package.reader, mistakes=[]))


def without(package, slug: str, *rules: str, valid_from: str = "2020-01-01"):
    """The package as it would be without a service, and without the rules that name it."""
    services = tuple(each for each in package.directory.services if each["slug"] != slug)
    left = [
        {**rule, "after": [each for each in rule["after"] if each != slug]}
        for rule in package.rules["rules"]
        if rule["slug"] not in rules
    ]
    document = {**package.rules, "version": "kennemerland-2027", "valid_from": valid_from, "rules": left}
    return replace(package, directory=replace(package.directory, services=services), rules=document)


def with_hours(package, slug: str, weekly: list):
    services = tuple(
        {**each, "hours": {**each["hours"], "weekly": weekly}} if each["slug"] == slug else each
        for each in package.directory.services
    )
    return replace(package, directory=replace(package.directory, services=services))


def test_a_directory_and_rules_that_change_together_from_now_are_loaded(kennemerland, clock, package):
    loaded = load_package(without(package, "kenter", "ggz-jeugd", "ggz-volwassenen"))
    assert loaded.rule_set.version == "kennemerland-2027"
    assert "kenter" not in {service["slug"] for service in directory_document(kennemerland)["services"]}


def test_a_service_that_todays_rules_still_need_is_not_taken_away_for_those_of_next_month(kennemerland, clock, package):
    later = without(package, "kenter", "ggz-jeugd", "ggz-volwassenen", valid_from="2027-01-04")
    with pytest.raises(PackageRefused, match="niet sluitend"):
        load_package(later)
    assert "kenter" in {service["slug"] for service in directory_document(kennemerland)["services"]}
    assert kennemerland.rule_sets.count() == 1


def test_hours_that_open_a_gap_in_todays_rules_are_not_loaded(kennemerland, clock, package):
    with pytest.raises(PackageRefused, match="ggz"):
        load_package(with_hours(package, "ggz-ingeest", [[day, 510, 1020] for day in range(5)]))
    assert kennemerland.revisions.count() == 1


def test_hours_that_leave_no_gap_are_loaded(kennemerland, clock, package):
    loaded = load_package(with_hours(package, "kenter", [[day, 540, 960] for day in range(5)]))
    assert loaded.revision.valid_from <= timezone.now()


def test_a_municipality_that_the_next_version_forgets_is_not_let_go(kennemerland, clock, package):
    municipalities = tuple(each for each in package.directory.municipalities if each.code != "GM0453")
    left = [
        {**rule, "when": {**rule["when"], "municipality": [c for c in rule["when"]["municipality"] if c != "GM0453"]}}
        if "municipality" in rule["when"]
        else rule
        for rule in package.rules["rules"]
    ]
    document = {**package.rules, "version": "kennemerland-2027", "rules": left}
    smaller = replace(package, directory=replace(package.directory, municipalities=municipalities), rules=document)
    with pytest.raises(PackageRefused, match="Velsen"):
        load_package(smaller)
    assert "GM0453" in directory_document(kennemerland)["municipalities"]
