"""Everything that happened in a case in one order: what stands there, for whom, filtered, and on paper."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Action, Clock, Norm, Participant, Person, Task
from dossiers.selectors.timeline import WHAT_NAMES, Asked, timeline_of
from dossiers.services import note_event, save_record
from partners.models import Organisation, Service
from routing.models import Case, CaseNote
from routing.services import accept, add_note, hold_consultation, offer_again
from triage.models import Contact

pytestmark = pytest.mark.usefixtures("tuesday_morning")

BESIDE = ("veilig_thuis", "measure", "disclosure")  # these have their own tests
EARLIER = datetime(2026, 11, 20, 9, tzinfo=AMSTERDAM)


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    """Veilig Thuis leads it; the ICD sent it, and a good deal happened."""
    handover = routed(wilma, category="hgkm", age=8)
    case = accept(vincent, handover).case
    ours = Organisation.objects.get(pk=vincent.organisation_id)
    Contact.objects.create(
        draft_id="00000000-0000-0000-0000-000000000001",
        region=case.region,
        organisation_id=wilma.organisation_id,
        taken_by=wilma.user,
        case=case,
        outcome="routed",
        started_at=EARLIER,
        confirmed_at=EARLIER,
        narrative="Buurvrouw hoort het schreeuwen.",
    )
    add_note(vincent, case, "Moeder belde over de Zeeweg.")
    hold_consultation(vincent, case, [Organisation.objects.get(slug="politie")], "joint", "Samen erheen.")
    for name, role, shielded in (("Jan Bakker", "subject", False), ("Buurvrouw", "reporter", True)):
        person = Person.objects.create(surname=name)
        case.people.create(person=person, role=role, shielded=shielded, since=EARLIER)
    kept = {"case": case, "keeper": ours, "changed_by": vincent.user}
    Action.objects.create(
        kind="restraining_order",
        organisation=ours,
        started_at=EARLIER,
        extended_at=EARLIER + timedelta(days=1),
        extended_because="Nog niet veilig.",
        lapses_on=EARLIER.date(),
        ended_at=EARLIER + timedelta(days=2),
        ending="withdrawn",
        end_note="Beroep gegrond.",
        **kept,
    )
    Participant.objects.create(
        name="Els", organisation_name="School", since=EARLIER.date(), noted_at=EARLIER, until=EARLIER.date(), **kept
    )
    given = {"given_at": EARLIER, "given_by": vincent.user, "done_at": timezone.now(), "done_by": vincent.user}
    Task.objects.create(text="Bel school.", organisation=ours, note="Gedaan.", **given, **kept)
    Norm.objects.create(
        region=case.region, slug="x", duration="1 h", starts="began", ends="safety_assessed", source="law"
    )
    note_event(vincent, case, "began", EARLIER)
    save_record(vincent, case.vtrecord, {"situation": "Gezin bezocht."}, 1)
    return case


@pytest.fixture
def as_vincent(client, vincent) -> Client:
    client.force_login(vincent.user)
    return client


def page_of(client, case, **asked) -> str:
    return text_of(client.get(reverse("case-timeline", args=[case.pk]), asked))


def text_of(response) -> str:
    return unescape(response.content.decode())


def titles(actor, case, **asked) -> list[str]:
    return [entry.title for entry in timeline_of(actor, case).only(Asked(**asked)).entries]


# --- What stands there --------------------------------------------------------------------------------------


def test_everything_stands_on_it(as_vincent, case, vincent):
    page = page_of(as_vincent, case, toon=200)
    for shown in (
        "nam een melding aan",
        "is verantwoordelijk",
        "kreeg de regie",
        "bood de casus aan bij",
        "nam de overdracht aan",
        "overlegde met Politie",
        "Moeder belde over de Zeeweg.",
        "Begonnen: tijdelijk huisverbod",
        "Verlengd tot en met vr 20 november 2026",
        "ingetrokken of gestopt",
        "Persoon erbij: Jan Bakker (betrokkene)",
        "Betrokken: Els, School",
        "Niet meer betrokken: Els",
        "Taak voor Veilig Thuis",
        "Taak gedaan door Veilig Thuis",
        "Geopend: dossier van Veilig Thuis",
        "Bewaard: dossier van Veilig Thuis, versie 2",
        "Termijn begonnen: veiligheidsbeoordeling",
        "Termijn verstreken: veiligheidsbeoordeling",
    ):
        assert shown in page, shown
    assert "Buurvrouw (melder)" not in page, "the reporter is shielded"
    assert {entry.what for entry in timeline_of(vincent, case).entries} == set(WHAT_NAMES) - {"alarm", *BESIDE}


def test_newest_first_or_oldest_first(case, vincent):
    moments = [entry.at for entry in timeline_of(vincent, case).only(Asked()).entries]
    assert moments == sorted(moments, reverse=True)
    assert titles(vincent, case, oldest_first=True) == titles(vincent, case)[::-1]


def test_what_was_told_at_the_call_is_for_who_took_it(case, vincent, wilma):
    """As on the page of a contact."""
    for actor, told in ((wilma, "Buurvrouw hoort het schreeuwen."), (vincent, "")):
        (entry,) = timeline_of(actor, case).only(Asked(what="contact")).entries
        assert (entry.text, bool(entry.link)) == (told, bool(told))


FILTERS = [
    ({"what": "note"}, ["Notitie van Veilig Thuis Kennemerland"], "one kind"),
    ({"words": "zeeweg MOEDER"}, ["Notitie van Veilig Thuis Kennemerland"], "both words, in any case and order"),
    ({"words": "zeeweg vader"}, [], "not one of the two"),
    ({"organisation": "Politie"}, ["Veilig Thuis Kennemerland overlegde met Politie"], "one organisation"),
    ({"organisation": "School", "what": "note"}, [], "both must fit"),
    ({"what": "task", "until": EARLIER.date()}, ["Taak voor Veilig Thuis Kennemerland"], "up to that day"),
    (
        {"what": "task", "since": EARLIER.date() + timedelta(days=1)},
        ["Taak gedaan door Veilig Thuis Kennemerland"],
        "after",
    ),
]


@pytest.mark.parametrize(("asked", "found", "why"), FILTERS, ids=[row[2] for row in FILTERS])
def test_filters(case, vincent, asked, found, why):
    assert titles(vincent, case, **asked) == found, why


WRONG = [
    ({"soort": "dispatch"}, "Kies er een uit de lijst", "an unknown kind"),
    ({"organisatie": "Bakkerij"}, "Kies er een uit de lijst", "an organisation that does not occur"),
    ({"vanaf": "gisteren"}, "Dit is geen datum", "in words"),
    ({"vanaf": "2026-11-24", "tot": "2026-11-01"}, "De laatste dag ligt vóór de eerste", "the wrong way round"),
    ({"woorden": "é" * 1000}, "hoogstens 200 tekens", "a whole report"),
]


@pytest.mark.parametrize(("asked", "says", "why"), WRONG)
def test_a_filter_that_is_wrong_says_so_and_leaves_nothing_out(as_vincent, case, asked, says, why):
    response = as_vincent.get(reverse("case-timeline", args=[case.pk]), asked)
    assert (response.status_code, says in text_of(response)) == (422, True), why
    assert "Moeder belde over de Zeeweg." in text_of(response)


@pytest.mark.parametrize("words", ["\x00", "😟", "מילה", "%", "'; --", "<script>alert(1)</script>"])
def test_any_words_can_be_looked_for(as_vincent, case, words):
    response = as_vincent.get(reverse("case-timeline", args=[case.pk]), {"woorden": words, "toon": "x"})
    assert response.status_code in (200, 422)
    assert "<script>alert" not in response.content.decode()


# --- However much there is --------------------------------------------------------------------------------------


def many_notes(case, vincent, number: int) -> None:
    """The table only takes additions, so straight in."""
    CaseNote.objects.bulk_create(
        CaseNote(
            case=case,
            organisation_id=vincent.organisation_id,
            text=f"Notitie nummer {each}",
            written_at=EARLIER + timedelta(minutes=each),
            written_by=vincent.user,
        )
        for each in range(number)
    )


def test_the_number_of_queries_does_not_depend_on_how_much_there_is(as_vincent, case, vincent):
    address = reverse("case-timeline", args=[case.pk])
    as_vincent.get(address)
    with CaptureQueriesContext(connection) as few:
        as_vincent.get(address)
    many_notes(case, vincent, 300)
    for name in ("Task", "Action", "Participant"):
        model = {"Task": Task, "Action": Action, "Participant": Participant}[name]
        for _each in range(5):
            row = model.objects.filter(case=case).first()
            row.pk = None
            row.save()
    with CaptureQueriesContext(connection) as more:
        as_vincent.get(address, {"toon": 400})
    assert len(more) == len(few)


def test_five_thousand_entries_are_shown_a_hundred_at_a_time(as_vincent, case, vincent):
    many_notes(case, vincent, 5000)
    response = as_vincent.get(reverse("case-timeline", args=[case.pk]), {"soort": "note"})
    assert len(response.context["entries"]) == 100
    page = text_of(response)
    assert "5001 van" in page
    assert "soort=note&toon=200" in page
    more = as_vincent.get(f"{reverse('case-timeline', args=[case.pk])}?{response.context['more']}")
    assert len(more.context["entries"]) == 200
    paper = as_vincent.get(reverse("case-timeline", args=[case.pk]), {"print": "1"})
    assert (len(paper.context["entries"]), paper.context["left_out"] > 0) == (5000, True)


def test_why_a_person_chose_another_organisation(as_vincent, vincent, case):
    """Chosen by somebody, with a reason: the page, its print and the summary all tell it."""
    case.additions.all().delete()
    chosen = Service.objects.get(region=case.region, slug="ggz-ingeest")
    offer_again(vincent, case, chosen_service=chosen, chosen_reason="mixed_picture", chosen_note="Hoort stemmen.")
    page = page_of(as_vincent, case, soort="decision")
    assert "gemengd beeld: dit weegt het zwaarst" in page
    assert "Hoort stemmen." in page
    assert as_vincent.get(reverse("case-summary", args=[case.pk]), {"doel": "file"}).status_code == 200


# --- On paper ---------------------------------------------------------------------------------------------------


def test_printing_says_who_and_when_and_is_logged(as_vincent, case, vincent):
    page = page_of(as_vincent, case, print="1", soort="note")
    for shown in (
        "Vertrouwelijk",
        f"Afgedrukt door {vincent.user.get_full_name()}",
        "24 november 2026 10:15",
        "Zeeweg",
    ):
        assert shown in page, shown
    assert "Bel school." not in page, "only what the filter shows"
    entry = AccessLogEntry.objects.get(event="case.printed")
    assert (entry.subject, entry.action, entry.rule) == (str(case.pk), "E", "own_case")


def test_another_organisation_gets_nothing(client, ingrid, case):
    client.force_login(ingrid.user)
    for name in ("case-timeline", "case-summary"):
        assert client.get(reverse(name, args=[case.pk]), {"print": "1", "doel": "file"}).status_code == 404
    assert not AccessLogEntry.objects.filter(event__in=("case.printed", "case.exported")).exists()


def test_a_dropped_clock_is_not_late(case, vincent):
    assert "Termijn verstreken: veiligheidsbeoordeling gedaan" in titles(vincent, case, what="clock")
    clock = Clock.objects.get(case=case, norm__slug="x")
    clock.dropped_at, clock.dropped_because = timezone.now(), "Was een advies."
    clock.save()
    found = titles(vincent, case, what="clock")
    assert "Termijn vervallen: veiligheidsbeoordeling gedaan" in found
    assert "Termijn verstreken: veiligheidsbeoordeling gedaan" not in found
