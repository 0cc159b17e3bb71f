"""What is filled in about how people belong together; each choice is among the people whom the actor sees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.models import Person, Relation

from .fields import AskedFor
from .people import WhereForm
from .people_fields import line


class PersonChoice(forms.TypedChoiceField):
    """One of these people, by the name that is shown of them."""

    def __init__(self, people: list[Person], **kwargs) -> None:
        self.people = {str(person.pk): person for person in people}
        names = [(pk, person.name or _("naam onbekend")) for pk, person in self.people.items()]
        choices = [("", _("kies een persoon")), *names]
        super().__init__(choices=choices, coerce=self.people.get, empty_value=None, **kwargs)
        self.error_messages["required"] = _("Kies een persoon.")


class RelationForm(AskedFor):
    kind = forms.ChoiceField(
        label=_("Relatie"),
        choices=[("", _("kies een relatie")), *Relation.Kind.choices],
        error_messages={"required": _("Kies een relatie.")},
    )
    note = line(_("Toelichting"), 200)
    field_order = ("person", "kind", "other", "note")

    def __init__(self, people: list[Person], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonChoice(people, label=_("Wie"))
        self.fields["other"] = PersonChoice(people, label=_("van wie"))
        self.order_fields(self.field_order)


class HouseholdForm(WhereForm):
    people = forms.TypedMultipleChoiceField(
        label=_("Wie wonen hier?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wie er wonen.")},
    )
    field_order = ("people", "address", "postcode", "municipality")

    def __init__(self, people: list[Person], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = {str(person.pk): person for person in people}
        self.fields["people"].choices = [(pk, person.name or _("naam onbekend")) for pk, person in found.items()]
        self.fields["people"].coerce = found.get


class MemberForm(AskedFor):
    def __init__(self, people: list[Person], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonChoice(people, label=_("Wie woont hier nog meer?"))


class HouseholdChangeForm(WhereForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
