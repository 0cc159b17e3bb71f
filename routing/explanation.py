"""The full explanation of an answer in words and as JSON: who came close, which facts counted, and what if."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .core import Decision, Facts, Table
from .core.explain import Explanation, PassedOver, WhatIf, explain

Document = dict[str, Any]


def explanation(
    table: Table,
    facts: Facts,
    moment: datetime,
    decision: Decision,
    refused: frozenset[str],
    directory: Mapping[str, Any],
) -> Document:
    """The keys `facts_used`, `facts_irrelevant`, `passed_over` and `what_if` of an answer; each with its own `text`."""
    found: Explanation = explain(table, facts, int(moment.timestamp()), decision, refused)
    names = {service["organisation"]: service["organisation_name"] for service in directory["services"]}
    return {
        "facts_used": list(found.used),
        "facts_irrelevant": list(found.irrelevant),
        "passed_over": [_passed_over(each, table) for each in found.passed_over],
        "what_if": [_what_if(each, names, directory["municipalities"]) for each in found.what_ifs],
    }


def _passed_over(each: PassedOver, table: Table) -> Document:
    on_again = datetime.fromtimestamp(each.on_again, table.zone) if each.on_again else None
    why_not = {
        "closed": _("nu gesloten, open vanaf %(moment)s"),
        "diverted": _("nu omgeleid, weer bereikbaar vanaf %(moment)s"),
        "refused": _("heeft geweigerd"),
        "after": _("staat volgens de afspraak na de verantwoordelijke"),
        "tier": _("een afspraak die voorgaat, is hier van toepassing"),
    }[each.why_not]
    if each.why_not in ("closed", "diverted") and on_again is None:
        why_not = _("niet open")
    words = why_not % {"moment": f"{on_again:%d-%m-%Y %H:%M}"} if on_again else why_not
    return {
        "service": each.service.slug,
        "organisation": each.service.organisation,
        "rule": each.rule,
        "why_not": each.why_not,
        "on_again": on_again.isoformat() if on_again else None,
        "text": f"{each.service.card['name']}: {words}",
    }


def _what_if(each: WhatIf, names: Mapping[str, str], municipalities: Mapping[str, str]) -> Document:
    who = _(" of ").join(
        names.get(slug, slug) if slug else _("vastleggen, niet doorgeven") for slug in each.organisations
    )
    change = {
        "minute_later": _("een minuut later"),
        "birthday": _("na een verjaardag (%(value)s jaar)"),
        "municipality": _("in %(value)s"),
    }[each.change] % {"value": municipalities.get(str(each.value), each.value)}
    return {
        "change": each.change,
        "value": each.value,
        "organisations": list(each.organisations),
        "text": f"{change}: {who}",
    }
