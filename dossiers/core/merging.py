"""Two people changed one text: what does not collide is merged, what collides is left for a person to choose.

The unit is the sentence: two changes within one sentence collide, for put together they could say what nobody meant.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from .changes import Change, changes, splitter, with_plain_newlines


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Settled:
    """A passage about which there is no question."""

    text: str


@dataclass(frozen=True, slots=True)
class Collision:
    """A passage that both changed, each in another way."""

    base: str
    mine: str
    theirs: str

    def settled(self, choice: Choice) -> str:
        if choice is Choice.MINE:
            return self.mine
        return self.theirs if choice is Choice.THEIRS else _one_after_another(self.theirs, self.mine)


Passage = Settled | Collision


@dataclass(frozen=True, slots=True)
class Merge:
    passages: tuple[Passage, ...]

    @property
    def collisions(self) -> tuple[Collision, ...]:
        return tuple(passage for passage in self.passages if isinstance(passage, Collision))

    def text(self, choices: tuple[Choice, ...] = ()) -> str:
        """The whole text; a collision without a choice keeps both."""
        given = iter(choices)
        return reduce(
            _one_after_another,
            (
                passage.text if isinstance(passage, Settled) else passage.settled(next(given, Choice.BOTH))
                for passage in self.passages
            ),
            "",
        )


def merge_texts(base: str, mine: str, theirs: str) -> Merge:
    """Three-way: `base` is what both started from."""
    base, mine, theirs = (with_plain_newlines(text) for text in (base, mine, theirs))
    if mine in (theirs, base):
        return Merge((Settled(theirs),))
    if theirs == base:
        return Merge((Settled(mine),))
    split = splitter(base, mine, theirs)
    units = split(base)
    ours, others = changes(units, split(mine)), changes(units, split(theirs))
    return Merge(tuple(_joined(_passages(units, ours, others))))


def values_collide(base: object, mine: object, theirs: object) -> bool:
    """Of a thing that cannot be put together, such as one choice out of a few."""
    return mine not in (theirs, base) and theirs != base


def merge_value(base: object, mine: object, theirs: object) -> object:
    """Mine, unless only they changed it."""
    return theirs if mine == base else mine


def merge_choices(base: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> set[str]:
    """Ticked boxes: what either added is in, what either took out is out."""
    base, mine, theirs = set(base), set(mine), set(theirs)
    return (mine & theirs) | (mine - base) | (theirs - base)


def _one_after_another(first: str, second: str) -> str:
    """Within one text sentences never touch; of two people's they may, where one took out what was between them."""
    if not first or not second or first[-1].isspace() or second[0].isspace():
        return first + second
    return f"{first}\n{second}"


# --- Both sides together -------------------------------------------------------------------------


def _passages(units: list[str], mine: list[Change], theirs: list[Change]) -> Iterator[Passage]:
    at = 0
    for group in _groups(mine, theirs):
        start, end = group[0][1].start, max(change.end for _mine, change in group)
        yield Settled("".join(units[at:start]))
        yield _together(units, start, end, group)
        at = end
    yield Settled("".join(units[at:]))


def _groups(mine: list[Change], theirs: list[Change]) -> Iterator[list[tuple[bool, Change]]]:
    """Changes of both sides in the order of the text; those that touch the same units together."""
    in_order = sorted(
        [*((True, change) for change in mine), *((False, change) for change in theirs)],
        key=lambda each: (each[1].start, each[1].end, not each[0]),
    )
    group: list[tuple[bool, Change]] = []
    for each in in_order:
        if group and not _collides(group, each[1]):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _collides(group: list[tuple[bool, Change]], change: Change) -> bool:
    start, end = group[0][1].start, max(each.end for _mine, each in group)
    return change.start < end or start == end == change.start == change.end


def _together(units: list[str], start: int, end: int, group: list[tuple[bool, Change]]) -> Passage:
    mine = _applied(units, start, end, [change for is_mine, change in group if is_mine])
    theirs = _applied(units, start, end, [change for is_mine, change in group if not is_mine])
    base = "".join(units[start:end])
    if mine in (theirs, base):
        return Settled(theirs)
    return Settled(mine) if theirs == base else Collision(base, mine, theirs)


def _applied(units: list[str], start: int, end: int, changes: list[Change]) -> str:
    parts, at = [], start
    for change in changes:
        parts += [*units[at : change.start], *change.units]
        at = change.end
    return "".join([*parts, *units[at:end]])


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Settled passages beside each other are one; empty ones are none."""
    settled = ""
    for passage in passages:
        if isinstance(passage, Settled):
            settled = _one_after_another(settled, passage.text)
            continue
        if settled:
            yield Settled(settled)
        settled = ""
        yield passage
    if settled:
        yield Settled(settled)
