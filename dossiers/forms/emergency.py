"""What is filled in to break the glass, and to judge afterwards whether that was right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from routing.models import EmergencyAccess

from .fields import AskedFor, PlainText

# What the column of the case number holds.
LARGEST_CASE = 2**31 - 1
LONGEST_NOTE = 2000


def _note(label: str, help_text: str) -> PlainText:
    return PlainText(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Schrijf het korter op: ten hoogste %(limit_value)d tekens.")},
    )


class BreakGlassForm(AskedFor):
    case = forms.IntegerField(
        label=_("Casusnummer"),
        min_value=1,
        max_value=LARGEST_CASE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Vul het nummer van de casus in."),
            "invalid": _("Vul alleen het nummer in, zoals 1042."),
            "min_value": _("Vul alleen het nummer in, zoals 1042."),
            "max_value": _("Er is geen casus met dit nummer. Controleer het nummer."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Waarom moet u deze casus nu zien?"),
        choices=[("", _("kies een reden")), *EmergencyAccess.Reason.choices],
        error_messages={"required": _("Kies waarom u deze casus nu moet zien.")},
    )
    note = _note(_("Toelichting"), _("Verplicht bij «anders»: ten minste 10 tekens. Noem geen namen."))


class ReviewForm(AskedFor):
    outcome = forms.ChoiceField(
        label=_("Was dit terecht?"),
        choices=[("", _("kies een oordeel")), *EmergencyAccess.Outcome.choices],
        error_messages={"required": _("Kies een oordeel.")},
    )
    note = _note(_("Toelichting"), _("Verplicht als het niet terecht was of om een vervolg vraagt."))
