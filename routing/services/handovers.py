"""Answering an offer. Until somebody accepts the sender keeps the lead; a refusal always makes a next offer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.reasons import because
from accounts.services import log_access
from partners.models import Organisation, Service
from routing.core.handover import Side
from routing.errors import AlreadyResponsible, DutyLeadCannotDecline, NothingToOffer, ReasonRequired
from routing.models import Case, Handover
from routing.policies import is_duty_lead, may_offer_again
from routing.selectors import answer_again

from .checks import check, known_reason, locked, read_back_of
from .offers import offer, take
from .opening import keep_decision, note_additions, service_to_ask
from .refusals import answered, refuse

Reason = Handover.DeclineReason


@transaction.atomic
def accept(actor: Actor, handover: Handover) -> Handover:
    """The receiving organisation takes the lead."""
    actor.must(Permission.ANSWER_HANDOVER)
    handover = locked(handover)
    check(handover, "accept", _receiver_or_refuse(actor, handover))
    _taken(actor, handover, rule="asked")
    return handover


@transaction.atomic
def decline(actor: Actor, handover: Handover, reason: str, note: str = "") -> Handover:
    """The receiving organisation refuses, with a reason; returns the offer to the next.

    A hand-back that is refused goes to nobody else: the lead stays where it is, and the refused offer is returned.
    """
    actor.must(Permission.ANSWER_HANDOVER)
    handover = locked(handover)
    side = _receiver_or_refuse(actor, handover)
    if reason == Reason.NO_ANSWER:
        raise ReasonRequired(_("Geen gehoor is geen reden van wie zelf antwoordt. Kies een andere reden."))
    check(handover, "decline", side, known_reason(reason, note))
    if is_duty_lead(handover.service) and handover.kind == Handover.Kind.OFFER:
        raise DutyLeadCannotDecline
    return refuse(actor, handover, reason, note)


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
    actor.must(Permission.ANSWER_HANDOVER)
    handover = locked(handover)
    if actor.organisation_id != handover.sender_id or handover.service.accepts_by != Service.AcceptsBy.PHONE:
        raise PermissionDenied(_("Alleen wie de casus telefonisch aanbiedt, legt het antwoord vast."))
    if no_answer:
        reason = Reason.NO_ANSWER
    if reason is not None:
        check(handover, "decline", Side.SENDER_BY_PHONE, known_reason(reason, note))
        return refuse(actor, handover, reason, note)
    if not accepted_by_name.strip():
        raise ReasonRequired(_("Vul in wie de casus heeft aangenomen."), "accepted_by_name")
    check(handover, "accept", Side.SENDER_BY_PHONE)
    _taken(actor, handover, rule="own_case", accepted_by_name=accepted_by_name.strip())
    return handover


@transaction.atomic
def withdraw(actor: Actor, handover: Handover, reason: str) -> Handover:
    """The sender takes the offer back, and keeps the lead."""
    actor.must(Permission.ANSWER_HANDOVER)
    handover = locked(handover)
    side = Side.SENDER if actor.organisation_id == handover.sender_id else Side.RECEIVER
    handover.state = check(handover, "withdraw", side, reason.strip())
    handover.decline_note = reason.strip()
    answered(actor, handover)
    subject = str(handover.case_id)
    log_access(actor, event="handover.withdrawn", action="U", record=handover, subject=subject, rule="own_case")
    return handover


@transaction.atomic
def offer_again(
    actor: Actor, case: Case, *, chosen_service: Service | None = None, chosen_reason: str = "", chosen_note: str = ""
) -> Handover:
    """Who leads offers a case on: decided anew on the same facts, or to whom a person chooses with a reason."""
    actor.must(Permission.ANSWER_HANDOVER)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not may_offer_again(actor, case):
        raise NothingToOffer
    last = locked(case.handovers.filter(kind=Handover.Kind.OFFER).first())
    answer = answer_again(last.decision, timezone.now(), _still_off(last))
    service = service_to_ask(answer, chosen_service, chosen_reason)
    if service.organisation_id == actor.organisation_id and last.state == Handover.State.ACCEPTED:
        raise AlreadyResponsible
    decision = keep_decision(actor, answer, case, service, chosen_reason=chosen_reason, chosen_note=chosen_note)
    note_additions(case, answer, service)
    sender = Organisation.objects.get(pk=actor.organisation_id)
    return offer(
        actor, decision, sender=sender, offered_by=actor.user, read_back=read_back_of(last), urgency=last.urgency
    )


def _still_off(last: Handover) -> frozenset[str]:
    """Who refused in a search that ended in nothing; once somebody accepted, everybody can be asked again."""
    accepted = last.state in (Handover.State.ACCEPTED, Handover.State.RETURNED)
    return frozenset() if accepted else frozenset(last.decision.refused)


def _taken(actor: Actor, handover: Handover, *, rule: str, accepted_by_name: str = "") -> None:
    """What came back to the own provider ends the handover by which the crisis was somebody else's."""
    if handover.kind == Handover.Kind.HAND_BACK:
        for earlier in _led_by(handover):
            earlier.state = check(earlier, "return", Side.RECEIVER, handover.request)
            because(earlier, handover.request)
            earlier.save()
    take(actor, handover, answered_by=actor.user, rule=rule, accepted_by_name=accepted_by_name)


def _led_by(handover: Handover) -> list[Handover]:
    """The accepted handover by which the sender of a hand-back came to lead; none if it took the call itself."""
    accepted = Handover.objects.filter(case=handover.case_id, state=Handover.State.ACCEPTED)
    return list(accepted.filter(service__organisation=handover.sender_id).select_related("service")[:1])


def _receiver_or_refuse(actor: Actor, handover: Handover) -> Side:
    if actor.organisation_id != handover.service.organisation_id:
        raise PermissionDenied(_("Deze casus is aan een andere organisatie aangeboden."))
    return Side.RECEIVER
