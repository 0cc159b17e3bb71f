"""The glass that was broken, for whoever judges it."""

from django.db.models import F, QuerySet

from accounts.policies import Actor, Permission
from routing.models import EmergencyAccess


def emergency_accesses(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Those that nobody judged first, oldest first; then the judged ones, the latest first."""
    actor.must(Permission.SEE_ACCESS_LOG)
    found = EmergencyAccess.objects.select_related("case", "user", "organisation", "reviewed_by")
    return found.order_by(F("reviewed_at").desc(nulls_first=True), "started_at", "id")
