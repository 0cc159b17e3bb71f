"""Lights and the soonest term in words."""

from django import template
from django.http import HttpRequest

from accounts.policies import Actor, Permission
from dossiers import selectors
from dossiers.deadline_words import LIGHT_NAMES, until_name
from dossiers.models import Clock

register = template.Library()


@register.filter
def light_name(code: str) -> str:
    return str(LIGHT_NAMES.get(code, code))


@register.filter
def until(clock: Clock) -> str:
    return until_name(clock)


@register.inclusion_tag("dossiers/soonest.html", takes_context=True)
def soonest_term(context: template.Context) -> dict[str, Clock | None]:
    """One line on a page where somebody begins: what is due first, in a case that they see."""
    request: HttpRequest = context["request"]
    return {"term": selectors.soonest_due(request.actor) if _sees_cases(request.actor) else None}


def _sees_cases(actor: Actor) -> bool:
    return actor.may(Permission.SEE_CASE)
