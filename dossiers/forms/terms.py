"""What is filled in about the terms of a case: that one stands still, runs again, is stuck or does not apply."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.core import AMSTERDAM, Unit, parse_duration
from dossiers.models import Clock, Norm, Suspension

from .fields import AskedFor, PlainText
from .moments import MidnightField, MomentField


def _why(label: str, missing: str) -> PlainText:
    return PlainText(
        label=label,
        max_length=200,
        help_text=_("Hoogstens 200 tekens, zonder namen."),
        error_messages={
            "required": missing,
            "max_length": _("Houd het bij 200 tekens; meer kan in een notitie bij de casus."),
        },
    )


class SuspendForm(AskedFor):
    """By day for a term, and by the minute for a clock in hours."""

    def __init__(self, *args, counts_hours: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = MomentField if counts_hours else MidnightField
        now = timezone.localtime(timezone=AMSTERDAM)
        today = f"{now:%Y-%m-%dT%H:%M}" if counts_hours else now.date()
        asked = {"required": _("Kies vanaf wanneer de termijn stilstaat.")}
        self.fields["starts_at"] = field(label=_("Staat stil vanaf"), initial=today, error_messages=asked)
        self.fields["ends_at"] = field(
            label=_("Loopt weer vanaf"), required=False, help_text=_("Leeg: dat is nog niet bekend.")
        )
        self.fields["reason"] = _why(_("Waarom staat de termijn stil?"), _("Schrijf op waarom de termijn stilstaat."))


class ResumeForm(AskedFor):
    def __init__(self, *args, counts_hours: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = MomentField if counts_hours else MidnightField
        now = timezone.localtime(timezone=AMSTERDAM)
        today = f"{now:%Y-%m-%dT%H:%M}" if counts_hours else now.date()
        asked = {"required": _("Kies vanaf wanneer de termijn weer loopt.")}
        self.fields["ends_at"] = field(label=_("Loopt weer vanaf"), initial=today, error_messages=asked)
        self.fields["reason"] = _why(_("Waarom loopt de termijn weer?"), _("Schrijf op waarom de termijn weer loopt."))


class RemoveForm(AskedFor):
    reason = _why(_("Wat klopte er niet?"), _("Schrijf op wat er niet klopte."))


class StuckForm(AskedFor):
    reason = _why(_("Waardoor loopt het vast?"), _("Schrijf op waardoor het vastloopt."))


class MoveForm(AskedFor):
    at = MomentField(
        label=_("Wanneer begon het echt?"), error_messages={"required": _("Kies wanneer de termijn begon.")}
    )
    reason = _why(_("Wat klopte er niet?"), _("Schrijf op wat er niet klopte."))


class DropForm(AskedFor):
    reason = _why(_("Waarom geldt deze termijn niet?"), _("Schrijf op waarom deze termijn niet geldt."))


class GoingForm(AskedFor):
    """A button: there is nothing to fill in."""


def counts_hours(norm: Norm) -> bool:
    return parse_duration(norm.duration).unit is Unit.HOURS


def suspension_form(act: str, suspension: Suspension, data: object = None) -> forms.Form:
    auto_id = f"opschorting-{suspension.pk}-{act}-%s"
    if act == "resume":
        return ResumeForm(data, auto_id=auto_id, counts_hours=counts_hours(suspension.clock.norm))
    return RemoveForm(data, auto_id=auto_id)


CLOCK_FORMS = {"stuck": StuckForm, "going": GoingForm, "move": MoveForm, "drop": DropForm}
SUSPENSION_ACTS = ("resume", "remove")


def clock_form(act: str, clock: Clock, data: object = None) -> forms.Form:
    auto_id = f"termijn-{clock.pk}-{act}-%s"
    if act == "suspend":
        return SuspendForm(data, auto_id=auto_id, counts_hours=counts_hours(clock.norm))
    return CLOCK_FORMS[act](data, auto_id=auto_id)
