"""The conventions of the house, held by tests so that nobody has to remember them."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from django.core.management import call_command

from crisisdienst.messages import extract_template
from crisisdienst.templatetags.access_log import EVENTS

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "partners", "routing", "triage", "dossiers", "dashboards", "crisisdienst")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
MIGRATIONS = [path for app in APPS for path in sorted((ROOT / app / "migrations").glob("0*.py"))]

# The error pages are found by their status.
FOUND_BY_NAME = {f"errors/{status}.html" for status in (400, 403, 404, 500)}
# Only the app itself goes in by these (the house wires their addresses); others use its services, selectors and so on.
OWN_MODULES = {"views", "forms", "urls", "api", "tasks", "admin", "apps"}
# Behind a door that became a package there is nothing for others.
DOORS = {"services", "selectors", "policies", "models"}


def test_every_template_is_used():
    mentions = "\n".join(path.read_text() for path in [*TEMPLATES, *SOURCES])
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    unused = {name for name in names - FOUND_BY_NAME if f'"{name}"' not in mentions and f"'{name}'" not in mentions}
    assert unused == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_inline_code(path):
    """The content security policy would block it, in the browser of whoever is on call."""
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|\shx-on|javascript:", re.IGNORECASE)
    assert inline.findall(path.read_text()) == []


def test_every_logged_event_has_words():
    """The access log is read by people; its codes are for programs."""
    named = re.compile(r'(?:event=|_save\(actor, \w+, )"([a-z_]+\.[a-z_]+)"')
    logged = {event for path in SOURCES for event in named.findall(path.read_text())}
    assert "handover.read" in logged
    assert logged - EVENTS.keys() == set()


@pytest.fixture(scope="module")
def english() -> list[Message]:
    with (ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as catalogue:
        return [message for message in read_po(catalogue, locale="en") if message.id]


def test_every_text_has_its_english(english):
    """After a change of texts: refresh the catalogue, as CONTRIBUTING.md says."""
    keywords = DEFAULT_KEYWORDS | {"gettext_lazy": None, "pgettext_lazy": ((1, "c"), 2)}
    found = [
        *(each for path in SOURCES for each in extract_from_file("python", path, keywords)),
        *(each for path in TEMPLATES for each in extract_from_file(extract_template, path, keywords)),
    ]
    texts = {(context, text) for _line, text, _comments, context in found}
    translated = {(each.context, each.id) for each in english if all(strings(each.string)) and not each.fuzzy}
    assert (texts - translated, translated - texts) == (set(), set())


def test_the_english_keeps_every_placeholder_and_tag(english):
    parts = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")
    different = [
        (each.id, text)
        for each in english
        for text in strings(each.string)
        if sorted(parts.findall(text)) != sorted(parts.findall(strings(each.id)[-1]))
    ]
    assert different == []


def strings(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text, or the singular and the plural."""
    return (text,) if isinstance(text, str) else text


def test_migrations_are_named_by_a_person():
    assert [path.name for path in MIGRATIONS if "_auto_" in path.name] == []


@pytest.mark.django_db
def test_no_model_change_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_apps_enter_each_other_by_the_public_door():
    behind = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in SOURCES
        for module in imported_modules(path)
        if is_behind_the_door(module, importer=path.relative_to(ROOT).parts[0])
    ]
    assert behind == []


def imported_modules(path: Path) -> list[str]:
    """Absolute imports as dotted names, `from partners import selectors` as `partners.selectors`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += [node.module] if "." in node.module else [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return found


def is_behind_the_door(module: str, importer: str) -> bool:
    app, _, inside = module.partition(".")
    if app not in APPS or app == importer or not inside:
        return False
    first, _, deeper = inside.partition(".")
    wired = importer == "crisisdienst" and first in {"urls", "api"}
    return (first in OWN_MODULES and not wired) or (first in DOORS and bool(deeper))


def test_every_lock_installs_what_the_smaller_ones_do():
    """An environment with the tests in it can run the site without installing again."""
    image, local, test = (
        pinned(name) for name in ("requirements.txt", "requirements-local.txt", "requirements-test.txt")
    )
    assert image <= local <= test


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_a_lock_names_no_machine_and_no_index(path):
    assert re.findall(r"https?://|file:|--index|--find-links|@ /", path.read_text()) == []


def pinned(name: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE))
