"""From an answer to a case: the decision kept for good, the sender in the lead, and the first offer made."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from partners.models import Organisation, Service
from routing.errors import NotRouted, ReasonRequired, StillUndetermined
from routing.models import Addition, Case, Decision, Handover, LeadPeriod
from routing.readback import NOTHING_READ, ReadBack
from routing.selectors import Answer, also_when_led_by

from .lead import move_lead
from .offers import offer

# An obligatory consultation that nobody recorded by then is asked for.
CONSULT_WITHIN = timedelta(hours=1)


@transaction.atomic
def record_decision(
    actor: Actor,
    answer: Answer,
    *,
    case: Case | None = None,
    chosen_reason: str = "",
    chosen_note: str = "",
    service: Service | None = None,
) -> Decision:
    """Keeps an answer with its facts, rules and directory. `service` is what a person chose, if not the answer's."""
    actor.must(Permission.LOG_CONTACT)
    decision = keep_decision(
        actor, answer, case, service or service_of(answer), chosen_reason=chosen_reason, chosen_note=chosen_note
    )
    subject, rule = (str(case.pk), "own_case") if case else ("", "own_call")
    log_access(actor, event="decision.recorded", action="C", record=decision, subject=subject, rule=rule)
    return decision


@transaction.atomic
def open_routed_case(
    actor: Actor,
    answer: Answer,
    *,
    urgency: str,
    read_back: ReadBack = NOTHING_READ,
    chosen_service: Service | None = None,
    chosen_reason: str = "",
    chosen_note: str = "",
) -> Handover:
    """A case led by the actor's organisation, and its offer to the responsible service.

    A person may choose another service than the answer's, with a reason; not where life is in danger. What falls to
    the actor's own organisation is accepted at once.
    """
    actor.must(Permission.LOG_CONTACT)
    service = service_to_ask(answer, chosen_service, chosen_reason)
    now = timezone.now()
    case = Case.objects.create(region=answer.region, opened_at=now)
    sender = Organisation.objects.get(pk=actor.organisation_id)
    move_lead(case, sender, LeadPeriod.Why.TAKEN, moment=now)
    log_access(actor, event="case.opened", action="C", record=case, subject=str(case.pk), rule="own_case")
    decision = record_decision(
        actor, answer, case=case, chosen_reason=chosen_reason, chosen_note=chosen_note, service=service
    )
    note_additions(case, answer, service)
    return offer(actor, decision, sender=sender, offered_by=actor.user, read_back=read_back, urgency=urgency)


def service_to_ask(answer: Answer, chosen: Service | None, reason: str) -> Service:
    responsible = service_of(answer)
    if chosen is None or chosen == responsible:
        if responsible is None:
            raise StillUndetermined if answer.document.get("undetermined") else NotRouted
        return responsible
    if answer.document.get("tier") == "emergency":
        raise ReasonRequired(_("Bij acuut gevaar gaat 112 altijd voor. Pas anders het antwoord daarop aan."), "service")
    if not reason:
        raise ReasonRequired(_("Kies waarom u een andere organisatie kiest."), "chosen_reason")
    return chosen


def service_of(answer: Answer) -> Service | None:
    """The service to hand over to, as the region that lists it has it."""
    slug = answer.service_slug
    return (
        Service.objects.select_related("organisation", "region").get(region=answer.listed_in, slug=slug)
        if slug
        else None
    )


def keep_decision(
    actor: Actor | None,
    answer: Answer,
    case: Case | None,
    service: Service | None,
    *,
    chosen_reason: str = "",
    chosen_note: str = "",
) -> Decision:
    return Decision.objects.create(
        case=case,
        region=answer.region,
        rule_set=answer.rule_set,
        directory_revision=answer.revision,
        moment=answer.moment,
        facts=answer.facts.as_document(),
        refused=sorted(answer.refused),
        rule=answer.document.get("rule", ""),
        service=service,
        outcome=answer.document,
        chosen_reason=chosen_reason,
        chosen_note=chosen_note,
        made_by=actor.user if actor else None,
    )


def note_additions(case: Case, answer: Answer, service: Service) -> None:
    """Whom to consult, inform or point to when this service leads. What was optional can become a duty, never back."""
    asked_to_lead = service.organisation.slug
    also = [each for each in also_when_led_by(answer, asked_to_lead) if each["organisation"] != asked_to_lead]
    organisations = Organisation.objects.in_bulk([each["organisation"] for each in also], field_name="slug")
    due_at = timezone.now() + CONSULT_WITHIN
    for each in also:
        noted, _is_new = Addition.objects.get_or_create(
            case=case,
            organisation=organisations[each["organisation"]],
            kind=each["kind"],
            defaults={"obligatory": each["obligatory"], "due_at": due_at if each["obligatory"] else None},
        )
        if each["obligatory"] and not noted.obligatory:
            noted.obligatory, noted.due_at = True, due_at
            # Somebody may be recording it as done at this very moment.
            noted.save(update_fields=["obligatory", "due_at"])
