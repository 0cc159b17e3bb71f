"""The page of the terms of a case: what each form takes and refuses, for whom, and that nothing typed is lost."""

from datetime import datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Clock, NormEvent, Suspension
from dossiers.services import note_event, suspend

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 12, tzinfo=AMSTERDAM)


@pytest.fixture
def case(routed, vincent, tuesday_morning):
    return routed(vincent, category="hgkm", age=8).case


@pytest.fixture
def clock(case):
    return Clock.objects.get(case=case, norm__slug="vt-safety-assessment")


@pytest.fixture
def as_vincent(client, vincent, case):
    client.force_login(vincent.user)
    with time_machine.travel(MONDAY, tick=False):
        yield client


def act(client, clock: Clock, name: str, **given):
    return client.post(reverse("term-act", args=[clock.case_id, clock.pk, name]), given)


def test_the_page_says_until_when_and_why(as_vincent, case):
    page = as_vincent.get(reverse("case-terms", args=[case.pk])).content.decode()
    assert "Veiligheidsbeoordeling" in page
    assert "T/m dinsdag 1 december 2026" in page
    assert "5 werkdagen na dinsdag 24 november 2026" in page
    assert AccessLogEntry.objects.filter(event="case.terms_read", subject=str(case.pk)).exists()
    overview = as_vincent.get(reverse("case", args=[case.pk])).content.decode()
    assert "T/m dinsdag 1 december 2026" in overview


def test_it_stands_still_runs_on_and_the_explanation_says_so(as_vincent, clock):
    assert act(as_vincent, clock, "suspend", starts_at="2026-11-25", reason="wacht op school").status_code == 302
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert "Staat stil sinds" in page
    standing = Suspension.objects.get()
    address = reverse("suspension-act", args=[clock.case_id, standing.pk, "resume"])
    assert as_vincent.post(address, {"ends_at": "2026-11-27", "reason": "ontvangen"}).status_code == 302
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert "T/m donderdag 3 december 2026" in page
    assert "2 dagen opgeschort" in page
    address = reverse("suspension-act", args=[clock.case_id, standing.pk, "remove"])
    assert as_vincent.post(address, {"reason": "verkeerde casus"}).status_code == 302
    assert "T/m dinsdag 1 december 2026" in as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()


def test_stuck_is_red_until_it_gets_on(as_vincent, clock):
    act(as_vincent, clock, "stuck", reason="geen plek")
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert "cd-light--red" in page
    assert "geen plek" in page
    act(as_vincent, clock, "going")
    assert "cd-light--red" not in as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()


def test_a_start_that_was_wrong_moves_every_clock_of_that_event(as_vincent, clock):
    assert act(as_vincent, clock, "move", at="2026-11-23T16:00", reason="eerder gemeld").status_code == 302
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert "T/m maandag 30 november 2026" in page
    assert {f"{each.started_at:%Y-%m-%d}" for each in Clock.objects.all()} == {"2026-11-23"}
    kept = NormEvent.objects.get().history.first()
    assert (kept.moved_because, kept.history_user.username) == ("eerder gemeld", "vt")


def test_a_term_that_does_not_apply_lapses_with_the_reason(as_vincent, clock):
    act(as_vincent, clock, "drop", reason="was al beoordeeld")
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert "was al beoordeeld" in page
    assert "Vervallen termijnen" in page


LONG = "é" * 100_000
BAD = [
    # act, given, part of the message, why
    ("suspend", {"starts_at": "", "reason": "x"}, "Kies vanaf wanneer de termijn stilstaat.", "no day"),
    ("suspend", {"starts_at": "gisteren", "reason": "x"}, "Vul een dag in", "no date"),
    ("suspend", {"starts_at": "2026-12-09", "reason": "x"}, "Dit moet nog komen", "in the future"),
    ("suspend", {"starts_at": "2026-11-25", "ends_at": "2026-11-24", "reason": "x"}, "na het begin", "ends too early"),
    ("suspend", {"starts_at": "1999-01-01", "reason": "x"}, "van 2020 tot en met 2035", "before the calendar"),
    ("suspend", {"starts_at": "2026-11-25", "reason": ""}, "Schrijf op waarom de termijn stilstaat.", "no reason"),
    ("suspend", {"starts_at": "2026-11-25", "reason": LONG}, "Houd het bij 200 tekens", "a whole report"),
    ("suspend", {"starts_at": LONG, "reason": "x"}, "Vul een dag in", "a report as a day"),
    ("suspend", {"starts_at": "2026-11-25\x00", "reason": "x"}, "Vul een dag in", "a zero byte in a day"),
    ("suspend", {"starts_at": "2026-11-25", "ends_at": "😟", "reason": "x"}, "Vul een dag in", "emoji as a day"),
    ("move", {"at": "2026-12-24T10:00", "reason": "x"}, "Dit moment moet nog komen", "begins in the future"),
    ("move", {"at": "2019-01-01T10:00", "reason": "x"}, "van 2020 tot en met 2035", "before the calendar"),
    ("move", {"at": "", "reason": "x"}, "Kies wanneer de termijn begon.", "no moment"),
    ("stuck", {"reason": "\x00"}, "Schrijf op waardoor het vastloopt.", "nothing but a zero byte"),
    ("drop", {"reason": "   "}, "Schrijf op waarom deze termijn niet geldt.", "nothing but blanks"),
]


@pytest.mark.parametrize(("name", "given", "says", "why"), BAD, ids=[f"{row[0]}: {row[3]}" for row in BAD])
def test_what_cannot_be_is_said_and_what_was_typed_stays(as_vincent, clock, name, given, says, why):
    response = act(as_vincent, clock, name, **given)
    page = unescape(response.content.decode())
    assert (response.status_code, says in page) == (422, True), why
    assert given.get("reason", "").strip().replace("\x00", "") in page
    assert not Suspension.objects.exists()
    assert Clock.objects.filter(dropped_at=None, stuck_at=None).count() == 2


@pytest.mark.parametrize("reason", ["Zij is 😟 👩‍👧", "מילה אחת و كلمة", "<script>alert(1)</script>", "a\x00b"])
def test_any_reason_is_kept(as_vincent, clock, reason):
    assert act(as_vincent, clock, "suspend", starts_at="2026-11-25", reason=reason).status_code == 302
    assert Suspension.objects.get().reason == reason.replace("\x00", "")
    page = as_vincent.get(reverse("case-terms", args=[clock.case_id])).content.decode()
    assert reason.replace("\x00", "") in unescape(page)
    assert "<script>alert" not in page


HOURS = [
    # starts, status, says or starts at in UTC, why
    ("2026-10-25T02:30", 302, "2026-10-25T00:30", "of the hour that occurs twice the first"),
    ("2026-03-29T02:30", 422, "bestaat niet", "an hour that the clock skips"),
    ("2026-11-25", 422, "geen datum met tijd", "no time"),
    ("9999999999", 422, "geen datum met tijd", "a number"),
]


@pytest.mark.parametrize(("starts", "status", "says", "why"), HOURS)
def test_a_clock_in_hours_stands_still_by_the_minute(as_vincent, case, vincent, starts, status, says, why):
    note_event(vincent, case, "crisis_accepted", datetime(2026, 3, 28, 12, tzinfo=AMSTERDAM))
    Clock.objects.filter(norm__slug="icd-process").update(
        started_at=datetime(2026, 10, 24, 12, tzinfo=AMSTERDAM), due_at=datetime(2026, 12, 24, 12, tzinfo=AMSTERDAM)
    )
    response = act(as_vincent, Clock.objects.get(norm__slug="icd-process"), "suspend", starts_at=starts, reason="wacht")
    assert response.status_code == status, why
    if status == 422:
        assert says in unescape(response.content.decode())
    else:
        assert f"{Suspension.objects.get().starts_at:%Y-%m-%dT%H:%M}" == says


def test_overlapping_is_refused_on_the_page(as_vincent, clock, vincent):
    suspend(vincent, clock, datetime(2026, 11, 25, tzinfo=AMSTERDAM), datetime(2026, 11, 27, tzinfo=AMSTERDAM), "een")
    response = act(as_vincent, clock, "suspend", starts_at="2026-11-26", reason="twee")
    assert response.status_code == 422
    assert "stond de termijn al stil" in response.content.decode()


def test_who_was_second_reads_why_and_keeps_what_was_typed(as_vincent, clock):
    act(as_vincent, clock, "drop", reason="dubbel")
    response = act(as_vincent, clock, "suspend", starts_at="2026-11-25", reason="wacht op huisarts")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Deze termijn loopt niet meer" in page
    assert "wacht op huisarts" in page


@pytest.mark.parametrize(("username", "status"), [("kenter", 404), ("police", 404), ("manager", 404), ("worker", 404)])
def test_who_does_not_see_the_case_gets_nothing(client, demo_users, clock, username, status):
    client.force_login(demo_users[username])
    assert client.get(reverse("case-terms", args=[clock.case_id])).status_code == status
    assert act(client, clock, "stuck", reason="x").status_code == status


def test_who_only_sees_the_case_reads_and_does_nothing(client, routed, wilma, karin, tuesday_morning):
    offered = routed(wilma)
    note_event(None, offered.case, "vt_reported", tuesday_morning)
    client.force_login(karin.user)
    page = client.get(reverse("case-terms", args=[offered.case_id])).content.decode()
    assert "Stilzetten" not in page
    clock = Clock.objects.filter(case=offered.case).first()
    assert act(client, clock, "stuck", reason="x").status_code == 403


def test_a_clock_of_another_case_is_not_there(as_vincent, clock, routed, wilma):
    other = routed(wilma).case
    assert as_vincent.post(reverse("term-act", args=[other.pk, clock.pk, "drop"])).status_code == 404
    assert as_vincent.post(reverse("term-act", args=[clock.case_id, clock.pk, "nonsense"])).status_code == 404


def test_closing_shows_what_still_runs(as_vincent, clock):
    case = clock.case
    page = as_vincent.get(reverse("case", args=[case.pk])).content.decode()
    assert "Deze termijnen lopen nog:" in page
    refused = as_vincent.post(reverse("case-close", args=[case.pk]), {"closing_note": "Rustig."})
    assert refused.status_code == 409
    assert "loopt nog, t/m dinsdag 1 december 2026" in refused.content.decode()
    given = {"closing_note": "Rustig.", "drop_terms": "on"}
    assert as_vincent.post(reverse("case-close", args=[case.pk]), given).status_code == 302
    assert not Clock.objects.filter(dropped_at=None).exists()
