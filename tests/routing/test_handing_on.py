"""Who leads can hand a case on, also after it accepted: the table is asked again for that moment."""

from datetime import datetime

import pytest
import time_machine

from partners.models import Service
from routing.errors import AlreadyResponsible, NothingToOffer
from routing.models import Handover
from routing.services import accept, offer_again

from .conftest import AMSTERDAM

EVENING = datetime(2026, 11, 24, 21, 0, tzinfo=AMSTERDAM)
NEXT_MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def held_overnight(wilma, vincent, routed) -> Handover:
    """A case of care avoidance in the evening: the GGD is closed, so Veilig Thuis accepts it."""
    with time_machine.travel(EVENING, tick=True):
        offered = routed(wilma, category="social", age=70)
        assert offered.service.slug == "veilig-thuis-kennemerland"
        return accept(vincent, offered)


def test_veilig_thuis_hands_over_on_the_next_working_day(held_overnight, vincent):
    with time_machine.travel(NEXT_MORNING, tick=True):
        on = offer_again(vincent, held_overnight.case)
    assert (on.service.slug, on.sender.slug, on.hop) == ("ggd-kennemerland", "veilig-thuis-kennemerland", 1)
    assert held_overnight.case.lead_periods.get(ended_at=None).organisation.slug == "veilig-thuis-kennemerland"


def test_who_is_responsible_itself_must_choose_somebody(held_overnight, vincent):
    with time_machine.travel(EVENING, tick=True):
        with pytest.raises(AlreadyResponsible):
            offer_again(vincent, held_overnight.case)
        police = Service.objects.get(region__slug="kennemerland", slug="politie")
        on = offer_again(vincent, held_overnight.case, chosen_service=police, chosen_reason="mixed_picture")
    assert (on.service, on.due_at) == (police, None)


def test_only_who_leads_hands_on_and_only_once(held_overnight, wilma, vincent):
    with time_machine.travel(NEXT_MORNING, tick=True):
        with pytest.raises(NothingToOffer):
            offer_again(wilma, held_overnight.case)
        offer_again(vincent, held_overnight.case)
        with pytest.raises(NothingToOffer):
            offer_again(vincent, held_overnight.case)
