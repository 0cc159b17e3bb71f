"""One version of the agreement as a covenant meeting reads it: who, when, after whom, because."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.policies import Permission
from routing.models import RuleSet
from routing.selectors import Phase, current_proof, phase_of

from .bench import Bench, Document, Standing, in_force, visible
from .differences import Difference, between
from .words import KINDS, TIERS, Names

DRAFTS = (Phase.DRAFT, Phase.PROVEN)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in words, and what the proof says of it: it never wins, or its service cannot be reached."""

    slug: str
    when: list[str]
    to: str
    after: list[str]
    because: str
    is_dead: bool
    without_number: bool
    without_hours: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the history: who, when, and what differs from the entry before."""

    at: datetime
    who: str
    what: str
    differences: list[Difference]


@never_cache
@require_GET
def rule_set(request: HttpRequest, pk: int) -> HttpResponse:
    bench = Bench(visible(request, pk))
    document = bench.rule_set.document
    context = {
        **page_context(request, bench),
        "tiers": [(label, list(_lines(bench, tier))) for tier, label in TIERS.items()],
        "also": [_addition(each, bench.names) for each in document.get("also", ())],
        "impossible": [
            {"when": bench.names.condition(each["when"]), "because": each["because"]}
            for each in document.get("impossible", ())
        ],
        "history": _history(bench.rule_set, bench.names),
    }
    return render(request, "routing/rules/set.html", context)


def page_context(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    """What every page about one version shows: its phase, how it stands, and what this reader may do with it."""
    phase = phase_of(bench.rule_set)
    is_draft = phase in DRAFTS
    return {
        "rule_set": bench.rule_set,
        "region": bench.region,
        "phase": phase,
        "is_outdated": bench.is_outdated,
        "is_draft": is_draft,
        "standing": bench.standing,
        "proof": current_proof(bench.rule_set),
        "in_force": in_force(bench.region),
        "waivers": bench.rule_set.waivers.select_related("made_by"),
        "may_edit": is_draft and request.actor.may(Permission.EDIT_RULES),
        "may_replay": request.actor.may(Permission.EDIT_RULES),
        "may_publish": is_draft and request.actor.may(Permission.PUBLISH_RULES),
    }


def _lines(bench: Bench, tier: str) -> Iterator[RuleLine]:
    names, standing = bench.names, bench.standing
    for rule in bench.rule_set.document["rules"]:
        if rule["tier"] == tier:
            yield RuleLine(
                slug=rule["slug"],
                when=names.condition(rule["when"]),
                to=names.service(rule["to"]),
                after=[names.service(slug) for slug in rule.get("after", ())],
                because=rule["because"],
                is_dead=rule["slug"] in standing.dead_rules,
                without_number=_lacks(standing, "without_number", rule["to"]),
                without_hours=_lacks(standing, "without_hours", rule["to"]),
            )


def _lacks(standing: Standing, what: str, service: str) -> bool:
    return any(each["kind"] == what and each["service"] == service for each in standing.problems)


def _addition(each: Document, names: Names) -> dict[str, Any]:
    return {
        "when": names.condition(each["when"]),
        "kind": KINDS[each["kind"]],
        "organisation": names.organisation(each["organisation"]),
        "obligatory": each["obligatory"],
        "remark": each.get("remark", ""),
        "because": each["because"],
    }


def _history(rule_set: RuleSet, names: Names) -> list[Event]:
    """Newest first. The first entry is the start; later ones say what changed, and when it was proven or published."""
    entries = list(rule_set.history.select_related("history_user").order_by("history_date", "history_id"))
    events = [Event(entries[0].history_date, _who(entries[0]), _("begonnen"), [])] if entries else []
    for old, new in pairwise(entries):
        differences = between(old.document, new.document, names)
        if differences or old.state != new.state:
            events.append(Event(new.history_date, _who(new), _what(old, new), differences))
    return events[::-1]


def _who(entry: Any) -> str:
    user = entry.history_user
    return (user.get_full_name() or user.username) if user else _("het regiopakket")


def _what(old: Any, new: Any) -> str:
    if old.state == new.state or new.state == RuleSet.State.DRAFT:
        return _("gewijzigd")
    return _("gepubliceerd") if new.state == RuleSet.State.PUBLISHED else _("getoetst")
