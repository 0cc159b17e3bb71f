"""Somebody's own shifts as iCalendar (RFC 5545), for the calendar on a phone. Nothing about cases."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.language import house_language
from accounts.models import User
from partners.models import Shift

from .selectors import shifts_in_calendar

KEPT = timedelta(weeks=8)


def calendar_of(user: User) -> bytes:
    with house_language():
        calendar = Calendar()
        calendar.add("prodid", "-//Crisisdienst//Rooster//NL")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Dienst"))
        for shift in shifts_in_calendar(user, timezone.now() - KEPT):
            calendar.add_component(_event(shift))
        return calendar.to_ical()


def _event(shift: Shift) -> Event:
    event = Event()
    event.add("uid", f"shift-{shift.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", shift.starts_at)
    event.add("dtend", shift.ends_at)
    event.add("summary", f"{shift.get_role_display()}, {shift.team.name}")
    event.add("location", shift.team.organisation.name)
    return event
