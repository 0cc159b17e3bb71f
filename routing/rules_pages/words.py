"""Rules and directory facts in plain Dutch, as a covenant meeting reads them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from routing.cells import FLAG_WORDS, weekly_words
from routing.core import OLDEST
from routing.core.grid import People
from routing.core.rules import OWN_PROVIDER, RECORDED

Document = Mapping[str, Any]

CATEGORIES = {
    "ggz": _("GGZ"),
    "hgkm": _("Huiselijk geweld of kindermishandeling"),
    "youth_act": _("Jeugdwet"),
    "somatic": _("Somatisch"),
    "social": _("Sociaal domein"),
}
TIERS = {
    "emergency": _("Eerst: direct gevaar"),
    "recorded": _("Vastleggen, niet opnieuw als crisis behandelen"),
    "own_provider": _("Eigen cliënt: de eigen hulpverlener"),
    "agreement": _("De afspraken tussen de organisaties"),
    "safety_net": _("Het vangnet: als niets anders past"),
}
KINDS = {"consult": _("Overleg met"), "inform": _("Informeer"), "in_addition": _("Wijs ook op")}
SPECIAL_DESTINATIONS = {
    OWN_PROVIDER: _("de eigen hulpverlener"),
    RECORDED: _("vastleggen, niet overdragen"),
}
FIELDS = {
    "slug": _("naam"),
    "tier": _("laag"),
    "when": _("als"),
    "to": _("dan"),
    "after": _("na"),
    "because": _("omdat"),
    "organisation": _("organisatie"),
    "kind": _("wat te doen"),
    "obligatory": _("verplicht"),
    "remark": _("aanwijzing"),
}
# More places than this are named by which are left out.
MOST_PLACES = 4


class Names:
    """The names that a region's directory gives to services, organisations and municipalities."""

    def __init__(self, directory: Document) -> None:
        services = directory["services"]
        self.services = {each["slug"]: each["name"] for each in services}
        self.organisations = {each["organisation"]: each["organisation_name"] for each in services}
        self.places: dict[str, str] = dict(directory["municipalities"])

    def service(self, slug: str) -> str:
        return self.services.get(slug) or str(SPECIAL_DESTINATIONS.get(slug, slug))

    def organisation(self, slug: str | None) -> str:
        return self.organisations.get(slug or "") or str(SPECIAL_DESTINATIONS.get(slug or "", slug or ""))

    def place(self, code: str) -> str:
        return self.places.get(code, code)

    def municipalities(self, codes: tuple[str, ...] | list[str]) -> str:
        left_out = [code for code in self.places if code not in codes]
        if not left_out and len(codes) >= len(self.places):
            return gettext("alle gemeenten")
        if len(codes) > MOST_PLACES and len(left_out) <= MOST_PLACES and set(codes) <= set(self.places):
            return gettext("alle gemeenten behalve %(names)s") % {"names": ", ".join(map(self.place, left_out))}
        return ", ".join(sorted(map(self.place, codes)))

    # --- Rules -------------------------------------------------------------------------------------

    def condition(self, when: Document) -> list[str]:
        """The facts that must hold; nothing at all means: always."""
        parts = [
            gettext(" of ").join(str(CATEGORIES[category]) for category in when.get("category", ())),
            ages(*when["age"]) if "age" in when else "",
            self.municipalities(when["municipality"]) if "municipality" in when else "",
            gettext("in behandeling bij een bekende hulpverlener") if "provider" in when else "",
            *(str(FLAG_WORDS[flag][bool(when[flag])]) for flag in FLAG_WORDS if flag in when),
        ]
        return [part for part in parts if part] or [gettext("altijd")]

    def field(self, name: str, value: Any) -> str:
        """One field of a rule, an addition or an impossibility."""
        if name == "when":
            return ", ".join(self.condition(value or {}))
        if name == "to":
            return self.service(value)
        if name == "after":
            return ", ".join(self.service(slug) for slug in value or ()) or gettext("niemand")
        if name == "organisation":
            return self.organisation(value)
        if name in ("tier", "kind"):
            return str({**TIERS, **KINDS}.get(value, value))
        if isinstance(value, bool):
            return gettext("ja") if value else gettext("nee")
        return str(value or "–")

    # --- The grid ------------------------------------------------------------------------------------

    def people(self, people: People) -> list[str]:
        """Whom a row of the grid is about, apart from the category."""
        flags = [str(FLAG_WORDS[flag][value]) for flag, value in people.flags]
        places = self.municipalities(people.places) if len(people.places) < len(self.places) else ""
        return [part for part in (ages(*people.ages), places, *flags) if part]


def ages(youngest: int, oldest: int) -> str:
    if (youngest, oldest) == (0, OLDEST):
        return gettext("alle leeftijden")
    if oldest == OLDEST:
        return gettext("%(age)s jaar en ouder") % {"age": youngest}
    return gettext("%(first)s-%(last)s jaar") % {"first": youngest, "last": oldest}


def hours(weekly: tuple[tuple[int, int, int], ...], dates: tuple[date, ...] = ()) -> str:
    """Hours as an ordinary week; where there is no week to speak of, the dates."""
    if weekly:
        return weekly_words(weekly)
    listed = ", ".join(date_format(day, "j M Y") for day in dates[:3])
    if len(dates) <= 3:
        return listed
    return gettext("%(dates)s en nog %(more)s dagen") % {"dates": listed, "more": len(dates) - 3}
