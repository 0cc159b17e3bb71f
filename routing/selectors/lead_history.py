"""Who had the lead of a case when and why it moved, and what happened meanwhile. The case was asked for first."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from routing.core.lead import joins_up
from routing.models import Alarm, Case, Consultation, Handover, LeadPeriod

State = Handover.State


class What(StrEnum):
    """What happened; the templates have its words."""

    OFFERED = "offered"
    REMINDED = "reminded"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FED_BACK = "fed_back"
    CONSULTED = "consulted"
    ALARMED = "alarmed"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment: about an offer, a consultation or an alarm.

    `because` and `note` are the reason as chosen and as written; `took` runs from the offer to its answer.
    """

    at: datetime
    what: What
    by: str = ""
    to: str = ""
    because: str = ""
    note: str = ""
    took: timedelta | None = None
    hop: int = 0
    handover: int | None = None
    is_hand_back: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A period in which one organisation had the lead; `until` is None as long as it has."""

    organisation: str
    since: datetime
    until: datetime | None
    lasted: timedelta
    why: str
    handover: int | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class LeadHistory:
    """`joined`: the periods leave no gap and never overlap, from the opening of the case on."""

    periods: tuple[Held, ...]
    joined: bool


def lead_history(case: Case, now: datetime | None = None) -> LeadHistory:
    periods = list(LeadPeriod.objects.filter(case=case).select_related("organisation").order_by("started_at", "id"))
    events = sorted((*_of_offers(case), *_of_consultations(case), *_of_alarms(case)), key=lambda event: event.at)
    meanwhile = _by_period([period.started_at for period in periods], events)
    spans = [(period.started_at, period.ended_at) for period in periods]
    return LeadHistory(
        periods=tuple(_held(period, meanwhile[index], now or timezone.now()) for index, period in enumerate(periods)),
        joined=joins_up(spans, case.opened_at, case.closed_at),
    )


def _held(period: LeadPeriod, events: list[Event], now: datetime) -> Held:
    return Held(
        organisation=period.organisation.name,
        since=period.started_at,
        until=period.ended_at,
        lasted=(period.ended_at or now) - period.started_at,
        why=period.get_why_display(),
        handover=period.handover_id,
        events=tuple(events),
    )


def _by_period(starts: list[datetime], events: list[Event]) -> list[list[Event]]:
    """An acceptance ends the period before it: it stands where the lead was until then."""
    sorted_out: list[list[Event]] = [[] for _start in starts]
    for event in events:
        find = bisect_left if event.what == What.ACCEPTED else bisect_right
        if starts:
            sorted_out[max(find(starts, event.at) - 1, 0)].append(event)
    return sorted_out


# --- What happened ---------------------------------------------------------------------------------


def _of_offers(case: Case) -> Iterator[Event]:
    handovers = Handover.objects.filter(case=case).select_related("service__organisation", "sender")
    for handover in handovers.order_by("offered_at", "id"):
        yield from _of_offer(handover)


def _of_offer(handover: Handover) -> Iterator[Event]:
    yield _event(handover, What.OFFERED, handover.offered_at)
    if handover.reminded_at:
        yield _event(handover, What.REMINDED, handover.reminded_at)
    if handover.answered_at:
        yield _event(handover, _answer(handover), handover.answered_at, **_reason(handover))
    if handover.feedback_at:
        yield _event(handover, What.FED_BACK, handover.feedback_at)


def _answer(handover: Handover) -> What:
    """What came back to the own provider later was accepted first."""
    return What.ACCEPTED if handover.state == State.RETURNED else What(handover.state)


def _reason(handover: Handover) -> dict:
    because = handover.get_decline_reason_display() if handover.decline_reason else handover.accepted_by_name
    took = handover.answered_at - handover.offered_at
    return {"because": because, "note": handover.decline_note, "took": took}


def _event(handover: Handover, what: What, at: datetime, **reason: object) -> Event:
    return Event(
        at,
        what,
        by=handover.sender.name,
        to=handover.service.name,
        hop=handover.hop,
        handover=handover.pk,
        is_hand_back=handover.kind == Handover.Kind.HAND_BACK,
        **reason,
    )


def _of_consultations(case: Case) -> Iterator[Event]:
    for held in Consultation.objects.filter(case=case).select_related("organisation").prefetch_related("parties"):
        parties = ", ".join(party.name for party in held.parties.all())
        outcome = held.get_outcome_display()
        yield Event(held.held_at, What.CONSULTED, held.organisation.name, parties, because=outcome, note=held.note)


def _of_alarms(case: Case) -> Iterator[Event]:
    for alarm in Alarm.objects.filter(case=case).select_related("acknowledged_by"):
        yield Event(alarm.raised_at, What.ALARMED, because=alarm.get_kind_display(), note=alarm.message)
        if alarm.acknowledged_at:
            by = alarm.acknowledged_by.get_full_name() if alarm.acknowledged_by else ""
            yield Event(alarm.acknowledged_at, What.ACKNOWLEDGED, by=by, because=alarm.get_kind_display())
