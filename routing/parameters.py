"""The lookup parameters, read in one place for the command, the API and the lookup page.

Every value arrives as text (or as a bool from a command-line flag); "" and None mean: not given. All mistakes are
collected per field, so that nobody has to correct them one by one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import Municipality, Organisation, Region, Service
from partners.selectors import find_municipality

from .core import CATEGORIES, ELSEWHERE, NO_PROVIDER, NOT_ASKED, OLDEST, Facts
from .errors import InvalidParameters, unknown_region

# Not given means no, as the command and the API promise.
FLAGS = ("danger", "hospital", "suicidal", "dissatisfied", "new_crisis")
NAMES = ("region", "category", "age", "born", "municipality", "at", "provider", "related", "unrelated", *FLAGS)
FIRST_YEAR, LAST_YEAR = 2020, 2035
YES, NO = ("true", "ja"), ("false", "nee")
OUTSIDE = (ELSEWHERE, "elders")

Given = Mapping[str, str | bool | None]


class UnreadableInstant(Exception):
    """What was typed is no moment, or one that the clock skips; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was asked: the facts, for which region, about which moment; and what the answer must mention."""

    region_slug: str
    facts: Facts
    moment: datetime
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    given: Given
    errors: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.given.get(name)
        return str(value).strip() if value is not None else ""

    def wrong(self, name: str, message: str) -> None:
        self.errors.setdefault(name, []).append(message)


def parse(given: Given, default_region: str = "") -> Lookup:
    """Raises InvalidParameters naming every field that is wrong, and what to do instead."""
    reader = _Reader(given)
    _check_names_and_text(reader)
    region = _region(reader, default_region)
    moment = _moment(reader, ZoneInfo(region.timezone if region else "Europe/Amsterdam"))
    values = {
        "category": _category(reader),
        **_age_or_born(reader, moment),
        "municipality": _municipality(reader, moment),
        **_provider(reader),
        **_flags(reader),
    }
    if reader.errors or region is None or moment is None:
        raise InvalidParameters(reader.errors)
    return Lookup(region.slug, Facts(**values), moment, tuple(reader.remarks))


def _check_names_and_text(reader: _Reader) -> None:
    for name in sorted(set(reader.given) - set(NAMES)):
        reader.wrong(name, _("Deze parameter bestaat niet.") + _suggestion(name, NAMES))
    for name in NAMES:
        if not reader.text(name).isprintable():
            reader.wrong(name, _("Hierin staan tekens die niet kunnen."))
    if reader.errors:
        raise InvalidParameters(reader.errors)


def _region(reader: _Reader, default: str) -> Region | None:
    slug = reader.text("region") or default
    if not slug:
        reader.wrong("region", _("Geef een regio."))
        return None
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        known = Region.objects.values_list("slug", flat=True)
        reader.wrong("region", unknown_region(slug) + _suggestion(slug, known))
    return region


# --- The moment ---------------------------------------------------------------------------


def _moment(reader: _Reader, zone: ZoneInfo) -> datetime | None:
    text = reader.text("at")
    if not text:
        return timezone.now().astimezone(zone).replace(microsecond=0)
    moment = _instant(reader, text, zone)
    if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
        reader.wrong("at", _("Kies een moment van 2020 tot en met 2035."))
        return None
    return moment


def _instant(reader: _Reader, text: str, zone: ZoneInfo) -> datetime | None:
    # An unescaped + in a web address arrives as a space: 2026-11-24T10:15 01:00.
    text = re.sub(r"(T.*) (\d\d:\d\d)$", r"\1+\2", text)
    try:
        moment, remark = read_instant(text, zone)
    except UnreadableInstant as error:
        reader.wrong("at", str(error))
        return None
    if remark:
        reader.remarks.append(remark)
    return moment


def read_instant(text: str, zone: ZoneInfo) -> tuple[datetime, str]:
    """The instant that was typed, in the zone's time, and what an answer about it must mention, if anything."""
    try:
        if len(text) < len("2026-11-24T10"):
            raise ValueError
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(zone), "") if moment.tzinfo else _wall_time(moment, zone)
    except (ValueError, OverflowError):
        raise UnreadableInstant(
            _("«%(given)s» is geen datum met tijd. Schrijf bijvoorbeeld 2026-11-24T10:15.") % {"given": text}
        ) from None


def _wall_time(wall: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """The instant of a time on the clock; of the hour that occurs twice in autumn, the first."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first, ""
    shown = {"time": wall.strftime("%H:%M"), "date": wall.strftime("%d-%m-%Y")}
    if first.utcoffset() < second.utcoffset():
        raise UnreadableInstant(_("%(time)s bestaat niet op %(date)s: de klok gaat dan een uur vooruit.") % shown)
    return first, (
        _("%(time)s komt op %(date)s twee keer voor. Dit antwoord gaat over de eerste keer (zomertijd).") % shown
    )


# --- The person -----------------------------------------------------------------------------


def _category(reader: _Reader) -> object:
    text = reader.text("category")
    if not text or text in CATEGORIES:
        return text or NOT_ASKED
    reader.wrong(
        "category",
        _("Categorie «%(given)s» bestaat niet. Kies uit %(choices)s.")
        % {"given": text, "choices": ", ".join(CATEGORIES)}
        + _suggestion(text, CATEGORIES),
    )
    return NOT_ASKED


def _age_or_born(reader: _Reader, moment: datetime | None) -> dict[str, object]:
    if reader.text("age") and reader.text("born"):
        reader.wrong("born", _("Geef de leeftijd of de geboortedatum, niet allebei."))
        return {}
    if reader.text("age"):
        return {"age": _age(reader, reader.text("age"))}
    if reader.text("born"):
        return {"born": _born(reader, reader.text("born"), moment)}
    return {}


def _age(reader: _Reader, text: str) -> object:
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= OLDEST:
        return int(text)
    reader.wrong(
        "age", _("Leeftijd «%(given)s» kan niet. Geef hele jaren van 0 tot en met 120, in cijfers.") % {"given": text}
    )
    return NOT_ASKED


def _born(reader: _Reader, text: str, moment: datetime | None) -> object:
    try:
        born = date.fromisoformat(text)
    except ValueError:
        message = _("«%(given)s» is geen geboortedatum. Schrijf bijvoorbeeld 2008-11-25.") % {"given": text}
        reader.wrong("born", message)
        return NOT_ASKED
    if moment is not None and born > moment.date():
        reader.wrong("born", _("Deze geboortedatum ligt na het gevraagde moment."))
    elif moment is not None and moment.year - born.year > OLDEST + 1:
        reader.wrong("born", _("Deze geboortedatum geeft een leeftijd boven 120 jaar."))
    return born


def _municipality(reader: _Reader, moment: datetime | None) -> object:
    text = reader.text("municipality")
    if not text:
        return NOT_ASKED
    if text.casefold() in OUTSIDE:
        return ELSEWHERE
    found = find_municipality(text, moment.date() if moment else None)
    if found is None and Municipality.objects.filter(Q(code__iexact=text) | Q(name__iexact=text)).exists():
        reader.wrong("municipality", _("Gemeente «%(given)s» bestaat op dat moment niet.") % {"given": text})
        return NOT_ASKED
    if found is None:
        known = Municipality.objects.values_list("name", flat=True)
        reader.wrong(
            "municipality",
            _("Gemeente «%(given)s» is niet bekend. Geef een naam of een code zoals GM0392, of elders.")
            % {"given": text}
            + _suggestion(text, known),
        )
        return NOT_ASKED
    if text.casefold() not in (found.code.casefold(), found.name.casefold()):
        reader.remarks.append(_("%(old)s hoort nu bij %(new)s.") % {"old": text, "new": found.name})
    return found.code


def _provider(reader: _Reader) -> dict[str, object]:
    text = reader.text("provider")
    related = _related(reader)
    if not text:
        if related is not NOT_ASKED:
            reader.wrong("related", _("Geef ook de eigen hulpverlener (provider) waar dit over gaat."))
        return {"provider": NO_PROVIDER}
    with_clients = Service.objects.filter(own_client_line=True, withdrawn=False)
    known = Organisation.objects.filter(services__in=with_clients).distinct()
    found = known.filter(slug__iexact=text).first() or known.filter(name__iexact=text).first()
    if found is None:
        reader.wrong(
            "provider",
            _("Organisatie «%(given)s» is niet bekend als hulpverlener met eigen cliënten.") % {"given": text}
            + _suggestion(text, known.values_list("slug", flat=True)),
        )
        return {}
    return {"provider": found.slug, "related": related}


def _related(reader: _Reader) -> object:
    related, unrelated = _yes_no(reader, "related"), _yes_no(reader, "unrelated")
    if related is not None and unrelated is not None:
        reader.wrong("related", _("Kies: wel of niet in verband met de behandeling, niet allebei."))
    if unrelated is not None:
        return not unrelated
    return NOT_ASKED if related is None else related


def _flags(reader: _Reader) -> dict[str, bool]:
    flags = {name: bool(_yes_no(reader, name)) for name in FLAGS}
    if flags["new_crisis"] and not flags["dissatisfied"]:
        reader.wrong("new_crisis", _("«Nieuwe crisis» hoort alleen bij onvrede over hulp (dissatisfied)."))
    return flags


def _yes_no(reader: _Reader, name: str) -> bool | None:
    text = reader.text(name).lower()
    if text in ("", *YES, *NO):
        return text in YES if text else None
    reader.wrong(name, _("«%(given)s» is geen ja of nee. Geef true of false.") % {"given": text})
    return None


def _suggestion(given: str, known: object) -> str:
    by_folded = {str(name).casefold(): str(name) for name in known}  # type: ignore[attr-defined]
    close = [by_folded[name] for name in get_close_matches(given.casefold(), by_folded, n=3, cutoff=0.6)]
    return " " + _("Bedoelt u %(names)s?") % {"names": ", ".join(close)} if close else ""
