"""What the outbox says about a handover: that there is something, never who it is about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from accounts.services import enqueue
from routing.alarms import raise_alarm
from routing.models import Alarm, Handover


def offered(handover: Handover) -> None:
    _notify(
        "handover.offered",
        handover.service.organisation.email,
        _("Casus %(case)s wacht op uw antwoord"),
        _("%(sender)s biedt casus %(case)s aan bij %(service)s. Open uw inbox om aan te nemen of te weigeren."),
        handover,
    )


def accepted(handover: Handover) -> None:
    _notify(
        "handover.accepted",
        handover.sender.email,
        _("Casus %(case)s is aangenomen"),
        _("%(service)s heeft casus %(case)s aangenomen en heeft nu de regie."),
        handover,
    )


def declined(handover: Handover) -> None:
    _notify(
        "handover.declined",
        handover.sender.email,
        _("Casus %(case)s is geweigerd"),
        _("%(service)s heeft casus %(case)s niet aangenomen: %(reason)s. De volgende is gevraagd; u houdt de regie."),
        handover,
    )


def short_of_capacity(handover: Handover) -> None:
    """An organisation that cannot deliver owes its commissioner that message; the case goes on to the next."""
    organisation = handover.service.organisation
    if not organisation.commissioner_email:
        _alarm_unreported(handover)
    _notify(
        "capacity.short",
        organisation.commissioner_email,
        _("Geen capaciteit bij %(service)s"),
        _("%(service)s heeft casus %(case)s geweigerd: geen capaciteit. De casus is aan de volgende aangeboden."),
        handover,
    )


def _alarm_unreported(handover: Handover) -> None:
    organisation = handover.service.organisation
    with house_language():
        words = {"organisation": organisation.name, "who": organisation.commissioner or _("niet bekend")}
        message = _("%(organisation)s heeft geen capaciteit. Meld het zelf aan de opdrachtgever: %(who)s.") % words
    raise_alarm(handover.service.region, Alarm.Kind.CAPACITY_UNREPORTED, message, handover.case)


def _notify(kind: str, recipient: str, subject: Promise, body: Promise, handover: Handover) -> None:
    if not recipient:
        return
    with house_language():
        words = {
            "case": handover.case_id,
            "sender": handover.sender.name,
            "service": handover.service.name,
            "reason": handover.get_decline_reason_display(),
        }
        enqueue(kind, recipient, str(subject) % words, str(body) % words)
