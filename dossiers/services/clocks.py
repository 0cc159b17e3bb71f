"""The clocks of a case: started, computed anew, met and dropped. Only services in this package call this."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core import (
    BeyondCalendar,
    Deadline,
    Duration,
    Unit,
    clock_end,
    day_of,
    midnight,
    parse_duration,
    remind_moment,
    term_end,
)
from dossiers.deadline_words import in_words, moment_name
from dossiers.models import Clock, Norm, Suspension
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

Found = TypeVar("Found")


def lock(case: Case) -> Case:
    """Of two who change the clocks of a case at once, the second sees what the first did."""
    return Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=case.pk)


def start(case: Case, norm: Norm, topic: str, at: datetime) -> Clock:
    clock = Clock(case=case, norm=norm, topic=topic, started_at=at)
    compute(clock, [])
    clock.save()
    return clock


def within_calendar(act: Callable[[], Found], field: str) -> Found:
    """What cannot be computed is said at the field that asked for it."""
    try:
        return act()
    except BeyondCalendar:
        raise InvalidEntry({field: _("Kies een moment tussen 2020 en 2035: verder gaat de kalender niet.")}) from None


def compute(clock: Clock, suspensions: list[Suspension]) -> None:
    """Until when, why and when to remind, from the norm, the start and the suspensions; does not save."""
    duration = parse_duration(clock.norm.duration)
    is_clock = duration.unit is Unit.HOURS
    began = clock.started_at if is_clock else day_of(clock.started_at)
    deadline = _deadline(clock, duration, suspensions)
    open_ended = next((each for each in suspensions if each.ends_at is None), None)
    clock.due_at = _as_instant(deadline)
    clock.stands_still_since = open_ended.starts_at if open_ended else None
    clock.remind_at = _remind_at(clock, deadline)
    with house_language():
        clock.because = in_words(
            _to_the_minute(deadline), duration, _minute(began), tuple(_still(open_ended, is_clock))
        )


def compute_again(clock: Clock) -> None:
    """After a correction: what was told of the old end is told anew when the new one comes."""
    before = clock.due_at
    compute(clock, list(clock.suspensions.filter(removed_at=None)))
    if clock.due_at != before:
        clock.reminded_at = clock.overdue_told_at = None


def log(actor: Actor | None, clock: Clock, event: str, action: str) -> None:
    rule = rule_for_case(actor, clock.case) if actor else "clock"
    log_access(actor, event=event, action=action, record=clock, subject=str(clock.case_id), rule=rule)


def _deadline(clock: Clock, duration: Duration, suspensions: list[Suspension]) -> Deadline:
    ended = [(each.starts_at, each.ends_at) for each in suspensions if each.ends_at is not None]
    if duration.unit is Unit.HOURS:
        return clock_end(duration.amount, clock.started_at, tuple(ended))
    days = tuple((day_of(starts), day_of(ends)) for starts, ends in ended)
    return term_end(duration, day_of(clock.started_at), days, moves=clock.norm.moves)


def _to_the_minute(deadline: Deadline) -> Deadline:
    """For people; never later than it is."""
    return replace(deadline, due=_minute(deadline.due))


def _minute(moment: date) -> date:
    return moment.replace(second=0, microsecond=0) if isinstance(moment, datetime) else moment


def _as_instant(deadline: Deadline) -> datetime:
    if isinstance(deadline.due, datetime):
        return deadline.due
    return midnight(deadline.due + timedelta(days=1))


def _remind_at(clock: Clock, deadline: Deadline) -> datetime | None:
    if not clock.norm.remind_before or clock.stands_still_since:
        return None
    try:
        return remind_moment(deadline.due, parse_duration(clock.norm.remind_before))
    except BeyondCalendar:
        return None


def _still(suspension: Suspension | None, is_clock: bool) -> list[str]:
    if suspension is None:
        return []
    since = moment_name(suspension.starts_at if is_clock else day_of(suspension.starts_at))
    return [_("Staat stil sinds %(since)s; het einde schuift op tot de termijn weer loopt") % {"since": since}]
