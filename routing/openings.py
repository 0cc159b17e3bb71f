"""Whether a service is on at a moment and when that changes, as people ask it: its hours and its diversions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .core.hours import next_change, open_at, transitions
from .core.rules import Service

# Beyond this nobody plans a call: a service that does not change within it is always open, or closed for good.
FORESEEABLE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Opening:
    is_open: bool
    changes_at: datetime | None
    diverted_because: str = ""


def opening(service: Service, timezone: str, moment: datetime) -> Opening:
    now = int(moment.timestamp())
    for start, end in service.suspensions:
        if start <= now and (end is None or now < end):
            return Opening(is_open=False, changes_at=_instant(end), diverted_because=_reason(service, start))
    points = transitions(service.hours, timezone)
    ahead = [start for start, _end in service.suspensions if start > now]
    change = min([point for point in (next_change(points, now), *ahead) if point is not None], default=None)
    if change is None or change - now > FORESEEABLE.total_seconds():
        change = None
    return Opening(open_at(points, now), _instant(change))


def _reason(service: Service, start: int) -> str:
    for begins, _ends, reason in service.card.get("suspensions", ()):
        if int(datetime.fromisoformat(begins).timestamp()) == start:
            return reason
    return ""


def _instant(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)
