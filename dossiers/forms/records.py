"""What is filled in on a record; `version` says which text somebody started from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import IcdRecord, VtRecord


def _text(label: str, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class IcdRecordForm(forms.Form):
    situation = _text(_("Wat is er aan de hand?"), rows=6)
    actions = _text(_("Wat is er gedaan?"))
    agreements = _text(_("Wat is er afgesproken?"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class VtRecordForm(forms.Form):
    situation = _text(_("Wat is er aan de hand?"), rows=6)
    safety = _text(_("Wat is er nu bekend over de veiligheid?"))
    reporter_shielded = forms.BooleanField(label=_("De melder is afgeschermd voor het gezin"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def form_for(record: IcdRecord | VtRecord, data: object = None) -> forms.Form:
    form_class = IcdRecordForm if isinstance(record, IcdRecord) else VtRecordForm
    initial = {name: getattr(record, name) for name in form_class.base_fields}
    return form_class(data, initial=initial, auto_id=f"{type(record).__name__.lower()}-%s")
