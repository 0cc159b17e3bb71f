"""What the outbox says about a handover: that there is something, never who it is about."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from partners.models import Organisation, Service
from routing.alarms import raise_alarm
from routing.messages import Recipient, tell, tell_duty_lead
from routing.models import Addition, Alarm, Handover, LeadPeriod

__all__ = [
    "accepted",
    "addition_due",
    "alarm",
    "declined",
    "expired",
    "feedback_due",
    "feedback_given",
    "offered",
    "reminder",
    "short_of_capacity",
]

alarm = tell_duty_lead


def offered(handover: Handover) -> None:
    _tell(
        "handover.offered",
        handover.service.organisation,
        _("Casus %(case)s wacht op uw antwoord"),
        _("%(sender)s biedt casus %(case)s aan bij %(service)s. Open uw inbox om aan te nemen of te weigeren."),
        handover,
    )


def reminder(handover: Handover) -> None:
    _tell(
        "handover.reminder",
        handover.service.organisation,
        _("Casus %(case)s wacht nog steeds op uw antwoord"),
        _("De helft van de tijd voor %(service)s is om. Zonder antwoord gaat casus %(case)s naar de volgende."),
        handover,
    )


def accepted(handover: Handover) -> None:
    _tell(
        "handover.accepted",
        handover.sender,
        _("Casus %(case)s is aangenomen"),
        _("%(service)s heeft casus %(case)s aangenomen en heeft nu de regie."),
        handover,
    )


def declined(handover: Handover) -> None:
    _tell(
        "handover.declined",
        handover.sender,
        _("Casus %(case)s is geweigerd"),
        _("%(service)s heeft casus %(case)s niet aangenomen: %(reason)s. U houdt de regie tot iemand aanneemt."),
        handover,
    )


def expired(handover: Handover) -> None:
    for organisation in (handover.sender, handover.service.organisation):
        _tell(
            "handover.expired",
            organisation,
            _("Casus %(case)s is niet op tijd aangenomen"),
            _("%(service)s antwoordde niet op tijd op casus %(case)s. %(sender)s houdt de regie tot iemand aanneemt."),
            handover,
        )


def feedback_due(handover: Handover) -> None:
    by_phone = handover.service.accepts_by == Service.AcceptsBy.PHONE
    _tell(
        "handover.feedback_due",
        handover.sender if by_phone else handover.service.organisation,
        _("Terugkoppeling over casus %(case)s"),
        _("%(sender)s wacht nog op bericht hoe het ging met casus %(case)s bij %(service)s."),
        handover,
    )


def feedback_given(handover: Handover) -> None:
    _tell(
        "handover.feedback",
        handover.sender,
        _("Terugkoppeling over casus %(case)s"),
        _("%(service)s heeft teruggekoppeld hoe het ging met casus %(case)s. Open de casus om het te lezen."),
        handover,
    )


def addition_due(addition: Addition) -> None:
    lead = LeadPeriod.objects.select_related("organisation").filter(case=addition.case, ended_at__isnull=True).first()
    if lead is None:
        return
    words = {
        "case": addition.case_id,
        "region": addition.case.region.slug,
        "kind": addition.Kind(addition.kind).label,
        "organisation": addition.organisation.name,
    }
    tell(
        "addition.due",
        Recipient.of(lead.organisation),
        _("Verplicht overleg bij casus %(case)s"),
        _("Bij casus %(case)s is nog niet vastgelegd: %(kind)s %(organisation)s. Volgens de afspraken moet dat."),
        words,
        path=reverse("home"),
    )


def short_of_capacity(handover: Handover) -> None:
    """An organisation that cannot deliver owes its commissioner that message; the case goes on to the next."""
    organisation = handover.service.organisation
    if not organisation.commissioner_email:
        _alarm_unreported(handover)
        return
    # Without a link: the commissioner has no account here.
    tell(
        "capacity.short",
        Recipient(organisation.commissioner_email),
        _("Geen capaciteit bij %(service)s"),
        _("%(service)s heeft casus %(case)s geweigerd: geen capaciteit. De casus is aan de volgende aangeboden."),
        _words(handover),
        path="",
    )


def _alarm_unreported(handover: Handover) -> None:
    organisation = handover.service.organisation
    with house_language():
        words = {"organisation": organisation.name, "who": organisation.commissioner or _("niet bekend")}
        message = str(_("%(organisation)s heeft geen capaciteit. Meld het zelf aan de opdrachtgever: %(who)s.")) % words
    raise_alarm(handover.service.region, Alarm.Kind.CAPACITY_UNREPORTED, message, handover.case)


def _tell(kind: str, organisation: Organisation, subject: Promise, body: Promise, handover: Handover) -> None:
    path = reverse("handover", args=[handover.pk])
    tell(kind, Recipient.of(organisation), subject, body, _words(handover), path=path)


def _words(handover: Handover) -> dict[str, object]:
    reason = handover.decline_reason
    return {
        "case": handover.case_id,
        "region": handover.service.region.slug,
        "sender": handover.sender.name,
        "service": handover.service.name,
        "reason": Handover.DeclineReason(reason).label if reason else "",
    }
