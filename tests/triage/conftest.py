"""Wilma works at the ICD and takes the calls; the region is the shipped one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from partners.actors import actor_of
from triage.models import Draft
from triage.services import save_draft, start_draft

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)

# Call 1: the huisarts in Haarlem about a girl of 15, psychotic, without provider.
GIRL_OF_15 = {
    "narrative": "Meisje van 15, psychotisch, hoort stemmen.",
    "callback_number": "06 12345678",
    "danger": "no",
    "category": "ggz",
    "age": "15",
    "municipality": "Haarlem",
    "provider": "none",
    "caller_kind": "gp",
}
# Call 8: the mother of a client of Kenter, third call in five days, wants other help.
DISSATISFIED_MOTHER = {
    **GIRL_OF_15,
    "narrative": "Moeder belt voor de derde keer, wil andere hulp.",
    "provider": "kenter",
    "related": "no",
    "dissatisfied": "yes",
    "new_crisis": "no",
}


@pytest.fixture
def wilma(kennemerland, demo_users):
    return actor_of(demo_users["worker"], "127.0.0.1")


@pytest.fixture
def vincent(kennemerland, demo_users):
    return actor_of(demo_users["vt"], "127.0.0.1")


@pytest.fixture
def draft_of():
    """A call of somebody, with these answers."""

    def start(actor, answers) -> Draft:
        return save_draft(actor, start_draft(actor).pk, answers, revision=1)

    return start


@pytest.fixture
def at_the_desk(client, wilma):
    client.force_login(wilma.user)
    return client
