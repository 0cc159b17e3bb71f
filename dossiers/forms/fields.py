"""Fields and manners that the forms of a case share."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PlainText(forms.CharField):
    """Text as it was typed; what no database keeps, a pasted zero byte, drops out of it."""

    def to_python(self, value: object) -> str:
        return super().to_python(value.replace("\x00", "") if isinstance(value, str) else value)


def plain(label: str, rows: int = 3, help_text: str = "", required: str = "") -> PlainText:
    """Optional, unless `required` says what to do when it is empty."""
    return PlainText(
        label=label,
        help_text=help_text,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )


class AskedFor(forms.Form):
    """An empty field is no mistake until it is sent: no red frame before, and the message is ours."""

    use_required_attribute = False


def line(label: str, help_text: str = "", most: int = 200) -> PlainText:
    """One line of text, optional."""
    return PlainText(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        error_messages={
            "required": _("Vul dit in."),
            "max_length": _("Houd het korter: ten hoogste %(limit_value)d tekens, nu %(show_value)d."),
        },
    )


def day(label: str, help_text: str = "") -> forms.DateField:
    """A date, optional; picked or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={"required": _("Vul een datum in."), "invalid": _("Vul een datum in, zoals 24-11-2026.")},
    )


def choice(label: str, choices: list, empty: str = "", help_text: str = "") -> forms.ChoiceField:
    """One of these, optional."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", empty or _("kies")), *choices],
        error_messages={"required": _("Kies er een."), "invalid_choice": _("Kies er een uit de lijst.")},
    )
