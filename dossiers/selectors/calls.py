"""What the call already holds, and how much time is left of the crisis process: asked of nobody again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.policies import Actor
from dossiers.core import parse_duration
from dossiers.deadline_words import EVENT_NAMES, duration_name
from dossiers.models import Clock
from dossiers.policies import caller_is_hidden_from
from routing.gist import gist_of, municipality_names
from routing.models import Case
from triage.desk import contact_lines
from triage.models import Contact
from triage.policies import visible_contacts


@dataclass(frozen=True, slots=True)
class CallFacts:
    """`lines` is every answer of the call, for the organisation that took it."""

    gist: tuple[str, ...]
    urgency: str = ""
    told_caller: str = ""
    callback_number: str = ""
    caller_hidden: bool = False
    contact: Contact | None = None
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CrisisClock:
    ends: str
    within: str
    due_at: datetime
    met_at: datetime | None
    left: timedelta
    over: bool


def call_facts(actor: Actor, case: Case) -> CallFacts:
    first = case.handovers.select_related("decision").order_by("offered_at", "id").first()
    if first is None:
        return CallFacts(())
    contact = visible_contacts(actor).select_related("question_set").filter(case=case).first()
    hidden = caller_is_hidden_from(actor, case)
    return CallFacts(
        gist=tuple(gist_of(first.decision, municipality_names())),
        urgency=first.urgency,
        told_caller="" if hidden else first.told_caller,
        callback_number="" if hidden else first.callback_number,
        caller_hidden=hidden,
        contact=contact,
        lines=tuple(contact_lines(contact)) if contact else (),
    )


def crisis_clocks(case: Case) -> list[CrisisClock]:
    """The clocks that began when the crisis was accepted, as time left or over; none where the region has no norm."""
    running = Clock.objects.filter(case=case, norm__starts="crisis_accepted", dropped_at=None).select_related("norm")
    return [_clock(clock, timezone.now()) for clock in running.order_by("due_at", "id")]


def _clock(clock: Clock, now: datetime) -> CrisisClock:
    until = clock.met_at or now
    return CrisisClock(
        ends=str(EVENT_NAMES.get(clock.norm.ends, clock.norm.ends)),
        within=duration_name(parse_duration(clock.norm.duration)),
        due_at=clock.due_at,
        met_at=clock.met_at,
        left=abs(clock.due_at - until),
        over=until >= clock.due_at,
    )
