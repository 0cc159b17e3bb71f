"""What changed between two texts, by the word: what stayed, what went and what came, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added", "skipped"]
WORDS = re.compile(r"\s+|[^\s]+")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Comparing takes time with the square of what is compared: longer texts go by the line, the longest as a whole.
MOST_COMPARED = 4000
# Of what stayed the same, so much on either side of a change tells where it stands.
AROUND = 160


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; of what was skipped there is no text."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts; joined without what was removed or skipped they are what stands there now."""
    return tuple(_shortened(list(_compared(before, after))))


def _compared(before: str, after: str) -> Iterator[Piece]:
    for pattern in (WORDS, LINES):
        old, new = pattern.findall(before), pattern.findall(after)
        if len(old) + len(new) <= MOST_COMPARED:
            yield from _by_token(old, new)
            return
    yield from _replaced(before, after)


def _by_token(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[i:j]))
        else:
            yield from _replaced("".join(old[i:j]), "".join(new[k:m]))


def _replaced(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece("removed", before)
    if after:
        yield Piece("added", after)


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 2 * AROUND:
            yield piece
            continue
        if place > 0:
            yield Piece("same", piece.text[:AROUND])
        yield Piece("skipped", "")
        if place < len(pieces) - 1:
            yield Piece("same", piece.text[-AROUND:])
