"""Birth dates that differ by one slip of the pen. No Django, clock or settings."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from .sounds import swapped


class Birth(StrEnum):
    """How two birth dates, or an estimated year and a date, agree."""

    UNKNOWN = "unknown"
    SAME = "same"
    TURNED = "turned"
    ONE_SLIP = "one_slip"
    ABOUT = "about"
    DIFFERENT = "different"
    FAR_APART = "far_apart"


# An estimate may be this many years off; beyond a generation it is a parent and a child of one name.
ABOUT_YEARS = 2
FAR_YEARS = 10


def compare_births(one: date | None, year: int | None, other: date | None, other_year: int | None) -> Birth:
    if one and other:
        return _compare_dates(one, other)
    first, second = one.year if one else year, other.year if other else other_year
    if not first or not second:
        return Birth.UNKNOWN
    return Birth.ABOUT if abs(first - second) <= ABOUT_YEARS else _apart(first, second)


def _compare_dates(one: date, other: date) -> Birth:
    if one == other:
        return Birth.SAME
    if turned(one) == other:
        return Birth.TURNED
    digits, others = digits_of(one), digits_of(other)
    differ = sum(a != b for a, b in zip(digits, others, strict=True))
    return Birth.ONE_SLIP if differ == 1 or swapped(digits, others) else _apart(one.year, other.year)


def _apart(first: int, second: int) -> Birth:
    return Birth.FAR_APART if abs(first - second) >= FAR_YEARS else Birth.DIFFERENT


def digits_of(born: date) -> str:
    """Eight of them, also of a year before 1000, which somebody may mistype."""
    return born.isoformat().replace("-", "")


def turned(born: date) -> date | None:
    """Day and month the other way round, when that is a date."""
    return _date_or_none(born.year, born.day, born.month)


def near_dates(born: date) -> frozenset[date]:
    """Every date that is this one or one slip away from it: what to look for in an index."""
    found = {born, turned(born), *map(_read, _slips(digits_of(born)))}
    return frozenset(each for each in found if each is not None)


def _slips(digits: str) -> Iterator[str]:
    for at in range(len(digits)):
        yield from (digits[:at] + digit + digits[at + 1 :] for digit in "0123456789")
    for at in range(len(digits) - 1):
        yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _read(digits: str) -> date | None:
    return _date_or_none(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
