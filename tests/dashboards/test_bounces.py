"""The bounce meter: how often a case is sent on before somebody accepts, checked against figures made by hand."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from dashboards import selectors
from dashboards.bounces import Chain, by_hops, measure, measure_by, nearest_rank
from partners.actors import actor_of
from routing.models import Handover
from routing.services import accept, decline, withdraw
from tests.people import ROLES

from .conftest import HIT_CHILD, PSYCHOTIC_GIRL, TUESDAY_MORNING

TODAY = TUESDAY_MORNING.date()


# --- The calculation -------------------------------------------------------------------------

RANKS = [
    # values                 percent  expected  why
    ([7],                         50,        7, "one value is its own median"),
    ([7],                         90,        7, "and its own p90"),
    ([1, 9],                      50,        1, "of an even number the lower of the two in the middle"),
    ([9, 1, 5],                   50,        5, "the middle one, whatever the order"),
    (list(range(1, 11)),          90,        9, "nine of the ten do not exceed nine"),
    (list(range(1, 12)),          90,       10, "of eleven it takes ten to reach 90 per cent"),
    ([3, 3, 3, 100],              50,        3, "one long wait does not move the median"),
    ([3, 3, 3, 100],              90,      100, "but it does show in the p90"),
    ([0, 0],                      90,        0, "accepted at once"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "percent", "expected", "why"), RANKS)
def test_median_and_p90_are_measured_values(values, percent, expected, why):
    assert nearest_rank(values, percent) == expected, why


def chain(*, taken_by="kenter", asked="kenter", hops=1, minutes=5.0, sender="icd", rule="agreement/x") -> Chain:
    return Chain(sender=sender, asked=asked, taken_by=taken_by, rule=rule, hops=hops, minutes=minutes)


BOUNCES = [
    # chains  direct  mean  most  elsewhere  why
    ([chain()], 1, 1.0, 1, (), "accepted by who was asked first"),
    ([chain(), chain(taken_by="ggz", hops=2)], 1, 1.5, 2, (("ggz", 1),), "one of two went on"),
    ([chain(taken_by="ggz", hops=2), chain(taken_by="icd", hops=3), chain(taken_by="ggz", hops=2)], 0, 7 / 3, 3,
     (("ggz", 2), ("icd", 1)), "where most ended up stands first"),
    ([chain(hops=2)], 0, 2.0, 2, (), "112 that took it the second time did not take it at once, and is nobody else"),
]  # fmt: skip


@pytest.mark.parametrize(("chains", "direct", "mean", "most", "elsewhere", "why"), BOUNCES)
def test_what_chains_have_in_common(chains, direct, mean, most, elsewhere, why):
    found = measure(chains)
    assert (found.chains, found.direct, found.most_hops) == (len(chains), direct, most), why
    assert (found.mean_hops, found.elsewhere) == (pytest.approx(mean), elsewhere), why


def test_the_pair_with_the_most_chains_stands_first():
    chains = [chain(asked="ggz"), chain(), chain(), chain(asked="ggd")]
    measured = measure_by(chains, lambda each: each.asked)
    assert [(name, found.chains) for name, found in measured] == [("kenter", 2), ("ggd", 1), ("ggz", 1)]


def test_a_number_of_hops_that_never_occurred_is_a_zero():
    assert by_hops([chain(), chain(hops=3)]) == [(1, 1), (2, 0), (3, 1)]
    assert by_hops([]) == []


# --- A prepared week: three calls of Wilma's about a girl for Kenter, one for Veilig Thuis -----------------------

db = pytest.mark.django_db


def offer_of(contact) -> Handover:
    return contact.decision.handover


@pytest.fixture
def prepared(tuesday, karin, ingrid, vincent, call):
    """Kenter takes one after 4 minutes; one goes on to GGZ inGeest, 10 minutes in all; one waits; VT takes one after 2.

    And one that is Wilma's own, which no one was asked for.
    """
    first = call(PSYCHOTIC_GIRL)
    tuesday.shift(timedelta(minutes=4))
    accept(karin, offer_of(first))

    second = call(PSYCHOTIC_GIRL)
    tuesday.shift(timedelta(minutes=3))
    following = decline(karin, offer_of(second), Handover.DeclineReason.CAPACITY)
    tuesday.shift(timedelta(minutes=7))
    accept(ingrid, following)

    call(PSYCHOTIC_GIRL)
    third = call(HIT_CHILD)
    tuesday.shift(timedelta(minutes=2))
    accept(vincent, offer_of(third))
    own = call({**HIT_CHILD, "category": "youth_act"})
    assert offer_of(own).state == "accepted", "or this test proves nothing"


def meter_of(actor, since=TODAY, until=TODAY):
    return selectors.bounce_meter(actor, since, until)


@db
def test_the_figures_are_those_made_by_hand(prepared, mirjam):
    meter = meter_of(mirjam)
    assert (meter.total.chains, meter.total.direct, meter.total.most_hops) == (3, 2, 2)
    assert round(meter.total.mean_hops, 2) == 1.33, "(1 + 2 + 1) / 3"
    assert (round(meter.total.median_minutes), round(meter.total.p90_minutes)) == (4, 10), "of 2, 4 and 10"
    assert (meter.waiting, meter.stopped) == (1, 0)
    assert meter.hops == [(1, 2), (2, 1)]


@db
def test_per_pair_it_says_where_a_case_ended_up(prepared, mirjam):
    pairs = dict(meter_of(mirjam).pairs)
    [sender] = {sender for sender, _asked in pairs}
    kenter, safe_home = pairs[sender, "Kenter Jeugdhulp"], pairs[sender, "Veilig Thuis Kennemerland"]
    assert (kenter.chains, kenter.direct_share, kenter.mean_hops) == (2, 50, 1.5)
    assert (round(kenter.median_minutes), round(kenter.p90_minutes)) == (4, 10)
    assert kenter.elsewhere == (("GGZ inGeest", 1),)
    assert (safe_home.chains, safe_home.direct_share, safe_home.elsewhere) == (1, 100, ())


@db
def test_per_rule_it_counts_by_the_first_decision(prepared, mirjam):
    """The second offer followed another rule; what sent the case to Kenter is what people can change."""
    rules = {rule: (found.chains, found.direct) for rule, found in meter_of(mirjam).rules}
    assert rules == {"agreement/ggz-jeugd": (2, 1), "agreement/huiselijk-geweld": (1, 1)}


@db
def test_what_was_withdrawn_is_neither_accepted_nor_waiting(tuesday, mirjam, call, demo_users):
    withdraw(actor_of(demo_users["worker"]), offer_of(call(PSYCHOTIC_GIRL)), "Toch niet nodig.")
    meter = meter_of(mirjam)
    assert (meter.total, meter.pairs, meter.waiting, meter.stopped) == (None, [], 0, 1)


DAYS = [
    # hour, minute  since  until  counted  why
    (0, 0, 0, 0, True, "the day begins at midnight in Amsterdam, when it is still yesterday in UTC"),
    (23, 59, 0, 0, True, "the last minute of the last day"),
    (24, 0, 0, 0, False, "tomorrow"),
    (12, 0, -7, -1, False, "the period ended yesterday"),
]


@db
@pytest.mark.parametrize(("hour", "minute", "since", "until", "counted", "why"), DAYS)
def test_a_chain_counts_on_the_day_that_the_first_was_asked(
    tuesday, mirjam, call, hour, minute, since, until, counted, why
):
    tuesday.move_to(TUESDAY_MORNING.replace(hour=0, minute=0) + timedelta(hours=hour, minutes=minute))
    call(PSYCHOTIC_GIRL)
    meter = meter_of(mirjam, TODAY + timedelta(days=since), TODAY + timedelta(days=until))
    assert meter.waiting == counted, why


@db
def test_another_region_does_not_see_it(prepared, both_regions, demo_users):
    demo_users["manager"].memberships.update(region=both_regions[1])
    meter = meter_of(actor_of(User.objects.get(username="manager")))
    assert (meter.total, meter.waiting) == (None, 0)


@db
@pytest.mark.parametrize("username", sorted(name for name, role in ROLES.items() if role != "manager"))
def test_only_a_manager_sees_it(username, tuesday, demo_users):
    with pytest.raises(PermissionDenied):
        meter_of(actor_of(demo_users[username]))


@db
def test_a_busy_quarter_takes_no_more_queries_than_a_quiet_one(prepared, mirjam, django_assert_num_queries):
    with django_assert_num_queries(2):
        meter_of(mirjam)


# --- The page and the file ----------------------------------------------------------------------------


@db
def test_the_page_says_the_finding_and_names_nobody(prepared, at_the_board):
    page = at_the_board.get("/overdrachten/meter/").content.decode()
    assert "Wie het eerst werd gevraagd, nam 2 van de 3 aan. Het vaakst gevraagd: 2 keer." in page
    assert "GGZ inGeest 1" in page
    assert "Wat de verzender meteen zelf aannam, telt niet mee." in page
    assert "Jansen" not in page


@db
def test_it_shows_the_last_ninety_days_when_nobody_asked(tuesday, at_the_board):
    page = at_the_board.get("/overdrachten/meter/").content.decode()
    assert f'value="{date(2026, 8, 26)}"' in page
    assert "In deze periode is geen casus door een ander aangenomen." in page


@db
def test_a_period_that_cannot_be_is_told_at_its_field(tuesday, at_the_board):
    asked = {"since": "2026-11-24", "until": "2026-11-01"}
    refused = at_the_board.get("/overdrachten/meter/", asked)
    assert refused.status_code == 422
    assert "De laatste dag ligt vóór de eerste." in refused.content.decode()
    assert at_the_board.get("/overdrachten/meter.csv", asked).status_code == 404


@db
def test_the_file_has_the_same_figures(prepared, at_the_board):
    response = at_the_board.get("/overdrachten/meter.csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Totaal", "", "", "3", "2", "67", "1,3", "2", "4", "10", "GGZ inGeest 1"]
    assert ["Per regel", "agreement/ggz-jeugd", "", "2", "1", "50", "1,5", "2", "4", "10", "GGZ inGeest 1"] in rows
    assert ["Wacht nog op antwoord", "", "", "1"] in rows


@db
def test_today_leads_to_it(tuesday, at_the_board):
    assert 'href="/overdrachten/meter/"' in at_the_board.get("/vandaag/").content.decode()
