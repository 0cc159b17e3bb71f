"""From deviations to a draft: a person edits, proves and publishes it, or throws it away."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor, Permission
from partners.models import Service
from partners.selectors import directory_document
from routing.core.learn import NothingToPropose, Proposal, propose
from routing.errors import NoProposal
from routing.models import RuleSet
from routing.selectors import rule_set_at
from routing.selectors.deviations import deviating_calls

from .rule_sets import save_rule, start_draft


@transaction.atomic
def propose_from_deviations(actor: Actor, rule: str, service: Service, since: date, until: date) -> RuleSet:
    """A draft in which the calls that people sent from a rule ("tier/slug") to a service go there by agreement.

    Raises PermissionDenied, or NoProposal with the reason.
    """
    actor.must(Permission.EDIT_RULES)
    held = rule_set_at(service.region, timezone.now())
    document = _rule(held, rule)
    found = _proposal(actor, held, document, service, since, until)
    draft = start_draft(actor, service.region, held, _free_version(held))
    for each in found.rules:
        replaces = each["slug"] if each["slug"] == document["slug"] else ""
        draft = save_rule(actor, draft, each, original_slug=replaces, seen_digest=draft.digest)
    return draft


def _rule(held: RuleSet | None, name: str) -> dict[str, Any]:
    tier, _slash, slug = name.partition("/")
    rules = held.document["rules"] if held else ()
    for rule in rules:
        if (rule["tier"], rule["slug"]) == (tier, slug):
            return rule
    raise NoProposal("rule_gone")


def _proposal(
    actor: Actor, held: RuleSet, rule: dict[str, Any], service: Service, since: date, until: date
) -> Proposal:
    directory = directory_document(service.region)
    listed = next((each for each in directory["services"] if each["slug"] == service.slug), None)
    if listed is None:
        raise NoProposal("not_served")
    calls = deviating_calls(actor, f"{rule['tier']}/{rule['slug']}", service, since, until)
    words = {"rule": rule["slug"], "since": f"{since:%d-%m-%Y}", "until": f"{until:%d-%m-%Y}"}
    with house_language():
        because = _("Voorstel uit %%(calls)d afwijkingen van regel «%(rule)s», van %(since)s tot en met %(until)s.")
    taken = [each["slug"] for each in held.document["rules"]]
    try:
        return propose(rule, listed, calls, list(directory["municipalities"]), taken, because % words)
    except NothingToPropose as nothing:
        raise NoProposal(nothing.reason) from nothing


def _free_version(held: RuleSet) -> str:
    day = timezone.localdate().isoformat()
    names = {each.version for each in held.region.rule_sets.filter(version__startswith=f"voorstel-{day}")}
    return next(name for number in range(1, len(names) + 2) if (name := f"voorstel-{day}-{number}") not in names)
