"""Reads `norms.yaml` of a region package; every mistake is reported with its file, line and key.

A region without that file keeps the norms that are shipped.
"""

from datetime import date

from partners.package import Entry, Form, PackageReader, values

from .core import NORMS, BeyondCalendar, Duration, InvalidDuration, Norm, Source, Unit, parse_duration, term_end
from .deadline_words import EVENT_NAMES, beyond_calendar, wrong_duration

FILE = "norms.yaml"
REQUIRED = ("name", "within", "from", "until", "source")
OPTIONAL = ("explanation", "moves", "remind_before", "announced_by", "ambition")
SOURCES = {"wet": Source.LAW, "afspraak": Source.AGREEMENT}
ONE_HOUR = Duration(1, Unit.HOURS)
# Any day will do: it only shows that the calendar goes far enough.
SOME_DAY = date(2026, 1, 1)
EVENT = values.one_of(tuple(EVENT_NAMES), "gebeurtenis")


def read_norms(reader: PackageReader) -> list[Norm]:
    """The norms of the region. Mistakes gather in the reader; the norms only hold when there are none."""
    if not (reader.directory / FILE).exists():
        return list(NORMS.values())
    form = reader.form(FILE, required=("norms",))
    norms: dict[str, Norm] = {}
    for slug, entry in form.groups("norms"):
        values.check(slug, values.slug, entry)
        norms[slug] = _norm(slug, entry)
        _refuse_same_name(norms, slug, entry)
    if "norms" in form and not norms and not reader.mistakes:
        form["norms"].wrong("hier hoort minstens één norm te staan")
    return list(norms.values())


def _norm(slug: str, entry: Entry) -> Norm:
    form = entry.form(REQUIRED, OPTIONAL)
    norm = Norm(
        slug=slug,
        duration=form.value("within", _duration, ONE_HOUR),
        starts=form.value("from", EVENT, ""),
        ends=form.value("until", EVENT, ""),
        source=SOURCES[form.value("source", values.one_of(tuple(SOURCES)), "afspraak")],
        moves=form.value("moves", values.yes_no, default=True),
        name=form.value("name", values.text(80), ""),
        explanation=form.value("explanation", values.text(300), ""),
        remind_before=form.value("remind_before", _duration, None),
        announced_by=form.value("announced_by", EVENT, ""),
        ambition=form.value("ambition", _percent, None),
    )
    _check(norm, form)
    return norm


def _check(norm: Norm, form: Form) -> None:
    """What is wrong with a norm as a whole, where each value alone is right."""
    if norm.starts and norm.starts == norm.ends:
        form["until"].wrong("een norm eindigt niet met de gebeurtenis waarmee hij begint")
    if norm.announced_by and norm.announced_by == norm.starts:
        form["announced_by"].wrong("dit is de gebeurtenis waarmee de norm begint; haal de regel weg")
    if norm.duration.unit is Unit.HOURS and "moves" in form:
        form["moves"].wrong("uren lopen altijd door en verschuiven nooit; haal de regel weg")
    if norm.remind_before:
        _check_reminder(norm.duration, norm.remind_before, form["remind_before"])


def _check_reminder(within: Duration, before: Duration, entry: Entry) -> None:
    if within.unit is Unit.HOURS and before.unit is not Unit.HOURS:
        entry.wrong("deze norm telt uren; schrijf de herinnering ook in uren, zoals `4 uur`")
    elif _roughly(before) >= _roughly(within):
        entry.wrong("de herinnering ligt dan vóór het begin van de norm; kies een kortere tijd")


def _roughly(duration: Duration) -> float:
    """In days, to compare units."""
    days = {Unit.HOURS: 1 / 24, Unit.WORKING_DAYS: 1, Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30}
    return duration.amount * days[duration.unit]


def _refuse_same_name(norms: dict[str, Norm], slug: str, entry: Entry) -> None:
    name = norms[slug].name.casefold()
    if name and any(other.name.casefold() == name for key, other in norms.items() if key != slug):
        entry.wrong(f"`{norms[slug].name}` heet al een andere norm; kies een andere naam")


def _duration(text: str) -> Duration:
    try:
        duration = parse_duration(text)
        if duration.unit is not Unit.HOURS:
            term_end(duration, SOME_DAY)
    except InvalidDuration as error:
        raise ValueError(wrong_duration(error.wrong, error.given)) from None
    except BeyondCalendar:
        raise ValueError(beyond_calendar()) from None
    if duration.unit is Unit.HOURS and duration.amount > 24 * 366:
        raise ValueError("is langer dan een jaar; schrijf lange normen in dagen, weken of maanden")
    return duration


def _percent(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= 100):
        raise ValueError(f"`{text}` is geen percentage; schrijf een getal van 1 tot en met 100")
    return int(text)
