"""The live pages: the pulse, the inbox by time left, and the switchboard with its alarms and diversions."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLogEntry
from partners.models import Membership, Organisation, Region, Service, Suspension
from routing.alarms import raise_alarm
from routing.core.clock import TimeLeft, stages
from routing.models import Addition, Alarm, ClockTick, Handover
from routing.selectors import inbox, switchboard
from routing.services import accept, acknowledge_alarm, suspend, sweep

from .conftest import TUESDAY_MORNING

pytestmark = pytest.mark.usefixtures("tuesday_morning")

HGKM = {"category": "hgkm", "age": 8}
# Session, user, membership, and four of the pulse itself.
QUERIES_OF_A_POLL = 7
QUERIES_OF_THE_SWITCHBOARD = 22


@pytest.fixture
def signed_in(client, kennemerland, demo_users):
    def sign_in(username: str):
        client.force_login(demo_users[username])
        return client

    return sign_in


@pytest.fixture
def elsewhere(kennemerland, demo_users):
    """Wilma's colleague of another region, which has nothing to do with this one."""
    region = Region.objects.create(slug="elders", name="Elders", duty_service="niemand")
    organisation = Organisation.objects.create(slug="icd-elders", name="ICD Elders", home_region=region)
    user = demo_users["worker"]
    user.memberships.all().delete()
    Membership.objects.create(
        user=user, organisation=organisation, region=region, role="icd_worker", valid_from="2020-01-01"
    )
    return user


# --- The pulse -----------------------------------------------------------------------------------


def poll(client, etag: str = ""):
    return client.get(reverse("live"), headers={"If-None-Match": etag} if etag else {})


def test_the_pulse_counts_and_tells_nothing_else(signed_in, wilma, routed, kennemerland):
    routed(wilma)
    raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels.")
    assert poll(signed_in("kenter")).json().keys() == {"inbox", "alarms", "now"}
    seen = {name: poll(signed_in(name)).json() for name in ("kenter", "worker", "manager", "ingeest")}
    counted = {name: (each["inbox"], each["alarms"]) for name, each in seen.items()}
    assert counted == {"kenter": (1, 0), "worker": (0, 1), "manager": (0, 1), "ingeest": (0, 0)}


def test_nothing_changed_is_an_empty_answer(signed_in, wilma, routed):
    routed(wilma)
    client = signed_in("kenter")
    etag = poll(client)["ETag"]
    again = poll(client, etag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert not etag.startswith("W/")


CHANGES = [
    ("offer", "kenter", "something new came in"),
    ("accepted", "kenter", "it was answered"),
    ("accepted", "worker", "the sender sees that as well"),
    ("reminded", "kenter", "half of the time is gone"),
    ("alarm", "worker", "an alarm was raised"),
    ("acknowledged", "worker", "somebody took the alarm on"),
    ("diverted", "manager", "a service is diverted"),
    ("clock", "worker", "the clock came back to life"),
]


@pytest.mark.parametrize(("change", "who", "why"), CHANGES)
def test_every_change_of_what_is_open_changes_the_tag(
    change, who, why, signed_in, wilma, karin, mirjam, routed, kennemerland
):
    offered, alarm = routed(wilma), raise_alarm(kennemerland, Alarm.Kind.EXCEPTION, "Mislukt.")
    client = signed_in(who)
    etag = poll(client)["ETag"]
    {
        "offer": lambda: routed(wilma),
        "accepted": lambda: accept(karin, offered),
        "reminded": lambda: Handover.objects.filter(pk=offered.pk).update(reminded_at=timezone.now()),
        "alarm": lambda: raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels."),
        "acknowledged": lambda: acknowledge_alarm(wilma, alarm),
        "diverted": lambda: divert(mirjam, "ggz-ingeest"),
        "clock": lambda: ClockTick.objects.create(swept_at=timezone.now()),
    }[change]()
    assert poll(client, etag).status_code == 200, why


def test_another_organisation_s_offer_is_no_change(signed_in, vincent, routed):
    client = signed_in("kenter")
    etag = poll(client)["ETag"]
    routed(vincent, category="somatic")
    assert poll(client, etag).status_code == 304


def test_a_poll_is_cheap_and_leaves_no_trace(signed_in, wilma, routed, django_assert_max_num_queries):
    for _call in range(5):
        routed(wilma)
    client, before = signed_in("worker"), AccessLogEntry.objects.count()
    with django_assert_max_num_queries(QUERIES_OF_A_POLL):
        poll(client)
    assert AccessLogEntry.objects.count() == before


def test_another_region_hears_nothing_of_this_one(client, vincent, routed, kennemerland, elsewhere):
    client.force_login(elsewhere)
    etag = poll(client)["ETag"]
    routed(vincent)
    raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels.")
    assert poll(client, etag).status_code == 304


# --- By time left ---------------------------------------------------------------------------------

LEFT = [
    (0, TimeLeft.PLENTY, "just offered"),
    (7, TimeLeft.PLENTY, "before half"),
    (7.5, TimeLeft.HALF_GONE, "at half"),
    (11.9, TimeLeft.HALF_GONE, "more than a fifth is left"),
    (12, TimeLeft.NEARLY_OVER, "the last fifth begins"),
    (14.99, TimeLeft.NEARLY_OVER, "not over yet"),
    (15, TimeLeft.OVER, "the very moment is too late"),
]


@pytest.mark.parametrize(("minutes", "expected", "why"), LEFT)
def test_how_much_is_left(minutes, expected, why):
    found = stages(TUESDAY_MORNING, TUESDAY_MORNING + timedelta(minutes=15))
    assert found.at(TUESDAY_MORNING + timedelta(minutes=minutes)) == expected, why


def test_the_inbox_has_the_least_time_left_first(wilma, karin, routed):
    calm, late, no_clock, soon = (routed(wilma) for _call in range(4))
    now = timezone.now()
    for handover, due in ((calm, 60), (late, -3), (soon, 5), (no_clock, None)):
        due_at = None if due is None else now + timedelta(minutes=due)
        Handover.objects.filter(pk=handover.pk).update(due_at=due_at)
    assert inbox(karin) == [late, soon, calm, no_clock]


STAGES = ["ruim op tijd", "helft is om", "bijna om", "tijd is om"]


def test_the_inbox_says_in_words_what_is_left(signed_in, wilma, routed):
    handover = routed(wilma)
    words = []
    for minutes in (0, 6, 9, 11):
        with time_machine.travel(handover.offered_at + timedelta(minutes=minutes, seconds=1)):
            page = signed_in("kenter").get(reverse("inbox")).content.decode()
            words.append(next(each for each in STAGES if f">{each}<" in page))
    assert words == STAGES
    assert "1 minuut te laat" in page
    assert "als eerste gevraagd" in page


# --- The switchboard ---------------------------------------------------------------------------------


@pytest.fixture
def a_busy_hour(wilma, vincent, routed) -> dict[str, Handover]:
    """By urgency: a girl for Kenter, a child for Veilig Thuis, somebody for the GP, on the phone."""
    return {"kenter": routed(wilma), "vt": routed(wilma, **HGKM), "gp": routed(vincent, category="somatic")}


def shown(client, query: str = "") -> list[int]:
    return [each.pk for each in client.get(reverse("switchboard") + query).context["board"].rows]


def test_the_greatest_danger_stands_first_then_the_least_time(signed_in, a_busy_hour):
    Handover.objects.filter(pk=a_busy_hour["gp"].pk).update(danger_rank=0)
    Handover.objects.filter(pk=a_busy_hour["vt"].pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert shown(signed_in("worker")) == [a_busy_hour[name].pk for name in ("gp", "vt", "kenter")]


FILTERS = [
    ("", {"kenter", "vt", "gp"}, "everything of the region"),
    ("?categorie=ggz", {"kenter"}, "one kind"),
    ("?organisatie=veilig-thuis-kennemerland", {"vt"}, "one organisation"),
    ("?categorie=ggz&organisatie=veilig-thuis-kennemerland", set(), "both must fit"),
    ("?categorie=%27%3B--", set(), "nonsense finds nothing"),
]


@pytest.mark.parametrize(("query", "expected", "why"), FILTERS)
def test_filters(query, expected, why, signed_in, a_busy_hour):
    assert set(shown(signed_in("manager"), query)) == {a_busy_hour[name].pk for name in expected}, why


def test_counts_per_kind_and_organisation_stay_while_filtering(signed_in, a_busy_hour, wilma, routed):
    routed(wilma)
    board = signed_in("worker").get(reverse("switchboard") + "?categorie=hgkm").context["board"]
    assert (board.count, board.total) == (1, 4)
    assert {each.value: each.count for each in board.categories} == {"ggz": 2, "hgkm": 1, "somatic": 1}
    assert {each.value: each.count for each in board.organisations}["kenter"] == 2


def test_a_case_of_others_is_shown_in_general_without_a_link(signed_in, a_busy_hour):
    page = signed_in("vt").get(reverse("switchboard")).content.decode()
    assert reverse("case", args=[a_busy_hour["vt"].case_id]) in page
    assert reverse("case", args=[a_busy_hour["kenter"].case_id]) not in page
    assert a_busy_hour["kenter"].situation not in page
    assert "Psychisch (GGZ) · 12-17 jaar · Haarlem" in page
    assert "telefonisch, wacht sinds 10:15" in page


def test_a_handful_of_queries_whatever_the_rows(signed_in, wilma, routed, django_assert_max_num_queries):
    for _call in range(6):
        routed(wilma)
    client = signed_in("manager")
    with django_assert_max_num_queries(QUERIES_OF_THE_SWITCHBOARD):
        client.get(reverse("switchboard"))


def test_more_than_fit_are_counted(wilma, routed):
    for _call in range(3):
        routed(wilma)
    board = switchboard(wilma, most=2)
    assert (len(board.rows), board.count, board.left_out) == (2, 3, 1)


def test_another_region_sees_nothing_of_this_one(client, vincent, routed, kennemerland, elsewhere):
    routed(vincent)
    alarm = raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels.")
    client.force_login(elsewhere)
    board = client.get(reverse("switchboard")).context["board"]
    assert (board.rows, board.total, board.alarms, board.diversions) == ([], 0, [], [])
    assert client.post(reverse("alarm-acknowledge", args=[alarm.pk])).status_code == 404
    alarm.refresh_from_db()
    assert alarm.acknowledged_at is None


def test_late_obligatory_consultations_are_counted(signed_in, wilma, routed, vincent):
    case = routed(wilma).case
    late = timezone.now() - timedelta(minutes=1)
    organisation = Organisation.objects.get(slug="veilig-thuis-kennemerland")
    Addition.objects.create(case=case, organisation=organisation, kind="consult", obligatory=True, due_at=late)
    assert "1 verplicht overleg is te laat" in signed_in("manager").get(reverse("switchboard")).content.decode()


STANDSTILL = [
    (None, True, "it never ran"),
    (61, True, "more than a minute ago"),
    (30, False, "just went round"),
]


@pytest.mark.parametrize(("seconds", "warned", "why"), STANDSTILL)
def test_a_clock_that_stands_still_is_said(seconds, warned, why, signed_in):
    if seconds is not None:
        ClockTick.objects.create(swept_at=timezone.now() - timedelta(seconds=seconds))
    page = signed_in("worker").get(reverse("switchboard")).content.decode()
    assert ("De klok loopt niet" in page) is warned, why


@pytest.mark.parametrize("username", ["worker", "vt", "manager"])
def test_who_takes_an_alarm_on_ends_it(username, signed_in, kennemerland):
    alarm = raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels.")
    client = signed_in(username)
    assert "Gezien, ik handel" in client.get(reverse("switchboard")).content.decode()
    page = client.post(reverse("alarm-acknowledge", args=[alarm.pk]), follow=True)
    assert "U handelt dit alarm af" in page.content.decode()
    alarm.refresh_from_db()
    assert alarm.acknowledged_by.username == username


def test_who_comes_second_hears_that_somebody_else_acts(signed_in, kennemerland, wilma):
    alarm = acknowledge_alarm(wilma, raise_alarm(kennemerland, Alarm.Kind.CONFLICT, "Twee regels."))
    page = signed_in("vt").post(reverse("alarm-acknowledge", args=[alarm.pk]), follow=True)
    assert "Iemand anders was u voor" in page.content.decode()


# --- Diversions ---------------------------------------------------------------------------------------


def divert(actor, slug: str) -> Suspension:
    service = Service.objects.get(region=actor.region_id, slug=slug)
    return suspend(actor, service, timezone.now() + timedelta(hours=2), "storing")


TODAY_AT_NOON = "2026-11-24T12:00"
GOOD = {"service": "kenter", "reason": "failure", "note": "Telefoon ligt eruit", "ends_at": TODAY_AT_NOON}
BAD = [
    ({"service": ""}, "service", "no service"),
    ({"service": "bestaat-niet"}, "service", "an unknown one"),
    ({"service": "meldkamer-112"}, "service", "112 is never off"),
    ({"service": "icd-kennemerland-duty"}, "service", "nor is the safety net"),
    ({"reason": ""}, "reason", "no reason"),
    ({"reason": "zomaar"}, "reason", "a reason that does not exist"),
    ({"reason": "other", "note": ""}, "note", "anything else needs words"),
    ({"note": "x" * 151}, "note", "a novel"),
    ({"ends_at": ""}, "ends_at", "without an end"),
    ({"ends_at": "morgen"}, "ends_at", "no moment"),
    ({"ends_at": "2026-11-24T10:00"}, "ends_at", "over already"),
    ({"starts_at": "2026-11-24T13:00"}, "ends_at", "ends before it begins"),
    ({"starts_at": "straks"}, "starts_at", "no moment"),
    ({"ends_at": "9999-12-31T23:59"}, "ends_at", "for ever"),
    ({"ends_at": "2027-11-26T12:00"}, "ends_at", "more than a year"),
]


@pytest.mark.parametrize(("given", "field", "why"), BAD)
def test_bad_input_is_refused_at_the_field_and_nothing_is_lost(given, field, why, signed_in):
    refused = signed_in("manager").post(reverse("switchboard-divert"), GOOD | given)
    assert refused.status_code == 422, why
    assert refused.context["divert_form"].errors.keys() == {field}, why
    page = refused.content.decode()
    assert f'id="omleiden-{field}_error"' in page
    for name in ("note", "ends_at"):
        assert (GOOD | given)[name] in page
    assert not Suspension.objects.exists()


def test_a_supervisor_diverts_and_the_next_takes_over(signed_in, wilma, routed):
    offered = routed(wilma)
    client = signed_in("manager")
    page = client.post(reverse("switchboard-divert"), GOOD, follow=True).content.decode()
    assert "Kenter is omgeleid" in page.replace("Kenter crisisdienst", "Kenter")
    assert "storing: Telefoon ligt eruit" in page
    sweep()
    offered.refresh_from_db()
    assert (offered.state, Handover.objects.get(state="offered").service.slug) == ("expired", "ggz-ingeest")


def test_a_coming_diversion_is_listed_and_taken_back(signed_in):
    client = signed_in("manager")
    client.post(reverse("switchboard-divert"), GOOD | {"starts_at": "2026-11-24T11:00"})
    coming = Suspension.objects.get()
    assert "van 11:00 tot 12:00" in client.get(reverse("switchboard")).content.decode()
    assert "is voorbij" in client.post(reverse("switchboard-resume", args=[coming.pk]), follow=True).content.decode()
    assert not Suspension.objects.exists()


def test_a_worker_sees_diversions_and_cannot_change_them(signed_in, mirjam):
    running = divert(mirjam, "kenter")
    client = signed_in("worker")
    page = client.get(reverse("switchboard")).content.decode()
    assert "Omgeleid" in page
    assert "Beëindig nu" not in page
    assert 'id="omleiden"' not in page
    assert client.post(reverse("switchboard-resume", args=[running.pk])).status_code == 403
    assert client.post(reverse("switchboard-divert"), GOOD).status_code == 403


def test_a_service_of_another_region_cannot_be_diverted(signed_in, elsewhere):
    other = Region.objects.get(slug="elders")
    kenter = Organisation.objects.get(slug="kenter")
    Service.objects.create(region=other, organisation=kenter, slug="ver-weg", name="Ver")
    refused = signed_in("manager").post(reverse("switchboard-divert"), GOOD | {"service": "ver-weg"})
    assert (refused.status_code, refused.context["divert_form"].errors.keys()) == (422, {"service"})
