"""How long a norm gives: read from the words of an agreement, written back in one way."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    HOURS = "h"
    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


WORDS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("h", "hour", "hours", "uur", "uren"), Unit.HOURS),
    **dict.fromkeys(("working day", "working days", "werkdag", "werkdagen"), Unit.WORKING_DAYS),
    **dict.fromkeys(("day", "days", "dag", "dagen"), Unit.DAYS),
    **dict.fromkeys(("week", "weeks", "weken"), Unit.WEEKS),
    **dict.fromkeys(("month", "months", "maand", "maanden"), Unit.MONTHS),
}
# Longer than any calendar; and Python refuses to read a number of thousands of digits.
MOST_DIGITS: Final = 6


class Wrong(StrEnum):
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_POSITIVE = "not_positive"
    TOO_LONG = "too_long"


class InvalidDuration(Exception):
    """A text that is no duration; `wrong` says what is the matter with it."""

    def __init__(self, wrong: Wrong, given: str) -> None:
        super().__init__(f"{given!r}: {wrong}")
        self.wrong, self.given = wrong, given


@dataclass(frozen=True, slots=True)
class Duration:
    amount: int
    unit: Unit

    def __str__(self) -> str:
        if self.amount == 1 and self.unit is not Unit.HOURS:
            return f"1 {self.unit.removesuffix('s')}"
        return f"{self.amount} {self.unit}"


def parse_duration(text: str) -> Duration:
    """Reads “5 working days”, “72 h” or their Dutch; raises InvalidDuration."""
    given = " ".join(text.split())
    if not given:
        raise InvalidDuration(Wrong.EMPTY, given)
    read = re.fullmatch(r"([+-]?)([0-9]+) ?([^\W\d_][^\d]*)", given)
    if read is None:
        raise InvalidDuration(Wrong.UNREADABLE, given)
    sign, digits, word = read.groups()
    unit = WORDS.get(word.casefold())
    if unit is None:
        raise InvalidDuration(Wrong.UNKNOWN_UNIT, given)
    digits = digits.lstrip("0")
    if sign == "-" or not digits:
        raise InvalidDuration(Wrong.NOT_POSITIVE, given)
    if len(digits) > MOST_DIGITS:
        raise InvalidDuration(Wrong.TOO_LONG, given)
    return Duration(int(digits), unit)
