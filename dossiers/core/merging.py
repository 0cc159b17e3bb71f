"""Two people changed one text: what does not collide is merged, what collides is left for a person to choose.

The unit is the sentence: two changes within one sentence collide, for put together they could say what nobody meant.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

# Comparing costs at most about this many steps; beyond it a text is compared in coarser pieces.
BUDGET: Final = 200_000
LONGEST: Final = 5_000
_AFTER_SENTENCE: Final = re.compile(r"(?<=[.!?…؟])([ \t]+)")


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
        return "".join(
            passage.text if isinstance(passage, Settled) else passage.settled(next(given, Choice.BOTH))
            for passage in self.passages
        )


@dataclass(frozen=True, slots=True)
class _Change:
    """What one side made of base[start:end]; start == end is an insertion."""

    start: int
    end: int
    units: tuple[str, ...]


def merge_texts(base: str, mine: str, theirs: str) -> Merge:
    """Three-way: `base` is what both started from."""
    base, mine, theirs = (with_plain_newlines(text) for text in (base, mine, theirs))
    if mine in (theirs, base):
        return Merge((Settled(theirs),))
    if theirs == base:
        return Merge((Settled(mine),))
    split = next((split for split in (_sentences, _lines) if _is_short(split, base, mine, theirs)), _lines)
    units = split(base)
    ours, others = _changes(units, split(mine)), _changes(units, split(theirs))
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


def with_plain_newlines(text: str) -> str:
    """A browser sends a text with other line ends than it was shown with."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _one_after_another(first: str, second: str) -> str:
    if not first or not second or first[-1].isspace() or second[0].isspace():
        return first + second
    return f"{first}\n{second}"


# --- Units ---------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    return [unit for unit in re.split(r"(\n)", text) if unit]


def _sentences(text: str) -> list[str]:
    """Sentences, the spaces between them, and line ends; together they are the text again."""
    return [unit for line in _lines(text) for unit in _AFTER_SENTENCE.split(line) if unit]


def _is_short(split: Callable[[str], list[str]], *texts: str) -> bool:
    return all(len(split(text)) <= LONGEST for text in texts)


# --- What one side changed -----------------------------------------------------------------------


def _changes(base: list[str], side: list[str]) -> list[_Change]:
    head = _same(base, side)
    tail = _same(base[head:][::-1], side[head:][::-1])
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    if not old and not new:
        return []
    if not _affordable(old, new):
        return [_Change(head, head + len(old), tuple(new))]
    # Spaces and line ends occur everywhere: they never decide what belongs to what.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    return [
        _Change(head + start, head + end, tuple(new[low:high]))
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    ]


def _same(one: list[str], other: list[str]) -> int:
    """How many units they have in common at the beginning."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _affordable(old: list[str], new: list[str]) -> bool:
    """Whether equal units are rare enough: comparing tries every pair of them, again for each piece."""
    counted: dict[str, int] = {}
    for unit in new:
        counted[unit] = counted.get(unit, 0) + 1
    pairs = sum(counted.get(unit, 0) for unit in old if not unit.isspace())
    return pairs * max(1, pairs // 1000) <= BUDGET


# --- Both sides together -------------------------------------------------------------------------


def _passages(units: list[str], mine: list[_Change], theirs: list[_Change]) -> Iterator[Passage]:
    at = 0
    for group in _groups(mine, theirs):
        start, end = group[0][1].start, max(change.end for _mine, change in group)
        yield Settled("".join(units[at:start]))
        yield _together(units, start, end, group)
        at = end
    yield Settled("".join(units[at:]))


def _groups(mine: list[_Change], theirs: list[_Change]) -> Iterator[list[tuple[bool, _Change]]]:
    """Changes of both sides in the order of the text; those that touch the same units together."""
    in_order = sorted(
        [*((True, change) for change in mine), *((False, change) for change in theirs)],
        key=lambda each: (each[1].start, each[1].end, not each[0]),
    )
    group: list[tuple[bool, _Change]] = []
    for each in in_order:
        if group and not _collides(group, each[1]):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _collides(group: list[tuple[bool, _Change]], change: _Change) -> bool:
    start, end = group[0][1].start, max(each.end for _mine, each in group)
    return change.start < end or start == end == change.start == change.end


def _together(units: list[str], start: int, end: int, group: list[tuple[bool, _Change]]) -> Passage:
    mine = _applied(units, start, end, [change for is_mine, change in group if is_mine])
    theirs = _applied(units, start, end, [change for is_mine, change in group if not is_mine])
    base = "".join(units[start:end])
    if mine in (theirs, base):
        return Settled(theirs)
    return Settled(mine) if theirs == base else Collision(base, mine, theirs)


def _applied(units: list[str], start: int, end: int, changes: list[_Change]) -> str:
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
            settled += passage.text
            continue
        if settled:
            yield Settled(settled)
        settled = ""
        yield passage
    if settled:
        yield Settled(settled)
