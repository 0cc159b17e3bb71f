"""What somebody fills in to answer a handover, and to divert a service."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.language import house_language
from partners.models import Service

from .models import Handover

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


class DiversionForm(forms.Form):
    """A supervisor takes a service out of the answers for a while: one of these, or that of the page."""

    class Reason(models.TextChoices):
        FAILURE = "failure", _("storing")
        FULL = "full", _("vol")
        OTHER = "other", _("anders, namelijk")

    service = forms.ModelChoiceField(
        label=_("Welke dienst?"),
        queryset=Service.objects.none(),
        to_field_name="slug",
        empty_label=_("kies een dienst"),
        error_messages={"required": _("Kies een dienst."), "invalid_choice": _("Kies een dienst uit de lijst.")},
    )
    reason = forms.ChoiceField(
        label=_("Waarom omleiden?"),
        choices=[("", _("kies een reden")), *Reason.choices],
        error_messages={"required": _("Kies een reden."), "invalid_choice": _("Kies een reden uit de lijst.")},
    )
    note = forms.CharField(
        label=_("Toelichting"), help_text=_("Verplicht bij «anders»."), max_length=150, required=False
    )
    starts_at = forms.DateTimeField(
        label=_("Vanaf wanneer?"),
        help_text=_("Leeg: nu meteen."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Kies een datum en tijd.")},
    )
    ends_at = forms.DateTimeField(
        label=_("Tot wanneer?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Kies wanneer de omleiding eindigt."), "invalid": _("Kies een datum en tijd.")},
    )

    def __init__(self, data: QueryDict | None = None, services: QuerySet[Service] | None = None) -> None:
        super().__init__(data, auto_id="omleiden-%s")
        if services is None:
            del self.fields["service"]
            return
        self.fields["service"].queryset = services
        self.fields["service"].label_from_instance = lambda service: service.name

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("reason") == self.Reason.OTHER and not given.get("note"):
            self.add_error("note", _("Schrijf op wat er aan de hand is."))
        if "ends_at" in given and "starts_at" in given:
            self._check_length(given["starts_at"] or timezone.now(), given["ends_at"])
        return given

    def _check_length(self, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at <= max(starts_at, timezone.now()):
            self.add_error("ends_at", _("Het einde moet na het begin liggen, en niet voorbij zijn."))
        elif ends_at > timezone.now() + A_YEAR:
            self.add_error("ends_at", _("Kies een einde binnen een jaar: wie langer weg is, gaat uit de gids."))

    def reason_in_words(self) -> str:
        """As it stands with the answers for as long as the diversion lasts."""
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"]
        if reason == self.Reason.OTHER:
            return note
        with house_language():
            known = str(self.Reason(reason).label)
        return f"{known}: {note}" if note else known
