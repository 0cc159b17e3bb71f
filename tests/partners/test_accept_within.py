"""How long somebody has to answer an offer: agreed per urgency in the region, less where a service promises so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from crisisdienst.region_packages import load_package, read_package
from partners.actors import actor_of
from partners.models import Service
from routing.core import Facts
from routing.models import Handover
from routing.readback import ReadBack
from routing.selectors import answer
from routing.services import open_routed_case
from tests.regions import REGIONS

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
GIRL_OF_15 = Facts(
    category="ggz",
    age=15,
    municipality="GM0392",
    danger=False,
    provider="",
    hospital=False,
    suicidal=False,
    dissatisfied=False,
    new_crisis=False,
)


def test_both_shipped_regions_say_their_minutes(both_regions):
    assert [region.accept_within for region in both_regions] == 2 * [
        {"U0": 2, "U1": 5, "U2": 15, "U3": 30, "U4": 120, "U5": 240}
    ]
    assert Service.objects.get(region=both_regions[0], slug="kenter").accept_within == 10


def test_a_region_that_says_nothing_is_loaded_without(db, tmp_path, kennemerland_package):
    text = (REGIONS / "kennemerland" / "region.yaml").read_text(encoding="utf-8")
    for name in ("municipalities.yaml", "organisations.yaml", "rules.yaml", "questions.yaml"):
        (tmp_path / name).write_bytes((REGIONS / "kennemerland" / name).read_bytes())
    left = [line for line in text.splitlines() if not line.startswith("accept_within")]
    (tmp_path / "region.yaml").write_text("\n".join(left), encoding="utf-8")
    assert load_package(read_package(tmp_path)).region.accept_within == {}


@pytest.fixture
def offered(kennemerland, demo_users):
    def offer(urgency: str) -> Handover:
        found = answer("kennemerland", GIRL_OF_15, TUESDAY_MORNING)
        read_back = ReadBack("Meisje van 15 hoort stemmen.")
        return open_routed_case(actor_of(demo_users["worker"]), found, read_back=read_back, urgency=urgency)

    return offer


CLOCKS = [
    # agreed  service  urgency  minutes  why
    ({"U2": 20}, None, "U2", 20, "as the region agreed"),
    ({"U2": 20}, 10, "U2", 10, "the service promised to be quicker"),
    ({"U1": 5}, 10, "U1", 5, "a promise never makes it slower than the region asks"),
    ({"U2": 20}, None, "U3", 30, "an urgency the region left out has the shipped minutes"),
    ({}, None, "U5", 240, "nothing agreed at all"),
    ({"U2": 20}, None, "", 20, "an urgency that nobody gave counts as within the hour"),
]  # fmt: skip


@pytest.mark.parametrize(("agreed", "at_most", "urgency", "minutes", "why"), CLOCKS)
def test_the_clock_of_an_offer_runs_by_what_was_agreed(offered, kennemerland, agreed, at_most, urgency, minutes, why):
    kennemerland.accept_within = agreed
    kennemerland.save()
    Service.objects.filter(region=kennemerland, slug="kenter").update(accept_within=at_most)
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        handover = offered(urgency)
    assert handover.service.slug == "kenter", "or this test proves nothing"
    assert handover.due_at - handover.offered_at == timedelta(minutes=minutes), why
