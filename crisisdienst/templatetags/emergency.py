"""What the pages of a case show by who looks: the banner of the emergency button, and the page for its client."""

from django import template

from dossiers.policies import may_give_overview
from routing.models import Case
from routing.policies import emergency_access

register = template.Library()


@register.inclusion_tag("dossiers/emergency_banner.html", takes_context=True)
def emergency_banner(context: template.Context, case: Case) -> dict:
    """Nothing for who is involved in the case."""
    return {"emergency": emergency_access(context["request"].actor, case)}


@register.simple_tag(takes_context=True)
def gives_overview(context: template.Context, case: Case) -> bool:
    return may_give_overview(context["request"].actor, case)
