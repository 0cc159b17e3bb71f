"""The summary in PDF, read back: accessible, complete, and nothing in it that its reader may not have."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AccessLogEntry
from dossiers.core import AMSTERDAM
from dossiers.models import Action, Participant, Person, Task, VtRecord
from dossiers.pdf import ZERO_WIDTH_SPACE, clean, make_pdf, missing_in
from dossiers.services import choose_sharing, save_record
from dossiers.summary import summary_of
from partners.models import Organisation
from routing.models import Case
from routing.services import accept, add_note

pytestmark = pytest.mark.usefixtures("tuesday_morning")

MORNING = datetime(2026, 11, 24, 9, tzinfo=AMSTERDAM)
INJECTED = '#import "x" $ *vet* #panic() @label <label> [haak] // weg'


@pytest.fixture
def case(wilma, vincent, routed) -> Case:
    case = accept(vincent, routed(wilma, category="hgkm", age=8)).case
    ours = Organisation.objects.get(pk=vincent.organisation_id)
    jan = Person.objects.create(given_name="Jan", surname="Bakker")
    case.people.create(person=jan, role="subject", since=MORNING)
    neighbour = Person.objects.create(given_name="Geheime", surname="Buurvrouw")
    case.people.create(person=neighbour, role="reporter", shielded=True, since=MORNING)
    kept = {"case": case, "keeper": ours, "changed_by": vincent.user}
    Action.objects.create(
        kind="restraining_order", person=jan, organisation=ours, started_at=MORNING, lapses_on="2026-12-04", **kept
    )
    Participant.objects.create(name="Els", organisation_name="School", since="2026-11-20", noted_at=MORNING, **kept)
    Task.objects.create(text="Bel school.", organisation=ours, given_at=MORNING, given_by=vincent.user, **kept)
    return case


@pytest.fixture
def as_vincent(client, vincent) -> Client:
    client.force_login(vincent.user)
    return client


def asked(client, case, purpose="handover"):
    return client.get(reverse("case-summary", args=[case.pk]), {"doel": purpose})


def read(response) -> PdfReader:
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    """On one line: where a line breaks is the page's business."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace(ZERO_WIDTH_SPACE, "").split())


def roles_in(element) -> list[str]:
    """The kinds of structure elements, from the top down."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [role for each in element for role in roles_in(each)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + (roles_in(element["/K"]) if "/K" in element else [])


def test_it_is_tagged_titled_and_in_dutch(as_vincent, case, vincent):
    reader = read(asked(as_vincent, case))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of the PDF, not of Python
    assert root["/Lang"] == "nl"
    assert reader.metadata.title == f"Samenvatting van casus {case.pk}"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    roles = roles_in(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/Table", "/TH", "/TD"} <= set(roles)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata.author == vincent.user.get_full_name()


def test_it_says_what_is_going_on_who_made_it_and_when(as_vincent, case, vincent):
    text = text_of(read(asked(as_vincent, case)))
    for shown in (
        "Vertrouwelijk",
        f"Gemaakt door {vincent.user.get_full_name()}, Veilig Thuis Kennemerland, op 24 november 2026 10:15",
        "Regie: Veilig Thuis Kennemerland",
        "Jan Bakker",
        "tijdelijk huisverbod",
        "vr 4 december 2026",
        "Bel school.",
        "Els",
        "Laatste gebeurtenissen",
        "1 / ",
    ):
        assert shown in text, shown


def test_a_shielded_reporter_is_not_in_it(as_vincent, case):
    response = asked(as_vincent, case)
    assert "Buurvrouw" not in text_of(read(response))
    assert b"Buurvrouw" not in response.content


def test_a_reporter_whom_the_dossier_shields_is_not_in_it_either(as_vincent, case):
    case.people.filter(role="reporter").update(shielded=False)
    assert "Buurvrouw" in text_of(read(asked(as_vincent, case)))
    VtRecord.objects.filter(case=case).update(reporter_shielded=True)
    assert "Buurvrouw" not in text_of(read(asked(as_vincent, case)))


def test_a_field_that_its_keeper_does_not_share_is_for_its_keeper_only(as_vincent, case, vincent, wilma):
    record = save_record(vincent, case.vtrecord, {"safety": "Adres van de blijf-van-mijn-lijfplek."}, 1)
    choose_sharing(vincent, record, "safety", shared=False, reason="Levensgevaarlijk.")
    assert "lijfplek" in text_of(read(asked(as_vincent, case)))
    as_vincent.force_login(wilma.user)
    assert "lijfplek" not in text_of(read(asked(as_vincent, case)))


def test_it_is_logged_with_its_purpose_and_named_by_number_only(as_vincent, case):
    response = asked(as_vincent, case, "court")
    assert response["Content-Disposition"] == f'attachment; filename="casus-{case.pk}-samenvatting.pdf"'
    entry = AccessLogEntry.objects.get(event="case.exported")
    told = (entry.action, entry.subject, entry.purpose)
    assert told == ("E", str(case.pk), "care: rechtbank, burgemeester of Raad voor de Kinderbescherming")


@pytest.mark.parametrize("purpose", ["", "zomaar", "\x00", "x" * 1000])
def test_without_a_purpose_there_is_none(as_vincent, case, purpose):
    response = asked(as_vincent, case, purpose)
    assert response.status_code == 422
    assert "Kies waarvoor." in response.content.decode() or "Kies er een uit de lijst." in response.content.decode()
    assert not AccessLogEntry.objects.filter(event="case.exported").exists()


TEXTS = [
    (INJECTED, INJECTED, "markup stays text"),
    ("Zij is 😟 en 👩‍👧", "en [woman][girl]", "a sign that no font has is named"),
    ("מילה", "מילה", "Hebrew"),
    ("وكلمة", "", "Arabic: its letters join up, so what is read back differs"),
    ("漢字", "[cjk unified ideograph-6f22]", "Chinese"),
    ("a\u202eb", "ab", "nothing turns the direction of what follows"),
    ("\ue000\U0010ffff", "[?][?]", "no sign at all"),
    ("é" * 100_000, "é" * 30, "a word of 100,000 letters"),
    ("é" * 90_000 + "".join(map(chr, range(0x4E00, 0x5600))), "[cjk unified ideograph-4e00]", "both at once"),
    ("woord " * 20_000, "woord woord", "a whole report"),
]


@pytest.mark.parametrize(("text", "shown", "why"), TEXTS, ids=[row[2] for row in TEXTS])
def test_any_text_comes_out(as_vincent, case, vincent, text, shown, why):
    save_record(vincent, case.vtrecord, {"situation": text, "safety": text[:500]}, 1)
    add_note(vincent, case, text)
    assert shown in text_of(read(asked(as_vincent, case))), why


def test_with_the_fonts_of_the_compiler_alone_it_is_made_too(vincent, case):
    """As on a server without fonts: what is missing is named, nothing breaks."""
    add_note(vincent, case, "Zij zei: שלום en 漢.")
    reader = PdfReader(BytesIO(make_pdf(summary_of(vincent, case), system_fonts=False)))
    assert "[cjk unified ideograph-6f22]" in text_of(reader)


def test_what_the_compiler_misses_is_read_from_what_it_says():
    told = (
        'the text `"\\u{200d}"` could not be displayed with font `"X"`\nthe text `"漢\\u{301}"` could not be displayed'
    )
    assert missing_in(told) == {"\u200d", "漢", "\u0301"}


def test_a_long_run_gets_places_to_break():
    assert clean("x" * 81) == f"{'x' * 40}{ZERO_WIDTH_SPACE}{'x' * 40}{ZERO_WIDTH_SPACE}x"
    assert clean("a\r\nb\x07\tc") == "a\nb\tc"
