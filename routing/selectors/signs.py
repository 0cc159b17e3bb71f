"""Signs of life: does the clock of the open offers still go round?"""

from datetime import timedelta
from enum import StrEnum

from django.utils import timezone

from routing.models import ClockTick

# Beat ticks every few seconds: a minute without is no coincidence.
LATE_AFTER = timedelta(seconds=60)


class ClockState(StrEnum):
    OK = "ok"
    LATE = "late"
    NEVER = "never"


def clock_state() -> ClockState:
    """Whether the sweep went round in the last minute; when it did not, no offer runs out and no alarm repeats."""
    swept_at = ClockTick.objects.values_list("swept_at", flat=True).first()
    if swept_at is None:
        return ClockState.NEVER
    return ClockState.LATE if timezone.now() - swept_at > LATE_AFTER else ClockState.OK
