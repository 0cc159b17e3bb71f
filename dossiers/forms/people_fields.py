"""How people type what is known of somebody: dates by digits, numbers as they were written down."""

import re
from datetime import date, datetime

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.core import read_postcode

from .fields import PlainText

TOO_LONG = {"max_length": gettext_lazy("Dit is te lang: %(show_value)s tekens. Kort het in tot %(limit_value)s.")}


def line(label: str, longest: int, help_text: str = "", **attrs: str) -> PlainText:
    """One optional line."""
    return PlainText(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attrs}),
    )


class TypedDate(forms.Field):
    """1-2-1985, 01/02/1985 or 1985-02-01. A text field, so that what was mistyped is still there to correct."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd-mm-jjjj", "autocomplete": "off"})

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: object) -> date | None:
        digits = re.findall(r"[0-9]+", str(value or "")[:40])
        typed = str(value or "").replace("\x00", "").strip()
        if not typed:
            return None
        if len(digits) != len("dmy") or not re.fullmatch(r"[0-9\s./\-]{6,14}", typed, re.ASCII):
            raise ValidationError(_("Vul de datum in als dd-mm-jjjj, bijvoorbeeld 31-12-1985."))
        day, month, year = digits if len(digits[0]) < len("yyyy") else reversed(digits)
        return _as_date(year, month, day)

    def prepare_value(self, value: object) -> object:
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else value


def _as_date(year: str, month: str, day: str) -> date:
    try:
        return datetime.strptime(f"{int(year):04}-{int(month)}-{int(day)}", "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise ValidationError(_("Deze datum bestaat niet.")) from None


class TypedPhone(PlainText):
    """Kept as E.164; as the call desk reads it."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        return _as_e164(typed) if typed else ""


def _as_e164(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed[:60], "NL")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(_("Dit nummer is niet te lezen. Vul het in als 06 12345678, of met +31."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class TypedPostcode(PlainText):
    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        postcode = read_postcode(typed) if typed else ""
        if postcode is None:
            raise ValidationError(_("Vul de postcode in als 1234 AB."))
        return postcode
