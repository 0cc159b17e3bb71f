"""What is filled in of a youth protection measure; the service says which date must follow which."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.measure_words import DATE_WORDS
from dossiers.models import Measure, Person
from dossiers.selectors.actions import people_to_choose
from dossiers.selectors.people import mention
from partners.models import Municipality
from routing.models import Case

from .fields import AskedFor, choice, day, line, plain


class MeasureForm(AskedFor):
    kind = choice(_("Welke maatregel?"), Measure.Kind.choices)
    child = forms.ModelChoiceField(
        label=_("Voor wie?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nog niet bekend"),
        error_messages={"invalid_choice": _("Kies iemand van deze casus.")},
    )
    agency = choice(_("Welke gecertificeerde instelling?"), Measure.Agency.choices)
    municipality = forms.ModelChoiceField(
        label=_("Welke gemeente betaalt?"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("nog niet bekend"),
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )
    noticed_on = day(DATE_WORDS["noticed_on"])
    ruled_on = day(DATE_WORDS["ruled_on"])
    start_team = line(_("Startteam"))
    start_team_on = day(DATE_WORDS["start_team_on"])
    guardian = line(_("Jeugdbeschermer"))
    guardian_linked_on = day(DATE_WORDS["guardian_linked_on"])
    plan_supported_on = day(DATE_WORDS["plan_supported_on"])
    help_started_on = day(DATE_WORDS["help_started_on"])
    permanent_guardian = line(_("Vaste jeugdbeschermer"))
    handed_over_on = day(DATE_WORDS["handed_over_on"])
    ended_on = day(DATE_WORDS["ended_on"])
    end_reason = plain(_("Waarom geëindigd?"), rows=2)

    def __init__(self, case: Case, measure: Measure | None, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "agency", "noticed_on"):
            self.fields[name].required = True
        self.fields["child"].queryset = people_to_choose(case, measure.child_id if measure else None)
        self.fields["child"].label_from_instance = lambda person: mention(case, person)
        self.fields["municipality"].queryset = Municipality.objects.order_by("name")


def measure_form(case: Case, measure: Measure | None = None, data: object = None) -> MeasureForm:
    known = {} if measure is None else {name: getattr(measure, name) for name in MeasureForm.base_fields}
    return MeasureForm(case, measure, data, initial=known, auto_id="maatregel-%s")
