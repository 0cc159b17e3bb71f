"""Two colleagues at the same moment: the same pair, crosswise, and a person who is written about while merged."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.policies import Actor
from dossiers.models import CitizenNumber, Person, PersonMerge
from dossiers.services import (
    BsnTaken,
    MergeRefused,
    PersonChanged,
    PersonMerged,
    add_person_with_bsn,
    add_relation,
    change_person,
    merge_people,
    record_bsn,
    unmerge_people,
)
from partners.actors import actor_of
from tests.dossiers.people.conftest import BSN
from tests.routing import test_at_once

pytestmark = pytest.mark.django_db(transaction=True)
LOST = (MergeRefused, PersonMerged, PersonChanged, BsnTaken, PermissionDenied)


@pytest.fixture
def vera(vincent) -> Actor:
    """Vincent's colleague."""
    user = User.objects.create_user("vera", password="vera-werkt-bij-vt")
    membership = vincent.user.memberships.get()
    membership.pk, membership.user, membership.valid_from = None, user, date(2020, 1, 1)
    membership.save()
    return actor_of(user, "127.0.0.1")


def at_once(*acts) -> list[object]:
    def caught(act):
        def run() -> object:
            try:
                return act()
            except LOST as error:
                return error

        return run

    return test_at_once.at_once(*map(caught, acts))


@pytest.fixture
def pair(vincent, case, someone) -> tuple[Person, Person]:
    return someone(vincent, case, "Jansen"), someone(vincent, case, "Janssen", role="family")


@pytest.mark.parametrize("crosswise", [False, True], ids=["the same way", "each into the other"])
def test_of_two_who_merge_one_pair_one_wins(vincent, vera, pair, crosswise):
    one, other = pair
    second = (other, one) if crosswise else (one, other)

    outcomes = at_once(
        lambda: merge_people(vincent, one, other, [], (1, 1)),
        lambda: merge_people(vera, *second, [], (1, 1)),
    )

    (lost,) = (outcome for outcome in outcomes if isinstance(outcome, Exception))
    assert isinstance(lost, MergeRefused)
    assert "intussen al samengevoegd" in lost.message
    assert PersonMerge.objects.count() == 1
    assert Person.objects.filter(merged_into=None).count() == 1


def test_three_in_a_circle_never_close_it(vincent, vera, case, pair, someone):
    one, two = pair
    three = someone(vincent, case, "Jansens", role="other")

    at_once(
        lambda: merge_people(vincent, one, two, [], (1, 1)),
        lambda: merge_people(vera, two, three, [], (1, 1)),
        lambda: merge_people(vincent, three, one, [], (1, 1)),
    )

    assert Person.objects.filter(merged_into=None).count() >= 1
    for person in Person.objects.all():
        seen = set()
        while person is not None:
            assert person.pk not in seen
            seen.add(person.pk)
            person = person.merged_into


def test_a_change_and_a_merge_at_once_lose_nothing(vincent, vera, case, pair):
    one, other = pair

    outcomes = at_once(
        lambda: merge_people(vincent, one, other, [], (1, 1)),
        lambda: change_person(vera, case, other, {"surname": "Jonker"}, version=1),
    )

    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    other.refresh_from_db()
    assert (other.merged_into is None) == (other.surname == "Jonker")


def test_a_relation_never_hangs_on_who_went_on_as_another(vincent, vera, case, pair, someone):
    one, other = pair
    mother = someone(vincent, case, "Bakker", role="other")

    at_once(
        lambda: merge_people(vincent, one, other, [], (1, 1)),
        lambda: add_relation(vera, case, mother, other, "parent"),
    )

    other.refresh_from_db()
    assert other.merged_into == one
    assert not other.relations_of_others.exists()


def test_it_is_undone_once(vincent, vera, pair):
    done = merge_people(vincent, *pair, [], (1, 1))

    outcomes = at_once(lambda: unmerge_people(vincent, done), lambda: unmerge_people(vera, done))

    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert Person.objects.filter(merged_into=None).count() == 2


def test_pressing_twice_adds_one(vincent, case):
    given = {"given_name": "Sanne", "surname": "Jansen", "born": date(2018, 2, 1)}

    def press() -> Person:
        return add_person_with_bsn(vincent, case, given, {"role": "subject", "note": ""}, BSN)

    one, two = at_once(press, press)

    assert one == two
    assert (Person.objects.count(), case.people.count(), CitizenNumber.objects.count()) == (1, 1, 1)


def test_a_bsn_goes_to_one(vincent, vera, case, pair):
    one, other = pair

    outcomes = at_once(
        lambda: record_bsn(vincent, case, one, BSN),
        lambda: record_bsn(vera, case, other, BSN),
    )

    assert sum(isinstance(outcome, BsnTaken) for outcome in outcomes) == 1
    assert CitizenNumber.objects.filter(number=BSN, ended_at=None).count() == 1
