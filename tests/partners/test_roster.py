"""The roster in use: planning, gaps, swaps by consent, who is on now, and everybody's own calendar."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from accounts.models import AccessLogEntry, OutboxMessage, User
from dossiers.core import AMSTERDAM
from partners.actors import actor_of
from partners.models import Membership, Shift, Swap, Team
from partners.roster import selectors, services
from routing.alarms import raise_alarm
from routing.models import Alarm

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def mirjam(kennemerland, demo_users):
    return actor_of(demo_users["manager"])


@pytest.fixture
def wilma(kennemerland, demo_users):
    return actor_of(demo_users["worker"])


@pytest.fixture
def wouter(wilma):
    """A colleague of Wilma."""
    user = User.objects.create(username="wouter", first_name="Wouter", last_name="Werker", email="wouter@icd.example")
    Membership.objects.create(
        user=user,
        organisation_id=wilma.organisation_id,
        region_id=wilma.region_id,
        role="icd_worker",
        valid_from=datetime(2020, 1, 1, tzinfo=AMSTERDAM).date(),
    )
    return actor_of(user)


@pytest.fixture
def team(mirjam) -> Team:
    return services.save_team(mirjam, "Crisisteam", 1, 1)


@pytest.fixture
def plan(mirjam, team):
    def plan(actor, starts: float, hours: float = 8, role: str = "worker") -> Shift:
        begin = MONDAY + timedelta(hours=starts)
        return services.plan_shifts(mirjam, team, actor.user, role, [(begin, begin + timedelta(hours=hours))])[0]

    return plan


def test_weeks_are_planned_at_once_and_the_gaps_close(client, mirjam, wilma, team):
    client.force_login(mirjam.user)
    week = {
        "weekdays": list("0123456"),
        "until": "2027-01-25",
        "first": "2026-11-30",
        "starts": "09:00",
        "ends": "09:00",
    }
    for role in ("worker", "duty_lead"):
        response = client.post(reverse("roster-plan", args=[team.pk]), week | {"user": wilma.user.pk, "role": role})
        assert response.status_code == 302
    assert Shift.objects.filter(role="worker").count() == 57
    assert selectors.open_gaps(team) == []
    page = client.get(reverse("roster")).content.decode()
    assert "Op elk moment genoeg mensen" in page
    assert "Dubbel ingepland" in page


# what is wrong, the field, what the page says, why
WRONG = [
    ({"user": ""}, "user", "Kies wie dienst heeft.", "nobody"),
    ({"user": "999999"}, "user", "geldige", "somebody who does not work here"),
    ({"role": "boss"}, "role", "geldige", "a crafted role"),
    ({"first": "morgen"}, "first", "Dit is geen datum.", "unreadable"),
    ({"first": "2020-01-01"}, "first", "meer dan een maand terug", "history is not planned"),
    ({"first": "2099-01-01"}, "first", "meer dan twee jaar vooruit", "a typing mistake in the year"),
    ({"starts": "25:00"}, "starts", "Dit is geen tijd.", "no such hour"),
    ({"ends": ""}, "ends", "Vul in hoe laat de dienst eindigt.", "without an end"),
    ({"weekdays": ["1"]}, "until", "Kies bij herhalen", "repeats, but until when"),
    ({"until": "2026-12-30"}, "weekdays", "Kies bij herhalen", "until when, but on which days"),
    ({"weekdays": ["1"], "until": "2028-01-01"}, "until", "26 weken", "too far for one time"),
    ({"weekdays": ["9"], "until": "2026-12-10"}, "weekdays", "geldige", "a day that is none"),
]
SHIFT = {"role": "worker", "first": "2026-12-01", "starts": "09:00", "ends": "17:00"}


@pytest.mark.parametrize(("wrong", "field", "said", "why"), WRONG, ids=[why for *_row, why in WRONG])
def test_bad_input_is_told_at_its_field(client, mirjam, wilma, team, wrong, field, said, why):
    client.force_login(mirjam.user)
    response = client.post(reverse("roster-plan", args=[team.pk]), SHIFT | {"user": wilma.user.pk} | wrong)
    assert response.status_code == 422, why
    assert said in " ".join(response.context["shift_form"].errors[field])
    assert not Shift.objects.exists()


def test_two_teams_have_two_names(client, mirjam, team):
    client.force_login(mirjam.user)
    given = {"name": "Crisisteam", "workers_needed": 2, "leads_needed": 1}
    response = client.post(reverse("roster-team"), given)
    assert response.status_code == 422
    assert "Er is al een team met deze naam." in response.content.decode()


def test_a_shift_moves_only_when_the_colleague_agrees(client, wilma, wouter, plan):
    shift = plan(wilma, 24)
    client.force_login(wilma.user)
    client.post(
        reverse("shift-swap", args=[shift.pk]), {"asked_of": wouter.user.pk, "note": "Verjaardag van mijn zoon"}
    )
    shift.refresh_from_db()
    assert shift.user == wilma.user
    assert OutboxMessage.objects.get(kind="roster.swap_asked").recipient == "wouter@icd.example"
    swap = Swap.objects.get()
    assert client.post(reverse("swap-answer", args=[swap.pk, "ja"])).status_code == 403

    client.force_login(wouter.user)
    assert "Verjaardag van mijn zoon" in client.get(reverse("roster")).content.decode()
    client.post(reverse("swap-answer", args=[swap.pk, "ja"]))
    shift.refresh_from_db()
    assert shift.user == wouter.user
    assert AccessLogEntry.objects.filter(event="roster.swap_agreed", user=wouter.user).count() == 1


def test_a_swap_is_refused_where_it_cannot_be(wilma, wouter, mirjam, plan, vt_worker):
    shift, begun = plan(wilma, 24), plan(wilma, -1)
    plan(wouter, 25)
    for asked, of, said in [
        (shift, wouter.user, "heeft dan al dienst"),
        (shift, wilma.user, "Kies een collega"),
        (shift, vt_worker.user, "Kies een collega"),
        (begun, wouter.user, "al begonnen"),
    ]:
        with pytest.raises(services.RosterError, match=said):
            services.ask_swap(wilma, asked, of)
    assert not Swap.objects.exists()


@pytest.fixture
def vt_worker(kennemerland, demo_users):
    return actor_of(demo_users["vt"])


def test_an_answered_swap_is_not_answered_again(wilma, wouter, plan):
    swap = services.ask_swap(wilma, plan(wilma, 24), wouter.user)
    services.answer_swap(wouter, swap, agrees=False)
    for act in (lambda: services.answer_swap(wouter, swap, agrees=True), lambda: services.withdraw_swap(wilma, swap)):
        with pytest.raises(services.RosterError, match="al afgehandeld"):
            act()
    assert Shift.objects.get().user == wilma.user


def test_another_organisation_learns_nothing(client, wilma, vt_worker, plan):
    shift = plan(wilma, 24)
    client.force_login(vt_worker.user)
    assert "Wilma" not in client.get(reverse("roster")).content.decode()
    assert client.post(reverse("shift-swap", args=[shift.pk]), {}).status_code == 404


def test_the_duty_lead_of_now_hears_of_an_alarm(client, kennemerland, mirjam, wouter, wilma, plan):
    plan(wouter, -1, role="duty_lead")
    plan(wilma, 24, role="duty_lead")
    raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels spreken elkaar tegen.")
    told = OutboxMessage.objects.filter(kind="alarm.raised", recipient="wouter@icd.example").get()
    assert "regiehouder van dienst" in told.body
    client.force_login(mirjam.user)
    assert "<strong>Wouter Werker</strong> tot 16:00" in client.get(reverse("switchboard")).content.decode()


def test_a_calendar_shows_the_shifts_and_nothing_else(client, wilma, wouter, plan):
    plan(wilma, 24)
    plan(wouter, 48)
    client.force_login(wilma.user)
    page = client.post(reverse("roster-feed")).context["feed"]
    client.logout()
    calendar = Calendar.from_ical(client.get(page).content)
    [event] = calendar.walk("VEVENT")
    assert (event.decoded("dtstart"), str(event["summary"])) == (
        MONDAY + timedelta(hours=24),
        "crisismedewerker, Crisisteam",
    )


def test_a_new_address_ends_the_old_and_a_wrong_one_says_nothing(client, wilma, plan):
    client.force_login(wilma.user)
    first, second = (client.post(reverse("roster-feed")).context["feed"] for _time in range(2))
    client.logout()
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    assert client.get(reverse("roster-calendar", args=["geraden"])).status_code == 404


def test_a_removed_shift_leaves_a_gap_and_its_history(mirjam, team, wilma, plan):
    services.remove_shift(mirjam, plan(wilma, 0, hours=24 * 60))
    assert [gap.present for _role, _needed, gap in selectors.open_gaps(team)] == [0, 0]
    assert [each.history_type for each in Shift.history.order_by("history_id")] == ["+", "~"]


@pytest.mark.parametrize("week", ["2026-W49", "2026-W99", "W", "0-W1", "9999-W1", "2026-W", ""])
def test_any_week_is_answered(client, wilma, team, week):
    client.force_login(wilma.user)
    assert client.get(reverse("roster"), {"week": week, "team": "9" * 30}).status_code == 200


# --- Careless and malicious ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "status", "why"),
    [
        ("02:30", "03:00", 422, "half past two does not exist, and the clock goes to three at once"),
        ("22:00", "06:00", 302, "a night that lasts an hour less"),
    ],
)
def test_the_night_on_which_the_clock_goes_forward(client, mirjam, wilma, team, starts, ends, status, why):
    client.force_login(mirjam.user)
    given = {"user": wilma.user.pk, "role": "worker", "first": "2027-03-28", "starts": starts, "ends": ends}
    response = client.post(reverse("roster-plan", args=[team.pk]), given)
    assert (response.status_code, Shift.objects.count()) == (status, int(status == 302)), why


def test_who_works_nowhere_any_more_has_no_calendar(client, wilma, plan):
    plan(wilma, 24)
    address = reverse("roster-calendar", args=[services.new_feed(wilma)])
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=wilma.user).update(valid_until=(MONDAY - timedelta(days=1)).date())
    assert client.get(address).status_code == 404


def test_an_answer_is_yes_no_or_withdrawn(client, wilma, wouter, plan):
    swap = services.ask_swap(wilma, plan(wilma, 24), wouter.user)
    client.force_login(wouter.user)
    assert client.post(reverse("swap-answer", args=[swap.pk, "misschien"])).status_code == 404
    assert Swap.objects.get().state == "asked"
