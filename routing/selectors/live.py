"""The pulse of the live pages: did anything change for this actor? Asked every two seconds by everybody on duty."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from accounts.policies import Actor, Permission
from routing import policies

from .signs import ClockState, clock_state
from .switchboard import diversions, open_alarms


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many wait for the own organisation, how many alarms are open, and a digest of all that is open."""

    inbox: int
    alarms: int
    now: datetime
    digest: str


def pulse(actor: Actor) -> Pulse:
    """Numbers and moments only. Raises PermissionDenied."""
    if not actor.may(Permission.ANSWER_HANDOVER):
        actor.must(Permission.SEE_SWITCHBOARD)
    now, offers, alarms = timezone.now(), _offers(actor), list(open_alarms(actor).values_list("pk", flat=True))
    answers = actor.may(Permission.ANSWER_HANDOVER)
    state = repr((actor.role, offers, alarms, _of_region(actor, now)))
    return Pulse(
        inbox=sum(organisation == actor.organisation_id for *_rest, organisation in offers) if answers else 0,
        alarms=len(alarms),
        now=now,
        digest=sha256(state.encode()).hexdigest()[:32],
    )


def _offers(actor: Actor) -> list[tuple]:
    shown = ("pk", "state", "due_at", "reminded_at", "service__organisation")
    return list(policies.open_offers(actor).order_by("pk").values_list(*shown))


def _of_region(actor: Actor, now: datetime) -> tuple:
    """What only the switchboard shows."""
    if not actor.may(Permission.SEE_SWITCHBOARD):
        return ()
    known = diversions(actor, now).values_list("pk", "starts_at", "ends_at")
    return clock_state() == ClockState.OK, [(pk, starts_at <= now, ends_at) for pk, starts_at, ends_at in known]
