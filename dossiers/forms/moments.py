"""Days and times as somebody types them, read as everywhere in this house."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext as _

from dossiers.core import AMSTERDAM
from routing.parameters import FIRST_YEAR, LAST_YEAR, UnreadableInstant, read_instant
from routing.periods import DayField

LONGEST = 40


class MomentField(forms.CharField):
    """A date with a time; of the hour that occurs twice the first, and never one that the clock skips."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: object) -> datetime | None:
        given = super().clean(value)
        if not given:
            return None
        if len(given) > LONGEST or not given.isprintable():
            raise forms.ValidationError(_("Kies een datum en tijd."))
        try:
            moment, _remark = read_instant(given, AMSTERDAM)
        except UnreadableInstant as error:
            raise forms.ValidationError(str(error)) from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Kies een moment van 2020 tot en met 2035."))
        return moment


class MidnightField(DayField):
    """A day, as the moment at which it begins."""

    def clean(self, value: object) -> datetime | None:
        day: date | None = super().clean(value)
        return None if day is None else datetime.combine(day, time(), AMSTERDAM)
