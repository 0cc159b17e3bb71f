"""Who looked at a case, for its client: what stands in it, who may give it, and that giving it is logged."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.models import VtRecord
from partners.actors import actor_of
from routing.models import Case
from routing.services import accept, break_glass, close_case

pytestmark = pytest.mark.usefixtures("tuesday_morning")

PAGES = ["case-overview", "case-overview-print", "case-overview-csv"]
UNSAFE = {"category": "hgkm", "age": 16, "provider": "", "related": False}


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    return accept(vincent, routed(wilma, **UNSAFE)).case


@pytest.fixture
def look(client, case):
    def _look(actor, name="case-overview"):
        client.force_login(actor.user)
        return client.get(reverse(name, args=[case.pk]))

    return _look


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_per_day_who_did_what_on_which_ground_and_how_often(look, wilma, vincent):
    look(wilma, "case")
    look(wilma, "case")
    looks = look(vincent).context["looks"]
    read = next(each for each in looks if each.role == "icd_worker" and each.action == "ingezien")
    assert (read.organisation, read.rule, read.purpose, read.times) == (
        "Integrale Crisisdienst Jeugd Kennemerland",
        "involved",
        "care",
        2,
    )


def test_what_exactly_was_asked_for_counts_as_one_purpose(look, vincent, case, client):
    client.force_login(vincent.user)
    for receiver in ("handover", "court"):
        assert client.get(reverse("case-summary", args=[case.pk]), {"doel": receiver}).status_code == 200
    words = str(AccessLogEntry.Action("E").label)
    made = [each for each in look(vincent).context["looks"] if each.action == words]
    assert [(each.purpose, each.times) for each in made] == [("care", 2)]


def test_names_of_people_are_not_in_it(look, wilma, vincent):
    look(wilma, "case")
    for name in PAGES:
        assert "Wilma" not in text_of(look(vincent, name))
        assert "worker" not in text_of(look(vincent, name))


def test_who_pressed_the_emergency_button_is(look, vincent, case, demo_users):
    reader = demo_users["kenter"]
    reader.memberships.update(role="icd_worker")
    break_glass(actor_of(reader), case.pk, "acute_danger")
    look(actor_of(reader), "case")
    assert "met de noodknop" in text_of(look(vincent))


def test_the_system_looks_at_nobody(look, vincent, case):
    AccessLogEntry.objects.create(event="handover.reminded", action="E", subject=str(case.pk), rule="clock")
    assert all(each.role for each in look(vincent).context["looks"])


def test_refused_attempts_are_no_looks(look, ingrid, vincent):
    assert look(ingrid, "case").status_code == 404
    assert "ggz" not in text_of(look(vincent)).lower()


@pytest.mark.parametrize(("shielded", "days"), [(False, 1), (True, 0)])
def test_of_a_shielded_reporter_the_call_is_left_out(shielded, days, look, vincent, case):
    AccessLogEntry.objects.create(
        event="contact.confirmed", action="D", subject=str(case.pk), record_type="contact", role="icd_worker",
        user=vincent.user, rule="own_call",
    )  # fmt: skip
    record = VtRecord.objects.get(case=case)
    record.reporter_shielded = shielded
    record.save()
    assert sum(each.rule == "own_call" for each in look(vincent).context["looks"]) == days


WHO = [
    # who         status  why
    ("vincent", 200, "leads the case"),
    ("wilma", 403, "sent it: sees the case, and refers the client to who leads"),
    ("karin", 404, "for her it does not exist"),
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("who", "status", "why"), WHO)
def test_the_lead_gives_it(name, who, status, why, look, request):
    assert look(request.getfixturevalue(who), name).status_code == status, why


def test_of_a_closed_case_who_led_it_last(look, vincent, case):
    case.additions.filter(obligatory=True).delete()
    close_case(vincent, case, "Rustig.")
    assert look(vincent).status_code == 200


def test_under_a_broken_glass_it_is_not_given(look, case, demo_users):
    reader = demo_users["kenter"]
    reader.memberships.update(role="icd_worker")
    break_glass(actor_of(reader), case.pk, "acute_danger")
    assert look(actor_of(reader)).status_code == 403


LOGGED = [
    ("case-overview", "case.access_overview_read", "R"),
    ("case-overview-print", "case.access_overview_printed", "E"),
    ("case-overview-csv", "case.access_overview_exported", "E"),
]


@pytest.mark.parametrize(("name", "event", "action"), LOGGED)
def test_giving_it_is_logged_itself(name, event, action, look, vincent, case):
    look(vincent, name)
    logged = AccessLogEntry.objects.get(event=event)
    assert (logged.action, logged.subject, logged.rule) == (action, str(case.pk), "own_case")
    assert logged.purpose == "client_request"


def test_the_file_is_a_table_that_a_dutch_spreadsheet_opens(look, vincent):
    answer = look(vincent, "case-overview-csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Dag;Organisatie;Rol;Wat;Op welke grond;Waarvoor;Aantal keer"
    assert lines[1].startswith("2026-11-24;")


def test_the_page_itself_prints_only_where_to_print_it(look, vincent):
    page = text_of(look(vincent))
    assert '<p class="cd-on-paper">' in page
    assert '<div class="cd-on-screen">' in page
