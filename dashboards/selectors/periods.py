"""Days on the clock of a region."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from partners.models import Region


def days(since: date, until: date, region: Region) -> tuple[datetime, datetime]:
    """From the first moment of a day to the last of another: a day has 23 or 25 hours when the clock changes."""
    zone = ZoneInfo(region.timezone)
    start, end = (datetime.combine(each, time.min, zone) for each in (since, until + timedelta(days=1)))
    return start, end - timedelta(microseconds=1)
