"""Parsers of single values: text in, value out, or a ValueError saying in Dutch what is wrong and what is allowed."""

import re
from collections.abc import Callable, Collection
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .reader import Entry, suggestion

OLDEST = 120


def text(longest: int | None = None) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if longest is not None and len(value) > longest:
            raise ValueError(f"is {len(value)} tekens lang; hoogstens {longest} mag")
        return value

    return parse


def slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 50:
        raise ValueError(f"`{value}` is geen geldige sleutel; gebruik kleine letters, cijfers en streepjes")
    return value


def check(value: str, parse: Callable[[str], object], entry: Entry) -> None:
    """Names are read before there is a value: what is wrong with one is said at its entry."""
    try:
        parse(value)
    except ValueError as error:
        entry.wrong(str(error))


def one_of(allowed: Collection[str], what: str = "waarde") -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"`{value}` is geen bekende {what}{suggestion(value, allowed)}")
        return value

    return parse


def yes_no(value: str) -> bool:
    if value not in ("ja", "nee"):
        raise ValueError(f"`{value}` is geen antwoord; kies uit: ja, nee")
    return value == "ja"


def day(value: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"`{value}` is geen bestaande datum; schrijf jaar-maand-dag, zoals 2026-11-24")


def ages(value: str) -> tuple[int, int]:
    """`0-17`: whole years, both included."""
    found = re.fullmatch(r"(\d{1,3})\s*-\s*(\d{1,3})", value)
    if not found:
        raise ValueError(f"`{value}` is geen leeftijd; schrijf van-tot en met, zoals 0-17")
    youngest, oldest = int(found[1]), int(found[2])
    if oldest > OLDEST or youngest > oldest:
        raise ValueError(f"`{value}` kan niet; leeftijden lopen op en liggen tussen 0 en {OLDEST}")
    return youngest, oldest


def email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(f"`{value}` is geen e-mailadres; schrijf zoals crisisdienst@voorbeeld.nl") from None
    return value


def timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"`{value}` is geen tijdzone; in Nederland: Europe/Amsterdam") from None
    return value


def minutes(value: str) -> int:
    """At least one minute, at most a week."""
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value[:6]) <= 7 * 24 * 60 or len(value) > 6:
        raise ValueError(f"`{value}` is geen aantal minuten; schrijf een getal van 1 tot en met 10080")
    return int(value)
