"""Which cases and handovers may this actor see? Whoever leads, led, sent or was asked; never by role alone.

Who breaks the glass sees a case for a while: they read and add a note, and take no part in it.

Rules and the directory hold no facts about residents: there the role says what one may, in one's own region.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from partners.models import Organisation, Region, Service

from .models import Alarm, Case, Decision, EmergencyAccess, Handover, LeadPeriod, RuleSet

State = Handover.State
# Who said no, or was too late, needs the offer itself and no longer the case behind it.
OVER_FOR_RECEIVER = (State.DECLINED, State.EXPIRED, State.WITHDRAWN)


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """To read, and to add a note to. What else somebody does with a case, `involved_cases` must allow."""
    if not actor.may(Permission.SEE_CASE) or actor.organisation_id is None:
        return Case.objects.none()
    return Case.objects.filter(_involved(actor) | Exists(open_accesses(actor).filter(case=OuterRef("pk"))))


def involved_cases(actor: Actor) -> QuerySet[Case]:
    """Those of which the actor's organisation leads, led, sent or was asked."""
    if not actor.may(Permission.SEE_CASE) or actor.organisation_id is None:
        return Case.objects.none()
    return Case.objects.filter(_involved(actor))


def open_accesses(actor: Actor) -> QuerySet[EmergencyAccess]:
    """The glass that this person broke, for this organisation, and that has not ended."""
    if not actor.may(Permission.BREAK_GLASS):
        return EmergencyAccess.objects.none()
    now = timezone.now()
    mine = EmergencyAccess.objects.filter(user=actor.user, organisation=actor.organisation_id)
    return mine.filter(started_at__lte=now, ends_at__gt=now)


def _involved(actor: Actor) -> Q:
    led = LeadPeriod.objects.filter(case=OuterRef("pk"), organisation=actor.organisation_id)
    of_case = Handover.objects.filter(case=OuterRef("pk"))
    sent = of_case.filter(sender=actor.organisation_id)
    received = of_case.filter(service__organisation=actor.organisation_id).exclude(state__in=OVER_FOR_RECEIVER)
    return Exists(led) | Exists(sent) | Exists(received)


def who_see(case: Case) -> QuerySet[Organisation]:
    """The organisations whose people see a case: the other side of `visible_cases`."""
    led = LeadPeriod.objects.filter(case=case).values("organisation")
    of_case = Handover.objects.filter(case=case)
    received = of_case.exclude(state__in=OVER_FOR_RECEIVER).values("service__organisation")
    return Organisation.objects.filter(Q(pk__in=led) | Q(pk__in=of_case.values("sender")) | Q(pk__in=received))


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    if not (actor.may(Permission.SEE_CASE) or actor.may(Permission.ANSWER_HANDOVER)) or actor.organisation_id is None:
        return Handover.objects.none()
    ours = Q(sender=actor.organisation_id) | Q(service__organisation=actor.organisation_id)
    return Handover.objects.filter(ours | Q(case__in=visible_cases(actor)))


def open_offers(actor: Actor) -> QuerySet[Handover]:
    """What waits for an answer on the actor's own live pages: of the own organisation, and of the switchboard."""
    seen = Q(pk__in=())
    if actor.may(Permission.ANSWER_HANDOVER) and actor.organisation_id is not None:
        seen |= Q(sender=actor.organisation_id) | Q(service__organisation=actor.organisation_id)
    if actor.may(Permission.SEE_SWITCHBOARD) and actor.region_id is not None:
        seen |= _touches(actor.region_id)
    return Handover.objects.filter(seen, state=State.OFFERED)


def offers_of_region(actor: Actor) -> QuerySet[Handover]:
    """Everything on offer that touches the actor's region; what it is about stands there in general only."""
    if not actor.may(Permission.SEE_SWITCHBOARD) or actor.region_id is None:
        return Handover.objects.none()
    return Handover.objects.filter(_touches(actor.region_id), state=State.OFFERED)


def _touches(region: int) -> Q:
    return Q(sender__home_region=region) | Q(service__region=region) | Q(case__region=region)


def visible_alarms(actor: Actor) -> QuerySet[Alarm]:
    if not actor.may(Permission.ACKNOWLEDGE_ALARM) or actor.region_id is None:
        return Alarm.objects.none()
    return Alarm.objects.filter(region=actor.region_id)


def leads(actor: Actor, case: Case) -> bool:
    """Whether the actor's organisation has the lead now."""
    return case.lead_periods.filter(organisation=actor.organisation_id, ended_at__isnull=True).exists()


def may_offer_again(actor: Actor, case: Case) -> bool:
    """Whose lead it is may offer a case that is on offer to nobody: taken back, not taken back by the own provider, or
    accepted and better off elsewhere (as Veilig Thuis hands a social case over on the next working day)."""
    handovers = case.handovers.all()
    on_offer = any(each.state == State.OFFERED for each in handovers)
    return bool(handovers) and not on_offer and actor.may(Permission.ANSWER_HANDOVER) and leads(actor, case)


def who_give_feedback(handover: Handover) -> set[int]:
    """The organisation that took the case; by phone also the sender, who writes down what it heard."""
    by_phone = handover.service.accepts_by == Service.AcceptsBy.PHONE
    return {handover.service.organisation_id, handover.sender_id} if by_phone else {handover.service.organisation_id}


def may_give_feedback(actor: Actor, handover: Handover) -> bool:
    """To who sent it from elsewhere, once, after the case was taken."""
    taken = handover.state in (State.ACCEPTED, State.RETURNED) and handover.feedback_at is None
    elsewhere = handover.service.organisation_id != handover.sender_id
    theirs = actor.organisation_id in who_give_feedback(handover)
    return taken and elsewhere and theirs and actor.may(Permission.ANSWER_HANDOVER)


def is_emergency(decision: Decision) -> bool:
    return decision.rule.startswith("emergency/")


def is_duty_lead(service: Service) -> bool:
    return service.slug == service.region.duty_service


def never_descends(decision: Decision, service: Service) -> bool:
    """Nobody comes after 112 or the duty lead: refusal or silence there raises an alarm, and the offer stays."""
    return service.never_off or is_emergency(decision)


def rule_for_handover(actor: Actor, handover: Handover) -> str:
    """Why the access log says that looking at it was allowed."""
    if actor.organisation_id == handover.service.organisation_id:
        return "asked"
    return "own_case" if actor.organisation_id == handover.sender_id else rule_for_case(actor, handover.case)


def rule_for_case(actor: Actor, case: Case) -> str:
    """Why the access log says this was allowed."""
    if leads(actor, case):
        return "own_case"
    return "involved" if is_involved(actor, case) else "break_glass"


def is_involved(actor: Actor, case: Case) -> bool:
    """Whether the actor may do more with the case than read it and add a note."""
    return involved_cases(actor).filter(pk=case.pk).exists()


def emergency_access(actor: Actor, case: Case) -> EmergencyAccess | None:
    """By which this actor sees the case; None for who is involved in it."""
    opened = open_accesses(actor).filter(case=case).order_by("ends_at").last()
    return opened if opened and rule_for_case(actor, case) == "break_glass" else None


def ground_for_case(actor: Actor, case: Case) -> dict[str, str]:
    """For the access log: the rule, and what for. Under break_glass that is the reason that was given."""
    return _with_reason(actor, case, rule_for_case(actor, case))


def ground_for_handover(actor: Actor, handover: Handover) -> dict[str, str]:
    return _with_reason(actor, handover.case, rule_for_handover(actor, handover))


def _with_reason(actor: Actor, case: Case, rule: str) -> dict[str, str]:
    opened = emergency_access(actor, case) if rule == "break_glass" else None
    return {"rule": rule, "purpose": opened.reason if opened else ""}


def rules_for_cases(actor: Actor, cases: list[int]) -> dict[int, str]:
    """`rule_for_case` of a whole list, by number."""
    ours = LeadPeriod.objects.filter(case__in=cases, organisation=actor.organisation_id, ended_at__isnull=True)
    led = dict.fromkeys(ours.values_list("case", flat=True), "own_case")
    involved = dict.fromkeys(involved_cases(actor).filter(pk__in=cases).values_list("pk", flat=True), "involved")
    return dict.fromkeys(cases, "break_glass") | involved | led


# --- Rules and the directory -----------------------------------------------------------------


def must_in(actor: Actor, permission: Permission, region: Region) -> None:
    """Raises PermissionDenied when the role may not, or not in this region."""
    actor.must(permission)
    if actor.region_id != region.pk:
        raise PermissionDenied(_("Dit hoort bij een andere regio dan de uwe."))


def visible_rule_sets(actor: Actor) -> QuerySet[RuleSet]:
    """What is agreed is for everybody who looks up who is responsible; drafts for who works on them in that region."""
    if not actor.may(Permission.LOOK_UP):
        return RuleSet.objects.none()
    visible = Q(state=RuleSet.State.PUBLISHED)
    if actor.may(Permission.EDIT_RULES) or actor.may(Permission.PUBLISH_RULES):
        visible |= Q(region=actor.region_id)
    return RuleSet.objects.filter(visible)
