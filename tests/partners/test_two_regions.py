"""Two packages that share organisations and a municipality: what is stored does not depend on which came first."""

from datetime import date

import pytest
from django.db import transaction

from crisisdienst.region_packages import load_package
from partners import selectors
from partners.models import Municipality, Organisation
from routing.errors import InvalidParameters
from routing.parameters import parse

ORGANISATION = ("slug", "name", "home_region__slug", "commissioner", "commissioner_email", "record_kind", "email")
MUNICIPALITY = ("code", "name", "region__slug", "valid_from", "valid_until", "successor__code")


def stored() -> tuple[set, set]:
    return set(Organisation.objects.values_list(*ORGANISATION)), set(Municipality.objects.values_list(*MUNICIPALITY))


def loaded(*packages) -> tuple[set, set]:
    """What is stored after loading these in turn, into an empty database."""
    with transaction.atomic():
        for package in packages:
            load_package(package)
        found = stored()
        transaction.set_rollback(True)
    return found


def test_either_region_may_be_loaded_first(db, kennemerland_package, noord_holland_noord_package):
    first = loaded(kennemerland_package, noord_holland_noord_package)

    assert loaded(noord_holland_noord_package, kennemerland_package) == first


def test_each_region_keeps_its_own_when_the_other_is_loaded_again(both_regions, kennemerland_package):
    before = stored()

    again = load_package(kennemerland_package)

    assert (stored(), again.revision, again.rule_set) == (before, None, None)


def test_the_packages_say_the_same_of_what_both_list(kennemerland_package, noord_holland_noord_package):
    """An organisation without a home region is whatever was loaded last: so they must not differ."""
    packages = (kennemerland_package.directory, noord_holland_noord_package.directory)
    ours, theirs = ({each.slug: each for each in package.organisations} for package in packages)
    shared = ours.keys() & theirs.keys()

    assert {"icd-nhn", "ggz-nhn", "meldkamer-112", "113", "huisarts", "politie"} == shared
    assert [slug for slug in shared if ours[slug] != theirs[slug]] == []
    for slug in shared:
        phones = [(package.service(slug)["phone"], package.service(slug)["backup_phone"]) for package in packages]
        assert phones[0] == phones[1], slug


@pytest.mark.parametrize("given", ["GM1980", "Dijk en Waard"])
def test_before_2022_nobody_knows_dijk_en_waard(noord_holland_noord, given):
    assert selectors.find_municipality(given, date(2021, 12, 31)) is None
    assert selectors.find_municipality(given, date(2022, 1, 1)).code == "GM1980"
    with pytest.raises(InvalidParameters, match="bestaat op dat moment niet"):
        parse({"municipality": given, "at": "2021-06-01T12:00"}, default_region="noord-holland-noord")


@pytest.mark.parametrize(
    ("given", "on", "code", "why"),
    [
        ("Heerhugowaard", date(2026, 11, 24), "GM1980", "merged in 2022"),
        ("GM0416", date(2022, 1, 1), "GM1980", "Langedijk too, from the first day"),
        ("Langedijk", date(2021, 12, 31), "GM0416", "itself until the last"),
        ("Bergen (NH.)", date(2026, 11, 24), "GM0373", "the name as CBS has it"),
    ],
)
def test_dijk_en_waard_was_two_municipalities(noord_holland_noord, given, on, code, why):
    assert selectors.find_municipality(given, on).code == code, why


def test_sixteen_municipalities_and_uitgeest_is_not_one_of_them(noord_holland_noord):
    names = set(selectors.municipalities(noord_holland_noord).values_list("name", flat=True))

    assert (len(names), "Uitgeest" in names) == (16, False)
    assert Municipality.objects.get(name="Uitgeest").region.slug == "kennemerland"
