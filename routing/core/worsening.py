"""What a change made worse: the cells of a proof that were not wrong, or not all of it, in the proof before."""

from collections.abc import Iterable, Sequence

from .coverage import DIMENSIONS, Cell

# Stands for every value that no cell names: between those the cells make no difference.
OTHERS = object()

Box = dict[str, frozenset[object]]


def worsened(before: Sequence[Cell], after: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of `after` that say more than those of `before` together, for the same contradiction or as a gap.

    Both proofs look at the same period.
    """
    values = _values([*before, *after])
    moments = _moments([*before, *after])
    return tuple(
        cell
        for cell in after
        if _remainder(
            _box(cell, values, moments), (_box(old, values, moments) for old in before if old.rules == cell.rules)
        )
    )


def overlap(one: Cell, other: Cell) -> bool:
    """Whether some facts at some moment are in both, as the same contradiction or as a gap."""
    values, moments = _values([one, other]), _moments([one, other])
    boxes = _box(one, values, moments), _box(other, values, moments)
    return one.rules == other.rules and all(boxes[0][name] & boxes[1][name] for name in boxes[0])


def _values(cells: Iterable[Cell]) -> Box:
    found: dict[str, set[object]] = {name: {OTHERS} for name in DIMENSIONS}
    for cell in cells:
        for name, named in cell.facts.items():
            found[name].update(named)
    return {name: frozenset(named) for name, named in found.items()}


def _moments(cells: Iterable[Cell]) -> list[int]:
    """The instants at which some cell begins or ends; between two of them none does."""
    return sorted({instant for cell in cells for span in cell.spans for instant in span})


def _box(cell: Cell, values: Box, moments: list[int]) -> Box:
    number = {instant: n for n, instant in enumerate(moments)}
    box = {name: frozenset(cell.facts.get(name, values[name])) for name in DIMENSIONS}
    box["moment"] = frozenset(n for first, last in cell.spans for n in range(number[first], number[last]))
    return box


def _remainder(box: Box, others: Iterable[Box]) -> list[Box]:
    """What is left of a box when the others are cut out of it, as boxes."""
    left = [box]
    for other in others:
        left = [part for each in left for part in _cut(each, other)]
    return left


def _cut(box: Box, other: Box) -> list[Box]:
    if not all(box[name] & other[name] for name in box):
        return [box]
    parts = []
    for name in box:
        if outside := box[name] - other[name]:
            parts.append({**box, name: outside})
        box = {**box, name: box[name] & other[name]}
    return parts
