"""Confirming a call: contact, decision, case, handover, log and messages in one transaction, or nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access, notify
from partners.models import Organisation, Service
from routing.models import Decision
from routing.readback import NOTHING_READ, ReadBack
from routing.services import open_routed_case, record_decision
from triage.assessment import Assessment, assess, is_empty
from triage.choices import ChosenReason
from triage.errors import AnswerChanged, DraftEnded, EmptyCall, InvalidAnswers, InvalidChoice, MoreNeeded, NoAnswer
from triage.messages import REQUIRED, error_message
from triage.models import Contact, Draft
from triage.read_back import callback_number
from triage.selectors import contact_of_draft, services_to_choose

from .contacts import create_contact
from .drafts import end_draft, locked_draft, save_draft, start_draft


@dataclass(frozen=True, slots=True)
class Choice:
    """Another service than the answer's, with the reason; empty: the answer stands."""

    service: str = ""
    reason: str = ""
    note: str = ""


AS_ANSWERED = Choice()


@transaction.atomic
def confirm(
    actor: Actor, pk: UUID, *, shown: str, read_back: ReadBack = NOTHING_READ, choice: Choice = AS_ANSWERED
) -> Contact:
    """Confirms what the person saw: `shown` is the fingerprint of the answer that was read back.

    A second confirmation of the same call returns the contact of the first. Raises a TriageError that says what is
    needed, with nothing written.
    """
    draft = locked_draft(actor, pk)
    if draft.ended_at is not None:
        return _existing(draft)
    assessment = assess(draft.region, draft.answers, timezone.now())
    check_complete(draft.answers, assessment)
    if assessment.fingerprint(draft.revision) != shown:
        raise AnswerChanged(assessment)
    return _settle(actor, draft, assessment, read_back, choice)


@transaction.atomic
def log_contact(
    actor: Actor, answers: Mapping[str, str], *, read_back: ReadBack = NOTHING_READ, choice: Choice = AS_ANSWERED
) -> Contact:
    """A call of another system, which has done its own read-back: started and confirmed in one go."""
    draft = save_draft(actor, start_draft(actor).pk, answers, revision=1)
    assessment = assess(draft.region, draft.answers, timezone.now())
    check_complete(draft.answers, assessment)
    return _settle(actor, draft, assessment, read_back, choice)


def check_complete(answers: Mapping[str, str], assessment: Assessment) -> None:
    """Raises the TriageError that says what stands in the way of confirming.

    Nothing that is wrong elsewhere stands between somebody in danger and 112: it stays with the call as it was typed.
    """
    if is_empty(answers):
        raise EmptyCall
    triage = assessment.triage
    by_id = assessment.questions.by_id
    errors = {name: error_message(code, by_id[name]) for name, code in triage.errors.items()}
    errors |= {name: str(REQUIRED) for name in triage.missing}
    if errors and not assessment.is_emergency:
        raise InvalidAnswers(errors)
    if assessment.problem:
        raise NoAnswer(assessment.problem)
    if assessment.ask:
        raise MoreNeeded(assessment.ask)


def _existing(draft: Draft) -> Contact:
    contact = contact_of_draft(draft)
    if contact is None or contact.outcome == Contact.Outcome.NO_REPORT:
        raise DraftEnded
    return contact


def _settle(actor: Actor, draft: Draft, assessment: Assessment, read_back: ReadBack, choice: Choice) -> Contact:
    decision, outcome = _decided(actor, assessment, read_back, choice)
    contact = create_contact(actor, draft, assessment, decision=decision, case=decision.case, outcome=outcome)
    end_draft(draft)
    if outcome == Contact.Outcome.RECORDED:
        _tell_management(actor, contact)
    subject = str(contact.case_id or "")
    log_access(actor, event="contact.confirmed", action="C", record=contact, subject=subject, rule="own_call")
    return contact


def _decided(actor: Actor, assessment: Assessment, read_back: ReadBack, choice: Choice) -> tuple[Decision, str]:
    if assessment.is_recorded:
        return record_decision(actor, assessment.answer), Contact.Outcome.RECORDED
    service = chosen_service(assessment, choice)
    handover = open_routed_case(
        actor,
        assessment.answer,
        read_back=replace(read_back, callback_number=callback_number(assessment)),
        urgency=assessment.triage.urgency,
        chosen_service=service,
        chosen_reason=choice.reason if service else "",
        chosen_note=choice.note if service else "",
    )
    return handover.decision, Contact.Outcome.ROUTED


def chosen_service(assessment: Assessment, choice: Choice) -> Service | None:
    """The service chosen instead of the answer's; None where the answer stands."""
    answer = assessment.answer
    if not choice.service or answer is None or choice.service == answer.service_slug:
        return None
    if assessment.is_emergency:
        raise InvalidChoice("chosen_service", _("Bij direct gevaar gaat 112 altijd voor."))
    possible = assessment.document["possible"] if assessment.document.get("undetermined") else None
    service = services_to_choose(answer.region, possible).filter(slug=choice.service).first()
    if service is None:
        raise InvalidChoice("chosen_service", _("Kies een organisatie uit de lijst."))
    if choice.reason not in ChosenReason.values:
        raise InvalidChoice("chosen_reason", _("Kies waarom u een andere organisatie kiest."))
    if choice.reason == ChosenReason.OTHER and not choice.note.strip():
        raise InvalidChoice("chosen_note", _("Vul in waarom u een andere organisatie kiest."))
    return service


def _tell_management(actor: Actor, contact: Contact) -> None:
    """Dissatisfaction goes to the management of the organisation that gives the help; else of one's own."""
    organisation = contact.provider or Organisation.objects.get(pk=actor.organisation_id)
    words = {"contact": contact.pk, "organisation": organisation.name, "taker": contact.organisation.name}
    with house_language():
        subject = _("Onvrede over hulp vastgelegd: contact %(contact)s") % words
        body = _(
            "Er is een contact vastgelegd over onvrede met de hulp van %(organisation)s. Neem contact op met %(taker)s."
        )
    notify(
        "contact.recorded",
        organisation=organisation.slug,
        email=organisation.email,
        subject=subject,
        body=body % words,
        region=actor.region_slug,
    )
