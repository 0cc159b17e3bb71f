"""What is filled in about an action: only what its kind allows."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from dossiers.action_words import in_words
from dossiers.core.actions import CHOSEN, RULES, Kind, Times, wrong_times
from dossiers.models import Action
from dossiers.selectors.actions import organisations_to_choose, people_to_choose
from dossiers.selectors.people import mention
from routing.models import Case

from .fields import AskedFor, plain
from .moments import DayField, MomentField

TIMES = ("started_at", "left_at", "arrived_at")


class _Choice(forms.ModelChoiceField):
    def label_from_instance(self, chosen) -> str:
        return chosen.name or _("naam onbekend")

    def to_python(self, value: object):
        # A zero byte or a number that no column holds is no choice either, and no error of the database.
        if isinstance(value, str) and value and not (value.isascii() and value.isdigit() and len(value) < 19):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def choice(label: str, queryset, *, required: str = "", empty: str | None = None, help_text: str = "") -> _Choice:
    return _Choice(
        label=label,
        queryset=queryset,
        required=bool(required),
        empty_label=empty,
        help_text=help_text,
        error_messages={"required": required, "invalid_choice": _("Kies er een uit de lijst.")},
    )


class ActionForm(AskedFor):
    """`action`: the one that is corrected; without it a new one of this kind."""

    started_at = MomentField(label=_("Begonnen op"), error_messages={"required": _("Vul in wanneer dit begon.")})
    left_at = MomentField(label=_("Vertrokken om"), required=False)
    arrived_at = MomentField(label=_("Aangekomen om"), required=False)
    lapses_on = DayField(
        label=_("Laatste dag"), required=False, help_text=_("Leeg: zo lang als de wet toestaat. Korter mag.")
    )
    note = plain(_("Toelichting"))

    def __init__(self, actor: Actor, case: Case, kind: str, data=None, action: Action | None = None) -> None:
        super().__init__(data, auto_id="actie-%s", initial=_initial(actor, action))
        rule = RULES[Kind(kind)]
        self.fields["person"] = _person(case, action, needed=rule.needs_person)
        self.fields["organisation"] = _organisation(actor, case)
        self.order_fields(["person", "organisation", *TIMES])
        dropped = set() if rule.on_site else {"left_at", "arrived_at"}
        if not rule.longest or action is not None:
            dropped.add("lapses_on")
        if rule.longest and action is not None:
            dropped.add("started_at")
        for name in dropped:
            del self.fields[name]
        if action is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=action.version)

    def clean(self) -> dict:
        """What is wrong with the times stands beside what is wrong elsewhere, all at once."""
        given = super().clean()
        if given.get("started_at"):
            times = Times(*(given.get(name) for name in TIMES))
            for field, text in in_words(wrong_times(times, timezone.now())).items():
                self.add_error(field, text)
        return given


def _initial(actor: Actor, action: Action | None) -> dict:
    if action is None:
        return {"organisation": actor.organisation_id, "started_at": timezone.now()}
    return {name: getattr(action, name) for name in (*TIMES, "note")} | {
        "person": action.person_id,
        "organisation": action.organisation_id,
    }


def _person(case: Case, action: Action | None, *, needed: bool) -> _Choice:
    people = people_to_choose(case, also=action.person_id if action else None)
    required = _("Kies op wie dit betrekking heeft. Staat die er niet bij? Voeg de persoon eerst toe.")
    empty = _("kies een persoon") if needed else _("niemand in het bijzonder")
    field = choice(_("Wie betreft het?"), people, required=required if needed else "", empty=empty)
    field.label_from_instance = lambda person: mention(case, person)
    return field


def _organisation(actor: Actor, case: Case) -> _Choice:
    these = organisations_to_choose(actor, case).order_by("name")
    return choice(_("Wie doet dit?"), these, required=_("Kies wie dit doet."), empty=_("kies"))


class ExtendForm(AskedFor):
    lapses_on = DayField(label=_("Nieuwe laatste dag"), error_messages={"required": _("Kies de nieuwe laatste dag.")})
    because = plain(_("Waarom is verlengd?"), rows=2, required=_("Schrijf op waarom."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(AskedFor):
    ending = forms.ChoiceField(
        label=_("Hoe eindigt het?"),
        error_messages={"required": _("Kies hoe het eindigt."), "invalid_choice": _("Kies er een uit de lijst.")},
    )
    ended_at = MomentField(label=_("Beëindigd op"), required=False, help_text=_("Leeg: nu."))
    outcome = forms.ChoiceField(
        label=_("Wat kwam eruit?"), required=False, error_messages={"invalid_choice": _("Kies er een uit de lijst.")}
    )
    end_note = plain(_("Toelichting"), help_text=_("Verplicht bij intrekken, een vergissing en «anders»."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, action: Action, data=None) -> None:
        super().__init__(data, auto_id="einde-%s", initial={"version": action.version})
        outcomes = RULES[Kind(action.kind)].outcomes
        labels = dict(Action.Outcome.choices)
        endings = dict(Action.Ending.choices)
        self.fields["ending"].choices = [("", _("kies")), *((each, endings[each]) for each in CHOSEN)]
        self.fields["outcome"].choices = [("", _("kies een uitkomst")), *((each, labels[each]) for each in outcomes)]
        if not outcomes:
            del self.fields["outcome"]
        if action.kind == Kind.DISPATCH:
            self.fields["ended_at"].label = _("Terug om")
