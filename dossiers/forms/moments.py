"""Days and times as somebody types them, read as everywhere in this house."""

from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.core import AMSTERDAM, midnight
from routing import periods
from routing.parameters import FIRST_YEAR, LAST_YEAR, UnreadableInstant, read_instant

LONGEST = 40
FIRST, LAST = date(1900, 1, 1), date(2037, 12, 31)
FORMAT = "%Y-%m-%dT%H:%M"


class MomentField(forms.CharField):
    """A date with a time; of the hour that occurs twice the first, and never one that the clock skips."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT)

    def prepare_value(self, value: object) -> object:
        return timezone.localtime(value, AMSTERDAM).strftime(FORMAT) if isinstance(value, datetime) else value

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


class DayField(forms.DateField):
    """A day in somebody's life, or one on which something must be done."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs) -> None:
        messages = {"invalid": _("Dit is geen datum. Schrijf bijvoorbeeld 24-11-2026.")}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def clean(self, value: object) -> date | None:
        day = super().clean(value)
        if day is not None and not FIRST <= day <= LAST:
            raise forms.ValidationError(_("Kies een dag tot en met 2037."))
        return day


class MidnightField(periods.DayField):
    """A day, as the moment at which it begins."""

    def clean(self, value: object) -> datetime | None:
        day: date | None = super().clean(value)
        return None if day is None else midnight(day)
