"""What to show of the timeline, from the query string; and what a summary is taken out for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.selectors.timeline import WHAT_NAMES, Asked

from .fields import PlainText
from .moments import DayField

PAGE = 100
# A name longer than any, and more words than anybody looks for.
LONGEST = 200


class TimelineForm(forms.Form):
    soort = forms.ChoiceField(label=_("Soort"), required=False)
    organisatie = forms.ChoiceField(label=_("Organisatie"), required=False)
    vanaf = DayField(label=_("Vanaf"), required=False)
    tot = DayField(label=_("Tot en met"), required=False)
    woorden = PlainText(
        label=_("Woorden"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Zoek met hoogstens 200 tekens.")},
    )
    volgorde = forms.ChoiceField(
        label=_("Volgorde"), required=False, choices=[("", _("nieuwste eerst")), ("oudste", _("oudste eerst"))]
    )
    toon = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, organisations: list[str], kinds: list[str]) -> None:
        super().__init__(data, auto_id="tijdlijn-%s")
        self.fields["soort"].choices = [("", _("alles")), *((each, WHAT_NAMES[each]) for each in kinds)]
        self.fields["organisatie"].choices = [("", _("alle")), *((name, name) for name in organisations)]
        for name in ("soort", "organisatie", "volgorde"):
            self.fields[name].error_messages = {"invalid_choice": _("Kies er een uit de lijst.")}

    def clean(self) -> dict:
        given = super().clean()
        if given.get("vanaf") and given.get("tot") and given["tot"] < given["vanaf"]:
            self.add_error("tot", _("De laatste dag ligt vóór de eerste."))
        return given

    def asked(self) -> Asked:
        """What was filled in right; what is wrong leaves nothing out."""
        given = self.cleaned_data
        return Asked(
            what=given.get("soort", ""),
            organisation=given.get("organisatie", ""),
            since=given.get("vanaf"),
            until=given.get("tot"),
            words=given.get("woorden", ""),
            oldest_first=given.get("volgorde") == "oudste",
        )

    def shown(self) -> int:
        return max(self.cleaned_data.get("toon") or PAGE, PAGE)


class SummaryForm(forms.Form):
    PURPOSES = (
        ("handover", _("overdracht aan een andere organisatie")),
        ("consultation", _("overleg of multidisciplinair overleg")),
        ("court", _("rechtbank, burgemeester of Raad voor de Kinderbescherming")),
        ("access", _("inzage door de betrokkene")),
        ("file", _("eigen dossier")),
    )
    doel = forms.ChoiceField(
        label=_("Waarvoor is de samenvatting?"),
        help_text=_("Dit komt in het inzagelog."),
        choices=[("", _("kies een doel")), *PURPOSES],
        error_messages={"required": _("Kies waarvoor."), "invalid_choice": _("Kies er een uit de lijst.")},
    )
    use_required_attribute = False
