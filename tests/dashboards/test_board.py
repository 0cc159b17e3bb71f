"""Today's board: what waits, what was accepted, and what it was about; figures only."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from dashboards import selectors
from partners.actors import actor_of
from partners.models import Phone
from routing.models import Alarm, Case, ClockTick
from routing.services import accept, suspend
from tests.people import ROLES
from triage.models import Contact

from .conftest import PSYCHOTIC_GIRL, TUESDAY_MORNING

pytestmark = pytest.mark.django_db


def counted(bars: list[selectors.Bar]) -> dict[str, int]:
    return {bar.label: bar.value for bar in bars if bar.value}


def offer_of(contact):
    return contact.decision.handover


def test_a_quiet_day_shows_every_category_at_zero(tuesday, mirjam):
    board = selectors.board(mirjam)
    assert (board.contacts, board.waiting, board.accepted, board.minutes_to_accept) == (0, 0, 0, None)
    assert [bar.value for bar in board.by_category] == [0, 0, 0, 0, 0]


def test_calls_count_by_category_and_by_the_organisation_they_went_to(tuesday, mirjam, call):
    call()
    call()
    call(PSYCHOTIC_GIRL)
    board = selectors.board(mirjam)
    assert board.contacts == board.open_cases == 3
    assert counted(board.by_category) == {"Geweld of mishandeling": 2, "Psychisch (GGZ)": 1}
    assert sum(counted(board.by_organisation).values()) == 3
    assert board.by_organisation[0].value == 2, "the largest stands first"


def test_offers_nobody_took_stand_with_the_longest_waiting_first(tuesday, mirjam, call):
    first = call()
    tuesday.shift(timedelta(minutes=7))
    second = call(PSYCHOTIC_GIRL)
    assert selectors.board(mirjam).offers == [offer_of(first), offer_of(second)]


def test_a_call_that_another_region_answers_stays_on_the_board(tuesday, both_regions, demo_users, mirjam, call):
    there = both_regions[1]
    contact = call(municipality="Alkmaar")
    assert contact.case.region == there, "or this test proves nothing"
    board = selectors.board(mirjam)
    assert (board.open_cases, board.offers) == (1, [offer_of(contact)])

    demo_users["manager"].memberships.update(region=there)
    manager_there = actor_of(User.objects.get(username="manager"))
    assert selectors.board(manager_there).offers == [offer_of(contact)]


def test_a_case_led_from_here_stays_on_the_board_whoever_took_the_call(tuesday, both_regions, mirjam, vincent, call):
    contact = call(category="hgkm")
    accept(vincent, offer_of(contact))
    Contact.objects.update(region=both_regions[1])
    Case.objects.update(region=both_regions[1])
    assert selectors.board(mirjam).open_cases == 1


def test_an_accepted_offer_waits_no_longer_and_says_how_long_it_took(tuesday, mirjam, vincent, call):
    contact = call()
    tuesday.shift(timedelta(minutes=4))
    accept(vincent, offer_of(contact))
    board = selectors.board(mirjam)
    assert (board.waiting, board.accepted, board.minutes_to_accept) == (0, 1, 4)


@pytest.mark.parametrize(
    ("hour", "minute", "is_counted", "why"),
    [
        (0, 0, True, "the day begins at midnight in Amsterdam, when it is still yesterday in UTC"),
        (23, 59, True, "the last minute of the day"),
        (24, 0, False, "tomorrow"),
    ],
)
def test_a_day_is_a_day_in_amsterdam(tuesday, mirjam, call, hour, minute, is_counted, why):
    midnight = TUESDAY_MORNING.replace(hour=0, minute=0)
    tuesday.move_to(midnight + timedelta(hours=hour, minutes=minute))
    call()
    assert selectors.board(mirjam, TUESDAY_MORNING).contacts == is_counted, why


def test_numbers_not_verified_for_more_than_90_days_are_listed(tuesday, mirjam, kennemerland):
    Phone.objects.update(assured_on=TUESDAY_MORNING.date() - timedelta(days=90))
    oldest = Phone.objects.filter(service__region=kennemerland).first()
    oldest.assured_on -= timedelta(days=1)
    oldest.save()
    assert selectors.board(mirjam).old_numbers == [oldest]


@pytest.mark.parametrize("username", sorted(name for name, role in ROLES.items() if role != "manager"))
def test_only_a_manager_sees_the_board(username, tuesday, demo_users):
    with pytest.raises(PermissionDenied):
        selectors.board(actor_of(demo_users[username]))


def test_a_busy_day_takes_no_more_queries_than_a_quiet_one(
    tuesday, mirjam, call, django_assert_max_num_queries, kennemerland
):
    for _each in range(3):
        call()
    with django_assert_max_num_queries(13):
        selectors.board(mirjam)


# --- The page --------------------------------------------------------------------------------


def test_the_page_shows_figures_and_nobody(tuesday, at_the_board, call):
    call()
    page = at_the_board.get("/vandaag/").content.decode()
    assert "Geweld of mishandeling komt vandaag het meest voor: 1 van de 1." in page
    assert "Jansen" not in page
    assert "buurvrouw" not in page


def test_a_poll_gets_the_figures_without_the_page_around_them(tuesday, at_the_board):
    part = at_the_board.get("/vandaag/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="grafiek-categorie" hx-swap-oob="true"' in part


def test_the_csv_has_the_same_figures(tuesday, at_the_board, call):
    call()
    response = at_the_board.get("/vandaag/categorie.csv")
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[:2] == ["Categorie;Meldingen", "Geweld of mishandeling;1"]


def test_a_chart_that_does_not_exist_is_not_found(tuesday, at_the_board):
    assert at_the_board.get("/vandaag/weersverwachting.csv").status_code == 404


def test_an_alarm_stays_until_the_manager_has_seen_it(tuesday, at_the_board, kennemerland):
    alarm = Alarm.objects.create(
        region=kennemerland, kind=Alarm.Kind.CONFLICT, message="Twee regels.", due_at=TUESDAY_MORNING
    )
    assert "Twee regels." in at_the_board.get("/vandaag/").content.decode()
    at_the_board.post(f"/vandaag/alarm/{alarm.pk}/gezien/")
    assert "Twee regels." not in at_the_board.get("/vandaag/").content.decode()
    alarm.refresh_from_db()
    assert alarm.acknowledged_by.username == "manager"


@pytest.mark.parametrize(
    ("seconds_ago", "warns", "why"),
    [(None, True, "nothing ever swept"), (90, True, "late"), (10, False, "as it should be")],
)
def test_a_clock_that_stopped_is_told_on_the_board(tuesday, at_the_board, seconds_ago, warns, why):
    if seconds_ago is not None:
        ClockTick.objects.create(pk=1, swept_at=timezone.now() - timedelta(seconds=seconds_ago))
    assert ("De klok staat stil" in at_the_board.get("/vandaag/").content.decode()) == warns, why


def test_a_gap_that_was_let_through_is_shown_until_it_is_over(tuesday, mirjam, at_the_board, kennemerland):
    ends = TUESDAY_MORNING + timedelta(hours=2)
    suspend(mirjam, kennemerland.services.get(slug="icd-kennemerland"), ends, "Team is bij een groot incident.")
    page = at_the_board.get("/vandaag/").content.decode()
    assert "Team is bij een groot incident." in page
    assert "jeugdwet, 0-22 jaar" in page
    assert "Toegelaten door Mirjam Manager op 24 november 2026 10:15" in page
    tuesday.move_to(ends)
    assert "Team is bij een groot incident." not in at_the_board.get("/vandaag/").content.decode()
