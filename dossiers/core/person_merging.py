"""Two people turn out to be one: what goes along, and what stays behind because the other has it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row that hangs on a person. `key` is what there is at most one of while it is open; `far_end` is the other
    person of a relation."""

    kind: str
    pk: int
    key: tuple[object, ...]
    is_open: bool
    far_end: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`moves` go along; `stays` are beside the row that the one who is kept has of the same (None: it would relate
    somebody to themselves)."""

    moves: tuple[Row, ...]
    stays: tuple[tuple[Row, Row | None], ...]

    def by_kind(self) -> dict[str, list[int]]:
        kinds = sorted({row.kind for row in self.moves})
        return {kind: sorted(row.pk for row in self.moves if row.kind == kind) for kind in kinds}


def plan_move(rows: Iterable[Row], there: Iterable[Row], to: int) -> Plan:
    """What of `rows` can go to the person `to`, who has the rows `there`."""
    taken = {row.key: row for row in there if row.is_open}
    moves: list[Row] = []
    stays: list[tuple[Row, Row | None]] = []
    for row in rows:
        if row.far_end == to:
            stays.append((row, None))
        elif row.is_open and row.key in taken:
            stays.append((row, taken[row.key]))
        else:
            moves.append(row)
    return Plan(tuple(moves), tuple(stays))


def chosen_fields(
    kept: Mapping[str, object], other: Mapping[str, object], take: Iterable[str]
) -> tuple[dict[str, object], dict[str, object]]:
    """What stood in the fields that change, and what comes to stand there."""
    differs = [name for name in take if kept[name] != other[name]]
    return {name: kept[name] for name in differs}, {name: other[name] for name in differs}


def restored_fields(
    now: Mapping[str, object], before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, object]:
    """What goes back: the fields that nobody changed since. What came later stays."""
    return {name: old for name, old in before.items() if now[name] == after[name]}
