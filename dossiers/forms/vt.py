"""What is filled in for each act on a Veilig Thuis dossier. What an act cannot do without, the table says."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.core import TABLE, Act
from dossiers.models import Condition, FollowUp, Investigation, NextStep, SafetyAssessment, VtRecord
from partners.models import Organisation, Service
from routing.models import Case

from .fields import AskedFor, choice, day, line, plain

LARGEST_KEY = 2**63 - 1


def _asks(act: Act) -> set[str]:
    return {name for row in TABLE if row.act is act for name in row.asks}


class VtForm(AskedFor):
    """`carrier` may also be given by name, so that one is asked by the service."""

    def __init__(self, act: Act, record: VtRecord, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in _asks(act) - {"carrier"}:
            self.fields[name].required = True
            self.fields[name].error_messages.setdefault("required", _("Vul dit in."))
        if "carrier" in self.fields:
            self.fields["carrier"].queryset = carriers(record.case)


class OnAnItem(VtForm):
    target = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_KEY)


def carriers(case: Case) -> QuerySet[Organisation]:
    """Everybody in the directory of the region, ourselves included."""
    listed = Service.objects.filter(region=case.region, withdrawn=False, organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(listed)).order_by("name")


def _text(label: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    found = plain(label, rows=rows, help_text=help_text)
    found.error_messages["required"] = _("Vul dit in.")
    return found


def _carrier(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("kies een organisatie"),
        error_messages={"invalid_choice": _("Kies een organisatie uit de lijst.")},
    )


class AdviseForm(VtForm):
    note = _text(_("Welk advies gaf u?"), rows=4, help_text=_("Zonder namen kan ook."))
    told_responsible = forms.BooleanField(
        label=_("De vrager weet dat hij of zij zelf verantwoordelijk blijft"),
        required=False,
        error_messages={"required": _("Vertel dit de vrager, en kruis het dan aan.")},
    )


class ReasonForm(VtForm):
    note = _text(_("Reden"))


class TriageNoteForm(VtForm):
    note = _text(_("Uitkomst van de triage"))
    kind = choice(_("Eerste vervolgstap"), NextStep.Kind.choices)
    carrier = _carrier(_("Welke organisatie pakt dit op?"))
    carrier_name = line(_("Of wie anders?"), _("Bijvoorbeeld: oma, of een wijkteam buiten de regio."))
    what = _text(_("Wat wordt gevraagd?"), rows=2)
    due_on = day(_("Uiterlijk op"))


class NextStepForm(VtForm):
    kind = choice(_("Welke vervolgstap?"), NextStep.Kind.choices)
    carrier = _carrier(_("Welke organisatie pakt dit op?"))
    carrier_name = line(_("Of wie anders?"), _("Bijvoorbeeld: oma, of een wijkteam buiten de regio."))
    what = _text(_("Wat wordt gevraagd?"), rows=2)
    due_on = day(_("Uiterlijk op"))


class SettleNextStepForm(OnAnItem):
    status = choice(_("Hoe staat het ermee?"), NextStep.Status.choices[1:])
    note = _text(_("Toelichting"), rows=2, help_text=_("Verplicht als de stap vervalt."))


class AssessForm(VtForm):
    outcome = choice(_("Hoe veilig is het nu?"), SafetyAssessment.Outcome.choices)
    note = _text(_("Waaruit blijkt dat?"), rows=4)
    children_seen = choice(_("Zijn de kinderen gezien?"), [("yes", _("ja")), ("no", _("nee"))])
    done_at_once = _text(_("Wat is er meteen gedaan?"), rows=2, help_text=_("Verplicht bij acuut onveilig."))
    assessed_on = day(_("Beoordeeld op"))

    def clean(self) -> dict:
        """The service asks it too; here it is asked together with what else is missing."""
        given = super().clean()
        acute = given.get("outcome") == SafetyAssessment.Outcome.ACUTE
        if acute and not given.get("done_at_once", "").strip():
            self.add_error("done_at_once", _("Acuut onveilig: wat is er meteen gedaan?"))
        return given


class InvestigationForm(VtForm):
    spoken_with = _text(_("Met wie is gesproken?"))
    findings = _text(_("Bevindingen"), rows=5)


class DecideInvestigationForm(InvestigationForm):
    conclusion = choice(_("Conclusie"), Investigation.Conclusion.choices[:3])


class ConditionForm(VtForm):
    what = _text(_("Wat moet er gebeuren of juist niet?"))
    who = line(_("Wie zorgt daarvoor?"))
    until = day(_("Tot en met"))


class JudgeConditionForm(OnAnItem):
    status = choice(_("Is eraan voldaan?"), Condition.Status.choices[1:])
    note = _text(_("Waaruit blijkt dat?"), rows=2)


class FollowUpForm(VtForm):
    planned_on = day(_("Wanneer kijkt u hoe het gaat?"))
    what = _text(_("Met wie, en waarover?"), rows=2)


class MonitorForm(FollowUpForm):
    note = _text(_("Wat volgt Veilig Thuis?"), rows=2)


class HoldFollowUpForm(OnAnItem):
    status = choice(_("Is het doorgegaan?"), FollowUp.Status.choices[1:])
    held_on = day(_("Gehouden op"), _("Leeg als het vervallen is."))
    note = _text(_("Hoe gaat het, of waarom verviel het?"), rows=2)


class TransferForm(VtForm):
    carrier = _carrier(_("Aan welke organisatie?"))
    carrier_name = line(_("Of aan wie anders?"))
    agreed_with = line(_("Met wie is dat afgesproken?"))
    agreed_on = day(_("Wanneer is dat afgesproken?"))
    note = _text(_("Wat is afgesproken?"), rows=2)


FORMS: dict[Act, type[VtForm]] = {
    Act.ADVISE: AdviseForm,
    Act.ASSESS: AssessForm,
    Act.TRIAGE: TriageNoteForm,
    Act.ADD_NEXT_STEP: NextStepForm,
    Act.SETTLE_NEXT_STEP: SettleNextStepForm,
    Act.RECORD_INVESTIGATION: InvestigationForm,
    Act.DECIDE_INVESTIGATION: DecideInvestigationForm,
    Act.SET_CONDITION: ConditionForm,
    Act.JUDGE_CONDITION: JudgeConditionForm,
    Act.PLAN_FOLLOW_UP: FollowUpForm,
    Act.HOLD_FOLLOW_UP: HoldFollowUpForm,
    Act.TRANSFER: TransferForm,
    Act.MONITOR: MonitorForm,
}


def vt_form(act: Act, record: VtRecord, data: object = None, target: int | None = None) -> VtForm:
    """The form of an act, filled in by `data`, or with what is known; `target` is the item that it is about."""
    form_class = FORMS.get(act, ReasonForm)
    known = _known(act, record) | ({"target": target} if target is not None else {})
    prefix = act if target is None else f"{act}-{target}"
    return form_class(act, record, data, initial=known, auto_id=f"{prefix}-%s")


def _known(act: Act, record: VtRecord) -> dict[str, object]:
    if act is Act.ASSESS:
        return {"assessed_on": timezone.localdate()}
    if act in (Act.RECORD_INVESTIGATION, Act.DECIDE_INVESTIGATION):
        found = record.investigations.filter(decided_at=None).first()
        return {"spoken_with": found.spoken_with, "findings": found.findings} if found else {}
    return {}
