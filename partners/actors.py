"""Who a signed-in user is today: the first valid membership makes the actor that every service asks for."""

from django.db.models import Q
from django.utils import timezone

from accounts.policies import Actor

from .models import Membership


def membership_of(user) -> Membership | None:
    """The first membership valid today; asked of the database once per user object, so once per request."""
    if not hasattr(user, "membership_today"):
        user.membership_today = _first_valid(user) if user.is_authenticated else None
    return user.membership_today


def _first_valid(user) -> Membership | None:
    today = timezone.localdate()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    memberships = user.memberships.filter(valid, valid_from__lte=today)
    return memberships.select_related("organisation", "region").order_by("valid_from", "id").first()


def actor_of(user, source: str = "") -> Actor:
    """Without a valid membership, or signed out, an actor with an empty role: it may nothing."""
    membership = membership_of(user)
    if membership is None:
        return Actor(user, "", None, "", None, "", source)
    return Actor(
        user=user,
        role=membership.role,
        organisation_id=membership.organisation_id,
        organisation_slug=membership.organisation.slug,
        region_id=membership.region_id,
        region_slug=membership.region.slug,
        source=source,
    )
