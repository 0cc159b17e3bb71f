"""Wilma takes calls at the ICD; Vincent, Karin and Ingrid answer for their own; Mirjam, the manager, looks on."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.policies import Actor
from partners.actors import actor_of
from triage.models import Contact
from triage.services import log_contact

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))

HIT_CHILD = {
    "narrative": "De buurvrouw hoort dat het kind van Jansen wordt geslagen.",
    "callback_number": "06 12345678",
    "danger": "no",
    "category": "hgkm",
    "age": "9",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "police",
}
PSYCHOTIC_GIRL = {**HIT_CHILD, "category": "ggz", "age": "15", "caller_kind": "gp"}


@pytest.fixture
def tuesday(kennemerland, demo_users):
    with time_machine.travel(TUESDAY_MORNING) as clock:
        yield clock


@pytest.fixture
def mirjam(demo_users) -> Actor:
    return actor_of(demo_users["manager"])


@pytest.fixture
def vincent(demo_users) -> Actor:
    return actor_of(demo_users["vt"])


@pytest.fixture
def karin(demo_users) -> Actor:
    return actor_of(demo_users["kenter"])


@pytest.fixture
def ingrid(demo_users) -> Actor:
    return actor_of(demo_users["ingeest"])


@pytest.fixture
def at_the_board(client, demo_users):
    client.force_login(demo_users["manager"])
    return client


@pytest.fixture
def call(demo_users) -> Callable[..., Contact]:
    """Wilma confirms a call."""
    wilma = actor_of(demo_users["worker"])
    return lambda answers=HIT_CHILD, **changed: log_contact(wilma, {**answers, **changed})
