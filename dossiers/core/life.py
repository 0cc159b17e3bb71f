"""Can somebody have been born and have died then? No Django, clock or settings: today is given."""

from datetime import date
from enum import StrEnum

# Nobody alive is older; before it is a slip of the pen.
EARLIEST_YEAR = 1900


class WrongLife(StrEnum):
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    DIED_BEFORE_BORN = "died_before_born"
    DATE_AND_YEAR = "date_and_year"


def wrong_life(born: date | None, born_year: int | None, died: date | None, today: date) -> dict[str, WrongLife]:
    """Field -> what is wrong with it; empty when a life can have been like this."""
    wrong: dict[str, WrongLife] = {}
    if born_year:
        wrong |= _year(born_year, today)
        wrong |= {"born_year": WrongLife.DATE_AND_YEAR} if born else {}
    if born:
        wrong |= _day("born", born, today)
    if died:
        wrong |= _day("died", died, today)
    began = born or (date(born_year, 1, 1) if born_year and "born_year" not in wrong else None)
    if died and began and died < began and "died" not in wrong:
        wrong["died"] = WrongLife.DIED_BEFORE_BORN
    return wrong


def _day(field: str, day: date, today: date) -> dict[str, WrongLife]:
    if day > today:
        return {field: WrongLife.IN_THE_FUTURE}
    return {field: WrongLife.TOO_LONG_AGO} if day.year < EARLIEST_YEAR else {}


def _year(year: int, today: date) -> dict[str, WrongLife]:
    if year > today.year:
        return {"born_year": WrongLife.IN_THE_FUTURE}
    return {"born_year": WrongLife.TOO_LONG_AGO} if year < EARLIEST_YEAR else {}
