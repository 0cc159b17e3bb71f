"""Open now, until when, or when next: what the list of services says beside each number."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from routing.openings import Opening, opening
from routing.selectors import table_for

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("slug", "moment", "is_open", "changes_at", "why"),
    [
        ("kenter", "2026-11-24T10:15", True, "2026-11-24T17:00", "a Tuesday morning"),
        ("kenter", "2026-11-24T17:00", False, "2026-11-25T08:30", "closed from 17:00 on the second"),
        ("kenter", "2026-11-27T18:00", False, "2026-11-30T08:30", "over the weekend"),
        ("kenter", "2027-03-29T11:00", False, "2027-03-30T08:30", "Easter Monday"),
        ("veilig-thuis-kennemerland", "2026-11-24T03:00", True, None, "day and night"),
    ],
)
def test_open_or_when(kennemerland, slug, moment, is_open, changes_at, why):
    table = table_for("kennemerland", at(moment)).table
    found = opening(table.services[slug], table.agreement.timezone, at(moment))
    assert found == Opening(is_open, at(changes_at) if changes_at else None), why
