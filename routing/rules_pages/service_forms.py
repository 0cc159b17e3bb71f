"""A service as a form, in the same shorthand as a region package, so that nobody learns two ways of writing hours."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Service
from partners.package.numbers import dialled
from routing.core import OLDEST
from routing.core.clock import LONGEST_MINUTES

from .words import CATEGORIES

LABELS = {
    "name": _("Naam"),
    "hours": _("Uren"),
    "holidays": _("Feestdagen"),
    "exceptions": _("Uitzonderingen"),
    "ages": _("Leeftijden"),
    "categories": _("Waarvoor"),
    "area": _("Werkgebied"),
    "accepts_by": _("Neemt aan"),
    "accept_within": _("Antwoordt binnen (minuten)"),
    "answered_by": _("Aan de lijn"),
    "expect": _("Verwacht"),
    "have_ready": _("Houd klaar"),
    "phone": _("Nummer"),
    "backup_phone": _("Achterwacht"),
    "no_number_because": _("Waarom geen nummer"),
}
PHONE_FIELDS = ("number", "shown_as", "assured_on", "assured_by", "fictitious")
GOOD_FRIDAY = [("werkdag", _("een gewone werkdag")), ("feestdag", _("een feestdag"))]
# What can open a gap, in the order in which people would look for the cause.
CULPRITS = (
    "hours",
    "on_holidays",
    "good_friday",
    "liberation_day",
    "exceptions",
    "age_from",
    "age_to",
    "area",
    "categories",
)

Written = Mapping[str, Any]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ServiceForm(forms.Form):
    name = forms.CharField(label=_("Naam op de antwoordkaart"), max_length=120)
    hours = forms.CharField(
        label=_("Uren"),
        help_text=_(
            "Per regel dagen en tijden, zoals «ma-vr 08:30-17:00» of «za 09:00-12:00». Dag en nacht: «altijd»."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf de uren op, of «altijd».")},
    )
    on_holidays = forms.ChoiceField(label=_("Op feestdagen"), choices=Service.OnHolidays.choices)
    good_friday = forms.ChoiceField(label=_("Goede Vrijdag is"), choices=GOOD_FRIDAY)
    liberation_day = forms.ChoiceField(label=_("5 mei is"), choices=Service.LiberationDay.choices)
    exceptions = forms.CharField(
        label=_("Uitzonderingen op datum"),
        help_text=_("Per regel een datum en de uren, zoals «2026-12-24 08:30-12:00» of «2026-12-31 gesloten»."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    age_from = forms.IntegerField(label=_("Leeftijd van"), min_value=0, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("tot en met"), min_value=0, max_value=OLDEST)
    categories = forms.MultipleChoiceField(
        label=_("Waarvoor?"), choices=list(CATEGORIES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    area = forms.MultipleChoiceField(label=_("Werkgebied"), required=False, widget=forms.CheckboxSelectMultiple)
    accepts_by = forms.ChoiceField(label=_("Neemt een casus aan"), choices=Service.AcceptsBy.choices)
    accept_within = forms.IntegerField(
        label=_("Antwoordt binnen (minuten)"),
        help_text=_("Alleen als dat sneller is dan de regio per urgentie heeft afgesproken. Anders leeg."),
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
    )
    answered_by = forms.CharField(label=_("Wie krijg ik aan de lijn?"), max_length=200)
    expect = forms.CharField(label=_("Wat mag ik verwachten?"), widget=forms.Textarea(attrs={"rows": 2}))
    have_ready = forms.CharField(
        label=_("Wat houd ik bij de hand?"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    phone_number = forms.CharField(label=_("Nummer"), max_length=30, required=False)
    phone_shown_as = forms.CharField(label=_("Getoond als"), max_length=30, required=False)
    phone_assured_on = forms.DateField(label=_("Gebeld en klopte op"), required=False, widget=_day())
    phone_assured_by = forms.CharField(label=_("Geverifieerd door"), max_length=120, required=False)
    phone_fictitious = forms.BooleanField(label=_("Dit is een verzonnen voorbeeldnummer"), required=False)
    backup_phone_number = forms.CharField(label=_("Nummer van de achterwacht"), max_length=30, required=False)
    backup_phone_shown_as = forms.CharField(label=_("Getoond als"), max_length=30, required=False)
    backup_phone_assured_on = forms.DateField(label=_("Gebeld en klopte op"), required=False, widget=_day())
    backup_phone_assured_by = forms.CharField(label=_("Geverifieerd door"), max_length=120, required=False)
    backup_phone_fictitious = forms.BooleanField(label=_("Dit is een verzonnen voorbeeldnummer"), required=False)
    no_number_because = forms.CharField(label=_("Geen nummer? Waarom niet?"), max_length=200, required=False)
    waiver_reason = forms.CharField(
        label=_("Waarom mag dit toch?"),
        help_text=_("De reden blijft met uw naam zichtbaar tot het gat dicht is."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = sorted(places.items(), key=lambda item: item[1])

    @staticmethod
    def filled_in(written: Written, version: str) -> dict[str, Any]:
        """A service as a region package writes it, as the form shows it."""
        hours, (youngest, oldest) = written["hours"], written["ages"].split("-")
        return {
            **{name: value for name, value in written.items() if isinstance(value, str)},
            **written["holidays"],
            "hours": hours if isinstance(hours, str) else "\n".join(hours),
            "exceptions": "\n".join(_exception_lines(written.get("exceptions", {}))),
            "age_from": youngest,
            "age_to": oldest,
            "categories": written.get("categories", []),
            "area": written.get("area", []),
            **_phone_initial("phone", written.get("phone", {})),
            **_phone_initial("backup_phone", written.get("backup_phone", {})),
            "seen": version,
        }

    def phones(self, prefix: str) -> list[forms.BoundField]:
        return [self[f"{prefix}_{name}"] for name in PHONE_FIELDS[:-1]]

    @property
    def main_phone(self) -> list[forms.BoundField]:
        return self.phones("phone")

    @property
    def backup_phone(self) -> list[forms.BoundField]:
        return self.phones("backup_phone")

    def clean_exceptions(self) -> dict[str, list[str] | str]:
        found: dict[str, list[str] | str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["exceptions"].splitlines())):
            day, _space, times = line.partition(" ")
            earlier = found.get(day)
            found[day] = times.strip() if times.strip() == "gesloten" else [*(earlier or []), times.strip()]
        return found

    def clean(self) -> dict[str, Any]:
        """A number that is edited is not verified: somebody has to ring the new one first."""
        cleaned = super().clean() or {}
        for prefix in ("phone", "backup_phone"):
            number, verified = f"{prefix}_number", f"{prefix}_assured_on"
            is_new = cleaned.get(number) and cleaned[number] != self.initial.get(number)
            if is_new and cleaned.get(verified) and str(cleaned[verified]) == self.initial.get(verified):
                self.add_error(verified, _("Bel het nieuwe nummer eerst, en vul in wanneer het klopte."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Everything on the form, as a region package writes it."""
        cleaned = self.cleaned_data
        plain = ("name", "answered_by", "expect", "have_ready", "accepts_by", "no_number_because")
        return {
            **{name: cleaned[name] for name in (*plain, "hours", "exceptions", "categories", "area")},
            "accept_within": str(cleaned["accept_within"] or ""),
            "ages": f"{cleaned['age_from']}-{cleaned['age_to']}",
            "holidays": {name: cleaned[name] for name in ("on_holidays", "good_friday", "liberation_day")},
            "phone": self._phone("phone"),
            "backup_phone": self._phone("backup_phone"),
        }

    def _phone(self, prefix: str) -> dict[str, str] | None:
        given = {name: self.cleaned_data[f"{prefix}_{name}"] for name in PHONE_FIELDS}
        if not given["number"]:
            return None
        said = {name: str(value) for name, value in given.items() if value and name != "fictitious"}
        return {**said, "fictitious": "ja" if given["fictitious"] else "nee"}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """What the service has against it, beside the field that it is about."""
        for place, message in errors.items():
            self.add_error(self._field_of(place), message)

    def _field_of(self, place: str) -> str | None:
        first, _dot, rest = place.partition(".")
        for name in (f"{first}_{rest}", rest if first == "holidays" else first):
            if name in self.fields:
                return name
        return {"ages": "age_from", "phone": "phone_number", "backup_phone": "backup_phone_number"}.get(first)

    @property
    def culprit(self) -> str | None:
        """The field to blame when a change opens a gap: the first changed one that decides who is on for whom."""
        return next((name for name in CULPRITS if _plain(self[name].value()) != _plain(self.initial[name])), None)


def _plain(value: Any) -> list[str]:
    return sorted(value) if isinstance(value, list) else str(value).split()


def _exception_lines(exceptions: Mapping[str, Any]) -> list[str]:
    return [
        f"{day} {times}"
        for day, spans in exceptions.items()
        for times in ([spans] if isinstance(spans, str) else spans)
    ]


def _phone_initial(prefix: str, phone: Mapping[str, str]) -> dict[str, Any]:
    """A number as people read it; how it is shown stands apart only where that says more than the number."""
    fictitious = phone.get("fictitious") == "ja"
    filled = {name: phone.get(name, "") for name in PHONE_FIELDS} | {"fictitious": fictitious}
    if filled["shown_as"] and _dials(filled["shown_as"], filled["number"], fictitious=fictitious):
        filled["number"], filled["shown_as"] = filled["shown_as"], ""
    return {f"{prefix}_{name}": value for name, value in filled.items()}


def _dials(shown: str, number: str, *, fictitious: bool) -> bool:
    try:
        return dialled(shown, fictitious) == number
    except ValueError:
        return False
