from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Organisation


class WebhookForm(forms.Form):
    """A webhook of an organisation in the directory. Whether the address will do, the service says."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisatie"), to_field_name="slug", empty_label=_("kies")
    )
    url = forms.CharField(
        label=_("Adres"),
        help_text=_("Begint met https://. Hier krijgt het systeem van de organisatie een bericht."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
