"""Reads `rules.yaml` of a region package into a rules document, and checks it against the package's directory."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from partners.package import CATEGORIES, DirectoryPackage, Form, PackageReader, values
from partners.package.hours import WEEKDAYS
from partners.package.reader import Entry

from .core import compile_table
from .core.coverage import Cell, prove, readable
from .core.facts import FLAGS
from .core.rules import OWN_PROVIDER, PROVIDER_KNOWN, RECORDED, TIERS

FILE = "rules.yaml"
REQUIRED, OPTIONAL = ("version", "valid_from", "rules"), ("also", "impossible")
TOP = (*REQUIRED, *OPTIONAL)
PROVEN_AHEAD = timedelta(days=730)
KINDS = ("consult", "inform", "in_addition")
FACTS = ("category", "age", "municipality", *FLAGS)

# Tiers whose rules have one fixed destination that is no service.
FIXED_DESTINATIONS = {"recorded": RECORDED, "own_provider": OWN_PROVIDER}
TIERS_NEVER_OFF = ("emergency", "safety_net")
# Condition and `after` of the rule that no agreement can do without.
IN_DANGER: tuple[dict[str, Any], list[str]] = ({"danger": True}, [])
DISSATISFIED_ONLY = {"dissatisfied": True, "new_crisis": False}

Document = dict[str, Any]


def read_rules(reader: PackageReader, directory: DirectoryPackage) -> Document:
    """The rules document. Mistakes gather in the reader; the document only holds when there are none."""
    return read_rules_form(reader.form(FILE, REQUIRED, OPTIONAL), directory)


def read_rules_form(form: Form, directory: DirectoryPackage) -> Document:
    document = {
        "region": directory.region.slug,
        "version": form.value("version", values.text(40), ""),
        "valid_from": form.value("valid_from", values.day, date.min).isoformat(),
        "rules": [_rule(slug, entry, directory) for slug, entry in form.groups("rules")],
        "also": [_addition(slug, entry, directory) for slug, entry in form.groups("also")],
        "impossible": [_impossible(entry, directory) for entry in _items(form, "impossible")],
    }
    _check_safety_net(form, document["rules"], directory)
    _check_emergency(form, document["rules"])
    _check_recorded(form, document["rules"])
    return document


def refuse_version(reader: PackageReader, message: str) -> None:
    """What publishing has against these rules, said where the editor can change it."""
    reader.form(FILE, required=(), optional=TOP)["version"].wrong(message)


def refuse_directory(reader: PackageReader, problems: Iterable[str]) -> None:
    """What the rules in force, or planned, have against this directory."""
    place = reader.form(FILE, required=(), optional=TOP)["valid_from"]
    for problem in problems:
        place.wrong(
            f"met deze gids worden de afspraken die al gelden of gepland zijn niet sluitend: {problem}; "
            "laad de gids pas als deze regels ingaan, of houd de oude regels sluitend"
        )


def _items(form: Form, name: str) -> list[Entry]:
    return form[name].items() if name in form else []


def _check_safety_net(form: Form, rules: list[Document], directory: DirectoryPackage) -> None:
    nets = [rule for rule in rules if rule["tier"] == "safety_net"]
    if "rules" in form and len(nets) != 1:
        form["rules"].wrong(f"er is precies één regel met `tier: safety_net` nodig, niet {len(nets)}")
    for rule in nets:
        place = form["rules"].children()[rule["slug"]]
        if rule["when"] or rule["after"]:
            place.wrong("het vangnet geldt altijd; haal `when` en `after` weg")
        if directory.region.duty_service and rule["to"] != directory.region.duty_service:
            place.wrong(f"het vangnet wijst naar de `duty_service` van de regio, `{directory.region.duty_service}`")


def _check_emergency(form: Form, rules: list[Document]) -> None:
    """Whoever answers somebody in danger, it would be no gap: so the coverage proof cannot see that 112 is missing."""
    always = [rule for rule in rules if rule["tier"] == "emergency" and (rule["when"], rule["after"]) == IN_DANGER]
    if "rules" in form and not always:
        form["rules"].wrong("er is een regel met `tier: emergency` nodig die bij `danger: ja` altijd geldt")


def _check_recorded(form: Form, rules: list[Document]) -> None:
    for rule in rules:
        if rule["tier"] == "recorded" and not DISSATISFIED_ONLY.items() <= rule["when"].items():
            form["rules"].children()[rule["slug"]].wrong(
                "alleen vastleggen mag alleen bij `dissatisfied: ja` en `new_crisis: nee`; al het andere krijgt hulp"
            )


# --- One rule -------------------------------------------------------------------------------------


def _rule(slug: str, entry: Entry, directory: DirectoryPackage) -> Document:
    form = entry.form(required=("tier", "to", "because"), optional=("when", "after"))
    values.check(slug, values.slug, entry)
    rule = {
        "slug": slug,
        "tier": form.value("tier", values.one_of(TIERS, "laag"), ""),
        "when": _condition(form, FACTS, directory),
        "to": form.value("to", str, ""),
        "after": form.values("after", values.one_of(_service_slugs(directory), "dienst")),
        "because": form.value("because", values.text(), ""),
    }
    if rule["tier"] and rule["to"]:
        _check_destination(form, rule, directory)
    return rule


def _service_slugs(directory: DirectoryPackage) -> list[str]:
    return [service["slug"] for service in directory.services]


def _check_destination(form: Form, rule: Document, directory: DirectoryPackage) -> None:
    tier, to = rule["tier"], rule["to"]
    if tier in FIXED_DESTINATIONS or to in FIXED_DESTINATIONS.values():
        if FIXED_DESTINATIONS.get(tier) != to:
            allowed = FIXED_DESTINATIONS.get(tier, "een dienst uit organisations.yaml")
            form["to"].wrong(f"in laag `{tier}` hoort hier te staan: {allowed}")
        return
    service = directory.service(to)
    if service is None:
        form["to"].parsed(values.one_of(_service_slugs(directory), "dienst"), "")
        return
    if to in rule["after"]:
        form["after"].wrong(f"een regel naar `{to}` kan niet na `{to}` zelf komen")
    if tier in TIERS_NEVER_OFF and not service["never_off"]:
        form["to"].wrong(f"laag `{tier}` wijst alleen naar diensten met `never_off: ja`")
    if tier == "agreement":
        _check_served(form, rule["when"], service)


def _check_served(form: Form, when: Mapping[str, Any], service: Mapping[str, Any]) -> None:
    """A rule to a service that does not serve these people would look like an agreement and never win."""
    to, (youngest, oldest) = service["slug"], service["ages"]
    unserved = [category for category in when.get("category", CATEGORIES) if category not in service["categories"]]
    if unserved:
        form["to"].wrong(f"dienst `{to}` bedient deze categorie niet: {', '.join(unserved)} (zie organisations.yaml)")
    if "age" in when and (when["age"][0] > oldest or when["age"][1] < youngest):
        form["to"].wrong(f"dienst `{to}` is er voor {youngest}-{oldest} jaar, deze regel niet")
    outside = [code for code in when.get("municipality", ()) if service["area"] and code not in service["area"]]
    if outside:
        form["to"].wrong(f"dienst `{to}` werkt niet in: {', '.join(outside)} (zie `area` in organisations.yaml)")


# --- In addition, and impossible --------------------------------------------------------------------


def _addition(slug: str, entry: Entry, directory: DirectoryPackage) -> Document:
    form = entry.form(required=("when", "organisation", "kind", "obligatory", "because"), optional=("remark",))
    values.check(slug, values.slug, entry)
    organisations = [organisation.slug for organisation in directory.organisations]
    return {
        "slug": slug,
        "when": _condition(form, (*FACTS, "provider"), directory),
        "organisation": form.value("organisation", values.one_of((OWN_PROVIDER, *organisations), "organisatie"), ""),
        "kind": form.value("kind", values.one_of(KINDS), ""),
        "obligatory": form.value("obligatory", values.yes_no, default=False),
        "remark": form.value("remark", values.text(), ""),
        "because": form.value("because", values.text(), ""),
    }


def _impossible(entry: Entry, directory: DirectoryPackage) -> Document:
    form = entry.form(required=("when", "because"))
    when = _condition(form, FACTS, directory)
    if "when" in form and not form["when"].children():
        form["when"].wrong("zonder voorwaarde zou alles onmogelijk zijn")
    return {"when": when, "because": form.value("because", values.text(), "")}


# --- Conditions ---------------------------------------------------------------------------------------


def _condition(form: Form, facts: Collection[str], directory: DirectoryPackage) -> Document:
    if "when" not in form:
        return {}
    when = form["when"].form(required=(), optional=facts)
    condition: Document = {}
    for fact in facts:
        if fact in when:
            condition[fact] = _fact(fact, when, directory)
    return {fact: value for fact, value in condition.items() if value is not None}


def _fact(fact: str, when: Form, directory: DirectoryPackage) -> Any:
    """What a condition asks of a fact; None when it says something that cannot be."""
    if fact == "category":
        return _several(when, fact, values.one_of(CATEGORIES, "categorie"))
    if fact == "municipality":
        return _several(when, fact, directory.code_of)
    if fact == "age":
        ages = when.value(fact, values.ages, None)
        return ages and list(ages)
    if fact == "provider":
        return when.value(fact, values.one_of(("bekend",)), None) and PROVIDER_KNOWN
    return when.value(fact, values.yes_no, None)


def _several(when: Form, fact: str, parse: Any) -> list[str] | None:
    if when[fact].node.value == []:
        when[fact].wrong("deze lijst is leeg; haal de voorwaarde weg als zij niet uitmaakt")
    return sorted(set(when.values(fact, parse))) or None


# --- Rules that contradict each other, or leave a gap ---------------------------------------------------


def report_defects(reader: PackageReader, directory: DirectoryPackage, rules: Document, moment: datetime) -> None:
    """An agreement that is not watertight is a mistake, like any other: loading it would publish it.

    Only a package without other mistakes can be proven.
    """
    start, end = int(moment.timestamp()), int((moment + PROVEN_AHEAD).timestamp())
    proof = prove(compile_table(directory.document(moment.date()), rules), start, end)
    place = reader.form(FILE, required=(), optional=TOP)["rules"]
    _report_conflicts(place.children(), proof.conflicts, directory)
    for cell in readable(proof.gaps):
        place.wrong(
            f"alleen het vangnet antwoordt bij {_cell_in_words(cell, directory)}; "
            "voeg een regel toe, of verruim de uren, leeftijden of het gebied van een dienst"
        )


def _report_conflicts(rules: Mapping[str, Entry], conflicts: tuple[Cell, ...], directory: DirectoryPackage) -> None:
    """Two rules of one tier that can count at once for different services: each pair once, with an example."""
    first_cells = {cell.rules: cell for cell in reversed(conflicts)}
    for names, cell in first_cells.items():
        slugs = [name.partition("/")[2] for name in names]
        rules[slugs[0]].wrong(
            f"spreekt {_quoted(slugs[1:])} tegen: zij gelden tegelijk en wijzen naar verschillende diensten, "
            f"zoals bij {_cell_in_words(cell, directory)}; laat de partners kiezen"
        )


def _quoted(slugs: list[str]) -> str:
    return ", ".join(f"`{slug}`" for slug in slugs)


def _cell_in_words(cell: Cell, directory: DirectoryPackage) -> str:
    names = {municipality.code: municipality.name for municipality in directory.municipalities}
    facts = [f"{fact}: {_in_words(fact, found, names)}" for fact, found in cell.facts.items()]
    at = datetime.fromtimestamp(cell.example, ZoneInfo(directory.region.timezone))
    return ", ".join([*facts, f"op {WEEKDAYS[at.weekday()]} {at:%d-%m-%Y %H:%M}"])


def _in_words(fact: str, found: tuple[object, ...], names: Mapping[str, str]) -> str:
    if fact == "age":
        ages = [int(str(age)) for age in found]
        return f"{min(ages)}-{max(ages)}"
    if fact in FLAGS:
        return "ja" if found == (True,) else "nee"
    return " of ".join(names.get(str(value), str(value)) or "geen" for value in found)
