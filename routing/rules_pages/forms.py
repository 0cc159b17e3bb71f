"""What an editor fills in: a rule, a new draft, a publication, and a case to try."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from routing.core import OLDEST
from routing.core.facts import FLAGS
from routing.core.rules import OWN_PROVIDER, RECORDED
from routing.periods import DayField

from .words import CATEGORIES, SPECIAL_DESTINATIONS, TIERS, Names

FLAG_LABELS = {
    "danger": _("Is er nu gevaar?"),
    "related": _("Hangt de crisis samen met de behandeling?"),
    "hospital": _("Is ziekenhuiszorg nodig?"),
    "suicidal": _("Zijn er gedachten aan zelfdoding?"),
    "dissatisfied": _("Gaat het om onvrede over hulp?"),
    "new_crisis": _("Is er een nieuwe crisis?"),
}
YES_NO_ANY = [("", _("maakt niet uit")), ("yes", _("ja")), ("no", _("nee"))]
# A tier that has one destination, which is no service.
FIXED = {"own_provider": OWN_PROVIDER, "recorded": RECORDED}

Document = Mapping[str, Any]


class RuleForm(forms.Form):
    """One rule. Text that nobody would type (codes, slugs) is chosen, never written."""

    slug = forms.CharField(
        label=_("Korte naam van de regel"),
        help_text=_("Kleine letters en streepjes, bijvoorbeeld ggz-jeugd. Zo heet de regel in antwoorden en cijfers."),
        max_length=50,
        error_messages={"required": _("Geef de regel een korte naam.")},
    )
    tier = forms.ChoiceField(label=_("Laag"), choices=list(TIERS.items()), initial="agreement")
    category = forms.MultipleChoiceField(
        label=_("Waar gaat het om?"),
        choices=list(CATEGORIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age_from = forms.IntegerField(
        label=_("Leeftijd van"), min_value=0, max_value=OLDEST, required=False, widget=forms.NumberInput
    )
    age_to = forms.IntegerField(label=_("tot en met"), min_value=0, max_value=OLDEST, required=False)
    municipality = forms.MultipleChoiceField(
        label=_("In welke gemeenten?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    to = forms.ChoiceField(
        label=_("Wie is dan verantwoordelijk?"), error_messages={"required": _("Kies wie verantwoordelijk is.")}
    )
    after = forms.MultipleChoiceField(label=_("Pas na"), required=False, widget=forms.CheckboxSelectMultiple)
    because = forms.CharField(
        label=_("De zin uit de afspraak"),
        help_text=_("Deze zin staat op elke antwoordkaart."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf de zin uit de afspraak op.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = sorted(names.services.items(), key=lambda item: item[1])
        self.fields["to"].choices = [
            ("", _("kies een dienst")),
            (_("Diensten"), services),
            (_("Anders"), list(SPECIAL_DESTINATIONS.items())),
        ]
        self.fields["after"].choices = services
        self.fields["municipality"].choices = sorted(names.places.items(), key=lambda item: item[1])
        for flag in FLAGS:
            self.fields[flag] = forms.ChoiceField(
                label=FLAG_LABELS[flag], choices=YES_NO_ANY, required=False, widget=forms.RadioSelect
            )

    @property
    def flags(self) -> list[forms.BoundField]:
        return [self[flag] for flag in FLAGS]

    def clean_slug(self) -> str:
        return slugify(self.cleaned_data["slug"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("age_from"), cleaned.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", _("Deze leeftijd ligt onder de eerste."))
        if fixed := FIXED.get(cleaned.get("tier", "")):
            cleaned["to"] = fixed
            self.errors.pop("to", None)
        elif cleaned.get("to") in SPECIAL_DESTINATIONS:
            self.add_error("to", _("Kies in deze laag een dienst."))
        return cleaned

    def rule(self) -> dict[str, Any]:
        """The rule as it stands in a rules document."""
        cleaned = self.cleaned_data
        return {
            "slug": cleaned["slug"],
            "tier": cleaned["tier"],
            "when": self._when(),
            "to": cleaned["to"],
            "after": cleaned["after"],
            "because": cleaned["because"],
        }

    def _when(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        when: dict[str, Any] = {name: cleaned[name] for name in ("category", "municipality") if cleaned[name]}
        first, last = cleaned["age_from"], cleaned["age_to"]
        if first is not None or last is not None:
            when["age"] = [first or 0, OLDEST if last is None else last]
        return when | {flag: cleaned[flag] == "yes" for flag in FLAGS if cleaned[flag]}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """What the service has against it, beside the field that it is about."""
        for place, message in errors.items():
            name = place.rpartition(".")[2]
            name = "age_from" if name == "age" else name
            self.add_error(name if name in self.fields else None, message)


def initial_of(rule: Document) -> dict[str, Any]:
    """A stored rule as the form shows it."""
    when = rule["when"]
    youngest, oldest = when.get("age", (None, None))
    return {
        **{name: rule[name] for name in ("slug", "tier", "to", "because")},
        "after": rule.get("after", ()),
        "category": when.get("category", ()),
        "municipality": when.get("municipality", ()),
        "age_from": youngest,
        "age_to": oldest,
        **{flag: ("yes" if when[flag] else "no") if flag in when else "" for flag in FLAGS},
    }


class DraftForm(forms.Form):
    based_on = forms.ChoiceField(label=_("Begin met"))
    version = forms.CharField(
        label=_("Naam van de nieuwe versie"),
        help_text=_("Bijvoorbeeld kennemerland-2027. De naam verandert niet meer."),
        max_length=40,
        error_messages={"required": _("Geef de nieuwe versie een naam.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].choices = choices


class AsOfForm(forms.Form):
    op = DayField(label=_("Wat gold op"), required=False)


class PublishForm(forms.Form):
    valid_from = DayField(
        label=_("Geldt vanaf"),
        help_text=_("Vandaag betekent: vanaf dit moment. Een afspraak gaat nooit in het verleden in."),
        error_messages={"required": _("Kies een datum."), "invalid": _("Kies een datum uit de kalender.")},
    )
    waiver_reason = forms.CharField(
        label=_("Waarom mag dit toch?"),
        help_text=_("De reden blijft met uw naam zichtbaar tot het gat dicht is."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_valid_from(self):
        chosen = self.cleaned_data["valid_from"]
        if chosen < timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een latere dag."))
        return chosen


class CaseForm(forms.Form):
    """A case to try; the values are read by `routing.parameters`, which knows them all."""

    category = forms.ChoiceField(
        label=_("Waar gaat het om?"), choices=[("", _("nog niet gevraagd")), *CATEGORIES.items()], required=False
    )
    age = forms.CharField(
        label=_("Leeftijd"), required=False, max_length=3, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    municipality = forms.ChoiceField(label=_("Gemeente"), required=False)
    at = forms.CharField(
        label=_("Op welk moment?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    provider = forms.ChoiceField(label=_("In behandeling bij"), required=False)
    related = forms.ChoiceField(
        label=FLAG_LABELS["related"],
        choices=[("", _("nog niet gevraagd")), ("true", _("ja")), ("false", _("nee"))],
        required=False,
    )

    def __init__(self, *args: Any, names: Names, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = sorted(names.places.items(), key=lambda item: item[1])
        self.fields["municipality"].choices = [("", _("nog niet gevraagd")), *places]
        self.fields["provider"].choices = [("", _("niemand")), *providers]
        for flag in FLAGS:
            if flag != "related":
                self.fields[flag] = forms.BooleanField(label=FLAG_LABELS[flag], required=False)

    @property
    def flags(self) -> list[forms.BoundField]:
        return [self[flag] for flag in FLAGS if flag != "related"]
