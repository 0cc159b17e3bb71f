"""The banner over every page of a case that somebody sees with the emergency button."""

from django import template

from routing.models import Case
from routing.policies import emergency_access

register = template.Library()


@register.inclusion_tag("dossiers/emergency_banner.html", takes_context=True)
def emergency_banner(context: template.Context, case: Case) -> dict:
    """Nothing for who is involved in the case."""
    return {"emergency": emergency_access(context["request"].actor, case)}
