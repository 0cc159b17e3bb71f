"""What the keeper of a record fills in; `version` says which text it started from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Region, Service
from triage.choices import ChosenReason
from triage.selectors import services_to_choose

from .models import IcdRecord, VtRecord


def _text(label: str, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class IcdRecordForm(forms.Form):
    situation = _text(_("Wat is er aan de hand?"), rows=6)
    actions = _text(_("Wat is er gedaan?"))
    agreements = _text(_("Wat is er afgesproken?"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class VtRecordForm(forms.Form):
    kind = forms.ChoiceField(label=_("Advies of melding?"), choices=VtRecord.Kind.choices)
    situation = _text(_("Wat is er aan de hand?"), rows=6)
    safety = _text(_("Wat is er nu bekend over de veiligheid?"))
    reporter_shielded = forms.BooleanField(label=_("De melder is afgeschermd voor het gezin"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class OfferAgainForm(forms.Form):
    """Empty: decided anew on the same facts; or to whom a person chooses, with the reason."""

    chosen_service = forms.ModelChoiceField(
        label=_("Aan wie?"), queryset=Service.objects.none(), required=False, empty_label=_("zoals de afspraken zeggen")
    )
    chosen_reason = forms.ChoiceField(
        label=_("Reden om zelf te kiezen"), choices=[("", _("kies een reden")), *ChosenReason.choices], required=False
    )
    chosen_note = forms.CharField(label=_("Toelichting"), required=False)

    def __init__(self, region: Region, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen_service"].queryset = services_to_choose(region)

    def clean(self) -> dict:
        given = super().clean()
        other = given.get("chosen_reason") == ChosenReason.OTHER
        if given.get("chosen_service") and other and not given.get("chosen_note", "").strip():
            self.add_error("chosen_note", _("Vul in waarom u zelf kiest."))
        return given


def form_for(record: IcdRecord | VtRecord, data: object = None) -> forms.Form:
    form_class = IcdRecordForm if isinstance(record, IcdRecord) else VtRecordForm
    initial = {name: getattr(record, name) for name in form_class.base_fields}
    return form_class(data, initial=initial, auto_id=f"{type(record).__name__.lower()}-%s")
