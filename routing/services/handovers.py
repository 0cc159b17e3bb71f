"""Answering an offer. Until somebody accepts the sender keeps the lead; a refusal always makes a next offer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import Organisation, Service
from routing.alarms import raise_alarm
from routing.core.handover import ReasonMissing, Side, WrongSide, WrongState, next_state
from routing.errors import AlreadyAnswered, DutyLeadCannotDecline, NothingToOffer, ReasonRequired
from routing.models import Alarm, Case, Handover
from routing.policies import may_offer_again
from routing.selectors import answer_again

from . import notices
from .offers import offer, take
from .opening import keep_decision, note_additions, record_decision, service_of, service_to_ask

Reason = Handover.DeclineReason


@transaction.atomic
def accept(actor: Actor, handover: Handover) -> Handover:
    """The receiving organisation takes the lead."""
    actor.must(Permission.ANSWER_HANDOVER)
    handover = _locked(handover)
    _check(handover, "accept", _receiver_or_refuse(actor, handover))
    take(actor, handover, answered_by=actor.user, rule="asked")
    return handover


@transaction.atomic
def decline(actor: Actor, handover: Handover, reason: str, note: str = "") -> Handover:
    """The receiving organisation refuses, with a reason; returns the offer to the next."""
    actor.must(Permission.ANSWER_HANDOVER)
    handover = _locked(handover)
    side = _receiver_or_refuse(actor, handover)
    if reason == Reason.NO_ANSWER:
        raise ReasonRequired(_("Geen gehoor is geen reden van wie zelf antwoordt. Kies een andere reden."))
    _check(handover, "decline", side, _known_reason(reason, note))
    if _is_duty_lead(handover.service):
        raise DutyLeadCannotDecline
    return _refused(actor, handover, reason, note)


@transaction.atomic
def record_phone_answer(
    actor: Actor,
    handover: Handover,
    *,
    accepted_by_name: str = "",
    no_answer: bool = False,
    reason: str | None = None,
    note: str = "",
) -> Handover:
    """The sender writes down who took the case on the phone; or why it was refused there, or that nobody answered:
    both return the next offer."""
    actor.must(Permission.LOG_CONTACT)
    handover = _locked(handover)
    if actor.organisation_id != handover.sender_id or handover.service.accepts_by != Service.AcceptsBy.PHONE:
        raise PermissionDenied(_("Alleen wie de casus telefonisch aanbiedt, legt het antwoord vast."))
    if no_answer:
        reason = Reason.NO_ANSWER
    if reason is not None:
        _check(handover, "decline", Side.SENDER_BY_PHONE, _known_reason(reason, note))
        return _refused(actor, handover, reason, note)
    if not accepted_by_name.strip():
        raise ReasonRequired(_("Vul in wie de casus heeft aangenomen."), "accepted_by_name")
    _check(handover, "accept", Side.SENDER_BY_PHONE)
    take(actor, handover, answered_by=actor.user, rule="own_case", accepted_by_name=accepted_by_name.strip())
    return handover


@transaction.atomic
def withdraw(actor: Actor, handover: Handover, reason: str) -> Handover:
    """The sender takes the offer back, and keeps the lead."""
    actor.must(Permission.LOG_CONTACT)
    handover = _locked(handover)
    side = Side.SENDER if actor.organisation_id == handover.sender_id else Side.RECEIVER
    handover.state = _check(handover, "withdraw", side, reason.strip())
    handover.decline_note = reason.strip()
    _answered(actor, handover)
    subject = str(handover.case_id)
    log_access(actor, event="handover.withdrawn", action="U", record=handover, subject=subject, rule="own_case")
    return handover


@transaction.atomic
def offer_again(
    actor: Actor, case: Case, *, chosen_service: Service | None = None, chosen_reason: str = "", chosen_note: str = ""
) -> Handover:
    """Decides anew on the same facts and offers a case whose offer was taken back; or to whom a person chooses."""
    actor.must(Permission.LOG_CONTACT)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not may_offer_again(actor, case):
        raise NothingToOffer
    last = _locked(case.handovers.first())
    answer = answer_again(last.decision, timezone.now(), frozenset(last.decision.refused))
    service = service_to_ask(answer, chosen_service, chosen_reason)
    decision = record_decision(
        actor, answer, case=case, chosen_reason=chosen_reason, chosen_note=chosen_note, service=service
    )
    note_additions(case, answer, service)
    sender = Organisation.objects.get(pk=actor.organisation_id)
    return offer(actor, decision, sender=sender, offered_by=actor.user, summary=last.summary, urgency=last.urgency)


# --- A refusal ---------------------------------------------------------------------------------


def _refused(actor: Actor, handover: Handover, reason: str, note: str) -> Handover:
    handover.state = Handover.State.DECLINED
    handover.decline_reason, handover.decline_note = reason, note.strip()
    _answered(actor, handover)
    by_phone = actor.organisation_id == handover.sender_id
    log_access(
        actor,
        event="handover.declined",
        action="U",
        record=handover,
        subject=str(handover.case_id),
        rule="own_case" if by_phone else "asked",
    )
    notices.declined(handover)
    if reason == Reason.CAPACITY:
        notices.short_of_capacity(handover)
    return _offer_next(actor, handover)


def _offer_next(actor: Actor, handover: Handover) -> Handover:
    """Decides again with the refusing service off; 112 and the duty lead are asked again instead, under alarm."""
    earlier = handover.decision
    stays = handover.service.never_off or earlier.rule.startswith("emergency/")
    off = set() if stays else {handover.service.slug}
    answer = answer_again(earlier, timezone.now(), frozenset(earlier.refused) | off)
    if stays:
        _raise_unanswered(handover)
    service = handover.service if stays else service_of(answer) or _duty_lead(handover)
    decision = keep_decision(actor, answer, handover.case, service)
    note_additions(handover.case, answer, service)
    return offer(
        actor,
        decision,
        sender=handover.sender,
        offered_by=handover.offered_by,
        summary=handover.summary,
        urgency=handover.urgency,
    )


def _raise_unanswered(handover: Handover) -> None:
    duty = _is_duty_lead(handover.service)
    kind = Alarm.Kind.DUTY_LEAD_UNANSWERED if duty else Alarm.Kind.EMERGENCY_UNANSWERED
    with house_language():
        message = _("%(service)s: %(reason)s. Bel opnieuw; de aanbieding blijft staan.") % {
            "service": handover.service.name,
            "reason": handover.get_decline_reason_display(),
        }
    raise_alarm(handover.service.region, kind, message, handover.case)


def _duty_lead(handover: Handover) -> Service:
    region = handover.service.region
    return Service.objects.select_related("organisation").get(region=region, slug=region.duty_service)


def _is_duty_lead(service: Service) -> bool:
    return service.slug == service.region.duty_service


def _answered(actor: Actor, handover: Handover) -> None:
    handover.answered_at = timezone.now()
    handover.answered_by = actor.user
    handover.save()


# --- Checks -------------------------------------------------------------------------------------


def _locked(handover: Handover) -> Handover:
    """The handover as it is now, its case locked: of two who answer at once, the second sees the first's answer."""
    Case.objects.select_for_update().get(pk=handover.case_id)
    related = ("case", "decision__region", "decision__rule_set", "decision__directory_revision", "sender", "offered_by")
    return Handover.objects.select_related("service__organisation", "service__region", *related).get(pk=handover.pk)


def _receiver_or_refuse(actor: Actor, handover: Handover) -> Side:
    if actor.organisation_id != handover.service.organisation_id:
        raise PermissionDenied(_("Deze casus is aan een andere organisatie aangeboden."))
    return Side.RECEIVER


def _known_reason(reason: str, note: str) -> str:
    if reason and reason not in Reason.values:
        raise ReasonRequired(_("Deze reden bestaat niet. Kies er een uit de lijst."))
    if reason == Reason.OTHER and not note.strip():
        raise ReasonRequired(_("Schrijf bij «anders» op waarom u weigert."), "note")
    return reason


def _check(handover: Handover, action: str, side: Side, reason: str = "") -> str:
    try:
        return next_state(handover.state, action, side, reason)
    except WrongState as error:
        raise AlreadyAnswered(handover.get_state_display()) from error
    except WrongSide as error:
        raise PermissionDenied(_("Dit kan alleen de organisatie die de casus aanbood.")) from error
    except ReasonMissing as error:
        raise ReasonRequired from error
