from django import forms
from django.utils.translation import gettext_lazy as _

from .selectors import AccessLogFilter


class AccessLogForm(forms.Form):
    """What to look for in the access log, from the query string."""

    user = forms.CharField(label=_("Gebruikersnaam"), required=False, max_length=150)
    event = forms.CharField(label=_("Gebeurtenis"), required=False, max_length=60)
    record = forms.CharField(
        label=_("Gegeven"), required=False, max_length=60, help_text=_("Een soort, een nummer of een casusnummer.")
    )
    since = forms.DateField(label=_("Vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def as_filter(self) -> AccessLogFilter:
        return AccessLogFilter(**self.cleaned_data)
