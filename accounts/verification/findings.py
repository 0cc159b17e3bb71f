"""What a verification found, however much that is: every defect is counted, the first ones are kept."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_KEPT = 1000


class Kind(StrEnum):
    ROW_CHANGED = "row_changed"
    ROW_DELETED = "row_deleted"
    ROW_INSERTED = "row_inserted"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_REMOVED = "entry_removed"
    ENTRY_INSERTED = "entry_inserted"
    ENTRY_UNSEALED = "entry_unsealed"
    SEAL_CHANGED = "seal_changed"
    SEAL_REMOVED = "seal_removed"
    HEAD_DIFFERS = "head_differs"
    UNGUARDED = "unguarded"


@dataclass(frozen=True, slots=True)
class Defect:
    kind: Kind
    table: str
    row: str = ""
    moment: datetime | None = None
    detail: str = ""


@dataclass(slots=True)
class Findings:
    rows: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    seals: int = 0
    first: int = 0
    last: int = 0
    head: str = ""
    counts: Counter = field(default_factory=Counter)
    defects: list[Defect] = field(default_factory=list)

    def add(self, defect: Defect) -> None:
        self.counts[defect.kind] += 1
        if len(self.defects) < MOST_KEPT:
            self.defects.append(defect)
