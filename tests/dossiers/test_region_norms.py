"""`norms.yaml`: mistakes are named with their place, and loading keeps what runs."""

import json
import shutil
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from crisisdienst.region_packages import PackageRefused, load_package, read_package
from dossiers.core import AMSTERDAM, NORMS
from dossiers.models import Clock, Norm
from dossiers.services import move_event, note_event
from tests.regions import REGIONS

FILE = "norms.yaml"


@pytest.fixture
def planted(tmp_path):
    """A copy of the shipped package in which one text of norms.yaml is replaced."""

    def plant(old: str, new: str):
        copy = tmp_path / "kennemerland"
        shutil.copytree(REGIONS / "kennemerland", copy, dirs_exist_ok=True)
        text = (copy / FILE).read_text(encoding="utf-8")
        assert old in text, "the shipped norms changed: plant this mistake elsewhere"
        (copy / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return plant


GUARDIAN = "norms.guardian-linked"
MISTAKES = [
    # what stands there, what is planted, key, part of the message, why
    (
        "within: 5 werkdagen",
        "within: vijf werkdagen",
        f"{GUARDIAN}.within",
        "Schrijf een heel getal",
        "a number in words",
    ),
    ("within: 5 werkdagen", "within: 5 jaar", f"{GUARDIAN}.within", "De eenheid", "an unknown unit"),
    ("within: 5 werkdagen", "within: 0 dagen", f"{GUARDIAN}.within", "minstens 1", "nothing"),
    ("within: 5 werkdagen", "within: 999 maanden", f"{GUARDIAN}.within", "na 2037", "beyond the calendar"),
    ("within: 24 uur", "within: 99999 uur", "norms.icd-process.within", "langer dan een jaar", "years in hours"),
    ("from: measure_noticed", "from: measure_notised", f"{GUARDIAN}.from", "`measure_noticed`", "unknown event"),
    ("until: guardian_linked", "until: measure_noticed", f"{GUARDIAN}.until", "eindigt niet met", "ends as it begins"),
    ("source: afspraak", "source: gewoonte", f"{GUARDIAN}.source", "geen bekende", "neither law nor agreement"),
    ("remind_before: 1 werkdag", "remind_before: 2 weken", f"{GUARDIAN}.remind_before", "vóór het begin", "too early"),
    (
        "remind_before: 4 uur",
        "remind_before: 1 dag",
        "norms.icd-process.remind_before",
        "ook in uren",
        "days before hours",
    ),
    ("ambition: 90", "ambition: 900", "norms.vt-safety-assessment.ambition", "geen percentage", "more than all"),
    ("moves: nee", "moves: misschien", "norms.thv.moves", "kies uit: ja, nee", "neither yes nor no"),
    ("    name: Gedragen plan\n", "", "norms.supported-plan", "`name` ontbreekt", "without a name"),
    (
        "name: Gedragen plan",
        "name: jeugdbeschermer gekoppeld",
        "norms.supported-plan",
        "heet al een andere",
        "same name",
    ),
    ("  guardian-linked:", "  Guardian_Linked:", "norms.Guardian_Linked", "geen geldige sleutel", "not a key"),
    ("    source: afspraak", "    sourse: afspraak", f"{GUARDIAN}.sourse", "bedoelt u `source`?", "a typo in a name"),
]


@pytest.mark.parametrize(("old", "new", "key", "says", "why"), MISTAKES, ids=[row[4] for row in MISTAKES])
def test_a_mistake_is_named_with_its_place(planted, old, new, key, says, why):
    with pytest.raises(PackageRefused) as refused:
        read_package(planted(old, new))
    found = [mistake for mistake in refused.value.mistakes if mistake.file == FILE and mistake.key == key]
    assert any(says in mistake.message and mistake.line for mistake in found), (why, refused.value.mistakes)


@pytest.mark.parametrize("content", ["", "norms: {}", "norms: [a]", "x: 1", "norms:\n  a: 1", "norms: {a: {name: }}"])
def test_a_file_that_says_nothing(planted, content):
    copy = planted("norms:", "norms:")
    (copy / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(PackageRefused):
        read_package(copy)


@pytest.mark.parametrize("region", ["kennemerland", "noord-holland-noord"])
def test_the_shipped_files_say_what_the_software_ships(region):
    assert read_package(REGIONS / region).norms == list(NORMS.values())


def test_without_the_file_the_shipped_norms_apply(planted):
    copy = planted("norms:", "norms:")
    (copy / FILE).unlink()
    assert read_package(copy).norms == list(NORMS.values())


@pytest.mark.django_db
def test_loading_twice_changes_nothing(kennemerland, kennemerland_package):
    before = list(Norm.objects.order_by("pk").values_list("pk", "in_force"))
    assert load_package(kennemerland_package).norms == {"unchanged": len(NORMS), "withdrawn": 0}
    assert list(Norm.objects.order_by("pk").values_list("pk", "in_force")) == before


@pytest.mark.django_db
def test_a_changed_norm_begins_anew_and_what_runs_keeps_its_own(routed, wilma, planted, tuesday_morning):
    case = routed(wilma).case
    note_event(None, case, "measure_noticed", tuesday_morning, "measure-1")
    loaded = load_package(read_package(planted("within: 5 werkdagen", "within: 3 werkdagen"))).norms
    assert (loaded["changed"], loaded["unchanged"]) == (1, len(NORMS) - 1)
    note_event(None, case, "measure_noticed", tuesday_morning, "measure-2")
    move_event(None, case, "measure_noticed", datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM), "measure-1")
    due = dict(Clock.objects.values_list("topic", "norm__duration"))
    assert due == {"measure-1": "5 working days", "measure-2": "3 working days"}
    kept = Norm.objects.filter(slug="guardian-linked").order_by("pk").values_list("duration", "in_force")
    assert list(kept) == [("5 working days", False), ("3 working days", True)]


@pytest.mark.django_db
def test_a_norm_that_leaves_the_file_starts_nothing_more(routed, wilma, planted, tuesday_morning):
    text = (REGIONS / "kennemerland" / FILE).read_text(encoding="utf-8")
    start, end = text.index("  icd-process:"), text.index("  icd-intervention:")
    assert load_package(read_package(planted(text[start:end], ""))).norms["withdrawn"] == 1
    note_event(None, routed(wilma).case, "crisis_accepted", tuesday_morning)
    assert list(Clock.objects.values_list("norm__slug", flat=True)) == ["icd-intervention"]


@pytest.mark.django_db
def test_the_command_knows_the_norms_of_a_region(kennemerland, planted):
    load_package(read_package(planted("within: 5 werkdagen", "within: 3 werkdagen")))
    asked = ("deadline", "--norm", "guardian-linked", "--start", "2026-11-23")
    assert json.loads(said(*asked))["due"] == "2026-11-30"
    assert json.loads(said(*asked, "--region", "kennemerland"))["due"] == "2026-11-26"
    listed = {each["norm"]: each for each in json.loads(said("deadline", "--list", "--region", "kennemerland"))}
    assert (listed.keys(), listed["guardian-linked"]["duration"]) == (NORMS.keys(), "3 working days")
    with pytest.raises(SystemExit):
        said(*asked, "--region", "atlantis")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_the_page_lists_the_norms_with_an_example(client, wilma, tuesday_morning):
    client.force_login(wilma.user)
    page = client.get(reverse("norms")).content.decode()
    for norm in NORMS.values():
        assert norm.name in page
    assert "t/m dinsdag 1 december 2026: 5 werkdagen na dinsdag 24 november 2026" in page
    assert "tot woensdag 25 november 2026 10:15" in page
