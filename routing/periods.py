"""The period that somebody asks figures of, on pages of this app and of those above it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .parameters import FIRST_YEAR, LAST_YEAR

A_YEAR = timedelta(days=365)


class DayField(forms.DateField):
    """A day that the agreements can speak of."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": _("Vul een dag in."), "invalid": _("Vul een dag in, zoals 31-01-2026.")}
    default_validators = [
        MinValueValidator(date(FIRST_YEAR, 1, 1), _("Kies een dag van 2020 tot en met 2035.")),
        MaxValueValidator(date(LAST_YEAR, 12, 31), _("Kies een dag van 2020 tot en met 2035.")),
    ]


class PeriodForm(forms.Form):
    since = DayField(label=_("Vanaf"))
    until = DayField(label=_("Tot en met"))

    def clean(self) -> dict[str, Any]:
        days = super().clean()
        if "since" in days and "until" in days and days["since"] > days["until"]:
            self.add_error("until", _("De laatste dag ligt vóór de eerste."))
        return days

    @classmethod
    def asked(cls, data: QueryDict, last: timedelta = A_YEAR) -> "PeriodForm":
        """The period asked for; the `last` year, or so, when nobody asked."""
        today = timezone.localdate()
        return cls(data if "since" in data or "until" in data else {"since": today - last, "until": today})
