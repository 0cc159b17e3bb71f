"""What is filled in on a record; `version` says which text somebody started from."""

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dossiers.core.changes import with_plain_newlines
from dossiers.models import Agreement, IcdRecord, Outcome, Step, Stuck, VtRecord
from dossiers.record_words import LABELS
from partners.models import Organisation, Service

from .fields import AskedFor, PlainText


class RecordText(PlainText):
    """With the line ends of the database, so that two versions of a text differ only where somebody changed it."""

    def to_python(self, value: object) -> str:
        return super().to_python(with_plain_newlines(value) if isinstance(value, str) else value)


def _text(name: str, rows: int = 4) -> RecordText:
    return RecordText(label=LABELS[name], required=False, widget=forms.Textarea(attrs={"rows": rows}))


def _ticks(name: str, choices: list) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=LABELS[name], choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _one(name: str, nothing: str, choices: list) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=LABELS[name], choices=[("", nothing), *choices], required=False, widget=forms.RadioSelect
    )


class IcdRecordForm(AskedFor):
    outcome = _one("outcome", _("nog niet bekend"), Outcome.choices)
    handed_to = forms.ModelChoiceField(
        label=LABELS["handed_to"], queryset=Organisation.objects.none(), required=False, empty_label=_("niemand")
    )
    handed_to_name = RecordText(label=LABELS["handed_to_name"], required=False, max_length=120)
    stuck = _one("stuck", _("niets"), Stuck.choices)
    stuck_note = _text("stuck_note", rows=2)
    steps = _ticks("steps", Step.choices)
    actions = _text("actions", rows=3)
    agreed = _ticks("agreed", Agreement.choices)
    agreements = _text("agreements", rows=3)
    situation = _text("situation", rows=6)
    reopened_because = RecordText(label=_("Waarom heropent u de notitie?"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, record: IcdRecord, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_to"].queryset = to_hand_over_to(record)


class ReopenForm(AskedFor):
    reopened_because = RecordText(label=_("Waarom heropent u de notitie?"), required=False)


class VtRecordForm(forms.Form):
    situation = _text("situation", rows=6)
    safety = _text("safety")
    reporter_shielded = forms.BooleanField(label=LABELS["reporter_shielded"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, record: VtRecord, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)


def form_for(record: IcdRecord | VtRecord, data: object = None) -> forms.Form:
    form_class = IcdRecordForm if isinstance(record, IcdRecord) else VtRecordForm
    initial = {name: getattr(record, name) for name in form_class.base_fields if name != "reopened_because"}
    return form_class(record, data, initial=initial, auto_id=f"{type(record).__name__.lower()}-%s")


def to_hand_over_to(record: IcdRecord) -> QuerySet[Organisation]:
    """Who is in the directory of the region, and who was chosen before."""
    region = record.case.region_id
    listed = Service.objects.filter(region=region, withdrawn=False, organisation=OuterRef("pk"))
    keeper = record.handover.service.organisation_id
    return Organisation.objects.filter(Exists(listed) | Q(pk=record.handed_to_id)).exclude(pk=keeper).order_by("name")
