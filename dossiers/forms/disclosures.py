"""May I share? The question, and what is written down once it was shared."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.core.disclosure import Party, Question
from dossiers.disclosure_words import PARTY_NAMES
from dossiers.models import Disclosure

from .fields import AskedFor, PlainText, plain

PARTIES = [(party.value, name) for party, name in PARTY_NAMES.items()]


class QuestionForm(forms.Form):
    """Asked by GET: it keeps nothing, and names nobody."""

    sender = forms.ChoiceField(label=_("Wie deelt?"), choices=PARTIES)
    receiver = forms.ChoiceField(label=_("Met wie?"), choices=PARTIES)
    danger = forms.BooleanField(label=_("Er is nu gevaar voor iemand"), required=False)
    order = forms.BooleanField(label=_("Er is een ondertoezichtstelling"), required=False)
    cannot_ask = forms.BooleanField(label=_("Toestemming vragen kan niet of geeft nieuw gevaar"), required=False)
    anonymous = forms.BooleanField(label=_("Het kan zonder naam, ik vraag alleen advies"), required=False)

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(
            Party(given["sender"]),
            Party(given["receiver"]),
            danger=given["danger"],
            order=given["order"],
            can_consent=not given["cannot_ask"],
            named=not given["anonymous"],
        )


class DisclosureForm(AskedFor):
    receiver = PlainText(
        label=_("Met wie deelde u?"),
        help_text=_("Organisatie en naam van de professional."),
        max_length=200,
        error_messages={"required": _("Schrijf op met wie u deelde.")},
    )
    basis = forms.ChoiceField(
        label=_("Op welke grondslag?"),
        choices=[("", _("kies een grondslag")), *Disclosure.Basis.choices],
        error_messages={"required": _("Kies de grondslag.")},
    )
    what = plain(_("Wat deelde u?"), required=_("Schrijf op wat u deelde."))
    necessity = plain(
        _("Waarom was het nodig?"),
        help_text=_("En waarom kon het niet met minder?"),
        required=_("Schrijf op waarom het nodig was."),
    )
    informed = forms.TypedChoiceField(
        label=_("Weet de persoon het?"),
        choices=[("", _("kies")), ("yes", _("ja")), ("no", _("nee"))],
        coerce=lambda given: given == "yes",
        error_messages={"required": _("Kies of de persoon het weet.")},
    )
    informed_note = plain(
        _("Toelichting"), rows=2, help_text=_("Zo nee: waarom niet. Zo ja: wat vond de persoon ervan?")
    )
