"""What is filled in about somebody, and what they are in the case."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.core import Known, read_bsn
from dossiers.models import Involvement, Person
from partners.selectors import current_municipalities

from .fields import AskedFor, PlainText
from .people_fields import TOO_LONG, TypedDate, TypedPhone, TypedPostcode, line


class WhereForm(AskedFor):
    """An address."""

    address = line(_("Straat en huisnummer"), 200)
    postcode = TypedPostcode(label=_("Postcode"), required=False, max_length=20, error_messages=TOO_LONG)
    municipality = forms.ModelChoiceField(
        label=_("Gemeente"), queryset=None, required=False, empty_label=_("niet bekend")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = current_municipalities(timezone.localdate()).order_by("name")


class PersonForm(WhereForm):
    given_name = line(_("Voornamen"), 100)
    infix = line(_("Tussenvoegsel"), 20, help_text=_("Bijvoorbeeld: van der"))
    surname = line(_("Achternaam"), 100)
    birth_name = line(_("Geboortenaam"), 100, help_text=_("Als die anders is dan de achternaam."))
    born = TypedDate(label=_("Geboortedatum"))
    born_year = forms.IntegerField(
        label=_("Geschat geboortejaar"),
        required=False,
        help_text=_("Als de datum niet bekend is."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Vul een jaar in van vier cijfers.")},
        min_value=0,
        max_value=9999,
    )
    died = TypedDate(label=_("Overleden op"))
    gender = forms.ChoiceField(
        label=_("Geslacht"), choices=[("", _("niet bekend")), *Person.Gender.choices], required=False
    )
    phone = TypedPhone(label=_("Telefoonnummer"), required=False)
    email = line(_("E-mailadres"), 254)
    field_order = (
        *("given_name", "infix", "surname", "birth_name", "born", "born_year", "died", "gender"),
        *("phone", "email", "address", "postcode", "municipality"),
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(_("Dit e-mailadres klopt niet. Bijvoorbeeld: naam@voorbeeld.nl.")) from None
        return email


class InvolvedForm(AskedFor):
    """What somebody is in the case."""

    role = forms.ChoiceField(
        label=_("Wie is dit in de casus?"),
        choices=[("", _("kies een rol")), *Involvement.Role.choices],
        error_messages={"required": _("Kies wie dit is in de casus.")},
    )
    note = line(_("Toelichting"), 200, help_text=_("Bijvoorbeeld: leerkracht van groep 6."))
    shielded = forms.BooleanField(
        label=_("Deze melder is afgeschermd: anderen dan uw organisatie en Veilig Thuis zien niet wie het is"),
        required=False,
    )

    def clean_shielded(self) -> bool:
        shielded, role = self.cleaned_data["shielded"], self.cleaned_data.get("role")
        if shielded and role and role != Involvement.Role.REPORTER:
            raise ValidationError(_("Alleen een melder kan afgeschermd zijn."))
        return shielded


class NewPersonForm(PersonForm, InvolvedForm):
    """What is known of somebody, first to look for them and then, when it is somebody new, to keep."""

    bsn = PlainText(
        label=_("BSN"),
        required=False,
        max_length=20,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    field_order = (*PersonForm.field_order, "bsn", "role", "note", "shielded")
    # What most calls tell; the rest stands behind it.
    FIRST = ("given_name", "infix", "surname", "born", "phone", "address", "postcode")
    INVOLVED = ("role", "note", "shielded")

    def __init__(self, *args, with_bsn: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not with_bsn:
            del self.fields["bsn"]

    def clean_bsn(self) -> str:
        typed = self.cleaned_data["bsn"]
        if typed and read_bsn(typed) is None:
            raise ValidationError(_("Dit is geen geldig BSN. Controleer de cijfers."))
        return typed

    def known(self) -> Known:
        given = self.cleaned_data
        names = ("given_name", "surname", "birth_name", "born", "born_year", "phone", "email", "address", "postcode")
        return Known(**{name: given[name] for name in names}, bsn=read_bsn(given.get("bsn", "")) or "")

    def involved(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.INVOLVED}

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.FIRST, "bsn") if name in self.fields]

    def more_fields(self) -> list[forms.BoundField]:
        shown = {*self.FIRST, *self.INVOLVED, "bsn", "seen"}
        return [self[name] for name in self.fields if name not in shown]

    def more_is_used(self) -> bool:
        return any(field.value() or field.errors for field in self.more_fields())


class ChangePersonForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class InvolvementForm(AskedFor):
    """Of somebody who is in the case: what they are stays, the rest may change."""

    note = line(_("Toelichting"), 200)
    shielded = forms.BooleanField(label=_("Afgeschermde melder"), required=False)


class BsnForm(AskedFor):
    bsn = PlainText(
        label=_("BSN"),
        required=False,
        max_length=20,
        help_text=_("Negen cijfers. Leeg bewaren haalt het BSN weg."),
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ShowBsnForm(AskedFor):
    """Why the number is needed; it goes into the access log."""

    PURPOSES = (
        ("identity", _("vaststellen wie dit is")),
        ("referral", _("aanmelden of overdragen voor hulp of zorg")),
        ("report", _("melding of verzoek aan een andere instantie")),
    )
    purpose = forms.ChoiceField(
        label=_("Waarvoor hebt u het BSN nodig?"),
        choices=[("", _("kies een doel")), *PURPOSES],
        error_messages={"required": _("Kies waarvoor u het BSN nodig hebt.")},
    )
