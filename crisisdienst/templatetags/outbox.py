"""Messages in words: their kinds are codes, for who reads the list."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import DeliveryAttempt, OutboxMessage

register = template.Library()

KINDS = {
    "capacity.short": gettext_lazy("geen capaciteit gemeld"),
    "clock.overdue": gettext_lazy("termijn voorbij"),
    "clock.reminder": gettext_lazy("termijn loopt bijna af"),
    "contact.recorded": gettext_lazy("onvrede vastgelegd"),
    "emergency_access.opened": gettext_lazy("noodknop gebruikt"),
    "handover.accepted": gettext_lazy("overdracht aangenomen"),
    "handover.declined": gettext_lazy("overdracht geweigerd"),
    "handover.offered": gettext_lazy("overdracht aangeboden"),
    "roster.swap_answered": gettext_lazy("antwoord op ruil van dienst"),
    "roster.swap_asked": gettext_lazy("ruil van dienst gevraagd"),
    "webhook.test": gettext_lazy("testbericht"),
}
# How the status component shows it.
LOOKS = {
    OutboxMessage.State.WAITING: "waiting",
    OutboxMessage.State.FAILING: "danger",
    OutboxMessage.State.DELIVERED: "ok",
    OutboxMessage.State.GIVEN_UP: "closed",
    DeliveryAttempt.Outcome.UNKNOWN: "waiting",
    DeliveryAttempt.Outcome.FAILED: "danger",
}


@register.filter
def kind_in_words(code: str) -> str:
    return str(KINDS.get(code, code))


@register.filter
def look(state: str) -> str:
    return LOOKS[state]


@register.filter
def seconds(span: timedelta | None) -> str:
    return "–" if span is None else _("%(seconds)s s") % {"seconds": f"{span.total_seconds():.1f}".replace(".", ",")}
