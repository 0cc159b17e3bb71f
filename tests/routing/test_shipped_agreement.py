"""What the shipped region packages promise: no gap, no conflict, and no number that might be somebody's."""

from datetime import UTC, datetime

import pytest

from routing.core import compile_table
from routing.core.coverage import prove

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PUBLIC_NUMBERS = {"112", "113", "+318002000", "+318000113", "+319008844"}


@pytest.fixture(scope="module", params=["kennemerland_package", "noord_holland_noord_package"])
def package(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def proof(package):
    table = compile_table(package.directory.document(NOW.date()), package.rules)
    return prove(table, int(NOW.timestamp()), int(NOW.replace(year=2028).timestamp()))


def test_the_agreement_has_no_gap_and_no_conflict(proof):
    assert (proof.gaps, proof.unanswered, proof.conflicts) == ((), (), ())


def test_every_rule_can_win_and_every_service_can_be_reached(proof):
    assert (proof.dead_rules, proof.without_number, proof.without_hours) == ((), (), ())


def test_what_cannot_be_is_left_out_of_the_proof_visibly(proof):
    assert len(proof.impossible) == 1


def test_every_number_is_public_or_marked_fictitious(package):
    phones = [
        phone
        for service in package.directory.services
        for phone in (service["phone"], service["backup_phone"])
        if phone
    ]

    assert {phone["number"] for phone in phones if not phone["fictitious"]} == PUBLIC_NUMBERS
