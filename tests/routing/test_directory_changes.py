"""Changes of the live directory: proven before they hold. Gerda keeps the directory; Mirjam waives and diverts."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from accounts.models import AccessLogEntry
from accounts.policies import Actor
from partners.actors import actor_of
from partners.models import Region, Service, Suspension
from partners.selectors import directory_document, service_as_written, service_by_slug, service_version
from routing import selectors
from routing.core import Facts
from routing.errors import ChangedMeanwhile, NeverOff, NotWatertight, RulesInvalid
from routing.models import Waiver
from routing.services import (
    change_service,
    end_suspension,
    prove_rule_set,
    publish,
    remove_rule,
    save_rule,
    start_draft,
    suspend,
)

from .conftest import AMSTERDAM, GIRL_OF_15

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)
YOUTH_CRISIS = GIRL_OF_15 | {"category": "youth_act"}


@pytest.fixture
def clock(kennemerland):
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def gerda(kennemerland, demo_users, clock) -> Actor:
    return actor_of(demo_users["directory"], "127.0.0.1")


@pytest.fixture
def mirjam(kennemerland, demo_users, clock) -> Actor:
    return actor_of(demo_users["manager"], "127.0.0.1")


@pytest.fixture
def service(kennemerland):
    return lambda slug: service_by_slug(kennemerland, slug)


def change(actor: Actor, service: Service, waiver_reason: str = "", **changes):
    return change_service(actor, service, changes, seen_version=service_version(service), waiver_reason=waiver_reason)


def organisation_at(moment: datetime, facts: dict = GIRL_OF_15) -> str:
    return selectors.answer("kennemerland", Facts(**facts), moment).document["organisation"]


# --- What opens a gap ------------------------------------------------------------------------


OPENS_A_GAP = [
    # service, change, what the refusal tells, why
    ("ggz-ingeest", {"hours": "ma-vr 08:30-17:00"}, "ggz", "nobody for psychiatry at night"),
    ("ggz-ingeest", {"exceptions": {"2026-12-25": "gesloten"}}, "ggz", "one day, a month from now"),
    ("ggz-ingeest", {"ages": "0-64"}, "65+", "nobody for the elderly"),
    ("veilig-thuis-kennemerland", {"area": ["GM0392", "GM0394"]}, "Heemskerk", "nobody for seven municipalities"),
    ("veilig-thuis-kennemerland", {"categories": ["hgkm"]}, "sociaal domein", "nobody for social care out of hours"),
    ("icd-kennemerland", {"hours": "ma-vr 08:00-24:00, za-zo 00:00-24:00"}, "jeugdwet", "the nights on weekdays"),
    ("huisartsenpost", {"hours": "ma-zo 17:00-24:00"}, "somatisch", "between midnight and the GP"),
    ("ggd-kennemerland", {"ages": "18-120"}, "0-17 jaar", "who comes after the GGD waits while it is open"),
]


@pytest.mark.parametrize(("slug", "changes", "told", "why"), OPENS_A_GAP)
def test_a_change_that_opens_a_gap_is_refused_with_where(gerda, service, kennemerland, slug, changes, told, why):
    stored = directory_document(kennemerland)
    holidays = {"on_holidays": "as_usual"} if "hours" in changes else None
    with pytest.raises(NotWatertight) as refused:
        change(gerda, service(slug), **changes | ({"holidays": holidays} if holidays else {}))
    assert any(told in cell["text"] for cell in refused.value.cells), why
    assert directory_document(kennemerland) == stored
    assert kennemerland.revisions.count() == 1


@pytest.mark.parametrize("asked", [["--region", "kennemerland"], ["--all"]])
def test_a_gap_is_found_in_the_minute_that_it_opened(mirjam, service, clock, asked):
    clock.shift(timedelta(seconds=10))
    change(mirjam, service("ggz-ingeest"), "Brand", hours="ma-vr 08:30-17:00")
    clock.shift(timedelta(seconds=10))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_rules", *asked, stdout=out)
    assert json.loads(out.getvalue())["gaps"]


def test_a_change_that_makes_two_responsible_is_refused(gerda, mirjam, service, kennemerland):
    """Kenter may come to serve adults only when the rules say so; a rule for all ages would then contradict."""
    draft = start_draft(gerda, kennemerland, kennemerland.rule_sets.get(), "kennemerland-2027")
    everybody = next(rule for rule in draft.document["rules"] if rule["slug"] == "ggz-jeugd") | {
        "when": {"category": ["ggz"]}
    }
    draft = save_rule(gerda, draft, everybody, original_slug="ggz-jeugd", seen_digest=draft.digest)
    prove_rule_set(gerda, draft)
    publish(gerda, draft, NOW)
    with pytest.raises(NotWatertight) as refused:
        change(gerda, service("kenter"), ages="0-20")
    assert {cell["kind"] for cell in refused.value.cells} == {"conflict"}
    assert all("18-20 jaar" in cell["text"] for cell in refused.value.cells)


def test_rules_that_are_planned_count_too(gerda, service, kennemerland):
    """Today Veilig Thuis takes over social care from the GGD at night; from January the GGD does it all."""
    draft = start_draft(gerda, kennemerland, kennemerland.rule_sets.get(), "kennemerland-2027")
    change(gerda, service("ggd-kennemerland"), hours="altijd", holidays={"on_holidays": "as_usual"})
    draft = remove_rule(gerda, draft, "sociaal-buiten-kantooruren", seen_digest=draft.digest)
    prove_rule_set(gerda, draft)
    planned = publish(gerda, draft, datetime(2027, 1, 4, tzinfo=AMSTERDAM))
    assert selectors.planned(kennemerland).get() == planned
    with pytest.raises(NotWatertight, match="niet sluitend"):
        change(gerda, service("ggd-kennemerland"), hours="ma-vr 08:30-17:00")


# --- What does not ---------------------------------------------------------------------------


HARMLESS = [
    ("kenter", {"hours": "ma-vr 09:00-16:00"}, "GGZ inGeest takes over whenever Kenter is closed"),
    ("ggd-kennemerland", {"hours": ["ma-do 08:30-17:00", "vr 08:30-12:00"]}, "Veilig Thuis takes over"),
    ("veilig-thuis-kennemerland", {"answered_by": "de bureaudienst"}, "who picks up"),
    ("kenter", {"have_ready": ""}, "what may be absent is removed"),
    ("ggz-ingeest", {"backup_phone": None}, "no backup number any more"),
    ("ggz-ingeest", {"accept_within": "20"}, "answers quicker from now on"),
    ("kenter", {"accept_within": ""}, "answers as the region agreed"),
]


@pytest.mark.parametrize(("slug", "changes", "why"), HARMLESS)
def test_a_change_that_keeps_it_watertight_makes_a_revision_from_now(gerda, service, kennemerland, slug, changes, why):
    revision = change(gerda, service(slug), **changes)
    assert revision == kennemerland.revisions.last()
    assert kennemerland.revisions.last().document == directory_document(kennemerland), why
    assert not Waiver.objects.exists()


def test_saving_what_it_already_says_makes_no_revision(gerda, kennemerland):
    for service in kennemerland.services.all():
        written = {
            name: value
            for name, value in service_as_written(service).items()
            if name not in ("own_client_line", "never_off")
        }
        assert change(gerda, service, **written) is None, service.slug


def test_a_change_of_hours_holds_from_its_moment_and_the_past_stays(gerda, service, kennemerland, clock):
    before = kennemerland.revisions.get()
    change(gerda, service("kenter"), hours="ma-vr 12:00-17:00")
    clock.shift(timedelta(minutes=1))
    tuesday_before = NOW - timedelta(days=7)
    assert organisation_at(tuesday_before) == "kenter"
    assert organisation_at(NOW - timedelta(seconds=1)) == "kenter"
    assert organisation_at(NOW) == "ggz-ingeest"
    assert selectors.table_for("kennemerland", NOW - timedelta(seconds=1)).revision == before


def test_a_new_number_is_shown_as_it_was_typed(gerda, service):
    phone = {"number": "023-000 09 99", "assured_on": "2026-11-24", "assured_by": "Gerda Gids", "fictitious": "ja"}
    change(gerda, service("kenter"), phone=phone)
    stored = service("kenter").phones.get(kind="main")
    assert (stored.number, stored.shown_as) == ("+31230000999", "023-000 09 99")


def test_who_changed_it_is_kept(gerda, service, kennemerland):
    change(gerda, service("kenter"), answered_by="de achterwacht")
    entry = AccessLogEntry.objects.get(event="service.changed")
    assert (entry.user, entry.record_id) == (gerda.user, str(service("kenter").pk))
    assert kennemerland.revisions.last().recorded_by == gerda.user
    assert service("kenter").history.count() == 2


# --- What cannot be --------------------------------------------------------------------------


WRONG = [
    ("kenter", {"hours": "ma-vr 17:00-08:30"}, "hours", "closes before it opens"),
    ("kenter", {"hours": "doordeweeks"}, "hours", "no hours at all"),
    ("kenter", {"hours": ""}, "hours", "a service with no hours"),
    ("kenter", {"hours": "ma-vr 08:00-12:00, ma 11:00-13:00"}, "hours", "hours that overlap"),
    ("kenter", {"exceptions": {"2026-13-01": "gesloten"}}, "exceptions.2026-13-01", "a date that does not exist"),
    ("kenter", {"ages": "17-0"}, "ages", "ages the wrong way round"),
    ("kenter", {"area": ["Harlem"]}, "area", "a municipality that does not exist"),
    ("kenter", {"categories": ["jeugd"]}, "categories", "a category that does not exist"),
    ("kenter", {"name": ""}, "name", "no name"),
    ("kenter", {"phone": None}, "", "no number and no reason why not"),
    ("kenter", {"phone": {"number": "12"}}, "phone.number", "no phone number"),
    ("kenter", {"never_off": "ja"}, "never_off", "what the agreement decides, not the directory"),
    ("meldkamer-112", {"hours": "ma-vr 08:30-17:00"}, "hours", "112 does not close"),
    ("icd-kennemerland-duty", {"hours": "ma-vr 08:30-17:00"}, "hours", "the safety net does not close"),
]


@pytest.mark.parametrize(("slug", "changes", "field", "why"), WRONG)
def test_a_change_that_cannot_be_is_refused_beside_its_field(gerda, service, slug, changes, field, why):
    with pytest.raises(RulesInvalid) as refused:
        change(gerda, service(slug), **changes)
    assert field in refused.value.errors, why


def test_two_editors_at_once_lose_nothing(gerda, service):
    kenter = service("kenter")
    seen = service_version(kenter)
    change(gerda, kenter, answered_by="Karin")
    with pytest.raises(ChangedMeanwhile) as overtaken:
        change_service(gerda, kenter, {"answered_by": "Kees"}, seen_version=seen)
    assert overtaken.value.current.answered_by == "Karin"


# --- Waiving and diverting -------------------------------------------------------------------


def test_a_manager_lets_a_gap_through_and_it_stays_visible_until_it_is_closed(gerda, mirjam, service, kennemerland):
    ingeest = service("ggz-ingeest")
    with pytest.raises(NotWatertight) as refused:
        change(gerda, ingeest, "Het moet.", ages="0-64")
    assert not refused.value.may_waive
    change(mirjam, ingeest, "Ouderenpsychiatrie staakt; huisartsen zijn gebeld.", ages="0-64")
    [waiver] = selectors.open_waivers(kennemerland)
    assert (waiver.service, waiver.made_by) == (ingeest, mirjam.user)
    assert "65+" in waiver.cells[0]["text"]

    change(gerda, service("ggz-ingeest"), answered_by="de triagist")
    assert list(selectors.open_waivers(kennemerland)) == [waiver], "an old gap is not a new one, and not over"
    change(gerda, service("ggz-ingeest"), ages="0-120")
    assert list(selectors.open_waivers(kennemerland)) == []


def test_a_diversion_holds_at_once_and_its_gap_is_shown_until_it_ends(mirjam, service, kennemerland, clock):
    ends = NOW + timedelta(hours=2)
    assert organisation_at(NOW, YOUTH_CRISIS) == "icd-kennemerland"
    suspend(mirjam, service("icd-kennemerland"), ends, "Team is bij een groot incident.")
    answer = selectors.answer("kennemerland", Facts(**YOUTH_CRISIS), NOW)
    assert answer.document["tier"] == "safety_net"
    [waiver] = selectors.open_waivers(kennemerland)
    assert (waiver.reason, waiver.ends_at) == ("Team is bij een groot incident.", ends)
    assert "jeugdwet" in waiver.cells[0]["text"]

    clock.move_to(ends)
    assert selectors.answer("kennemerland", Facts(**YOUTH_CRISIS), ends).document["tier"] == "agreement"
    assert list(selectors.open_waivers(kennemerland)) == []


def test_a_diversion_hides_no_gap_that_stays_after_it(gerda, mirjam, service, kennemerland):
    """Diverted for longer than the proof looks ahead: nobody by night then is no news, but it would stay."""
    suspend(mirjam, service("ggz-ingeest"), NOW + timedelta(days=4000), "Verbouwing.")
    with pytest.raises(NotWatertight) as refused:
        change(gerda, service("ggz-ingeest"), hours="ma-vr 08:30-17:00")
    assert any("ggz" in cell["text"] for cell in refused.value.cells)


def test_a_diversion_that_another_service_takes_over_opens_no_gap(mirjam, service, kennemerland):
    suspend(mirjam, service("kenter"), NOW + timedelta(hours=2), "Ziekte.")
    assert organisation_at(NOW) == "ggz-ingeest"
    assert not selectors.open_waivers(kennemerland).exists()


def test_a_diversion_can_be_ended_before_its_time(mirjam, service, kennemerland, clock):
    suspension = suspend(mirjam, service("icd-kennemerland"), NOW + timedelta(hours=2), "Groot incident.")
    clock.shift(timedelta(minutes=30))
    end_suspension(mirjam, suspension)
    now = NOW + timedelta(minutes=30)
    assert organisation_at(now, YOUTH_CRISIS) == "icd-kennemerland"
    assert selectors.answer("kennemerland", Facts(**YOUTH_CRISIS), now - timedelta(minutes=1)).document["tier"] == (
        "safety_net"
    ), "who was responsible while it lasted stays answered so"
    assert not selectors.open_waivers(kennemerland).exists()


def test_a_diversion_that_has_not_begun_is_taken_back(mirjam, service, kennemerland):
    tomorrow = NOW + timedelta(days=1)
    suspension = suspend(mirjam, service("kenter"), tomorrow + timedelta(hours=2), "Studiedag.", starts_at=tomorrow)
    assert organisation_at(NOW) == "kenter"
    assert organisation_at(tomorrow) == "ggz-ingeest"
    end_suspension(mirjam, suspension)
    assert organisation_at(tomorrow) == "kenter"
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("slug", ["meldkamer-112", "icd-kennemerland-duty"])
def test_emergency_and_safety_net_are_never_diverted(mirjam, service, slug):
    with pytest.raises(NeverOff):
        suspend(mirjam, service(slug), NOW + timedelta(hours=1), "Storing.")


@pytest.mark.parametrize(
    ("hours", "reason", "field"),
    [(-1, "Storing.", "ends_at"), (0, "Storing.", "ends_at"), (1, "  ", "reason"), (1, "x" * 201, "reason")],
)
def test_a_diversion_has_an_end_and_a_reason(mirjam, service, hours, reason, field):
    with pytest.raises(RulesInvalid) as refused:
        suspend(mirjam, service("kenter"), NOW + timedelta(hours=hours), reason)
    assert list(refused.value.errors) == [field]


# --- Who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "changes", "diverts"),
    [("directory", True, False), ("manager", True, True), ("worker", False, False), ("kenter", False, False)],
)
def test_who_may_do_what(username, changes, diverts, demo_users, service, clock):
    actor = actor_of(demo_users[username])
    assert allowed(lambda: change(actor, service("kenter"), answered_by="Karin")) == changes
    assert allowed(lambda: suspend(actor, service("kenter"), NOW + timedelta(hours=1), "Ziekte.")) == diverts


def test_the_services_of_another_region_are_not_ours_to_change(gerda, mirjam, service):
    north = Region.objects.create(slug="noord", name="Noord", duty_service="x")
    Service.objects.filter(slug="kenter").update(region=north)
    kenter = Service.objects.get(slug="kenter")
    assert not allowed(lambda: change(gerda, kenter, answered_by="Karin"))
    assert not allowed(lambda: suspend(mirjam, kenter, NOW + timedelta(hours=1), "Ziekte."))


def allowed(attempt) -> bool:
    try:
        attempt()
    except PermissionDenied:
        return False
    return True
