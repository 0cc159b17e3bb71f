"""Whether the periods in which somebody led a case leave no moment without a lead, and none with two."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

Period = tuple[datetime, datetime | None]


def joins_up(periods: Sequence[Period], opened: datetime, closed: datetime | None) -> bool:
    """Each period begins where the one before it ended, the first when the case opened, the last ends with it."""
    if not periods:
        return False
    if any(end is not None and end < start for start, end in periods):
        return False
    joined = all(before[1] is not None and before[1] == after[0] for before, after in pairwise(periods))
    return joined and periods[0][0] == opened and periods[-1][1] == closed
