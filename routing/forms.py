"""What somebody fills in to answer a handover."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Handover

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
