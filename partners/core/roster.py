"""Is somebody there, at every moment? Gaps under a norm, people booked twice, shifts that repeat by the wall clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody on duty, half-open; `key` says which shift it is."""

    key: int
    person: int
    starts: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends


@dataclass(frozen=True, slots=True)
class Gap:
    """Fewer people than the norm asks, all the while the same number; half-open."""

    starts: datetime
    ends: datetime
    present: int


def gaps(duties: Iterable[Duty], needed: int, since: datetime, until: datetime) -> list[Gap]:
    """Where the norm is not met between two moments, in order. Who is booked twice counts once."""
    shifts = [_in_utc(duty) for duty in duties]
    begin, end = since.astimezone(UTC), until.astimezone(UTC)
    edges = {moment for duty in shifts for moment in (duty.starts, duty.ends) if begin < moment < end}
    found: list[Gap] = []
    for starts, ends in pairwise([begin, *sorted(edges), end]):
        present = len({duty.person for duty in shifts if duty.holds(starts)})
        if present < needed:
            _add(found, Gap(starts, ends, present))
    return found


def _add(found: list[Gap], gap: Gap) -> None:
    """A change of shift that changes nothing does not cut a gap in two."""
    last = found[-1] if found else None
    if last and last.ends == gap.starts and last.present == gap.present:
        found[-1] = Gap(last.starts, gap.ends, gap.present)
    else:
        found.append(gap)


def double_bookings(duties: Iterable[Duty]) -> list[tuple[Duty, Duty]]:
    """Pairs of one person that overlap, the earlier first."""
    by_person: dict[int, list[Duty]] = {}
    for duty in sorted(map(_in_utc, duties), key=lambda duty: (duty.starts, duty.key)):
        by_person.setdefault(duty.person, []).append(duty)
    return [pair for shifts in by_person.values() for pair in _overlaps(shifts)]


def _overlaps(shifts: Sequence[Duty]) -> Iterator[tuple[Duty, Duty]]:
    for place, earlier in enumerate(shifts):
        for later in shifts[place + 1 :]:
            if later.starts >= earlier.ends:
                break
            yield earlier, later


def repeated(
    first: date, starts: time, ends: time, weekdays: frozenset[int], until: date, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """The same hours by the wall clock on each of these weekdays (0 is Monday), up to and including a date.

    An end at or before the start is on the next day. A night on which the clock changes lasts an hour more or less.
    """
    days = (first + timedelta(days=n) for n in range((until - first).days + 1))
    return [_on(day, starts, ends, zone) for day in days if day.weekday() in weekdays]


def _on(day: date, starts: time, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last = day if ends > starts else day + timedelta(days=1)
    return _instant(day, starts, zone), _instant(last, ends, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    # Through UTC: a wall time that does not exist becomes the one an hour later, which does.
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


def _in_utc(duty: Duty) -> Duty:
    # Within one zone Python compares wall times, and an hour occurs twice.
    return Duty(duty.key, duty.person, duty.starts.astimezone(UTC), duty.ends.astimezone(UTC))
