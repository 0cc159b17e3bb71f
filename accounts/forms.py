from datetime import date

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from .models import OutboxMessage
from .selectors import AccessLogFilter, MessageFilter

# The columns of the database hold no more.
LARGEST_CASE = 2**31 - 1
LARGEST_ID = 2**63 - 1


class SignInForm(AuthenticationForm):
    # Django only hints the browser at the longest name; what is longer would break the count of failed attempts.
    username = UsernameField(
        label=_("Gebruikersnaam"), max_length=150, widget=forms.TextInput(attrs={"autofocus": True})
    )


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})
    # The day after the very last day cannot be reckoned with.
    default_validators = [MaxValueValidator(date(9999, 12, 30))]


class AccessLogForm(forms.Form):
    """What to look for in the access log, from the query string."""

    user = forms.CharField(label=_("Gebruikersnaam"), required=False, max_length=150)
    event = forms.CharField(label=_("Gebeurtenis"), required=False, max_length=60)
    record = forms.CharField(
        label=_("Gegeven"), required=False, max_length=60, help_text=_("Een soort, een nummer of een casusnummer.")
    )
    since = DayField(label=_("Vanaf"), required=False)
    until = DayField(label=_("Tot en met"), required=False)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def as_filter(self) -> AccessLogFilter:
        return AccessLogFilter(**self.cleaned_data)


class MessageForm(forms.Form):
    """Which messages to show, from the query string."""

    state = forms.ChoiceField(
        label=_("Toestand"), required=False, choices=[("", _("alle")), *OutboxMessage.State.choices]
    )
    kind = forms.CharField(label=_("Soort"), required=False, max_length=40, help_text=_("Bijvoorbeeld: handover"))
    organisation = forms.SlugField(
        label=_("Organisatie"), required=False, max_length=50, help_text=_("Bijvoorbeeld: kenter")
    )
    case = forms.IntegerField(label=_("Casusnummer"), required=False, min_value=1, max_value=LARGEST_CASE)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)

    def as_filter(self) -> MessageFilter:
        return MessageFilter(**self.cleaned_data)
