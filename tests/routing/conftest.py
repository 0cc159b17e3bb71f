"""The desks of the shipped region: Wilma (ICD) takes the calls; Vincent, Karin and Ingrid answer for their own."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.policies import Actor
from partners.actors import actor_of
from routing.core import Facts
from routing.models import Handover
from routing.readback import ReadBack
from routing.selectors import answer
from routing.services import open_routed_case

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)
HAARLEM = "GM0392"

# Call 1: a girl of 15, psychotic, no provider; by day this is Kenter's, then GGZ inGeest's, then the duty lead's.
GIRL_OF_15 = {
    "category": "ggz",
    "age": 15,
    "municipality": HAARLEM,
    "danger": False,
    "provider": "",
    "hospital": False,
    "suicidal": False,
    "dissatisfied": False,
    "new_crisis": False,
}


@pytest.fixture
def wilma(kennemerland, demo_users) -> Actor:
    return actor_of(demo_users["worker"], "127.0.0.1")


@pytest.fixture
def vincent(kennemerland, demo_users) -> Actor:
    return actor_of(demo_users["vt"], "127.0.0.1")


@pytest.fixture
def karin(kennemerland, demo_users) -> Actor:
    return actor_of(demo_users["kenter"], "127.0.0.1")


@pytest.fixture
def ingrid(kennemerland, demo_users) -> Actor:
    return actor_of(demo_users["ingeest"], "127.0.0.1")


@pytest.fixture
def mirjam(kennemerland, demo_users) -> Actor:
    return actor_of(demo_users["manager"], "127.0.0.1")


@pytest.fixture
def tuesday_morning():
    with time_machine.travel(TUESDAY_MORNING, tick=True):
        yield TUESDAY_MORNING


@pytest.fixture
def routed(kennemerland) -> Callable[..., Handover]:
    """A call taken by somebody, with these facts instead of the girl's, routed and offered."""

    def route(actor: Actor, **facts) -> Handover:
        found = answer("kennemerland", Facts(**(GIRL_OF_15 | facts)), datetime.now(AMSTERDAM))
        return open_routed_case(actor, found, read_back=ReadBack("Meisje van 15 hoort stemmen."), urgency="U2")

    return route
