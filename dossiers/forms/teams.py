"""What two teams choose to show each other, say about it, and ask of each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import Comment, Record
from dossiers.policies import KINDS
from dossiers.record_words import LABELS
from partners.models import Service
from triage.choices import ChosenReason
from triage.selectors import services_to_choose

from .fields import AskedFor, plain

Act = Comment.Act


class SharingForm(AskedFor):
    shared = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = plain(_("Waarom deelt u dit niet?"), rows=2)


class RemarkForm(AskedFor):
    text = plain(_("Opmerking"), rows=2, required=_("Schrijf eerst iets op."))


class FollowUpForm(AskedFor):
    act = forms.ChoiceField(choices=[choice for choice in Act.choices if choice[0] != Act.REMARK])
    text = plain(_("Antwoord"), rows=2)


class TakeOverForm(AskedFor):
    into = forms.ChoiceField(label=_("Waarin?"))

    def __init__(self, texts: tuple[str, ...], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(name, LABELS[name]) for name in texts]


class PromoteForm(AskedFor):
    """To a service of the other team; who is not who the agreements name is chosen with a reason."""

    chosen_service = forms.ModelChoiceField(
        label=_("Aan welke dienst?"), queryset=Service.objects.none(), required=False, empty_label=None
    )
    chosen_reason = forms.ChoiceField(
        label=_("Waarom hoort de casus daar?"),
        choices=[("", _("kies een reden")), *ChosenReason.choices],
        required=False,
    )
    chosen_note = plain(_("Toelichting"), rows=2)

    def __init__(self, record: Record, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen_service"].queryset = services_of_other_team(record)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("chosen_reason") == ChosenReason.OTHER and not given.get("chosen_note", "").strip():
            self.add_error("chosen_note", _("Vul in waarom u zelf kiest."))
        return given


def services_of_other_team(record: Record):
    """In the region of the case; the duty lead of last resort is not somebody's team to ask."""
    kinds = [str(kind) for kind in KINDS.values() if kind != KINDS[type(record)]]
    services = services_to_choose(record.case.region).filter(organisation__record_kind__in=kinds)
    return services.exclude(slug=record.case.region.duty_service).order_by("organisation__name", "name")
