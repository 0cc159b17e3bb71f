"""What somebody changed in a text, in whole sentences; the comparing is bounded, however long the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Comparing costs at most about this many steps; beyond it a text is compared in coarser pieces.
BUDGET: Final = 200_000
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
    head = _same(base, side)
    tail = _same(base[head:][::-1], side[head:][::-1])
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    if not old and not new:
        return []
    if not _affordable(old, new):
        return [Change(head, head + len(old), tuple(new))]
    # Spaces and line ends occur everywhere: they never decide what belongs to what.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    return [
        Change(head + start, head + end, tuple(new[low:high]))
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
