"""What is filled in about a task, and about a professional around the case."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from dossiers.models import Participant, Task
from dossiers.selectors.actions import organisations_to_choose
from dossiers.selectors.tasks import colleagues
from routing.models import Case
from routing.policies import who_see

from .actions import choice
from .fields import AskedFor, PlainText, plain
from .moments import DayField

A_LINE = 120


def _line(label: str, *, required: str = "", help_text: str = "") -> PlainText:
    return PlainText(
        label=label,
        max_length=A_LINE,
        required=bool(required),
        help_text=help_text,
        error_messages={"required": required, "max_length": _("Houd dit korter: hoogstens 120 tekens.")},
    )


class TaskForm(AskedFor):
    text = plain(_("Wat moet er gebeuren?"), rows=2, required=_("Schrijf op wat er moet gebeuren."))
    due_on = DayField(label=_("Uiterlijk op"), required=False)

    def __init__(self, actor: Actor, case: Case, data=None, task: Task | None = None) -> None:
        super().__init__(data, auto_id="taak-%s", initial=_of_task(actor, task))
        organisations = who_see(case).order_by("name")
        needed = _("Kies wie dit doet.")
        self.fields["organisation"] = choice(
            _("Voor welke organisatie?"),
            organisations,
            required=needed,
            empty=_("kies"),
            help_text=_("Alleen organisaties die deze casus kunnen zien."),
        )
        self.fields["person"] = choice(_("Voor wie van uw eigen organisatie?"), colleagues(actor), empty=_("iedereen"))
        self.fields["person"].label_from_instance = lambda user: user.get_full_name() or user.username
        self.order_fields(["text", "organisation", "person", "due_on"])
        if task is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=task.version)


def _of_task(actor: Actor, task: Task | None) -> dict:
    if task is None:
        return {"organisation": actor.organisation_id}
    return {
        "text": task.text,
        "organisation": task.organisation_id,
        "person": task.person_id,
        "due_on": task.due_on,
    }


class FinishForm(AskedFor):
    note = plain(_("Hoe is het afgelopen?"), rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ParticipantForm(AskedFor):
    name = _line(_("Naam"), required=_("Vul in hoe deze persoon heet."))
    function = _line(_("Functie"), help_text=_("Bijvoorbeeld jeugdbeschermer, wijkagent of leerkracht."))
    organisation_name = _line(_("Andere organisatie"), help_text=_("Alleen als die niet in de lijst staat."))
    phone = PlainText(label=_("Telefoon"), required=False)
    since = DayField(label=_("Betrokken sinds"), error_messages={"required": _("Vul in sinds wanneer.")})
    until = DayField(label=_("Tot en met"), required=False, help_text=_("Leeg: nog betrokken."))

    def __init__(self, actor: Actor, case: Case, data=None, participant: Participant | None = None) -> None:
        super().__init__(data, auto_id="professional-%s", initial=_of_participant(participant))
        organisations = organisations_to_choose(actor, case).order_by("name")
        self.fields["organisation"] = choice(_("Organisatie"), organisations, empty=_("niet in de lijst"))
        self.order_fields(["name", "function", "organisation", "organisation_name", "phone", "since", "until"])
        if participant is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=participant.version)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "NL")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(_("Dit is geen telefoonnummer. Schrijf bijvoorbeeld 023 000 01 01."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(_("Dit ligt in de toekomst. Leg vast wie er nu betrokken is."))
        return since


def _of_participant(participant: Participant | None) -> dict:
    if participant is None:
        return {"since": timezone.localdate()}
    names = ("name", "function", "organisation_name", "phone", "since", "until")
    return {name: getattr(participant, name) for name in names} | {"organisation": participant.organisation_id}
