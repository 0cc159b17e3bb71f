"""A youth protection measure in a case: its dates in order, its clocks, and its page."""

from datetime import date, datetime
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.errors import CaseIsClosed, MeasureChanged
from dossiers.models import Clock, Measure, Norm, Person
from dossiers.services import add_measure, change_measure
from routing.errors import InvalidEntry
from routing.models import Case
from routing.services import accept, close_case

pytestmark = pytest.mark.usefixtures("tuesday_morning")

OTS = {"kind": "supervision_order", "agency": "djgb", "noticed_on": date(2026, 11, 9), "ruled_on": date(2026, 11, 2)}
WHOLE = OTS | {
    "start_team": "Startteam IJmond",
    "start_team_on": date(2026, 11, 10),
    "guardian": "J. de Beschermer",
    "guardian_linked_on": date(2026, 11, 12),
    "plan_supported_on": date(2026, 11, 16),
    "help_started_on": date(2026, 11, 20),
    "permanent_guardian": "V. Vast",
    "handed_over_on": date(2026, 11, 23),
}


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    return accept(vincent, routed(wilma, category="hgkm", age=8)).case


@pytest.fixture
def ots(vincent, case) -> Measure:
    return add_measure(vincent, case, OTS)


@pytest.fixture
def child(case) -> Person:
    person = Person.objects.create(given_name="Noor", surname="Jansen")
    case.people.create(person=person, role="subject", since=case.opened_at)
    return person


@pytest.fixture
def as_(client):
    def sign_in(actor):
        client.force_login(actor.user)
        return client

    return sign_in


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_a_measure_with_its_whole_way(vincent, case, child):
    kept = add_measure(vincent, case, WHOLE | {"child": child})
    ended = change_measure(vincent, kept, {"ended_on": date(2026, 11, 24), "end_reason": "Verhuisd."}, 1)
    assert (ended.version, ended.child, ended.guardian) == (2, child, "J. de Beschermer")
    assert [each.version for each in ended.history.all()] == [2, 1]
    logged = AccessLogEntry.objects.filter(event__startswith="measure.", subject=str(case.pk))
    assert {entry.event for entry in logged} == {"measure.added", "measure.changed"}


NORMS = [
    ("guardian-linked", "5 working days", "measure_noticed", "guardian_linked"),
    ("supported-plan", "6 weeks", "measure_ruled", "plan_supported"),
    ("fitting-help", "3 months", "measure_ruled", "help_started"),
]


@pytest.fixture
def norms(case):
    for slug, duration, starts, ends in NORMS:
        known = {"duration": duration, "starts": starts, "ends": ends, "source": "agreement"}
        Norm.objects.get_or_create(region=case.region, slug=slug, in_force=True, defaults=known)


def test_its_dates_are_told_to_the_clocks(vincent, case, norms):
    kept = add_measure(vincent, case, OTS)
    ours = Clock.objects.filter(topic=f"measure-{kept.pk}")
    assert ours.count() == 3
    assert Clock.objects.get(norm__slug="guardian-linked").due_at == datetime(2026, 11, 17, tzinfo=AMSTERDAM)
    change_measure(vincent, kept, {"guardian": "J.", "guardian_linked_on": date(2026, 11, 12)}, 1)
    assert Clock.objects.get(norm__slug="guardian-linked").met_at == datetime(2026, 11, 12, tzinfo=AMSTERDAM)
    assert ours.filter(met_at=None).count() == 2


def test_known_all_at_once_every_clock_is_met(vincent, case, norms):
    kept = add_measure(vincent, case, WHOLE)
    assert Clock.objects.filter(topic=f"measure-{kept.pk}", met_at__isnull=False).count() == 3


def test_a_measure_from_before_the_norms_has_no_clocks(vincent, case, norms):
    kept = add_measure(vincent, case, OTS | {"noticed_on": date(2016, 3, 1), "ruled_on": date(2016, 2, 22)})
    ended = {"guardian": "J.", "guardian_linked_on": date(2020, 2, 1), "ruled_on": date(2016, 2, 23)}
    change_measure(vincent, kept, ended, 1)
    assert not Clock.objects.filter(topic=f"measure-{kept.pk}").exists()


def test_two_measures_have_clocks_of_their_own(vincent, case, norms):
    add_measure(vincent, case, OTS)
    add_measure(vincent, case, OTS | {"kind": "probation", "agency": "ljr"})
    assert Clock.objects.filter(norm__slug="guardian-linked").count() == 2


# --- What is filled in wrong -------------------------------------------------------------------------------

WRONG = [
    # what is given, field, message, why
    ({"noticed_on": date(2026, 11, 25)}, "noticed_on", "Deze dag moet nog komen.", "in the future"),
    ({"ruled_on": date(2027, 1, 1)}, "ruled_on", "Deze dag moet nog komen.", "in the future"),
    ({"ruled_on": date(206, 11, 2)}, "ruled_on", "te lang geleden", "a slip of the finger"),
    ({"guardian_linked_on": date(2026, 11, 8), "guardian": "J."}, "guardian_linked_on", "Dit is vóór", "before notice"),
    ({"guardian_linked_on": date(2026, 11, 12)}, "guardian", "Vul dit in bij", "linked, but who"),
    ({"plan_supported_on": date(2026, 11, 1)}, "plan_supported_on", "Dit is vóór", "a plan before the ruling"),
    ({"help_started_on": date(2026, 11, 1)}, "help_started_on", "Dit is vóór", "help before the ruling"),
    ({"plan_supported_on": date(2026, 11, 9), "ruled_on": None}, "plan_supported_on", "Vul eerst", "without a ruling"),
    ({"handed_over_on": date(2026, 11, 9), "permanent_guardian": "V."}, "handed_over_on", "Vul eerst", "from whom"),
    ({"start_team_on": date(2026, 11, 10)}, "start_team", "Vul dit in bij", "a start team without a name"),
    ({"ended_on": date(2026, 11, 1), "end_reason": "x"}, "ended_on", "Dit is vóór", "ended before it began"),
    ({"ended_on": date(2026, 11, 20)}, "end_reason", "Vul dit in bij", "ended without a reason"),
]
IDS = [f"{row[1]}: {row[3]}" for row in WRONG]


@pytest.mark.parametrize(("given", "field", "says", "why"), WRONG, ids=IDS)
def test_dates_out_of_order_are_refused_at_the_field(as_, vincent, case, given, field, says, why):
    with pytest.raises(InvalidEntry) as refused:
        add_measure(vincent, case, OTS | given)
    assert says in refused.value.errors[field], why
    sent = {name: value or "" for name, value in (OTS | given).items()}
    response = as_(vincent).post(reverse("case-measure-add", args=[case.pk]), sent)
    assert (response.status_code, says in text_of(response)) == (422, True)
    assert all(str(value) in text_of(response) for value in sent.values()), "nothing typed is lost"
    assert not Measure.objects.exists()


PAST_THE_SERVICE = [
    # the database knows no today, and no slip of the finger
    row
    for row in WRONG
    if row[1] not in ("noticed_on", "ruled_on")
]


@pytest.mark.parametrize(("given", "field", "says", "why"), PAST_THE_SERVICE, ids=[r[3] for r in PAST_THE_SERVICE])
def test_the_database_refuses_them_too(case, given, field, says, why):
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.create(case=case, **OTS | given)


TYPED = [
    # what is sent, status, what the page says, why
    ({"kind": ""}, 422, "Kies er een.", "no measure"),
    ({"kind": "jail"}, 422, "Kies er een uit de lijst.", "a measure that is not there"),
    ({"agency": "\x00"}, 422, "Kies er een uit de lijst.", "a zero byte is no agency"),
    ({"noticed_on": ""}, 422, "Vul een datum in.", "no notice"),
    ({"noticed_on": "31-02-2026"}, 422, "Vul een datum in, zoals", "a day that does not exist"),
    ({"child": "987654"}, 422, "Kies iemand van deze casus.", "somebody who does not exist"),
    ({"municipality": "0"}, 422, "Kies een gemeente uit de lijst.", "no municipality"),
    ({"guardian": "x" * 100_000}, 422, "ten hoogste 200 tekens", "a name as long as a report"),
    ({"guardian": "J\x00an 😟 مرحبا"}, 302, "", "odd characters are kept, the zero byte drops out"),
    ({"end_reason": "é" * 100_000}, 302, "", "a long text"),
]


@pytest.mark.parametrize(("given", "status", "says", "why"), TYPED, ids=[row[3] for row in TYPED])
def test_what_is_typed_is_answered(as_, vincent, case, given, status, says, why):
    response = as_(vincent).post(reverse("case-measure-add", args=[case.pk]), OTS | given)
    assert response.status_code == status, why
    assert says in text_of(response)
    assert Measure.objects.count() == (status == 302)


def test_somebody_of_another_case_is_refused(vincent, case):
    stranger = Person.objects.create(given_name="Iemand", surname="Anders")
    with pytest.raises(InvalidEntry) as refused:
        add_measure(vincent, case, OTS | {"child": stranger})
    assert refused.value.errors == {"child": "Kies iemand van deze casus."}


# --- Two at once -------------------------------------------------------------------------------------------


def test_an_older_version_never_overwrites(as_, vincent, ots):
    change_measure(vincent, ots, {"guardian": "J. Eerst"}, 1)
    with pytest.raises(MeasureChanged):
        change_measure(vincent, ots, {"guardian": "J. Later"}, 1)
    address = reverse("case-measure", args=[ots.case_id, ots.pk])
    response = as_(vincent).post(address, OTS | {"guardian": "J. Later", "version": 1})
    page = text_of(response)
    assert response.status_code == 409
    assert "J. Eerst" in page, "what is stored"
    assert "J. Later" in page, "and what was typed"
    assert as_(vincent).post(address, OTS | {"guardian": "J. Later", "version": 2}).status_code == 302
    ots.refresh_from_db()
    assert ots.guardian == "J. Later"


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "\x00"])
def test_without_a_version_nothing_is_overwritten(as_, vincent, ots, version):
    address = reverse("case-measure", args=[ots.case_id, ots.pk])
    assert as_(vincent).post(address, OTS | {"guardian": "X", "version": version}).status_code == 409


# --- For whom ----------------------------------------------------------------------------------------------


def test_who_keeps_a_record_or_leads_keeps_measures(as_, vincent, wilma, ingrid, case, ots):
    assert "Maatregel vastleggen" in text_of(as_(vincent).get(reverse("case-measures", args=[case.pk])))
    page = as_(wilma).get(reverse("case-measures", args=[case.pk]))
    assert "Ondertoezichtstelling" in text_of(page), "who sent it reads"
    assert "Maatregel vastleggen" not in text_of(page)
    with pytest.raises(PermissionDenied):
        add_measure(wilma, case, OTS)
    assert as_(wilma).post(reverse("case-measure-add", args=[case.pk])).status_code == 403
    one = reverse("case-measure", args=[case.pk, ots.pk])
    assert as_(wilma).get(one).status_code == 200
    assert as_(wilma).post(one).status_code == 403
    for address in (one, reverse("case-measures", args=[case.pk])):
        assert as_(ingrid).get(address).status_code == 404


def test_a_measure_is_of_its_own_case_only(as_, vincent, wilma, ots, routed):
    other = accept(vincent, routed(wilma, category="hgkm", age=9)).case
    assert as_(vincent).get(reverse("case-measure", args=[other.pk, ots.pk])).status_code == 404


def test_a_closed_case_gets_no_new_measure_and_keeps_its_own(as_, vincent, case, ots):
    case.additions.all().delete()
    close_case(vincent, case, "Voorbij.")
    with pytest.raises(CaseIsClosed):
        add_measure(vincent, case, OTS)
    response = as_(vincent).post(reverse("case-measure-add", args=[case.pk]), OTS | {"guardian": "J. Getypt"})
    assert (response.status_code, "J. Getypt" in text_of(response)) == (409, True)
    assert change_measure(vincent, ots, {"guardian": "J."}, 1).guardian == "J."


# --- A date that was wrong ---------------------------------------------------------------------------------


def test_a_corrected_date_moves_its_clocks(vincent, case, norms):
    kept = add_measure(vincent, case, OTS | {"guardian": "J.", "guardian_linked_on": date(2026, 11, 12)})
    change_measure(vincent, kept, {"noticed_on": date(2026, 11, 10), "guardian_linked_on": date(2026, 11, 13)}, 1)
    clock = Clock.objects.get(norm__slug="guardian-linked")
    assert clock.started_at == datetime(2026, 11, 10, tzinfo=AMSTERDAM)
    assert clock.due_at == datetime(2026, 11, 18, tzinfo=AMSTERDAM)
    assert clock.met_at == datetime(2026, 11, 13, tzinfo=AMSTERDAM)


def test_a_date_taken_away_takes_its_clocks_along(vincent, case, norms):
    kept = add_measure(vincent, case, OTS | {"guardian": "J.", "guardian_linked_on": date(2026, 11, 12)})
    change_measure(vincent, kept, {"guardian_linked_on": None, "ruled_on": None}, 1)
    assert Clock.objects.get(norm__slug="guardian-linked").met_at is None
    assert not Clock.objects.filter(norm__starts="measure_ruled", dropped_at=None).exists()


# --- A reporter who is shielded ----------------------------------------------------------------------------


@pytest.fixture
def neighbour(case) -> Person:
    person = Person.objects.create(given_name="Geheime", surname="Buurvrouw")
    case.people.create(person=person, role="reporter", since=case.opened_at)
    return person


def shield(case: Case) -> None:
    row = case.people.get(role="reporter")
    row.shielded = True
    row.save()


def test_a_shielded_reporter_is_on_no_list_to_choose_from(as_, vincent, case, child, neighbour, ots):
    shield(case)
    for address in (reverse("case-measures", args=[case.pk]), reverse("case-measure", args=[case.pk, ots.pk])):
        text = text_of(as_(vincent).get(address))
        assert ("Noor Jansen" in text, "Buurvrouw" in text) == (True, False)
    crafted = as_(vincent).post(reverse("case-measure-add", args=[case.pk]), OTS | {"child": neighbour.pk})
    assert (crafted.status_code, Measure.objects.count()) == (422, 1)


def test_who_is_shielded_later_is_named_no_more(as_, vincent, wilma, case, neighbour):
    kept = add_measure(vincent, case, OTS | {"child": neighbour})
    address = reverse("case-measure", args=[case.pk, kept.pk])
    assert "Buurvrouw" in text_of(as_(wilma).get(address))
    shield(case)
    for actor in (wilma, vincent):
        assert "Buurvrouw" not in text_of(as_(actor).get(address))
