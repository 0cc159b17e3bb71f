"""What is filled in on the roster."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.core import repeated
from partners.models import Shift, Team

from .selectors import colleagues

LONGEST_WEEKS = 26
EARLIEST = timedelta(days=31)
WEEKDAYS = [
    ("0", _("ma")),
    ("1", _("di")),
    ("2", _("wo")),
    ("3", _("do")),
    ("4", _("vr")),
    ("5", _("za")),
    ("6", _("zo")),
]


class _Asked(forms.Form):
    use_required_attribute = False


class TeamForm(_Asked):
    name = forms.CharField(
        label=_("Naam van het team"), max_length=80, error_messages={"required": _("Geef het team een naam.")}
    )
    workers_needed = forms.IntegerField(
        label=_("Crisismedewerkers in dienst"),
        help_text=_("Zoveel moeten er op elk moment zijn, dag en nacht."),
        min_value=0,
        max_value=50,
        initial=2,
    )
    leads_needed = forms.IntegerField(label=_("Regiehouders in dienst"), min_value=0, max_value=10, initial=1)


class ShiftForm(_Asked):
    """One shift, or the same hours every week until a date."""

    user = forms.ModelChoiceField(
        None,
        label=_("Wie?"),
        empty_label=_("kies een collega"),
        error_messages={"required": _("Kies wie dienst heeft.")},
    )
    role = forms.ChoiceField(label=_("Als"), choices=Shift.Role.choices)
    first = forms.DateField(
        label=_("Eerste dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Kies de dag."), "invalid": _("Dit is geen datum.")},
    )
    starts = forms.TimeField(
        label=_("Van"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Vul in hoe laat de dienst begint."), "invalid": _("Dit is geen tijd.")},
    )
    ends = forms.TimeField(
        label=_("Tot"),
        help_text=_("Niet later dan het begin? Dan eindigt de dienst de volgende dag."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Vul in hoe laat de dienst eindigt."), "invalid": _("Dit is geen tijd.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Herhaal op"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label=_("Herhaal tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Dit is geen datum.")},
    )

    def __init__(self, team: Team, zone: ZoneInfo, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["user"].queryset = colleagues(team)
        self.fields["user"].label_from_instance = lambda user: user.get_full_name() or user.username

    def clean_first(self):
        first = self.cleaned_data["first"]
        if first < timezone.localdate() - EARLIEST:
            raise forms.ValidationError(_("Deze dag ligt meer dan een maand terug."))
        if first > timezone.localdate() + timedelta(weeks=104):
            raise forms.ValidationError(_("Deze dag ligt meer dan twee jaar vooruit."))
        return first

    def clean(self) -> dict:
        given = super().clean()
        first, until, weekdays = given.get("first"), given.get("until"), given.get("weekdays")
        if bool(until) != bool(weekdays) and "until" not in self.errors:
            self.add_error("until" if weekdays else "weekdays", _("Kies bij herhalen de dagen en tot wanneer."))
        if first and until and not first <= until <= first + timedelta(weeks=LONGEST_WEEKS):
            text = _("Kies een dag tussen de eerste dag en %(weeks)d weken later.") % {"weeks": LONGEST_WEEKS}
            self.add_error("until", text)
        if not self.errors and any(ends <= starts for starts, ends in self.periods()):
            # Half past two to three does not exist in the night that the clock goes forward.
            self.add_error("starts", _("Op een van deze dagen wordt de klok verzet: deze uren bestaan dan niet."))
        return given

    def periods(self) -> list[tuple[datetime, datetime]]:
        given = self.cleaned_data
        weekdays = frozenset(map(int, given["weekdays"])) or frozenset(range(7))
        until = given["until"] or given["first"]
        return repeated(given["first"], given["starts"], given["ends"], weekdays, until, self.zone)


class SwapForm(_Asked):
    asked_of = forms.ModelChoiceField(
        None,
        label=_("Wie vraagt u?"),
        empty_label=_("kies een collega"),
        error_messages={"required": _("Kies een collega.")},
    )
    note = forms.CharField(label=_("Bericht erbij"), max_length=200, required=False)

    def __init__(self, shift: Shift, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.shift = shift
        self.fields["asked_of"].queryset = colleagues(shift.team).exclude(pk=shift.user_id)
        self.fields["asked_of"].label_from_instance = lambda user: user.get_full_name() or user.username
