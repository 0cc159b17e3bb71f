"""The coverage grid and what changes in it, ready to be shown: letters, patterns and words instead of codes."""

from dataclasses import dataclass, field
from itertools import groupby

from routing.core import Table
from routing.core.grid import COVERED, Band, Outcome, Row, grid
from routing.core.hours import DAY_MINUTES

from .words import CATEGORIES, Names, hours

# As many as there are patterns in rules.css; after them the letter alone tells organisations apart.
PATTERNS = 12


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation in the legend: its letter and pattern say in a small square who answers."""

    slug: str
    name: str
    letter: str
    pattern: int


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the table: who answers these people in these hours, or what is wrong. `at` finds it again."""

    outcome: Outcome
    holder: Holder | None
    at: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; `spans` is how many rows its category has, on the first of them."""

    row: Row
    category: str
    words: list[str]
    squares: list[Square]
    spans: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole coverage grid on paper."""

    bands: list[tuple[Band, str]]
    lines: list[Line]
    legend: list[Holder]
    problems: int


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody else answers these people in these hours."""

    category: str
    words: list[str]
    hours: str
    before: str
    after: str
    example: int
    state: str


@dataclass(slots=True)
class _Letters:
    names: Names
    holders: dict[str, Holder] = field(default_factory=dict)

    def of(self, organisation: str | None) -> Holder | None:
        if organisation is None:
            return None
        if organisation not in self.holders:
            number = len(self.holders)
            letter = chr(ord("A") + number) if number < 26 else str(number)
            self.holders[organisation] = Holder(
                organisation, self.names.organisation(organisation), letter, number % PATTERNS + 1
            )
        return self.holders[organisation]


def sheet(table: Table, names: Names, start: int, end: int, municipality: str = "") -> Sheet:
    found = grid((table,), start, end, municipality)
    letters = _Letters(names)
    lines = []
    for category, rows in groupby(enumerate(found.rows), key=lambda each: each[1].people.category):
        numbered = list(rows)
        for position, (number, row) in enumerate(numbered):
            squares = [
                Square(outcomes[0], letters.of(outcomes[0].organisation), f"{number}-{column}")
                for column, outcomes in enumerate(row.squares)
            ]
            words = names.people(row.people)
            lines.append(Line(row, str(CATEGORIES[category]), words, squares, 0 if position else len(numbered)))
    return Sheet(
        bands=[(band, hours(band.weekly, band.dates)) for band in found.bands],
        lines=lines,
        legend=sorted(letters.holders.values(), key=lambda holder: holder.letter),
        problems=sum(square.outcome.state != COVERED for line in lines for square in line.squares),
    )


def changes(before: Table, after: Table, names: Names, start: int, end: int) -> list[Change]:
    """Where another organisation answers in the second table than in the first; hours that change alike are one."""
    found = grid((before, after), start, end)
    listed = []
    for row in found.rows:
        alike: dict[tuple[Outcome, Outcome], list[Band]] = {}
        for band, outcomes in zip(found.bands, row.squares, strict=False):
            old, new = outcomes
            if (old.state, old.organisation) != (new.state, new.organisation):
                alike.setdefault((old, new), []).append(band)
        for (old, new), bands in alike.items():
            listed.append(
                Change(
                    category=str(CATEGORIES[row.people.category]),
                    words=names.people(row.people),
                    hours=hours(_joined(bands), tuple(day for band in bands for day in band.dates)),
                    before=names.organisation(old.organisation),
                    after=names.organisation(new.organisation),
                    example=bands[0].example,
                    state=new.state,
                )
            )
    return listed


def _joined(bands: list[Band]) -> tuple[tuple[int, int, int], ...]:
    """The weekly hours of several bands as one week."""
    joined: list[tuple[int, int, int]] = []
    for weekday, opens, closes in sorted(span for band in bands for span in band.weekly):
        if joined and joined[-1][0] == weekday and joined[-1][2] >= opens:
            joined[-1] = (weekday, joined[-1][1], max(closes, joined[-1][2]))
        else:
            joined.append((weekday, opens, min(closes, DAY_MINUTES)))
    return tuple(joined)
