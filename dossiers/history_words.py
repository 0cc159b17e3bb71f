"""The fields of a case and their values in words, for its history."""

from datetime import date, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User

EMPTY = "–"
# By name, for most mean the same wherever they stand; (model, name) where one does not.
LABELS: dict[str | tuple[str, str], Promise] = {
    "accepted_by_name": gettext_lazy("wie nam aan, aan de telefoon"),
    "acknowledged_at": gettext_lazy("alarm gezien op"),
    "acknowledged_by": gettext_lazy("alarm gezien door"),
    "actions": gettext_lazy("wat is er gedaan"),
    "address": gettext_lazy("adres"),
    "age": gettext_lazy("leeftijd"),
    "age_band": gettext_lazy("leeftijdsgroep"),
    "agreements": gettext_lazy("wat is er afgesproken"),
    "answered_at": gettext_lazy("beantwoord op"),
    "answered_by": gettext_lazy("beantwoord door"),
    "assessment": gettext_lazy("beoordeling"),
    "background": gettext_lazy("achtergrond"),
    "because": gettext_lazy("waarom tot dan"),
    "born": gettext_lazy("geboren"),
    "callback_number": gettext_lazy("terugbelnummer"),
    "caller_kind": gettext_lazy("soort beller"),
    "category": gettext_lazy("soort crisis"),
    "clock": gettext_lazy("termijn"),
    "closed_at": gettext_lazy("afgesloten op"),
    "closed_by": gettext_lazy("afgesloten door"),
    "closing_note": gettext_lazy("hoe de crisis is afgelopen"),
    "commissioner": gettext_lazy("opdrachtgever"),
    "commissioner_email": gettext_lazy("e-mailadres van de opdrachtgever"),
    "confirmed_at": gettext_lazy("bevestigd op"),
    "consultation": gettext_lazy("overleg"),
    "decline_note": gettext_lazy("toelichting op de weigering"),
    "decline_reason": gettext_lazy("reden van weigering"),
    "done_at": gettext_lazy("gedaan op"),
    "done_by": gettext_lazy("gedaan door"),
    "dropped_at": gettext_lazy("vervallen op"),
    "dropped_because": gettext_lazy("waarom vervallen"),
    "due_at": gettext_lazy("uiterlijk"),
    "ends_at": gettext_lazy("tot"),
    "feedback": gettext_lazy("terugkoppeling"),
    "feedback_at": gettext_lazy("teruggekoppeld op"),
    "feedback_by": gettext_lazy("teruggekoppeld door"),
    "feedback_due_at": gettext_lazy("terugkoppelen vóór"),
    "given_name": gettext_lazy("voornaam"),
    "handover": gettext_lazy("overdracht"),
    "infix": gettext_lazy("tussenvoegsel"),
    "kind": gettext_lazy("soort"),
    "made_at": gettext_lazy("gemaakt op"),
    "message": gettext_lazy("bericht"),
    "met_at": gettext_lazy("gehaald op"),
    "misdirected": gettext_lazy("verkeerd doorgestuurd"),
    "municipality": gettext_lazy("gemeente"),
    "narrative": gettext_lazy("verhaal van de beller"),
    "norm": gettext_lazy("norm"),
    "note": gettext_lazy("toelichting"),
    "obligatory": gettext_lazy("verplicht"),
    "offered_at": gettext_lazy("aangeboden op"),
    "offered_by": gettext_lazy("aangeboden door"),
    "opened_at": gettext_lazy("geopend op"),
    "organisation": gettext_lazy("organisatie"),
    "organisations_involved": gettext_lazy("betrokken organisaties"),
    "outcome": gettext_lazy("uitkomst"),
    "person": gettext_lazy("persoon"),
    "phone": gettext_lazy("telefoonnummer"),
    "postcode": gettext_lazy("postcode"),
    "provider": gettext_lazy("eigen behandelaar"),
    "purpose": gettext_lazy("doel van het gesprek"),
    "raised_at": gettext_lazy("afgegaan op"),
    "reason": gettext_lazy("reden"),
    "region": gettext_lazy("regio"),
    "reporter_shielded": gettext_lazy("melder afgeschermd"),
    "request": gettext_lazy("vraag"),
    "response": gettext_lazy("advies of inzet"),
    "review_note": gettext_lazy("toelichting op het oordeel"),
    "review_outcome": gettext_lazy("oordeel"),
    "reviewed_at": gettext_lazy("beoordeeld op"),
    "reviewed_by": gettext_lazy("beoordeeld door"),
    "role": gettext_lazy("rol in de casus"),
    "safety": gettext_lazy("wat is bekend over de veiligheid"),
    "sender": gettext_lazy("afzender"),
    "service": gettext_lazy("dienst"),
    "shielded": gettext_lazy("afgeschermd voor het gezin"),
    "since": gettext_lazy("sinds"),
    "situation": gettext_lazy("situatie"),
    "started_at": gettext_lazy("begonnen op"),
    "starts_at": gettext_lazy("vanaf"),
    "state": gettext_lazy("toestand"),
    "subject_name": gettext_lazy("naam van de betrokkene"),
    "surname": gettext_lazy("achternaam"),
    "taken_by": gettext_lazy("aangenomen door"),
    "told_at": gettext_lazy("gemeld op"),
    "told_by": gettext_lazy("gemeld door"),
    "told_caller": gettext_lazy("wat de beller is verteld"),
    "topic": gettext_lazy("onderdeel"),
    "topics": gettext_lazy("onderwerpen"),
    "until": gettext_lazy("tot en met"),
    "urgency": gettext_lazy("urgentie"),
    "user": gettext_lazy("medewerker"),
    ("alarm", "due_at"): gettext_lazy("gaat weer af op"),
    ("vtrecord", "kind"): pgettext_lazy("VT-dossier", "advies of melding"),
}


def label_of(field: Field) -> str:
    """The label of the field; of one that nobody named yet, the name its model gave it."""
    named = LABELS.get((field.model.__name__.lower(), field.name), LABELS.get(field.name))
    return str(named or field.verbose_name)


class Values:
    """Values in words; what a row refers to is looked up once for the whole page."""

    def __init__(self) -> None:
        self._names: dict[tuple[type[Model], Any], str] = {}

    def in_words(self, field: Field, row: Model) -> str:
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            return EMPTY
        if isinstance(field, ForeignKey):
            return self._name(field.related_model, value)
        return str(dict(field.flatchoices).get(value) or _plain(value))

    def _name(self, model: type[Model], pk: Any) -> str:
        if (model, pk) not in self._names:
            found = model.objects.filter(pk=pk).first()
            self._names[model, pk] = _called(found) if found else EMPTY
        return self._names[model, pk]


def _called(found: Model) -> str:
    if isinstance(found, User):
        return found.get_full_name() or found.username
    named = getattr(found, "name", "") or getattr(found, "slug", "")
    return str(named or _("nummer %(number)s") % {"number": found.pk})


def _plain(value: object) -> str:
    match value:
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y H:i")
        case date():
            return date_format(value, "j F Y")
        case list():
            return ", ".join(map(str, value))
    return str(value)
