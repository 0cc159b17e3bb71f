"""The words people use for a crisis, as data: what somebody types in the lookup finds a category by these.

A word matches what holds it: "mishandel" finds "mishandeld" and "kindermishandeling". Words that fit every call
("kind", "vrouw", "politie") are left out on purpose: they would point everywhere.
"""

import unicodedata

from django.utils.translation import gettext_lazy as _

CATEGORY_LABELS = {
    "hgkm": _("Geweld of mishandeling"),
    "ggz": _("Psychisch (GGZ)"),
    "youth_act": _("Jeugd, geen geweld"),
    "somatic": _("Lichamelijk"),
    "social": _("Zorgmijding of overlast"),
}

# Not a municipality, and an answer all the same: who is outside the regions is helped too.
ELSEWHERE_LABEL = _("Elders (buiten de regio's)")

CATEGORY_WORDS = {
    "hgkm": (
        "hgkm huiselijk geweld geslagen slaat sloeg slaan klap mishandel ruzie stalk "
        "dreig bedreig misbruik verwaarloz eerwraak eergerelateerd onveilig vechtscheiding "
        "onmacht opvoed onhandelbaar verkracht uitgebuit huisverbod thv blauwe blauw wurg"
    ),
    "ggz": (
        "ggz psychisch psychiatr psychose psychotisch waan wanen stemmen hallucin suicid zelfmoord zelfdoding dood "
        "depress manisch verward angst paniek automutil zelfbeschadig snijdt wvggz anorexi"
    ),
    "youth_act": (
        "jeugd jeugdwet weggelopen wegloop uithuisplaats crisisplaats crisisplek opvang puber gezin thuisloos "
        "pleeggezin ots voogd alleenstaand"
    ),
    "somatic": (
        "somatisch lichamelijk ziek pijn koorts duizelig gevallen bloed gewond letsel benauwd huisarts medisch "
        "misselijk diarree hoofdpijn vergiftig"
    ),
    "social": (
        "sociaal zorgmijd overlast bemoeizorg vervuil verslaving verslaafd dakloos zwerf hoarding meldpunt schuld "
        "ontruim eenzaam verwaarloosde"
    ),
}

# These never decide by themselves; they put 112 above everything else on the page.
DANGER_WORDS = (
    "mes vuurwapen pistool wapen steekt gestoken schiet geschoten bewusteloos ademt reanim pillen overdosis springt "
    "brand ophang opgehangen hartaanval borstpijn beroerte wurg doodsbedreig levensgevaar"
)

SHORTEST_BEGINNING = 3
SHORTEST_PART = 5


def words_of(text: str) -> list[str]:
    """Lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()


def categories_for(text: str) -> list[str]:
    """The categories these words speak of, best first; only those that match as many words as the best."""
    hits = {category: _hits(text, vocabulary) for category, vocabulary in CATEGORY_WORDS.items()}
    best = max(hits.values())
    return [category for category, count in hits.items() if best and count == best]


def speaks_of_danger(text: str) -> bool:
    return bool(_hits(text, DANGER_WORDS))


def matches(text: str, name: str) -> bool:
    """Whether every typed word begins a word of the name."""
    names = words_of(name)
    return all(any(word.startswith(typed) for word in names) for typed in words_of(text))


def _hits(text: str, vocabulary: str) -> int:
    return sum(any(_same(typed, known) for known in vocabulary.split()) for typed in words_of(text))


def _same(typed: str, known: str) -> bool:
    """Half a word while typing counts, and a compound ("kindermishandeling"); of short words ("mes") only the whole."""
    if len(known) <= SHORTEST_BEGINNING:
        return typed == known
    is_part = known in typed if len(known) >= SHORTEST_PART else typed.startswith(known)
    return is_part or (len(typed) >= SHORTEST_BEGINNING and known.startswith(typed))
