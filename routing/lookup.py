"""The first-line lookup: whom do I ring for this crisis? It asks nothing about who the person is, and keeps nothing."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.policies import Permission
from partners.models import Region
from partners.selectors import current_municipalities, directory_document, provider_choices, revision_at

from . import vocabulary
from .alarms import raise_alarm
from .core import ELSEWHERE, Table
from .document import Document
from .errors import InvalidParameters, RoutingError
from .models import Alarm
from .openings import Opening, opening
from .parameters import parse
from .selectors import answer, table_for

# What the form may ask of `routing.parameters`, beside the category.
REFINEMENTS = ("municipality", "age", "danger", "provider", "related", "suicidal", "hospital", "at")
FIELD_LABELS = {
    "municipality": _("Gemeente"),
    "age": _("Leeftijd"),
    "provider": _("In behandeling bij"),
    "at": _("Moment"),
}
WRONG_INPUT = 422
MOST_CARDS = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A service of the directory as the lookup shows it; `opening` is None where its hours cannot be computed."""

    service: Document
    opening: Opening | None


@never_cache
@require_GET
def lookup(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.LOOK_UP)
    context = _found(request.GET, request.actor.region_slug)
    if request.htmx:
        return render(request, "routing/lookup_results.html", context)
    return render(request, "routing/lookup.html", context, status=WRONG_INPUT if context["errors"] else 200)


def _found(query: QueryDict, region_slug: str) -> dict:
    """Everything the page shows. A broken agreement never hides the list of numbers."""
    text = query.get("q", "").strip()
    now = timezone.now()
    region = Region.objects.get(slug=region_slug)
    directory = _directory(region, now)
    entries, warning = _entries(region, directory, now)
    errors, cards = _cards(query, text, region_slug, {entry.service["slug"]: entry for entry in entries})
    return {
        "query": query,
        "asked": bool(text or query.get("category") or query.get("danger")),
        "danger_heard": vocabulary.speaks_of_danger(text) and not query.get("danger"),
        "errors": errors,
        "cards": cards,
        "by_name": _named(text, entries, cards),
        "warning": warning,
        "entries": sorted(entries, key=lambda entry: entry.service["name"]),
        "categories": vocabulary.CATEGORY_LABELS,
        "municipalities": [
            *current_municipalities(timezone.localdate()).values_list("code", "name"),
            (ELSEWHERE, vocabulary.ELSEWHERE_LABEL),
        ],
        "providers": provider_choices().values_list("slug", "name"),
        "region": region,
    }


def _directory(region: Region, now: datetime) -> Document:
    """As it holds now; before its first revision, as it stands in the tables."""
    revision = revision_at(region, now)
    return revision.document if revision else directory_document(region)


def _entries(region: Region, directory: Document, now: datetime) -> tuple[list[Entry], str]:
    """The services with their hours; without hours, and with a warning, where the agreement cannot be used."""
    try:
        table = table_for(region.slug, now).table
        return [Entry(service, _opening(table, service, now)) for service in directory["services"]], ""
    except Exception as error:
        logger.exception("the lookup of %s cannot use its agreement", region.slug)
        raise_alarm(region, Alarm.Kind.EXCEPTION, f"{type(error).__name__}: {error}")
    warning = gettext("De afspraken van deze regio zijn nu niet te gebruiken. De beheerder is gewaarschuwd.")
    return [Entry(service, None) for service in directory["services"]], warning


def _opening(table: Table, service: Document, now: datetime) -> Opening:
    return opening(table.services[service["slug"]], table.agreement.timezone, now)


# --- The answers -----------------------------------------------------------------------------


def _cards(query: QueryDict, text: str, region_slug: str, entries: dict[str, Entry]) -> tuple[list[str], list[dict]]:
    """The mistakes in what was filled in, or a card per category that the words speak of."""
    errors: list[str] = []
    cards: dict[tuple, dict] = {}
    for category in _asked_categories(query, text):
        try:
            document = _answer(query, category, region_slug)
        except InvalidParameters as error:
            return [*_readable(error)], _in_danger(query, region_slug)
        except RoutingError as error:
            errors.append(error.message)
            continue
        # Two categories often lead to one service (112); it is shown once.
        same = (document.get("service"), tuple(document.get("ask", ())))
        cards.setdefault(same, {"category": category, "answer": _with_closing_time(document, entries)})
    return errors, [*cards.values()][:MOST_CARDS]


def _in_danger(query: QueryDict, region_slug: str) -> list[dict]:
    """Whatever cannot be read: 112 is shown when there is danger."""
    if not query.get("danger"):
        return []
    question = parse({"danger": "true"}, default_region=region_slug)
    try:
        return [{"category": "", "answer": answer(region_slug, question.facts, question.moment).document}]
    except RoutingError:
        # Without any agreement the page itself shows 112.
        return []


def _asked_categories(query: QueryDict, text: str) -> list[str]:
    if query.get("category"):
        return [query["category"]]
    found = vocabulary.categories_for(text)
    # Danger decides by itself: then the question what it is about comes after the call.
    return found or ([""] if query.get("danger") else [])


def _answer(query: QueryDict, category: str, region_slug: str) -> Document:
    given = {name: query.get(name, "") for name in REFINEMENTS}
    if not given["provider"]:
        given["related"] = ""
    question = parse({**given, "category": category}, default_region=region_slug)
    return answer(question.region_slug, question.facts, question.moment, remarks=question.remarks).document


def _with_closing_time(document: Document, entries: dict[str, Entry]) -> Document:
    entry = entries.get(document.get("service", ""))
    is_open = entry is not None and entry.opening is not None and entry.opening.is_open
    return {**document, "open_until": entry.opening.changes_at} if is_open else document


def _readable(error: InvalidParameters) -> Iterator[str]:
    for field, texts in error.errors.items():
        for text in texts:
            label = FIELD_LABELS.get(field, "")
            yield f"{label}: {text}" if label and not text.startswith(str(label)) else text


# --- The directory ---------------------------------------------------------------------------


def _named(text: str, entries: list[Entry], cards: list[dict]) -> list[Entry]:
    """Services whose own or organisation's name was typed, without those already answered."""
    shown = {card["answer"].get("service") for card in cards}
    if not vocabulary.words_of(text):
        return []
    return [
        entry
        for entry in entries
        if entry.service["slug"] not in shown
        and vocabulary.matches(text, f"{entry.service['name']} {entry.service['organisation_name']}")
    ]
