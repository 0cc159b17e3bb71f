"""Actions of a case: begun, extended, ended by somebody or by their last day; by whom, and what is refused where."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.errors import CaseIsClosed
from dossiers.models import Action, Clock, Person
from dossiers.services import begin_action, correct_action, end_action, extend_action, lapse_overdue
from partners.models import Organisation
from routing.errors import ChangedMeanwhile, InvalidEntry
from routing.models import Case
from routing.services import accept

pytestmark = pytest.mark.usefixtures("tuesday_morning")

THV = "restraining_order"


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    """Veilig Thuis leads it; the ICD sent it."""
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


def clocks():
    """Of actions; the report has its own."""
    return Clock.objects.filter(topic__startswith="action-")


def person_in(case: Case, **known) -> Person:
    person = Person.objects.create(**({"given_name": "Jan", "surname": "Bakker", "born": date(1985, 5, 1)} | known))
    case.people.create(person=person, role="family", since=timezone.now())
    return person


def own(actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)


@pytest.fixture
def jan(case) -> Person:
    return person_in(case)


@pytest.fixture
def begun(case, vincent, jan) -> Callable[..., Action]:
    def begin(kind: str = THV, **given) -> Action:
        filled = {"person": jan, "organisation": own(vincent), "started_at": timezone.now(), "note": ""}
        return begin_action(vincent, case, kind, filled | given)

    return begin


@pytest.fixture
def signed_in(client) -> Callable[..., Client]:
    def sign_in(actor) -> Client:
        client.force_login(actor.user)
        return client

    return sign_in


@pytest.fixture
def as_vincent(signed_in, vincent) -> Client:
    return signed_in(vincent)


def text_of(response) -> str:
    return unescape(response.content.decode())


def post_new(client, case, kind=THV, **given):
    return client.post(reverse("action-new", args=[case.pk, kind]), given)


def on(day: str):
    return time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM), tick=True)


# --- Imposed, extended, lapsed -----------------------------------------------------------------------------


def test_a_restraining_order_lasts_ten_days_and_says_so(as_vincent, case, jan, vincent):
    given = {"person": jan.pk, "organisation": vincent.organisation_id, "started_at": "2026-11-24T09:00"}
    assert post_new(as_vincent, case, **given, note="Burgemeester akkoord.").status_code == 302
    action = Action.objects.get()
    assert (action.lapses_on, action.keeper_id) == (date(2026, 12, 4), vincent.organisation_id)
    for name in ("case", "case-actions"):
        assert "loopt af vr 4 december" in text_of(as_vincent.get(reverse(name, args=[case.pk]))), name
    clock = clocks().get()
    assert (clock.topic, clock.norm.slug) == (f"action-{action.pk}", "thv")
    assert clock.due_at == datetime(2026, 12, 5, tzinfo=AMSTERDAM)
    assert AccessLogEntry.objects.get(event="action.begun").subject == str(case.pk)


def test_an_extension_counts_from_the_day_it_was_imposed(as_vincent, begun):
    action = begun()
    with on("2026-12-01T09:00"):
        given = {"version": 1, "lapses_on": "2026-12-22", "because": "Het is nog niet veilig."}
        assert as_vincent.post(reverse("action-extend", args=[action.case_id, action.pk]), given).status_code == 302
        page = text_of(as_vincent.get(reverse("action", args=[action.case_id, action.pk])))
    assert "loopt af di 22 december" in page
    assert "Het is nog niet veilig." in page
    first, second = clocks().order_by("due_at")
    assert first.norm.slug == "thv"
    assert (first.met_at, first.dropped_because) == (None, "verlengd")
    assert (second.norm.slug, second.due_at) == ("thv-extended", datetime(2026, 12, 23, tzinfo=AMSTERDAM))
    assert second.met_at is None


def test_what_its_last_day_ended_is_written_down_once(begun):
    action = begun()
    with on("2026-12-04T23:59"):
        assert lapse_overdue() == 0
    with on("2026-12-05T00:00"):
        assert (lapse_overdue(), lapse_overdue()) == (1, 0)
    action.refresh_from_db()
    assert (action.ending, action.ended_at) == ("lapsed", datetime(2026, 12, 5, tzinfo=AMSTERDAM))
    assert clocks().get().met_at == action.ended_at
    assert AccessLogEntry.objects.get(event="action.lapsed").rule == "clock"


def test_before_anybody_wrote_it_down_the_page_says_that_it_lapsed(as_vincent, begun):
    action = begun()
    with on("2026-12-05T08:00"):
        page = text_of(as_vincent.get(reverse("action", args=[action.case_id, action.pk])))
    assert "afgelopen op vr 4 december" in page
    assert 'id="verlengen"' not in page


def test_a_new_order_after_the_lapsed_one_is_not_held_up_by_it(begun):
    begun()
    with on("2026-12-06T08:00"):
        second = begun(started_at=timezone.now())
    assert second.lapses_on == date(2026, 12, 16)
    assert Action.objects.get(ended_at__isnull=False).ending == "lapsed"


def test_the_end_of_an_order_meets_its_clock(begun, vincent):
    action = begun()
    end_action(vincent, action, 1, {"ending": "withdrawn", "end_note": "De burgemeester trok het in."})
    assert clocks().get().met_at is not None


def test_the_end_of_an_extended_order_meets_the_longer_clock(begun, vincent):
    action = begun()
    extend_action(vincent, action, 1, date(2026, 12, 20), "Nog niet veilig.")
    with on("2026-12-15T09:00"):
        end_action(vincent, action, 2, {"ending": "withdrawn", "end_note": "Beroep gegrond."})
    clock = Clock.objects.get(topic=action.topic, dropped_at=None)
    assert (clock.norm.slug, clock.met_at.day) == ("thv-extended", 15)


def test_an_order_by_mistake_leaves_no_clock(begun, vincent):
    action = begun()
    end_action(vincent, action, 1, {"ending": "mistake", "end_note": "Verkeerde persoon."})
    clock = Clock.objects.get(topic=action.topic)
    assert (clock.met_at, clock.dropped_because) == (None, "bij vergissing vastgelegd")


# --- The crisis order and its continuation -------------------------------------------------------------------


def test_a_crisis_order_lasts_three_days_and_its_continuation_three_weeks(begun):
    order = begun("crisis_order")
    assert order.lapses_on == date(2026, 11, 27)
    with on("2026-11-26T12:00"):
        continued = begun("crisis_continuation", started_at=timezone.now())
    order.refresh_from_db()
    assert (order.ending, order.ended_at) == ("continued", continued.started_at)
    assert continued.lapses_on == date(2026, 12, 17)
    assert {clock.norm.slug: clock.met_at is None for clock in clocks()} == {
        "wvggz-crisis-order": False,
        "wvggz-continuation": True,
    }


def test_without_an_order_there_is_nothing_to_continue(begun):
    with pytest.raises(InvalidEntry, match="Leg eerst de crisismaatregel"):
        begun("crisis_continuation")


# --- A dispatch -----------------------------------------------------------------------------------------------


def test_a_dispatch_from_leaving_to_back(as_vincent, case, vincent):
    given = {"organisation": vincent.organisation_id, "started_at": "2026-11-24T09:00", "left_at": "2026-11-24T09:10"}
    assert post_new(as_vincent, case, "dispatch", **given).status_code == 302
    action = Action.objects.get()
    arrived = given | {"arrived_at": "2026-11-24T09:40", "version": 1}
    address = reverse("action", args=[case.pk, action.pk])
    assert as_vincent.post(address, arrived).status_code == 302
    ended = {"version": 2, "ending": "done", "ended_at": "2026-11-24T10:05", "outcome": "placed_elsewhere"}
    assert as_vincent.post(reverse("action-end", args=[case.pk, action.pk]), ended).status_code == 302
    page = text_of(as_vincent.get(address))
    for shown in ("Vertrokken om", "Aangekomen om", "iemand verblijft nu elders", "3 versies"):
        assert shown in page
    action.refresh_from_db()
    assert (action.version, action.lapses_on) == (3, None)
    assert [row.history_user for row in action.history.all()] == [vincent.user] * 3


def test_a_mistake_stays_in_the_history(begun, vincent, as_vincent):
    action = begun(note="Verkeerd adres.")
    end_action(vincent, action, 1, {"ending": "mistake", "end_note": "Andere persoon."})
    page = text_of(as_vincent.get(reverse("action", args=[action.case_id, action.pk])))
    assert "bij vergissing vastgelegd" in page
    assert "Verkeerd adres." in page
    assert begun().ended_at is None, "the right one can be imposed"


# --- What is refused, and where it says so --------------------------------------------------------------------

GOOD = {"started_at": "2026-11-24T09:00", "note": "Zo staat het er."}
WRONG = [
    # kind, what is filled in, message, why
    (THV, {"person": ""}, "Kies op wie dit betrekking heeft", "nobody named"),
    (THV, {"person": "999999"}, "Kies er een uit de lijst", "an unknown person"),
    (THV, {"person": "9" * 30}, "Kies er een uit de lijst", "a number that no column holds"),
    (THV, {"person": "\x00"}, "Kies er een uit de lijst", "a zero byte"),
    (THV, {"person": "child"}, "alleen aan een volwassene", "a child of eight"),
    (THV, {"person": "elsewhere"}, "Kies er een uit de lijst", "a person of another case"),
    (THV, {"organisation": ""}, "Kies wie dit doet", "by nobody"),
    (THV, {"started_at": ""}, "Vul in wanneer dit begon", "no start"),
    (THV, {"started_at": "gisteren"}, "geen datum met tijd", "in words"),
    (THV, {"started_at": "2026-11-24T10:16"}, "Dit ligt in de toekomst", "a minute from now"),
    (THV, {"started_at": "2019-05-01T10:00"}, "van 2020 tot en met 2035", "before the calendar"),
    (THV, {"started_at": "0001-01-01T00:00"}, "Kies een", "the first year there was"),
    (THV, {"started_at": "9999-12-31T23:59"}, "Kies een", "the last year there will be"),
    (THV, {"started_at": "2026-03-29T02:30"}, "bestaat niet", "the hour that was skipped"),
    (THV, {"started_at": "é" * 100_000}, "Kies een datum en tijd", "a whole report for a date"),
    (THV, {"lapses_on": "2026-12-05"}, "tot en met vr 4 december 2026", "an eleventh day"),
    (THV, {"lapses_on": "2026-11-23"}, "vóór het begin", "over before it began"),
    (THV, {"lapses_on": "morgen"}, "Dit is geen datum", "in words"),
    ("crisis_order", {"lapses_on": "2026-11-28"}, "tot en met vr 27 november 2026", "a fourth day"),
    ("crisis_continuation", {}, "Leg eerst de crisismaatregel", "nothing to continue"),
    ("dispatch", {"left_at": "2026-11-24T08:00"}, "vóór het begin", "left too soon"),
    ("dispatch", {"arrived_at": "2026-11-25T08:00"}, "in de toekomst", "tomorrow"),
]


@pytest.mark.parametrize(("kind", "given", "says", "why"), WRONG, ids=[f"{row[0]}: {row[3]}" for row in WRONG])
def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(
    as_vincent, case, jan, vincent, kind, given, says, why
):
    persons = {
        "child": lambda: person_in(case, born=date(2018, 1, 1)).pk,
        "elsewhere": lambda: Person.objects.create().pk,
    }
    filled = {"person": jan.pk, "organisation": vincent.organisation_id} | GOOD | given
    filled["person"] = persons.get(filled["person"], lambda: filled["person"])()
    response = post_new(as_vincent, case, kind, **filled)
    page = text_of(response)
    assert (response.status_code, says in page) == (422, True), why
    assert GOOD["note"] in page
    assert not Action.objects.exists()


ODD = ["Zij is 😟 en belt 👩‍👧", "מילה אחת و كلمة", "é" * 100_000, "<script>alert(1)</script>", "nul\x00byte"]


@pytest.mark.parametrize("text", ODD, ids=["emoji", "right to left", "a report", "script", "zero byte"])
def test_any_text_is_kept_and_shown(as_vincent, case, jan, vincent, text):
    given = {"person": jan.pk, "organisation": vincent.organisation_id} | GOOD | {"note": text}
    assert post_new(as_vincent, case, **given).status_code == 302
    action = Action.objects.get()
    assert action.note == text.replace("\x00", "")
    page = as_vincent.get(reverse("action", args=[case.pk, action.pk])).content.decode()
    assert action.note in unescape(page)
    assert "<script>alert" not in page


def test_two_orders_on_one_person_are_refused_at_the_field_and_by_the_database(as_vincent, begun, case, jan, vincent):
    action = begun()
    given = {"person": jan.pk, "organisation": vincent.organisation_id} | GOOD
    response = post_new(as_vincent, case, **given)
    assert response.status_code == 422
    assert "loopt al een huisverbod" in text_of(response)
    action.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        action.save_without_historical_record()
    begun(person=person_in(case, given_name="Piet"))


EXTENDED = [
    ({"lapses_on": "2026-12-23"}, "tot en met di 22 december 2026", "the 29th day"),
    ({"lapses_on": "2026-12-04"}, "na de laatste dag die nu geldt", "no longer than it was"),
    ({"lapses_on": ""}, "Kies de nieuwe laatste dag", "until when?"),
    ({"because": " "}, "Schrijf op waarom", "why?"),
]


@pytest.mark.parametrize(("given", "says", "why"), EXTENDED)
def test_an_extension_that_is_refused(as_vincent, begun, given, says, why):
    action = begun()
    filled = {"version": 1, "lapses_on": "2026-12-20", "because": "Nog niet veilig."} | given
    response = as_vincent.post(reverse("action-extend", args=[action.case_id, action.pk]), filled)
    page = text_of(response)
    assert (response.status_code, says in page) == (422, True), why
    assert filled["because"].strip() in page
    action.refresh_from_db()
    assert action.lapses_on == date(2026, 12, 4)


def test_what_lapsed_cannot_be_extended(begun, vincent):
    action = begun()
    with on("2026-12-05T08:00"), pytest.raises(InvalidEntry, match="al afgelopen"):
        extend_action(vincent, action, 1, date(2026, 12, 20), "Toch.")
    with on("2026-12-05T08:00"):
        lapse_overdue()
        with pytest.raises(InvalidEntry, match="al afgelopen"):
            extend_action(vincent, action, 2, date(2026, 12, 20), "Toch.")


ENDED = [
    ({"ending": ""}, 422, "Kies hoe het eindigt", "how?"),
    ({"ending": "lapsed"}, 422, "Kies er een uit de lijst", "only its last day does that"),
    ({"ending": "withdrawn"}, 422, "Schrijf op waarom", "why he may come home"),
    ({"ended_at": "2026-11-24T08:00"}, 422, "vóór het begin", "over before it began"),
    ({"ended_at": "2026-11-25T08:00"}, 422, "in de toekomst", "tomorrow"),
    ({"version": "7"}, 409, "intussen gewijzigd", "somebody else was first"),
]


@pytest.mark.parametrize(("given", "status", "says", "why"), ENDED)
def test_an_end_that_is_refused(as_vincent, begun, given, status, says, why):
    action = begun()
    response = as_vincent.post(
        reverse("action-end", args=[action.case_id, action.pk]), {"version": 1, "ending": "done"} | given
    )
    assert (response.status_code, says in text_of(response)) == (status, True), why
    action.refresh_from_db()
    assert action.ended_at is None


# --- Two at once, and for whom -----------------------------------------------------------------------------


def test_who_was_first_is_shown_beside_what_was_typed(as_vincent, begun, vincent):
    action = begun("emergency_home_support", person=None)
    filled = {"organisation": own(vincent), "started_at": action.started_at}
    correct_action(vincent, action, 1, filled | {"note": "Van haar."})
    given = {
        "organisation": vincent.organisation_id,
        "started_at": "2026-11-24T09:00",
        "version": 1,
        "note": "Van mij.",
    }
    address = reverse("action", args=[action.case_id, action.pk])
    response = as_vincent.post(address, given)
    page = text_of(response)
    assert response.status_code == 409
    for shown in ("intussen gewijzigd", "Van haar.", "Van mij."):
        assert shown in page
    again = given | {"version": response.context["form"]["version"].value()}
    assert as_vincent.post(address, again).status_code == 302
    action.refresh_from_db()
    assert action.note == "Van mij."
    with pytest.raises(ChangedMeanwhile):
        correct_action(vincent, action, 1, filled)


def test_whoever_works_on_it_writes_and_the_others_read(begun, wilma, ingrid, mirjam, signed_in, case):
    action = begun()
    with pytest.raises(PermissionDenied):
        end_action(wilma, action, 1, {"ending": "done"})
    page = text_of(signed_in(wilma).get(reverse("action", args=[case.pk, action.pk])))
    assert "Beëindigen" not in page
    for name, arguments in (("case-actions", []), ("action", [action.pk]), ("action-new", [THV])):
        assert signed_in(ingrid).get(reverse(name, args=[case.pk, *arguments])).status_code == 404


def test_a_manager_reads_and_does_not_write(begun, mirjam, signed_in, case):
    action = begun()
    client = signed_in(mirjam)
    page = text_of(client.get(reverse("action", args=[case.pk, action.pk])))
    assert "loopt af" in page
    assert "Beëindigen" not in page
    assert "Nieuwe actie" not in text_of(client.get(reverse("case-actions", args=[case.pk])))
    assert client.get(reverse("action-new", args=[case.pk, THV])).status_code == 404
    ended = client.post(reverse("action-end", args=[case.pk, action.pk]), {"version": 1, "ending": "done"})
    assert ended.status_code == 403


def test_a_closed_case_gets_no_new_actions_and_the_text_is_kept(as_vincent, begun, case, jan, vincent):
    action = begun()
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now(), closing_note="Klaar.")
    given = {"person": jan.pk, "organisation": vincent.organisation_id} | GOOD
    response = post_new(as_vincent, case, **given)
    assert response.status_code == 409
    assert "afgesloten" in text_of(response)
    assert GOOD["note"] in text_of(response)
    with pytest.raises(CaseIsClosed):
        begin_action(vincent, case, THV, given)
    end_action(vincent, action, 1, {"ending": "done", "ended_at": timezone.now() + timedelta()})
    Case.objects.filter(pk=case.pk).update(closed_at=None, closing_note="")
