"""Opening hours as people write them: `ma-vr 08:30-17:00`. Minutes after midnight, half-open, 1440 ends the day."""

import re

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MIDNIGHT = 24 * 60
ALWAYS = "altijd"
CLOSED = "gesloten"

WeeklyInterval = tuple[int, int, int]


def always() -> list[WeeklyInterval]:
    return [(weekday, 0, MIDNIGHT) for weekday in range(7)]


def weekly_line(value: str) -> list[WeeklyInterval]:
    """`ma-vr 08:30-17:00` or `za 09:00-12:00`: one interval on each of the days."""
    days, _, times = value.partition(" ")
    opens, closes = times_of_day(times)
    return [(weekday, opens, closes) for weekday in _weekdays(days)]


def times_of_day(value: str) -> tuple[int, int]:
    """`08:30-17:00` in minutes after midnight."""
    found = re.fullmatch(r"(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})", value.strip())
    if not found:
        raise ValueError(f"`{value}` zijn geen uren; schrijf zoals `ma-vr 08:30-17:00`, of `{ALWAYS}`")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or closes > MIDNIGHT:
        raise ValueError(f"`{value}` is geen bestaande tijd; een dag loopt van 00:00 tot 24:00")
    if opens >= closes:
        raise ValueError(f"`{value}` sluit voor het opent; splits dan, zoals 22:00-24:00 en 00:00-02:00")
    return opens, closes


def _weekdays(value: str) -> range:
    first, _, last = value.partition("-")
    last = last or first
    if first not in WEEKDAYS or last not in WEEKDAYS or WEEKDAYS.index(first) > WEEKDAYS.index(last):
        raise ValueError(f"`{value}` zijn geen dagen; schrijf zoals ma-vr of za, met: {', '.join(WEEKDAYS)}")
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)


def overlaps(one: WeeklyInterval, other: WeeklyInterval) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
