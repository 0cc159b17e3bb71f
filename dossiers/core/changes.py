"""What somebody changed in a text, in whole sentences; the comparing is bounded, however long the text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Comparing costs at most about this many steps; beyond it a text is compared in coarser pieces.
BUDGET: Final = 3_000_000
LONGEST: Final = 5_000
_AFTER_SENTENCE: Final = re.compile(r"(?<=[.!?…؟])([ \t]+)")


@dataclass(frozen=True, slots=True)
class Change:
    """What one side made of base[start:end]; start == end is an insertion."""

    start: int
    end: int
    units: tuple[str, ...]


def with_plain_newlines(text: str) -> str:
    """A browser sends a text with other line ends than it was shown with."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- Units ---------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    return [unit for unit in re.split(r"(\n)", text) if unit]


def _sentences(text: str) -> list[str]:
    """Sentences, the spaces between them, and line ends; together they are the text again."""
    return [unit for line in _lines(text) for unit in _AFTER_SENTENCE.split(line) if unit]


def splitter(*texts: str) -> Callable[[str], list[str]]:
    """How to cut these texts: in sentences, or in lines where they are very long."""
    return next((split for split in (_sentences, _lines) if _is_short(split, *texts)), _lines)


def _is_short(split: Callable[[str], list[str]], *texts: str) -> bool:
    return all(len(split(text)) <= LONGEST for text in texts)


# --- What one side changed -----------------------------------------------------------------------


def changes(base: list[str], side: list[str]) -> list[Change]:
    """In the order of the text. Units that occur once in both and kept their order divide it; what lies between them
    is compared piece by piece, or taken as one change where that would cost too much."""
    anchors = [*_anchors(base, side), (len(base), len(side))]
    most_pairs = BUDGET // (len(base) + len(side) + 1)
    found: list[Change] = []
    low = lower = 0
    for high, higher in anchors:
        found += _between(base[low:high], side[lower:higher], low, most_pairs)
        low, lower = high + 1, higher + 1
    return found


def _between(old: list[str], new: list[str], at: int, most_pairs: int) -> list[Change]:
    if old == new:
        return []
    if _pairs(old, new) > most_pairs:
        return [Change(at, at + len(old), tuple(new))]
    # Spaces and line ends occur everywhere: they never decide what belongs to what.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    return [
        Change(at + start, at + end, tuple(new[low:high]))
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    ]


def _pairs(old: list[str], new: list[str]) -> int:
    """How many pairs of equal units there are: comparing tries each of them."""
    counted = Counter(new)
    return sum(counted[unit] for unit in old if not unit.isspace())


def _anchors(base: list[str], side: list[str]) -> list[tuple[int, int]]:
    """Where the units that occur once in each stand, the most of them that are in the same order in both."""
    theirs = _once(side)
    return _rising([(at, theirs[unit]) for unit, at in _once(base).items() if unit in theirs])


def _once(units: list[str]) -> dict[str, int]:
    counted = Counter(units)
    return {unit: at for at, unit in enumerate(units) if counted[unit] == 1 and not unit.isspace()}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides; they come in the order of the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_at, theirs) in enumerate(pairs):
        length = bisect_left(ends, theirs)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [theirs], [number]
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
