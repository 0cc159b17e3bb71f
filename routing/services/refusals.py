"""What a refusal and a clock that ran out have in common: the next-best is asked, decided anew for that moment."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from partners.models import Service
from routing.alarms import raise_alarm
from routing.models import Alarm, Handover
from routing.policies import is_duty_lead, never_descends
from routing.selectors import answer_again

from . import notices
from .capacity import report_lack_of_capacity
from .checks import read_back_of
from .offers import clock_of, offer
from .opening import keep_decision, note_additions, service_of

State = Handover.State
Reason = Handover.DeclineReason
# What these say is that the directory sent somebody to the wrong door.
DIRECTORY_IS_WRONG = (Reason.ALREADY_CLOSED, Reason.WRONG_NUMBER)


def refuse(actor: Actor, handover: Handover, reason: str, note: str) -> Handover:
    """Declined, with the reason; returns the offer that follows, or a declined hand-back itself."""
    handover.state = State.DECLINED
    handover.decline_reason, handover.decline_note = reason, note.strip()
    answered(actor, handover)
    rule = "own_case" if actor.organisation_id == handover.sender_id else "asked"
    subject = str(handover.case_id)
    log_access(actor, event="handover.declined", action="U", record=handover, subject=subject, rule=rule)
    notices.declined(handover)
    if reason == Reason.CAPACITY:
        report_lack_of_capacity(handover)
    if reason in DIRECTORY_IS_WRONG:
        _doubt_directory(handover)
    return _go_on(actor, handover)


def expire(handover: Handover) -> Handover:
    """The clock ran out. 112 and the duty lead keep the offer, under alarm; returns the offer that then stands."""
    if never_descends(handover.decision, handover.service):
        return _ask_on(handover)
    handover.state = State.EXPIRED
    handover.answered_at = timezone.now()
    handover.save()
    subject = str(handover.case_id)
    log_access(None, event="handover.expired", action="U", record=handover, subject=subject, rule="clock")
    notices.expired(handover)
    return _go_on(None, handover)


def answered(actor: Actor, handover: Handover) -> None:
    handover.answered_at = timezone.now()
    handover.answered_by = actor.user
    handover.save()


def _go_on(actor: Actor | None, handover: Handover) -> Handover:
    if handover.kind == Handover.Kind.HAND_BACK:
        _raise(
            Alarm.Kind.HAND_BACK_UNANSWERED, handover, _("Casus %(case)s: %(service)s nam de eigen cliënt niet terug.")
        )
        return handover
    return _offer_next(actor, handover)


def _offer_next(actor: Actor | None, handover: Handover) -> Handover:
    """Decides again with the refusing service off; 112 and the duty lead are asked again instead, under alarm."""
    earlier = handover.decision
    stays = never_descends(earlier, handover.service)
    off = set() if stays else {handover.service.slug}
    answer = answer_again(earlier, timezone.now(), frozenset(earlier.refused) | off)
    if stays:
        _raise_unanswered(handover, Reason(handover.decline_reason).label)
    service = handover.service if stays else service_of(answer) or _duty_lead(handover)
    decision = keep_decision(actor, answer, handover.case, service)
    note_additions(handover.case, answer, service)
    following = offer(
        actor,
        decision,
        sender=handover.sender,
        offered_by=handover.offered_by,
        read_back=read_back_of(handover),
        urgency=handover.urgency,
        follows=handover,
    )
    if not stays:
        _alarm_at_the_end(following)
    return following


def _ask_on(handover: Handover) -> Handover:
    """Silence of who may not be passed by: the offer stays, its clock begins anew, and the alarm is raised."""
    _raise_unanswered(handover, _("geen antwoord binnen de tijd"))
    clock = clock_of(handover.decision, handover.urgency, timezone.now())
    handover.due_at = clock.due_at if clock else None
    handover.save()
    return handover


def _alarm_at_the_end(following: Handover) -> None:
    """After the duty lead there is nobody; and what came back to the sender, nobody else has seen."""
    if is_duty_lead(following.service) or following.state == State.ACCEPTED:
        _raise(
            Alarm.Kind.CHAIN_ENDED,
            following,
            _("Casus %(case)s: niemand nam aan. %(service)s is nu verantwoordelijk en moet handelen."),
        )


def _raise_unanswered(handover: Handover, reason: Promise) -> None:
    kind = Alarm.Kind.DUTY_LEAD_UNANSWERED if is_duty_lead(handover.service) else Alarm.Kind.EMERGENCY_UNANSWERED
    _raise(kind, handover, _("%(service)s: %(reason)s. Bel opnieuw; de aanbieding blijft staan."), reason)


def _doubt_directory(handover: Handover) -> None:
    _raise(
        Alarm.Kind.DIRECTORY_WRONG,
        handover,
        _("%(service)s zegt: %(reason)s. Controleer de uren en het nummer in de gids."),
        Reason(handover.decline_reason).label,
    )


def _raise(kind: str, handover: Handover, message: Promise, reason: Promise | str = "") -> None:
    with house_language():
        words = {"case": handover.case_id, "service": handover.service.name, "reason": str(reason)}
        text = str(message) % words
    raise_alarm(handover.service.region, kind, text, handover.case)


def _duty_lead(handover: Handover) -> Service:
    region = handover.service.region
    services = Service.objects.select_related("organisation", "region")
    return services.get(region=region, slug=region.duty_service)
