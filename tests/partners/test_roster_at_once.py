"""Two shifts at the same time, offered to one colleague: whoever agrees to both at once takes one of them."""

import pytest

from partners.models import Shift
from partners.roster import services
from tests.routing.test_at_once import at_once

from .test_roster import mirjam, monday_morning, plan, team, wilma, wouter

__all__ = ["mirjam", "monday_morning", "plan", "team", "wilma", "wouter"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_is_put_in_two_places_by_two_swaps(wilma, wouter, plan):
    swaps = [services.ask_swap(wilma, plan(wilma, hours), wouter.user) for hours in (24, 25)]

    def agree(swap):
        try:
            return services.answer_swap(wouter, swap, agrees=True).state
        except services.RosterError as refused:
            return refused.message

    outcomes = at_once(*[lambda swap=swap: agree(swap) for swap in swaps])
    assert sorted(outcomes) == ["U hebt dan al dienst.", "agreed"]
    assert Shift.objects.filter(user=wouter.user).count() == 1
