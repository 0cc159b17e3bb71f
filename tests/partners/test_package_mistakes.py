"""Mistakes planted in the shipped package, as a domain expert makes them: each is named with its place and its cure."""
# ruff: noqa: E501 - one mistake, one line

import re
import shutil
from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from crisisdienst.region_packages import PackageRefused, read_package
from partners.models import Organisation, Region
from tests.regions import REGIONS

KENTER = "organisations.kenter.services.kenter"
POST = "organisations.huisartsenpost.services.huisartsenpost"
HOURS = "hours: [ma-vr 00:00-08:00, ma-vr 17:00-24:00, za-zo 00:00-24:00]"
KENTER_PHONE = "{number: 023-000 02 01, assured_on: 2026-11-12, assured_by: beheerder gids, fictitious: ja}"


@pytest.fixture
def planted(tmp_path):
    """A copy of the shipped package in which one text is replaced."""

    def plant(file: str, old: str, new: str):
        copy = tmp_path / "kennemerland"
        shutil.copytree(REGIONS / "kennemerland", copy, dirs_exist_ok=True)
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text, "the shipped package changed: plant this mistake elsewhere"
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return plant


def mistakes_in(directory):
    with pytest.raises(PackageRefused) as refused:
        read_package(directory)
    return refused.value.mistakes


ORGANISATIONS, RULES, REGION, MUNICIPALITIES = (
    "organisations.yaml",
    "rules.yaml",
    "region.yaml",
    "municipalities.yaml",
)

FILES = (ORGANISATIONS, RULES, REGION, MUNICIPALITIES)

CASES = [
    # (file, what stands there, what is planted, key, part of the message, why)
    # --- Named by the people who asked for it
    (RULES, "municipality: [Uitgeest]", "municipality: [Uitgest]", "rules.jeugd-uitgeest.when.municipality[0]", "bedoelt u `Uitgeest`?", "unknown municipality"),
    (ORGANISATIONS, "area: [Uitgeest]", "area: [Lutjebroek]", "organisations.icd-nhn.services.icd-nhn.area[0]", "`Lutjebroek` is geen bekende gemeente", "unknown municipality in an area"),
    (ORGANISATIONS, HOURS, "hours: [ma-vr 00:00-08:30, ma-vr 08:00-24:00]", f"{POST}.hours[1]", "overlappen", "overlapping hours"),
    (RULES, "to: kenter", "to: kenners", "rules.ggz-jeugd.to", "bedoelt u `kenter`?", "a rule to a service that does not exist"),
    (RULES, "age: 0-17}\n    to: kenter", "age: 0-200}\n    to: kenter", "rules.ggz-jeugd.when.age", "tussen 0 en 120", "age 0-200"),
    (ORGANISATIONS, "ages: 0-17", "ages: 0-200", f"{KENTER}.ages", "tussen 0 en 120", "age 0-200 of a service"),
    (ORGANISATIONS, "      parnassia:", "      kenter:", "organisations.parnassia.services.kenter", "bestaat al", "duplicate service slug"),
    (ORGANISATIONS, "  parnassia:\n", "  kenter:\n", "organisations.kenter", "staat hier al", "duplicate organisation slug"),
    (RULES, "  ggz-volwassenen:", "  ggz-jeugd:", "rules.ggz-jeugd", "staat hier al", "duplicate rule slug"),
    (ORGANISATIONS, KENTER_PHONE, "{number: 023-12, assured_on: 2026-11-12, assured_by: gids}", f"{KENTER}.phone.number", "geen geldig telefoonnummer", "bad phone number"),
    (RULES, "when: {category: [ggz], age: 18-120}", "when: {category: [ggz]}", "rules.ggz-jeugd", "spreekt `ggz-volwassenen` tegen", "two rules of one tier for different destinations"),
    # --- Numbers
    (ORGANISATIONS, KENTER_PHONE, "{number: 023-000 02 01, assured_on: 2026-11-12, assured_by: gids}", f"{KENTER}.phone.number", "zet er `fictitious: ja` bij", "a made-up number must say so"),
    (ORGANISATIONS, KENTER_PHONE, "{number: 023-511 11 11, assured_on: 2026-11-12, assured_by: gids, fictitious: ja}", f"{KENTER}.phone.number", "kan echt van iemand zijn", "a number of somebody is not made up"),
    (ORGANISATIONS, KENTER_PHONE, "{number: 023-000 02 01, assured_by: gids, fictitious: ja}", f"{KENTER}.phone", "`assured_on` ontbreekt", "a number without its verification"),
    (ORGANISATIONS, KENTER_PHONE, KENTER_PHONE.replace("11-12", "11-31"), f"{KENTER}.phone.assured_on", "geen bestaande datum", "31 November"),
    (ORGANISATIONS, f"        phone: {KENTER_PHONE}\n", "", KENTER, "`phone` ontbreekt", "no number and no reason"),
    (ORGANISATIONS, f"phone: {KENTER_PHONE}", f"phone: {KENTER_PHONE}\n        no_number_because: geheim", f"{KENTER}.no_number_because", "er staat ook een nummer", "a number and a reason for none"),
    # --- Hours
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [ma-vr 8.30-17.00]", f"{KENTER}.hours[0]", "ma-vr 08:30-17:00", "dots for colons"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [ma-vr 22:00-02:00]", f"{KENTER}.hours[0]", "sluit voor het opent", "past midnight"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [ma-vr 08:30-24:30]", f"{KENTER}.hours[0]", "van 00:00 tot 24:00", "a time that does not exist"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [vr-ma 08:30-17:00]", f"{KENTER}.hours[0]", "geen dagen", "days that run backwards"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: []", f"{KENTER}.hours", "minstens één regel", "a service with no hours"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: kantooruren", f"{KENTER}.hours", "lijst", "hours in words"),
    (ORGANISATIONS, "        holidays: {on_holidays: closed, good_friday: werkdag, liberation_day: never}\n        own", "        own", KENTER, "`holidays` ontbreekt", "what happens at Christmas must be said"),
    (ORGANISATIONS, "{on_holidays: closed", "{on_holidays: dicht", f"{KENTER}.holidays.on_holidays", "kies uit: as_usual, closed, all_day", "an unknown policy"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [ma-vr 08:30-17:00]\n        exceptions: {2026-02-30: gesloten}", f"{KENTER}.exceptions.2026-02-30", "geen bestaande datum", "an exception on no date"),
    (ORGANISATIONS, "hours: [ma-vr 08:30-17:00]", "hours: [ma-vr 08:30-17:00]\n        exceptions: {2026-12-24: [08:30-12:00, 11:00-13:00]}", f"{KENTER}.exceptions.2026-12-24[1]", "overlappen", "overlapping times on one date"),
    # --- Organisations and services
    (ORGANISATIONS, "categories: [ggz]", "categories: [gzz]", f"{KENTER}.categories[0]", "bedoelt u `ggz`?", "unknown category"),
    (ORGANISATIONS, "email: crisis@kenter.example.invalid", "email: crisis(at)kenter.nl", "organisations.kenter.email", "geen e-mailadres", "bad address"),
    (ORGANISATIONS, "record: vt", "record: vtt", "organisations.veilig-thuis-kennemerland.record", "geen bekende soort dossier", "unknown record"),
    (ORGANISATIONS, "        expect: Overleg, en binnen 30", "        expects: Overleg, en binnen 30", f"{KENTER}.expects", "bedoelt u `expect`?", "a misspelt key is never ignored"),
    (ORGANISATIONS, "accepts_by: desk", "accepts_by:", "organisations.veilig-thuis-kennemerland.services.veilig-thuis-kennemerland.accepts_by", "is leeg", "nothing filled in"),
    (ORGANISATIONS, "own_client_line: ja", "own_client_line: yes", "organisations.veilig-thuis-kennemerland.services.veilig-thuis-kennemerland.own_client_line", "kies uit: ja, nee", "yes is not ja"),
    (ORGANISATIONS, "        hours: altijd\n        never_off: ja\n\n  icd-nhn", "        hours: altijd\n        never_off: ja\n        own_client_line: ja\n\n  icd-nhn", "organisations.icd-kennemerland.services", "hoogstens één dienst", "two lines for own clients"),
    (ORGANISATIONS, "  kenter:\n", "  Kenter Jeugd:\n", "organisations.Kenter Jeugd", "geen geldige sleutel", "a name for a key"),
    (ORGANISATIONS, "        name: Kenter crisisdienst", f"        name: {'Kenter ' * 20}", f"{KENTER}.name", "hoogstens 120", "longer than a card can show"),
    # --- Region and municipalities
    (REGION, "slug: kennemerland", "slug: Kennemerland!", "slug", "geen geldige sleutel", "a slug is part of addresses"),
    (REGION, "Europe/Amsterdam", "Europa/Amsterdam", "timezone", "geen tijdzone", "unknown zone"),
    (REGION, "duty_service: icd-kennemerland-duty", "duty_service: icd-kennemerland-dienst", "duty_service", "bedoelt u `icd-kennemerland-duty`?", "the net hangs on nothing"),
    (REGION, "duty_service: icd-kennemerland-duty", "duty_service: kenter", "duty_service", "never_off: ja", "the net must never be off"),
    (REGION, "valid_from: 2020-01-01\n", "", "", "`valid_from` ontbreekt", "from when it holds"),
    (MUNICIPALITIES, "GM0392: {name: Haarlem}", "GM392: {name: Haarlem}", "own.GM392", "geen CBS-code", "four digits"),
    (MUNICIPALITIES, "GM0392: {name: Haarlem}", "GM0394: {name: Haarlem}", "own.GM0394", "staat hier al", "a code twice"),
    (MUNICIPALITIES, "{name: Velsen}", "{name: Haarlem}", "own.GM0453", "staat al in dit bestand", "a name twice"),
    (MUNICIPALITIES, "successor: GM0394", "successor: GM9999", "own.GM0393", "opvolger `GM9999`", "merged into nothing"),
    # --- How long an offer may wait
    (REGION, "{U0: 2,", "{U9: 2,", "accept_within.U9", "kies uit: U0, U1, U2, U3, U4, U5", "an urgency that does not exist"),
    (REGION, "{U0: 2,", "{U0: 0,", "accept_within.U0", "1 tot en met 10080", "nobody answers in no time"),
    (REGION, "{U0: 2,", "{U0: -1,", "accept_within.U0", "1 tot en met 10080", "before it was offered"),
    (REGION, "{U0: 2,", "{U0: x,", "accept_within.U0", "1 tot en met 10080", "no number"),
    (REGION, "{U0: 2,", "{U0: 99999,", "accept_within.U0", "1 tot en met 10080", "more than a week"),
    (REGION, "accept_within: {U0: 2, U1: 5, U2: 15, U3: 30, U4: 120, U5: 240}", "accept_within: 15", "accept_within", "groep", "one number for all"),
    (ORGANISATIONS, "accept_within: 10", "accept_within: 0", f"{KENTER}.accept_within", "1 tot en met 10080", "nobody answers in no time"),
    (ORGANISATIONS, "accept_within: 10", "accept_within: tien", f"{KENTER}.accept_within", "1 tot en met 10080", "a number in words"),
    (ORGANISATIONS, "accept_within: 10", "accept_within: 99999", f"{KENTER}.accept_within", "1 tot en met 10080", "more than a week"),
    # --- Rules
    (RULES, "after: [kenter]", "after: [kentr]", "rules.ggz-buiten-kenter.after[0]", "bedoelt u `kenter`?", "waits for an unknown service"),
    (RULES, "after: [kenter]", "after: [ggz-ingeest]", "rules.ggz-buiten-kenter.after", "niet na `ggz-ingeest` zelf", "waits for itself"),
    (RULES, "{category: [hgkm]}\n    to", "{categorie: [hgkm]}\n    to", "rules.huiselijk-geweld.when.categorie", "bedoelt u `category`?", "unknown fact"),
    (RULES, "{category: [hgkm]}\n    to", "{category: [geweld]}\n    to", "rules.huiselijk-geweld.when.category[0]", "geen bekende categorie", "unknown category"),
    (RULES, "{category: [hgkm]}\n    to", "{category: []}\n    to", "rules.huiselijk-geweld.when.category", "lijst is leeg", "a condition that never holds"),
    (RULES, "tier: agreement", "tier: agreements", "rules.huiselijk-geweld.tier", "bedoelt u `agreement`?", "unknown tier"),
    (RULES, "when: {danger: ja}", "when: {danger: misschien}", "rules.levensgevaar.when.danger", "kies uit: ja, nee", "danger is yes or no"),
    (RULES, "to: kenter", "to: ggd-kennemerland", "rules.ggz-jeugd.to", "bedient deze categorie niet: ggz", "a service that does not serve this"),
    (RULES, "age: 0-17}\n    to: kenter", "age: 18-30}\n    to: kenter", "rules.ggz-jeugd.to", "is er voor 0-17 jaar", "a service that does not serve this age"),
    (RULES, "to: icd-nhn", "to: icd-kennemerland", "rules.jeugd-uitgeest.to", "werkt niet in: GM0450", "a service that does not work there"),
    (RULES, "to: meldkamer-112", "to: politie", "rules.levensgevaar.to", "never_off: ja", "an emergency service that may be closed"),
    (RULES, "to: own_provider", "to: kenter", "rules.eigen-behandelaar.to", "own_provider", "the tier has one destination"),
    (RULES, "to: kenter", "to: recorded", "rules.ggz-jeugd.to", "een dienst uit organisations.yaml", "only dissatisfaction is recorded"),
    (RULES, "tier: safety_net", "tier: agreement", "rules", "precies één regel", "no safety net"),
    (RULES, "    to: icd-kennemerland-duty", "    when: {danger: nee}\n    to: icd-kennemerland-duty", "rules.vangnet", "geldt altijd", "a net with a hole"),
    (RULES, "    to: icd-kennemerland-duty", "    to: meldkamer-112", "rules.vangnet", "`duty_service`", "another net than the region's"),
    # --- What the coverage proof cannot see: somebody else, or nobody, answers where people agreed on 112 or on help
    (RULES, "when: {danger: ja}\n    to: meldkamer-112", "when: {danger: ja, category: [ggz]}\n    to: meldkamer-112", "rules", "altijd geldt", "danger without 112 for who is not ggz"),
    (RULES, "when: {danger: ja}\n    to: meldkamer-112", "when: {danger: nee}\n    to: meldkamer-112", "rules", "altijd geldt", "112 for everybody but those in danger"),
    (RULES, "    to: meldkamer-112\n", "    to: meldkamer-112\n    after: [veilig-thuis-kennemerland]\n", "rules", "altijd geldt", "112 only when Veilig Thuis cannot, so never"),
    (RULES, "when: {dissatisfied: ja, new_crisis: nee}", "when: {dissatisfied: ja}", "rules.ontevreden-over-hulp", "alleen vastleggen", "a new crisis recorded and left"),
    (RULES, "when: {dissatisfied: ja, new_crisis: nee}", "when: {category: [ggz]}", "rules.ontevreden-over-hulp", "alleen vastleggen", "every crisis recorded and left"),
    (RULES, "organisation: ggz-ingeest", "organisation: ggz-in-geest", "also.overleg-ggz-bij-gevaar.organisation", "bedoelt u `ggz-ingeest`?", "unknown organisation"),
    (RULES, "kind: inform", "kind: informeer", "also.informeer-eigen-hulpverlener.kind", "bedoelt u `inform`?", "unknown kind"),
    (RULES, "{provider: bekend}", "{provider: kenter}", "also.informeer-eigen-hulpverlener.when.provider", "kies uit: bekend", "only known or not"),
    (RULES, "when: {category: [youth_act], age: 23-120}", "when: {}", "impossible[0].when", "alles onmogelijk", "everything impossible"),
    (RULES, "valid_from: 2020-01-01", "valid_from: 01-01-2020", "valid_from", "jaar-maand-dag", "a date the Dutch way round"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "message", "why"), CASES, ids=[f"{case[0]}-{case[5]}" for case in CASES]
)
def test_a_planted_mistake_is_named_with_its_place(planted, file, old, new, key, message, why):
    directory = planted(file, old, new)

    found = [mistake for mistake in mistakes_in(directory) if mistake.file == file and mistake.key == key]

    assert any(message in mistake.message for mistake in found), (why, mistakes_in(directory))
    assert all(mistake.line > 0 for mistake in found if mistake.key)


def test_the_line_is_the_line_of_the_mistake(planted):
    directory = planted(RULES, "to: kenter", "to: kenners")
    lines = (directory / RULES).read_text(encoding="utf-8").splitlines()

    [mistake] = mistakes_in(directory)

    assert lines[mistake.line - 1].strip() == "to: kenners"
    assert re.fullmatch(r"rules\.yaml:\d+ rules\.ggz-jeugd\.to: `kenners` is geen bekende dienst.*", str(mistake))


def test_a_conflict_shows_a_case_in_which_both_rules_count(planted):
    directory = planted(RULES, "when: {category: [ggz], age: 18-120}", "when: {category: [ggz], age: 16-120}")

    [mistake] = mistakes_in(directory)

    assert "category: ggz" in mistake.message
    assert "age: 16-17" in mistake.message
    assert re.search(r"op (ma|di|wo|do|vr) \d\d-\d\d-\d{4} \d\d:\d\d", mistake.message)


GAPS = [
    # (file, what stands there, what is planted, what the mistake tells, why)
    (
        RULES,
        "to: ggz-ingeest\n    after: [kenter]",
        "to: kenter",
        "age: 0-17",
        "no rule for the hours outside Kenter's",
    ),
    (RULES, "Heemskerk, Heemstede", "Heemstede", "Heemskerk", "a municipality forgotten"),
    (
        RULES,
        "when: {category: [ggz], age: 18-120}",
        "when: {category: [ggz], age: 19-120}",
        "age: 18",
        "nobody at 18 by day",
    ),
    (
        ORGANISATIONS,
        HOURS,
        "hours: [ma-vr 00:00-07:00, ma-vr 17:00-24:00, za-zo 00:00-24:00]",
        "category: somatic",
        "an hour between the post and the GP",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told", "why"), GAPS)
def test_an_agreement_with_a_gap_is_not_loaded(planted, file, old, new, told, why):
    mistakes = mistakes_in(planted(file, old, new))

    assert {(mistake.file, mistake.key) for mistake in mistakes} == {(RULES, "rules")}
    assert all("alleen het vangnet antwoordt" in mistake.message for mistake in mistakes)
    assert any(told in mistake.message for mistake in mistakes), why


def test_all_mistakes_come_at_once(planted):
    directory = planted(RULES, "to: kenter", "to: kenners")
    text = (directory / ORGANISATIONS).read_text(encoding="utf-8")
    (directory / ORGANISATIONS).write_text(text.replace("ages: 0-17", "ages: 0-200"), encoding="utf-8")

    assert {mistake.file for mistake in mistakes_in(directory)} == {RULES, ORGANISATIONS}


@pytest.mark.parametrize(
    ("content", "message", "why"),
    [
        (None, "kan niet worden gelezen", "the file is missing"),
        (b"", "is leeg", "nothing in it"),
        (b"# alleen commentaar\n", "is leeg", "only a comment in it"),
        (b"own: {GM0392: {name: Haarlem", "geen geldige YAML", "a bracket that is never closed"),
        ("own: {GM0392: {name: Curaçao}}".encode("latin-1"), "niet in UTF-8", "saved in an old encoding"),
        (b"own: {GM0392: {name: *stad}}", "aanhalingstekens", "a value that begins with an asterisk"),
        (b"own: \x00", "geen geldige YAML", "not text at all"),
        (b"- Haarlem\n", "groep", "a list where a group belongs"),
        (b"own: Haarlem\n", "groep", "a value where a group belongs"),
        (b"own: {GM0392: Haarlem}\n", "groep", "a municipality without its details"),
        (b"own: {[1, 2]: x}\n", "geen CBS-code", "a list as a name"),
    ],
)
def test_a_file_that_is_not_as_it_should_be(planted, content, message, why):
    directory = planted(RULES, "to: kenter", "to: kenter")
    if content is None:
        (directory / MUNICIPALITIES).unlink()
    else:
        (directory / MUNICIPALITIES).write_bytes(content)

    assert any(mistake.file == MUNICIPALITIES and message in mistake.message for mistake in mistakes_in(directory)), why


def test_a_region_may_name_the_municipalities_of_a_neighbour(planted):
    directory = planted(MUNICIPALITIES, "\nown:\n", "\nneighbouring:\n  GM0361: {name: Alkmaar}\nown:\n")

    package = read_package(directory).directory

    assert package.code_of("Alkmaar") == "GM0361"
    assert "GM0361" not in package.document(date(2026, 11, 22))["municipalities"]


@given(st.sampled_from(FILES), st.integers(0, 400), st.sampled_from(["[]", "{}", "x", "''", "[x, {y: z}]", "&a [*a]"]))
@settings(max_examples=25)
def test_whatever_is_filled_in_gives_mistakes_or_a_package(tmp_path_factory, file, line, value):
    """Nothing an editor can write makes the reader itself fail."""
    directory = tmp_path_factory.mktemp("package")
    shutil.copytree(REGIONS / "kennemerland", directory, dirs_exist_ok=True)
    lines = (directory / file).read_text(encoding="utf-8").splitlines()
    filled = [number for number, text in enumerate(lines) if ": " in text and not text.lstrip().startswith("#")]
    at = filled[line % len(filled)]
    lines[at] = f"{lines[at].partition(': ')[0]}: {value}"
    (directory / file).write_text("\n".join(lines), encoding="utf-8")

    with suppress(PackageRefused):
        read_package(directory)


def test_values_are_read_as_they_are_written(planted):
    """YAML itself would make 17:00 into 1020, nee into False and a leading zero disappear."""
    directory = planted(
        ORGANISATIONS, "answered_by: de dienstdoende crisismedewerker van Kenter", "answered_by: 017:00"
    )

    assert read_package(directory).directory.service("kenter")["answered_by"] == "017:00"


def test_with_a_mistake_nothing_is_loaded(planted, db):
    err = StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("load_region", planted(RULES, "to: kenter", "to: kenners"), stderr=err)

    assert "rules.ggz-jeugd.to" in err.getvalue()
    assert "Niets ingelezen." in err.getvalue()
    assert not Region.objects.exists()


def test_when_the_rules_cannot_be_published_the_directory_is_not_changed_either(planted, kennemerland):
    """Found only while loading: a version that exists already with other rules."""
    directory = planted(RULES, "because: Een lichamelijke klacht is overdag", "because: Iets lichamelijks is overdag")
    text = (directory / ORGANISATIONS).read_text(encoding="utf-8")
    (directory / ORGANISATIONS).write_text(text.replace("name: Parnassia\n", "name: Anders\n"), encoding="utf-8")
    err = StringIO()

    with pytest.raises(SystemExit, match="1"):
        call_command("load_region", directory, stderr=err)

    assert re.search(r"rules\.yaml:\d+ version: versie `kennemerland-2020` is al gepubliceerd", err.getvalue())
    assert Organisation.objects.get(slug="parnassia").name == "Parnassia"
