"""A rules document as it is edited: written as in a region package, so that the package's own checks read it."""

from collections.abc import Mapping
from typing import Any

from partners.package import DirectoryPackage, Mistake, entry_of, messages_by_field, values

from .core.facts import FLAGS
from .package import OPTIONAL, REQUIRED, read_rules_form

Document = dict[str, Any]

NAMELESS = "regel-zonder-naam"


def check_rules(document: Mapping[str, Any], directory: DirectoryPackage) -> dict[str, str]:
    """What is wrong with a whole rules document, by field (`rules.jeugd.when.age`); empty when nothing is."""
    _read, errors = _read_back(_written(document), directory)
    return errors


def with_rule(
    document: Mapping[str, Any], given: Mapping[str, Any], original_slug: str, directory: DirectoryPackage
) -> tuple[Document, dict[str, str]]:
    """The document with a rule added, or put in the place of the original; and what is wrong with it, by field."""
    errors = _slug_errors(document, given, original_slug)
    slug = NAMELESS if "slug" in errors else given["slug"]
    kept = {rule["slug"]: _written_rule(rule) for rule in document["rules"] if rule["slug"] != slug}
    written = {**_written(document), "rules": {**kept, slug: _written_rule(given)}}
    written["rules"].pop(original_slug if original_slug != slug else "", None)
    read, found = _read_back(written, directory)
    errors |= _of_rule(found, slug)
    rule = next((each for each in read["rules"] if each["slug"] == slug), None)
    return {**document, "rules": _placed(document["rules"], rule, original_slug)}, errors


def without_rule(
    document: Mapping[str, Any], slug: str, directory: DirectoryPackage
) -> tuple[Document, dict[str, str]]:
    """The document without a rule, and what is wrong with it then."""
    left = {**document, "rules": [rule for rule in document["rules"] if rule["slug"] != slug]}
    found = check_rules(left, directory)
    return left, {"": found["rules"]} if "rules" in found else {}


def version_errors(version: str) -> dict[str, str]:
    mistakes: list[Mistake] = []
    entry_of({"version": version}, mistakes).form(required=("version",)).value("version", values.text(40), "")
    return messages_by_field(mistakes)


def _slug_errors(document: Mapping[str, Any], given: Mapping[str, Any], original_slug: str) -> dict[str, str]:
    slug = str(given.get("slug", ""))
    try:
        values.slug(slug)
    except ValueError as error:
        return {"slug": str(error)}
    if slug != original_slug and any(rule["slug"] == slug for rule in document["rules"]):
        return {"slug": f"er is al een regel `{slug}`"}
    return {}


def _of_rule(errors: Mapping[str, str], slug: str) -> dict[str, str]:
    """What is wrong with one rule, by its own fields, and with the rules together."""
    start = f"rules.{slug}"
    own = {key.removeprefix(start).removeprefix("."): text for key, text in errors.items() if _is_in(key, start)}
    return own | ({"": errors["rules"]} if "rules" in errors else {})


def _is_in(key: str, start: str) -> bool:
    return key == start or key.startswith(f"{start}.")


def _placed(rules: list[Document], rule: Document | None, original_slug: str) -> list[Document]:
    """Where the original stood: people look for a rule where they left it."""
    if not any(each["slug"] == original_slug for each in rules):
        return [*rules, *([rule] if rule else [])]
    return [rule or each if each["slug"] == original_slug else each for each in rules]


def _read_back(written: Mapping[str, Any], directory: DirectoryPackage) -> tuple[Document, dict[str, str]]:
    mistakes: list[Mistake] = []
    read = read_rules_form(entry_of(written, mistakes).form(REQUIRED, OPTIONAL), directory)
    return read, messages_by_field(mistakes)


# --- As in rules.yaml -------------------------------------------------------------------------------


def _written(document: Mapping[str, Any]) -> Document:
    return {
        "version": document["version"],
        "valid_from": document["valid_from"],
        "rules": {rule["slug"]: _written_rule(rule) for rule in document["rules"]},
        "also": {each["slug"]: _written_addition(each) for each in document.get("also", ())},
        "impossible": [{**each, "when": _written_when(each["when"])} for each in document.get("impossible", ())],
    }


def _written_rule(rule: Mapping[str, Any]) -> Document:
    # What every rule needs is kept when empty: then that field says so, instead of the rule.
    needed = {"tier": "", "to": "", "because": ""}
    return _present({**rule, "when": _written_when(rule.get("when") or {})}, drop="slug", keep=needed)


def _written_addition(addition: Mapping[str, Any]) -> Document:
    written = {**addition, "when": _written_when(addition["when"]), "obligatory": _word(addition["obligatory"])}
    return _present(written, drop="slug", keep={"when": {}})


def _present(group: Mapping[str, Any], drop: str, keep: Mapping[str, Any]) -> Document:
    return {
        **keep,
        **{name: value for name, value in group.items() if name != drop and value not in ("", None, [], {})},
    }


def _written_when(when: Mapping[str, Any]) -> Document:
    written = {name: _written_fact(name, value) for name, value in when.items()}
    return {name: value for name, value in written.items() if value not in ("", None, [])}


def _written_fact(name: str, value: Any) -> Any:
    if name in FLAGS:
        return _word(value)
    if name == "age" and not isinstance(value, str) and value:
        return "-".join(map(str, value))
    return "bekend" if name == "provider" else value


def _word(value: Any) -> Any:
    return {True: "ja", False: "nee"}[value] if isinstance(value, bool) else value
