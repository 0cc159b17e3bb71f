"""What is left of the acceptance clock, in words that are right without a script; a script makes them tick."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .core.clock import Stages, TimeLeft, stages
from .models import Handover

STAGE_WORDS = {
    TimeLeft.PLENTY: gettext_lazy("ruim op tijd"),
    TimeLeft.HALF_GONE: gettext_lazy("helft is om"),
    TimeLeft.NEARLY_OVER: gettext_lazy("bijna om"),
    TimeLeft.OVER: gettext_lazy("tijd is om"),
}


@dataclass(frozen=True, slots=True)
class Countdown:
    stages: Stages
    stage: TimeLeft
    text: str

    @property
    def stage_in_words(self) -> str:
        return str(STAGE_WORDS[self.stage])


def countdown(handover: Handover, now: datetime) -> Countdown | None:
    """None where no clock runs: the sender is on the line."""
    if handover.due_at is None:
        return None
    found = stages(handover.offered_at, handover.due_at)
    return Countdown(found, found.at(now), _in_words(handover.due_at - now))


def _in_words(left: timedelta) -> str:
    minutes = int(abs(left).total_seconds() // 60)
    return _late(minutes) if left <= timedelta() else _left(minutes)


def _left(minutes: int) -> str:
    if minutes < 1:
        return _("nog minder dan 1 minuut")
    if minutes < 60:
        return ngettext("nog %(minutes)d minuut", "nog %(minutes)d minuten", minutes) % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    return _("nog %(hours)d u %(minutes)d min") % {"hours": hours, "minutes": minutes}


def _late(minutes: int) -> str:
    if minutes < 1:
        return _("zojuist verlopen")
    if minutes < 60:
        return ngettext("%(minutes)d minuut te laat", "%(minutes)d minuten te laat", minutes) % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    return _("%(hours)d u %(minutes)d min te laat") % {"hours": hours, "minutes": minutes}
