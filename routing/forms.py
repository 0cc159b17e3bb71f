"""What somebody fills in to answer a handover, and to ask for a period."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Handover
from .parameters import FIRST_YEAR, LAST_YEAR

A_YEAR = timedelta(days=365)


# That nobody answers, only who rings can say.
SAID_BY_THE_RECEIVER = [each for each in Handover.DeclineReason.choices if each[0] != Handover.DeclineReason.NO_ANSWER]


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Waarom weigert u?"),
        choices=[("", _("kies een reden")), *SAID_BY_THE_RECEIVER],
        error_messages={"required": _("Kies een reden.")},
    )
    note = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Verplicht bij «anders»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PhoneAnswerForm(forms.Form):
    accepted_by_name = forms.CharField(label=_("Wie heeft de casus aangenomen?"), max_length=120, required=False)
    reason = forms.ChoiceField(
        label=_("Of: waarom is geweigerd?"), choices=[("", _("niet geweigerd")), *SAID_BY_THE_RECEIVER], required=False
    )
    note = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Verplicht bij «anders»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom trekt u de overdracht in?"), error_messages={"required": _("Vul een reden in.")}
    )


class FeedbackForm(forms.Form):
    # An empty field is no mistake until it is sent.
    use_required_attribute = False

    feedback = forms.CharField(
        label=_("Hoe is het gegaan?"),
        help_text=_("De verzender leest dit. Schrijf wat die moet weten, en niet meer."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op hoe het is gegaan.")},
    )


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
    def asked(cls, data: QueryDict) -> "PeriodForm":
        """The period asked for; the last year when nobody asked."""
        today = timezone.localdate()
        return cls(data if "since" in data or "until" in data else {"since": today - A_YEAR, "until": today})
