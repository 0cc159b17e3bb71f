"""What is filled in on the page of a case, beside its records."""

from collections.abc import Sequence

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from dossiers.models import Clock
from partners.models import Organisation, Region, Service
from routing.models import Addition, Case, Consultation
from routing.readback import FIELDS, ReadBack
from triage.choices import ChosenReason
from triage.selectors import services_to_choose

from .fields import AskedFor, plain

# Beside the one who calls: what the consultation itself allows.
MOST_PARTIES = 2


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


class NoteForm(AskedFor):
    text = plain(_("Notitie"), required=_("Schrijf eerst iets op."))


class ConsultationForm(AskedFor):
    parties = forms.ModelMultipleChoiceField(
        label=_("Met wie?"),
        help_text=_("Kies één of twee organisaties."),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies met wie u overlegde: één of twee organisaties.")},
    )
    outcome = forms.ChoiceField(
        label=_("Wat kwam eruit?"),
        choices=[("", _("kies een uitkomst")), *Consultation.Outcome.choices],
        error_messages={"required": _("Kies wat eruit kwam.")},
    )
    note = plain(_("Toelichting"), help_text=_("Verplicht als de regie beter bij een ander past."))

    def __init__(self, actor: Actor, case: Case, *args, **kwargs) -> None:
        asked = _to_consult(actor, case)
        super().__init__(*args, initial={"parties": asked[:MOST_PARTIES]}, **kwargs)
        self.fields["parties"].queryset = parties_to_choose(actor, case)


def _to_consult(actor: Actor, case: Case) -> list[int]:
    """Whom the agreement asks to consult and nobody did, the obligatory first."""
    asked = Addition.objects.filter(case=case, kind=Addition.Kind.CONSULT, done_at__isnull=True)
    theirs = asked.exclude(organisation=actor.organisation_id).order_by("-obligatory", "id")
    return list(theirs.values_list("organisation", flat=True))


def parties_to_choose(actor: Actor, case: Case) -> QuerySet[Organisation]:
    """Everybody in the directory of the region, and whom the agreement names for this case."""
    asked = Addition.objects.filter(case=case, organisation=OuterRef("pk"))
    listed = Service.objects.filter(region=case.region, withdrawn=False, organisation=OuterRef("pk"))
    here = Organisation.objects.filter(Exists(asked) | Exists(listed))
    return here.exclude(pk=actor.organisation_id).annotate(is_asked=Exists(asked)).order_by("-is_asked", "name")


class HandBackForm(AskedFor):
    """The read-back to the own provider; `request` is written anew, for this asks something else."""

    situation = plain(_("Situatie"), rows=3)
    background = plain(_("Achtergrond"), rows=2)
    assessment = plain(_("Beoordeling"), rows=2)
    request = plain(
        _("Vraag"),
        rows=2,
        help_text=_("Bijvoorbeeld: wilt u de behandeling weer oppakken, en de cliënt morgen bellen?"),
        required=_("Schrijf op wat u de eigen behandelaar vraagt."),
    )
    told_caller = plain(_("Wat is de beller verteld?"), rows=2)

    def __init__(self, last: ReadBack, *args, **kwargs) -> None:
        self.last = last
        super().__init__(*args, initial=last.as_fields() | {"request": "", "told_caller": ""}, **kwargs)

    def read_back(self) -> ReadBack:
        """What was typed, and the number of the caller as it was."""
        typed = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return ReadBack(**typed, callback_number=self.last.callback_number)


class CloseForm(AskedFor):
    """`terms` still run: they are shown, and dropped only when somebody says so."""

    closing_note = plain(_("Hoe is de crisis afgelopen?"), required=_("Schrijf op hoe de crisis is afgelopen."))
    drop_terms = forms.BooleanField(label=_("Laat deze termijnen vervallen, om de reden hierboven"), required=False)

    def __init__(self, terms: Sequence[Clock], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        if not terms:
            del self.fields["drop_terms"]
