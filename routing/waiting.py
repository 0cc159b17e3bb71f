"""How long an open offer still waits, in words that somebody reads aloud; documented for the pages that show offers."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Handover

MINUTE = timedelta(minutes=1)
AN_HOUR = 60
A_DAY = 24 * AN_HOUR


def time_left(handover: Handover, now: datetime | None = None) -> str:
    """ "nog 12 minuten om te antwoorden"; empty where no clock runs."""
    if handover.state != Handover.State.OFFERED or handover.due_at is None:
        return ""
    minutes = (handover.due_at - (now or timezone.now())) // MINUTE
    if minutes < 0:
        return _("de tijd om te antwoorden is om")
    return _("nog %(span)s om te antwoorden") % {"span": _span(minutes)}


def _span(minutes: int) -> str:
    if minutes < 1:
        return _("minder dan een minuut")
    if minutes < AN_HOUR:
        return ngettext("%(n)d minuut", "%(n)d minuten", minutes) % {"n": minutes}
    if minutes < A_DAY:
        return _("%(hours)d uur en %(minutes)d min") % {"hours": minutes // AN_HOUR, "minutes": minutes % AN_HOUR}
    return ngettext("%(n)d dag", "%(n)d dagen", minutes // A_DAY) % {"n": minutes // A_DAY}
