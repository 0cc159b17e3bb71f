"""A cell of the proof in words: "ggz, 0-17 jaar, Uitgeest, za 00:00-08:00, bijvoorbeeld 28-11-2026 03:00"."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .core import OLDEST, Cell, Table

CATEGORY_WORDS = {
    "somatic": gettext_lazy("somatisch"),
    "ggz": gettext_lazy("ggz"),
    "hgkm": gettext_lazy("hgkm"),
    "youth_act": gettext_lazy("jeugdwet"),
    "social": gettext_lazy("sociaal domein"),
}
FLAG_WORDS = {
    "danger": (gettext_lazy("geen gevaar"), gettext_lazy("gevaar")),
    "related": (gettext_lazy("geen verband met de behandeling"), gettext_lazy("verband met de behandeling")),
    "hospital": (gettext_lazy("geen ziekenhuiszorg nodig"), gettext_lazy("ziekenhuiszorg nodig")),
    "suicidal": (gettext_lazy("geen gedachten aan zelfdoding"), gettext_lazy("gedachten aan zelfdoding")),
    "dissatisfied": (gettext_lazy("geen onvrede"), gettext_lazy("onvrede over hulp")),
    "new_crisis": (gettext_lazy("geen nieuwe crisis"), gettext_lazy("een nieuwe crisis")),
}


def cell_document(cell: Cell, table: Table, municipalities: Mapping[str, str]) -> dict[str, Any]:
    """The cell as JSON, its own sentence included; ages as closed intervals, hours as in a region package."""
    facts: dict[str, Any] = dict(cell.facts)
    if "age" in facts:
        facts["age"] = age_ranges(facts["age"])
    example = datetime.fromtimestamp(cell.example, table.zone)
    document = {
        "facts": {name: list(values) for name, values in facts.items()},
        "hours": weekly_words(cell.weekly),
        "dates": [day.isoformat() for day in cell.dates],
        "example": example.isoformat(),
        "rules": list(cell.rules),
    }
    return {"text": _sentence(document, example, municipalities), **document}


def _sentence(document: Mapping[str, Any], example: datetime, municipalities: Mapping[str, str]) -> str:
    when = document["hours"] or _("op %(count)s losse dagen") % {"count": len(document["dates"])}
    words = ", ".join([*facts_in_words(document["facts"], municipalities), when])
    return _("%(cell)s, bijvoorbeeld %(example)s") % {"cell": words, "example": f"{example:%d-%m-%Y %H:%M}"}


def facts_in_words(facts: Mapping[str, Any], municipalities: Mapping[str, str]) -> list[str]:
    """Facts as lists of values, ages as closed intervals."""
    parts = [
        _(" of ").join(str(CATEGORY_WORDS[category]) for category in facts.get("category", ())),
        _(" en ").join(_ages(first, last) for first, last in facts.get("age", ())),
        ", ".join(municipalities.get(code, code) for code in facts.get("municipality", ())),
        _("in behandeling bij %(who)s") % {"who": _(" of ").join(who or _("niemand") for who in facts["provider"])}
        if "provider" in facts
        else "",
        *(str(FLAG_WORDS[flag][bool(values[0])]) for flag, values in facts.items() if flag in FLAG_WORDS),
    ]
    return [part for part in parts if part]


def _ages(first: int, last: int) -> str:
    return _("%(first)s-%(last)s jaar") % {"first": first, "last": last} if last < OLDEST else f"{first}+"


def age_ranges(ages: Iterable[int]) -> list[tuple[int, int]]:
    """Ages as closed intervals."""
    ranges: list[tuple[int, int]] = []
    for age in sorted(ages):
        if ranges and ranges[-1][1] == age - 1:
            ranges[-1] = (ranges[-1][0], age)
        else:
            ranges.append((age, age))
    return ranges


def weekly_words(weekly: Sequence[tuple[int, int, int]]) -> str:
    """Weekly hours as people write them: "ma-vr 08:30-17:00; za-zo 00:00-24:00", or "altijd"."""
    by_day = [tuple((opens, closes) for day, opens, closes in weekly if day == weekday) for weekday in range(7)]
    if all(spans == ((0, 1440),) for spans in by_day):
        return _("altijd")
    parts = []
    for spans, days in groupby(range(7), key=by_day.__getitem__):
        numbers = list(days)
        if spans:
            name = "-".join(str(WEEKDAYS_ABBR[number]) for number in dict.fromkeys((numbers[0], numbers[-1])))
            parts.append(f"{name} " + _(" en ").join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in spans))
    return "; ".join(parts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
