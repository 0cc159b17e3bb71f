"""Days and moments as people type them, with our own words for what is wrong."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.core import AMSTERDAM
from routing.parameters import UnreadableInstant, read_instant

FIRST, LAST = date(1900, 1, 1), date(2037, 12, 31)


class MomentField(forms.CharField):
    """A time on the clock in Amsterdam. Of the hour that occurs twice in autumn the first is meant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: object) -> object:
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value

    def clean(self, value: object) -> datetime | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        try:
            moment, _remark = read_instant(text, AMSTERDAM)
        except UnreadableInstant as error:
            raise ValidationError(str(error) if len(text) <= 40 else _("Kies een datum en tijd.")) from None
        if not FIRST <= moment.date() <= LAST:
            raise ValidationError(_("Kies een moment van 2020 tot en met 2037."))
        return moment


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs) -> None:
        messages = {"invalid": _("Dit is geen datum. Schrijf bijvoorbeeld 24-11-2026.")}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def clean(self, value: object) -> date | None:
        day = super().clean(value)
        if day is not None and not FIRST <= day <= LAST:
            raise ValidationError(_("Kies een dag tot en met 2037."))
        return day
