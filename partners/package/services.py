"""A service in organisations.yaml, read into the form it has in the directory document."""

from collections.abc import Callable
from datetime import date
from typing import Any

from . import values
from .hours import ALWAYS, CLOSED, WeeklyInterval, always, overlaps, times_of_day, weekly_line
from .numbers import dialled
from .reader import Entry, Form

CATEGORIES = ("somatic", "ggz", "hgkm", "youth_act", "social")

REQUIRED = ("name", "answered_by", "expect", "accepts_by", "hours")
OPTIONAL = (
    *("categories", "ages", "area", "have_ready", "phone", "backup_phone", "no_number_because"),
    *("holidays", "exceptions", "own_client_line", "never_off", "accept_within"),
)


def read_service(entry: Entry, code_of: Callable[[str], str]) -> dict[str, Any]:
    """All of a service but whose it is; `code_of` gives the code of a municipality."""
    form = entry.form(REQUIRED, OPTIONAL)
    service = {
        "name": form.value("name", values.text(120), ""),
        "own_client_line": form.value("own_client_line", values.yes_no, default=False),
        "categories": sorted(set(form.values("categories", values.one_of(CATEGORIES, "categorie")))),
        "ages": list(form.value("ages", values.ages, (0, values.OLDEST))),
        "area": sorted(set(form.values("area", code_of))),
        "accepts_by": form.value("accepts_by", values.one_of(("desk", "phone")), "desk"),
        "accept_within": form.value("accept_within", values.minutes, None),
        "answered_by": form.value("answered_by", values.text(200), ""),
        "expect": form.value("expect", values.text(), ""),
        "have_ready": form.value("have_ready", values.text(), ""),
        "phone": _phone(form, "phone"),
        "backup_phone": _phone(form, "backup_phone"),
        "no_number_because": form.value("no_number_because", values.text(200), ""),
        "never_off": form.value("never_off", values.yes_no, default=False),
        "hours": _hours(form),
        "suspensions": [],
    }
    _check_number(form)
    if service["never_off"] and form["hours"].node.value != ALWAYS:
        form["hours"].wrong(f"een dienst met `never_off: ja` is nooit dicht; schrijf `hours: {ALWAYS}`")
    return service


# --- Numbers ----------------------------------------------------------------------------------------


def _check_number(form: Form) -> None:
    if "phone" not in form and "no_number_because" not in form:
        form.entry.wrong("`phone` ontbreekt; zonder nummer hoort er `no_number_because` met de reden te staan")
    if "phone" in form and "no_number_because" in form:
        form["no_number_because"].wrong("er staat ook een nummer (`phone`); haal een van beide weg")


def _phone(form: Form, name: str) -> dict[str, Any] | None:
    if name not in form:
        return None
    phone = form[name].form(required=("number", "assured_on", "assured_by"), optional=("shown_as", "fictitious"))
    fictitious = phone.value("fictitious", values.yes_no, default=False)
    number = phone.value("number", lambda shown: dialled(shown, fictitious), "")
    return {
        "number": number,
        "shown_as": phone.value("shown_as", values.text(30), phone.value("number", str, "") if number else ""),
        "assured_on": phone.value("assured_on", values.day, date.min).isoformat(),
        "assured_by": phone.value("assured_by", values.text(120), ""),
        "fictitious": fictitious,
    }


# --- Hours ------------------------------------------------------------------------------------------


def _hours(form: Form) -> dict[str, Any]:
    return {"weekly": [list(interval) for interval in _weekly(form)], **_holidays(form), "dated": _dated(form)}


def _weekly(form: Form) -> list[WeeklyInterval]:
    entry = form.children.get("hours")
    if entry is None:
        return []
    if entry.node.value == ALWAYS:
        return always()
    found: list[WeeklyInterval] = []
    for line in entry.items():
        intervals = line.parsed(weekly_line, [])
        if any(overlaps(one, other) for one in intervals for other in found):
            line.wrong("deze uren overlappen met een eerdere regel van deze dienst")
        found.extend(intervals)
    if entry.node.value == []:
        entry.wrong("hier hoort minstens één regel te staan, zoals [ma-vr 08:30-17:00]")
    return sorted(found)


def _holidays(form: Form) -> dict[str, Any]:
    """What the service does on holidays; it must be said, except by a service that is always open."""
    if "holidays" not in form:
        if "hours" in form and form["hours"].node.value != ALWAYS:
            form.entry.wrong("`holidays` ontbreekt; zeg wat deze dienst op feestdagen doet")
        return {"on_holidays": "as_usual", "good_friday_is_holiday": False, "liberation_day": "never"}
    holidays = form["holidays"].form(required=("on_holidays",), optional=("good_friday", "liberation_day"))
    good_friday = holidays.value("good_friday", values.one_of(("werkdag", "feestdag")), "werkdag")
    return {
        "on_holidays": holidays.value("on_holidays", values.one_of(("as_usual", "closed", "all_day")), "as_usual"),
        "good_friday_is_holiday": good_friday == "feestdag",
        "liberation_day": holidays.value("liberation_day", values.one_of(("never", "lustrum", "yearly")), "never"),
    }


def _dated(form: Form) -> list[list[str | int | None]]:
    """Exceptions: per date the times of that day, or closed."""
    rows: list[list[str | int | None]] = []
    for given, entry in form.groups("exceptions"):
        try:
            on = values.day(given).isoformat()
        except ValueError as error:
            entry.wrong(str(error))
            continue
        if entry.node.value == CLOSED:
            rows.append([on, None, None])
        else:
            rows.extend([on, opens, closes] for opens, closes in _times_on_date(entry))
    return sorted(rows, key=str)


def _times_on_date(entry: Entry) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for line in entry.items():
        times = line.parsed(times_of_day, None)
        if times is None:
            continue
        if any(overlaps((0, *times), (0, *other)) for other in found):
            line.wrong("deze uren overlappen met een eerdere regel van deze datum")
        found.append(times)
    return sorted(found)
