"""One answer as typed, read as a value: known, asked but not knowable, not asked, or not readable with an error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import phonenumbers

from routing.core import ELSEWHERE, OLDEST, Unknown, age_on

from .questions import NO, NONE, UNKNOWN, YES, YES_NO_FACTS, Question

SPELLINGS_OF_UNKNOWN = frozenset({UNKNOWN, "?", "weet ik niet", "weet niet", "onbekend"})
SPELLINGS_OF_ELSEWHERE = frozenset({ELSEWHERE, "elders", "buiten de regio's"})
SPELLINGS_OF_NONE = frozenset({NONE, "geen"})


class ErrorCode(StrEnum):
    NOT_AN_OPTION = "not_an_option"
    AGE_NOT_A_NUMBER = "age_not_a_number"
    AGE_OUT_OF_RANGE = "age_out_of_range"
    AGE_AND_BIRTH_DATE_DIFFER = "age_and_birth_date_differ"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    BORN_IN_FUTURE = "born_in_future"
    BORN_TOO_LONG_AGO = "born_too_long_ago"
    MUNICIPALITY_UNKNOWN = "municipality_unknown"
    ORGANISATION_UNKNOWN = "organisation_unknown"
    PHONE_UNREADABLE = "phone_unreadable"
    TOO_LONG = "too_long"


Value = str | int | bool | date | tuple[str, ...] | Unknown


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader must know of the world: which municipalities and organisations exist, and what time it is."""

    today: date
    municipalities: Mapping[str, str] = field(default_factory=dict)
    providers: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    office_hours: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    value: Value
    error: ErrorCode | None = None

    @property
    def known(self) -> bool:
        return not isinstance(self.value, Unknown)


NOT_ASKED = Reading(Unknown.NOT_ASKED)
NOT_KNOWABLE = Reading(Unknown.NOT_KNOWABLE)


def _error(code: ErrorCode) -> Reading:
    return Reading(Unknown.NOT_ASKED, code)


def read(question: Question, raw: str, known: Known) -> Reading:
    """Never raises, whatever was typed: what cannot be read is an error at this question."""
    text = raw.strip()
    if not text:
        return NOT_ASKED
    if question.kind == "text":
        return _if_it_fits(Reading(raw), question)
    if text.casefold() in SPELLINGS_OF_UNKNOWN:
        return NOT_KNOWABLE
    return _if_it_fits(_READERS[question.kind](text, question, known), question)


def _if_it_fits(reading: Reading, question: Question) -> Reading:
    parts = reading.value if isinstance(reading.value, tuple) else (reading.value,)
    longest = question.longest
    if longest is not None and any(isinstance(part, str) and len(part) > longest for part in parts):
        return _error(ErrorCode.TOO_LONG)
    return reading


def _choice(text: str, question: Question, known: Known) -> Reading:
    if question.option(text) is None:
        return _error(ErrorCode.NOT_AN_OPTION)
    if question.fact in YES_NO_FACTS and text in (YES, NO):
        return Reading(text == YES)
    return Reading(text)


def _labels(text: str, question: Question, known: Known) -> Reading:
    return _several(text, frozenset(option.value for option in question.options), ErrorCode.NOT_AN_OPTION)


def _organisations(text: str, question: Question, known: Known) -> Reading:
    return _several(text, frozenset(known.organisations), ErrorCode.ORGANISATION_UNKNOWN)


def _several(text: str, allowed: frozenset[str], code: ErrorCode) -> Reading:
    values = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    return Reading(values) if set(values) <= allowed else _error(code)


def _age(text: str, question: Question, known: Known) -> Reading:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        return _error(ErrorCode.AGE_NOT_A_NUMBER)
    age = int(text)
    return Reading(age) if 0 <= age <= OLDEST else _error(ErrorCode.AGE_OUT_OF_RANGE)


def _birth_date(text: str, question: Question, known: Known) -> Reading:
    """As people write it (25-11-2008, 25/11/2008, 25 11 2008) or as a form sends it (2008-11-25)."""
    numbers = re.fullmatch(r"([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})", text)
    if numbers is None:
        return _error(ErrorCode.DATE_UNREADABLE)
    first, month, last = numbers.groups()
    year, day = (first, last) if len(first) == 4 else (last, first)
    if len(year) != 4 or len(day) > 2:
        return _error(ErrorCode.DATE_UNREADABLE)
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return _error(ErrorCode.DATE_IMPOSSIBLE)
    if born > known.today:
        return _error(ErrorCode.BORN_IN_FUTURE)
    if age_on(born, known.today) > OLDEST:
        return _error(ErrorCode.BORN_TOO_LONG_AGO)
    return Reading(born)


def _municipality(text: str, question: Question, known: Known) -> Reading:
    if text.upper() in known.municipalities:
        return Reading(text.upper())
    wanted = text.casefold()
    if wanted in SPELLINGS_OF_ELSEWHERE:
        return Reading(ELSEWHERE)
    code = next((code for code, name in known.municipalities.items() if name.casefold() == wanted), None)
    return Reading(code) if code else _error(ErrorCode.MUNICIPALITY_UNKNOWN)


def _provider(text: str, question: Question, known: Known) -> Reading:
    if text.casefold() in SPELLINGS_OF_NONE:
        return Reading("")
    return Reading(text) if text in known.providers else _error(ErrorCode.ORGANISATION_UNKNOWN)


def _phone(text: str, question: Question, known: Known) -> Reading:
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return _error(ErrorCode.PHONE_UNREADABLE)
    if not phonenumbers.is_possible_number(number):
        return _error(ErrorCode.PHONE_UNREADABLE)
    return Reading(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


_READERS: Mapping[str, Callable[[str, Question, Known], Reading]] = {
    "choice": _choice,
    "several": _labels,
    "age": _age,
    "date": _birth_date,
    "municipality": _municipality,
    "provider": _provider,
    "organisations": _organisations,
    "phone": _phone,
}
