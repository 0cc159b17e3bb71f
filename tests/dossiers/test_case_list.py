"""The list of cases and the view of a region: who sees which, with which light, in a fixed number of queries."""

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccessLogEntry
from dossiers import selectors
from dossiers.core import AMSTERDAM, Light
from dossiers.models import Clock
from dossiers.selectors.lights import clock_light, with_light
from dossiers.selectors.terms import light_of
from dossiers.services import close_case, mark_stuck, note_event, suspend
from routing.models import Case
from routing.services import accept

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM)


@pytest.fixture
def vt_case(routed, vincent, tuesday_morning):
    return routed(vincent, category="hgkm", age=8).case


@pytest.fixture
def page(client, demo_users):
    def fetch(username: str, name: str = "cases", **asked):
        client.force_login(demo_users[username])
        return client.get(reverse(name), asked)

    return fetch


def rows_of(response) -> list[int]:
    return [row.case.pk for row in response.context["rows"]]


# --- Lights -----------------------------------------------------------------------------------------


def test_the_worst_light_of_a_case(vt_case, vincent, routed, wilma):
    none = routed(wilma).case
    assert selectors.worst(term.light for term in selectors.terms_of(none)) is None
    assert lights() == {vt_case.pk: "yellow", none.pk: ""}
    note_event(None, none, "measure_ruled", timezone.now(), "measure-1")
    note_event(None, none, "plan_supported", timezone.now(), "measure-1")
    note_event(None, none, "help_started", timezone.now(), "measure-1")
    assert lights()[none.pk] == "green"
    note_event(None, none, "measure_noticed", timezone.now(), "measure-2")
    note_event(None, none, "guardian_linked", timezone.now(), "measure-2")
    assert lights()[none.pk] == "white", "the ruling of the second measure has yet to come"
    mark_stuck(vincent, Clock.objects.filter(case=vt_case).first(), "geen plek")
    assert lights()[vt_case.pk] == "red"


def lights() -> dict[int, str]:
    """As the database says; and as Python says, which must be the same."""
    found = dict(with_light(Case.objects.all(), timezone.now()).values_list("pk", "light"))
    for case in Case.objects.filter(pk__in=found):
        assert found[case.pk] == (selectors.worst(term.light for term in selectors.terms_of(case)) or "")
    return found


MOMENTS = st.one_of(st.none(), st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS, st.integers(-3, 3), MOMENTS, MOMENTS)
def test_the_database_and_the_core_see_the_same_light(vt_case, met, due, still, stuck):
    clock = Clock.objects.filter(case=vt_case).first()
    clock.met_at, clock.stands_still_since, clock.stuck_at = met, still, stuck
    clock.due_at = NOW + timedelta(hours=due)
    clock.save()
    light = Clock.objects.annotate(light=clock_light(NOW)).get(pk=clock.pk).light
    assert light == light_of(clock, NOW)


# --- The list ---------------------------------------------------------------------------------------


def test_everybody_sees_their_own_cases(page, vt_case, routed, wilma):
    offered = routed(wilma).case
    assert set(rows_of(page("worker"))) == {offered.pk}
    assert set(rows_of(page("vt"))) == {vt_case.pk}
    assert set(rows_of(page("kenter"))) == {offered.pk}


def test_what_is_due_first_stands_first(page, vincent, routed, tuesday_morning):
    late, none, soon = (routed(vincent, category="hgkm", age=8).case for _case in range(3))
    for clock in Clock.objects.filter(case=none):
        clock.dropped_at = NOW
        clock.save()
    note_event(vincent, soon, "crisis_order_imposed", tuesday_morning)
    assert rows_of(page("vt")) == [soon.pk, late.pk, none.pk]
    assert rows_of(page("vt", sort="opened")) == [soon.pk, none.pk, late.pk]


def test_filters(page, vincent, wilma, routed, karin, vt_case):
    other = routed(wilma).case
    accept(karin, other.handovers.get())
    mark_stuck(vincent, Clock.objects.filter(case=vt_case).first(), "geen plek")
    for asked, expected, why in (
        ({}, [vt_case.pk], "open"),
        ({"light": "red"}, [vt_case.pk], "red"),
        ({"light": "green"}, [], "none is green"),
        ({"norm": "vt-investigation"}, [vt_case.pk], "with this norm"),
        ({"norm": "thv"}, [], "without that one"),
        ({"whose": "ours"}, [vt_case.pk], "we lead"),
        ({"state": "closed"}, [], "none is closed"),
    ):
        assert rows_of(page("vt", **asked)) == expected, why
    assert rows_of(page("worker", whose="ours")) == [], "Kenter leads now"
    assert rows_of(page("kenter", whose="mine")) == [other.pk]
    close_case(vincent, vt_case, "Rustig.", drop_terms=True)
    assert rows_of(page("vt")) == []
    assert rows_of(page("vt", state="closed")) == [vt_case.pk]


def test_a_closed_case_whose_terms_lapsed_has_no_light(page, vincent, vt_case):
    close_case(vincent, vt_case, "Rustig.", drop_terms=True)
    assert "geen termijn" in page("vt", state="all").content.decode()


@pytest.mark.parametrize("asked", [{"light": "paars"}, {"norm": "x\x00"}, {"state": "é" * 10_000}, {"whose": "😟"}])
def test_a_filter_that_is_none(page, vt_case, asked):
    response = page("vt", **asked)
    assert response.status_code == 422
    assert "Kies uit de lijst." in response.content.decode()
    assert page("vt", "cases-csv", **asked).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 5000, "\x00", "²"])
def test_a_page_that_is_none(page, vt_case, number):
    assert page("vt", page=number).status_code == 200


def test_looking_and_taking_away_are_in_the_log(page, vt_case):
    page("vt", light="yellow")
    page("vt", "cases-csv")
    kept = AccessLogEntry.objects.filter(event__in=["case.listed", "cases.exported"]).order_by("pk")
    assert [(each.event, each.purpose) for each in kept] == [
        ("case.listed", "care: state=open&light=yellow (1)"),
        ("cases.exported", "care: state=open (1)"),
    ]


def test_the_file_has_a_row_per_case_and_no_formula(page, vt_case):
    organisation = vt_case.lead_periods.get().organisation
    organisation.name = "=cmd()"
    organisation.save()
    text = page("vt", "cases-csv").content.decode("utf-8-sig")
    head, row = list(csv.reader(StringIO(text), delimiter=";"))
    assert head[:3] == ["Casus", "Geopend", "Gesloten"]
    assert row == [
        *(str(vt_case.pk), "2026-11-24 10:15", "", "'=cmd()", "Geweld of mishandeling", "geel"),
        *("Veiligheidsbeoordeling", "2026-12-02 00:00", "0"),
    ]


def test_more_cases_ask_no_more_queries(page, vincent, routed, tuesday_morning):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert page("vt").status_code == 200
        return len(asked)

    routed(vincent, category="hgkm", age=8)
    queries()  # the first of a process asks what is then remembered
    few = queries()
    for _case in range(4):
        routed(vincent, category="hgkm", age=8)
    assert queries() == few


def test_a_page_begins_with_what_is_due_first(page, vt_case):
    for username, name in (("vt", "inbox"), ("vt", "desk")):
        assert "Eerste termijn" in page(username, name).content.decode()
    assert "Eerste termijn" not in page("kenter", "inbox").content.decode()


# --- The region -------------------------------------------------------------------------------------


def test_the_manager_sees_how_the_region_stands(page, vincent, vt_case):
    clock = Clock.objects.get(norm__slug="vt-safety-assessment")
    mark_stuck(vincent, clock, "geen plek")
    shown = page("manager", "cases-team").context["team"]
    counts = {row.name: dict(row.counts) for row in shown.norms}
    assert counts == {"Veiligheidsbeoordeling": {"red": 1}, "Onderzoek met besluit": {"yellow": 1}}
    assert [dict(row.counts) for row in shown.organisations] == [{"red": 1, "yellow": 1}]
    assert [each.pk for each in shown.overdue] == [clock.pk]
    assert shown.overdue_count == 1


def test_what_was_in_time_this_month_and_this_quarter(page, vincent, routed, tuesday_morning):
    met = [True, True, False, None]  # in time, in time, late, never
    for outcome in met:
        case = routed(vincent, category="hgkm", age=8).case
        if outcome is not None:
            days = 2 if outcome else 9
            note_event(vincent, case, "safety_assessed", tuesday_morning + timedelta(days=days))
    with time_machine.travel(datetime(2026, 12, 20, tzinfo=AMSTERDAM), tick=False):
        team = page("manager", "cases-team").context["team"]
    (month,) = team.month
    assert (month.name, month.due, month.met, month.percent) == ("Veiligheidsbeoordeling", 4, 2, 50)
    assert (month.ambition, month.reached) == (90, False)
    assert [row.due for row in team.quarter] == [4]
    with time_machine.travel(datetime(2027, 1, 2, tzinfo=AMSTERDAM), tick=False):
        team = page("manager", "cases-team").context["team"]
    assert (team.month, team.quarter) == ([], [])


def test_the_figures_of_one_organisation(page, vincent, karin, routed, vt_case, wilma):
    taken = accept(karin, routed(wilma)).case
    note_event(karin, taken, "measure_noticed", timezone.now(), "measure-1")
    for slug, names in (
        ("kenter", {"Jeugdbeschermer gekoppeld", "Gedragen plan", "Passende hulp gestart"}),
        (vincent.organisation_slug, {"Veiligheidsbeoordeling", "Onderzoek met besluit"}),
    ):
        shown = page("manager", "cases-team", organisation=slug).context["team"]
        assert {row.name for row in shown.norms} == names
        assert len(shown.organisations) == 1
    with time_machine.travel(datetime(2026, 12, 20, tzinfo=AMSTERDAM), tick=False):
        late = page("manager", "cases-team", organisation="kenter").context["team"]
    assert [row.name for row in late.month] == ["Jeugdbeschermer gekoppeld"]
    assert [each.case_id for each in late.overdue] == [taken.pk]


@pytest.mark.parametrize("organisation", ["atlantis", "x\x00", "é" * 10_000, "😟"])
def test_an_organisation_that_is_none(page, vt_case, organisation):
    response = page("manager", "cases-team", organisation=organisation)
    assert response.status_code == 422
    assert "utrecht-form-field-error-message" in response.content.decode()


def test_standing_still_is_not_late(page, vincent, vt_case):
    suspend(vincent, Clock.objects.get(norm__slug="vt-safety-assessment"), timezone.now(), None, "wacht")
    with time_machine.travel(datetime(2026, 12, 20, tzinfo=AMSTERDAM), tick=False):
        team = page("manager", "cases-team").context["team"]
        assert team.month == []
        assert team.overdue_count == 0


def test_a_measure_that_awaits_its_ruling_is_white(page, vincent, vt_case):
    note_event(vincent, vt_case, "measure_noticed", timezone.now(), "measure-1")
    counts = {row.name: row.counts for row in page("manager", "cases-team").context["team"].norms}
    assert counts["Gedragen plan"] == {Light.WHITE.value: 1}
    terms = selectors.terms_of(vt_case)
    assert {term.about for term in terms if term.light is Light.WHITE} == {"maatregel 1"}
