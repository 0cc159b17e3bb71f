"""What partners were told, and the webhooks that are told."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import OutboxMessage, WebhookEndpoint
from accounts.policies import Actor, Permission

State = OutboxMessage.State
NOT_OVER = Q(delivered_at__isnull=True, failed_at__isnull=True)
OF_STATE = {
    State.WAITING: NOT_OVER & Q(last_error=""),
    State.FAILING: NOT_OVER & ~Q(last_error=""),
    State.DELIVERED: Q(delivered_at__isnull=False),
    State.GIVEN_UP: Q(failed_at__isnull=False),
}


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """What the reader asks for; an empty field asks nothing. `before` is the id that an older page starts below."""

    state: str = ""
    kind: str = ""
    organisation: str = ""
    case: int | None = None
    before: int | None = None

    def conditions(self) -> Q:
        asked = {
            "kind__startswith": self.kind,
            "organisation": self.organisation,
            "case": self.case,
            "id__lt": self.before,
        }
        return Q(**{lookup: value for lookup, value in asked.items() if value}) & OF_STATE.get(self.state, Q())


def messages(actor: Actor) -> QuerySet[OutboxMessage]:
    """A manager sees those of the own region, the administrator all."""
    actor.must(Permission.SEE_MESSAGES)
    if actor.may(Permission.ADMINISTER):
        return OutboxMessage.objects.all()
    return OutboxMessage.objects.filter(region=actor.region_slug)


def messages_found(actor: Actor, wanted: MessageFilter) -> QuerySet[OutboxMessage]:
    """Newest first."""
    return messages(actor).filter(wanted.conditions()).order_by("-id")


def webhook_endpoints(actor: Actor) -> QuerySet[WebhookEndpoint]:
    actor.must(Permission.ADMINISTER)
    return WebhookEndpoint.objects.select_related("created_by")
