"""A service of the directory document, written as a region package has it: what `read_service` reads back."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from .hours import ALWAYS, CLOSED, WEEKDAYS, WeeklyInterval, always

PLAIN = ("name", "answered_by", "expect", "accepts_by", "have_ready", "no_number_because")


def service_as_written(document: Mapping[str, Any]) -> dict[str, Any]:
    """Names and values as in organisations.yaml; what is empty is left out."""
    hours = document["hours"]
    written = {
        **{name: document[name] for name in PLAIN},
        "ages": f"{document['ages'][0]}-{document['ages'][1]}",
        "categories": list(document["categories"]),
        "area": list(document["area"]),
        "phone": _phone(document["phone"]),
        "backup_phone": _phone(document["backup_phone"]),
        "exceptions": _exceptions(hours["dated"]),
        "own_client_line": "ja" if document["own_client_line"] else "",
        "never_off": "ja" if document["never_off"] else "",
        "accept_within": str(document["accept_within"] or ""),
    }
    holidays = {
        "on_holidays": hours["on_holidays"],
        "good_friday": "feestdag" if hours["good_friday_is_holiday"] else "werkdag",
        "liberation_day": hours["liberation_day"],
    }
    weekly = _weekly([(weekday, opens, closes) for weekday, opens, closes in hours["weekly"]])
    return {**{name: value for name, value in written.items() if value}, "hours": weekly, "holidays": holidays}


def _phone(phone: Mapping[str, Any] | None) -> dict[str, Any]:
    if phone is None:
        return {}
    return {
        **{name: phone[name] for name in ("number", "shown_as", "assured_on", "assured_by")},
        "fictitious": "ja" if phone["fictitious"] else "nee",
    }


def _weekly(intervals: list[WeeklyInterval]) -> str | list[str]:
    """`ma-vr 08:30-17:00`: days in a row that keep the same times are one line."""
    if intervals == always():
        return ALWAYS
    lines = []
    times = [[(opens, closes) for day, opens, closes in intervals if day == weekday] for weekday in range(7)]
    for spans, days in groupby(range(7), key=times.__getitem__):
        first, *_, last = [WEEKDAYS[day] for day in days] * 2
        lines += [f"{first if first == last else f'{first}-{last}'} {_times(*span)}" for span in spans]
    return lines


def _exceptions(dated: Iterable[list[Any]]) -> dict[str, str | list[str]]:
    written: dict[str, str | list[str]] = {}
    for day, rows in groupby(dated, key=lambda row: row[0]):
        spans = [(opens, closes) for _day, opens, closes in rows if opens is not None]
        written[day] = [_times(*span) for span in spans] or CLOSED
    return written


def _times(opens: int, closes: int) -> str:
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
