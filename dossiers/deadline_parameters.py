"""What somebody asks about a deadline, as text, and the answer; mistakes are told per field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from routing.errors import InvalidParameters
from routing.parameters import FIRST_YEAR, LAST_YEAR, UnreadableInstant, read_instant

from .core import (
    AMSTERDAM,
    NORMS,
    BeyondCalendar,
    Deadline,
    Duration,
    InvalidDuration,
    Norm,
    Unit,
    clock_end,
    midnight,
    parse_duration,
    term_end,
)
from .deadline_words import beyond_calendar, in_words, wrong_duration

Found = TypeVar("Found")
When = TypeVar("When", date, datetime)


@dataclass(frozen=True, slots=True)
class Answer:
    """`because` is the whole explanation in words."""

    due: date | datetime
    because: str


class _Mistake(Exception):
    pass


class _Mistakes(dict[str, list[str]]):
    def catch(self, name: str, read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except _Mistake as mistake:
            self.setdefault(name, []).append(str(mistake))
            return None


def answer(norm: str, start: str, suspended: Sequence[str], norms: Mapping[str, Norm] = NORMS) -> Answer:
    """When the norm is due; raises InvalidParameters naming every field that is wrong, and what to do instead.

    `norms` are those that can be asked for by name: the shipped ones, or those of a region.
    """
    mistakes = _Mistakes()
    found = mistakes.catch("norm", lambda: _norm(norm, norms))
    if found is None:  # how a start is written depends on the norm
        raise InvalidParameters(mistakes)
    duration, moves = found
    if duration.unit is Unit.HOURS:
        return _clock(duration, start, suspended, mistakes)
    return _term(duration, start, suspended, mistakes, moves=moves)


def _norm(text: str, norms: Mapping[str, Norm]) -> tuple[Duration, bool]:
    """The duration and whether its end moves. A bare duration is a term to act in, and such a term moves."""
    _check_printable(text)
    norm = norms.get(text.strip().casefold())
    if norm is not None:
        return norm.duration, norm.moves
    try:
        return parse_duration(text), True
    except InvalidDuration as error:
        raise _Mistake(wrong_duration(error.wrong, error.given)) from None


def _term(duration: Duration, start: str, suspended: Sequence[str], mistakes: _Mistakes, *, moves: bool) -> Answer:
    began, periods = _began_and_periods(start, suspended, _date, _date, mistakes)
    deadline = _within_calendar(lambda: term_end(duration, began, periods, moves=moves))
    return Answer(deadline.due, in_words(deadline, duration, began))


def _clock(duration: Duration, start: str, suspended: Sequence[str], mistakes: _Mistakes) -> Answer:
    remarks: dict[str, None] = {}  # in order, each once
    began, periods = _began_and_periods(
        start, suspended, partial(_instant, remarks), partial(_midnight_or_instant, remarks), mistakes
    )
    deadline = _within_calendar(lambda: clock_end(duration.amount, began, periods))
    return Answer(deadline.due, in_words(deadline, duration, began, tuple(remarks)))


def _began_and_periods(
    start: str,
    suspended: Sequence[str],
    read_start: Callable[[str], When],
    read_bound: Callable[[str], When],
    mistakes: _Mistakes,
) -> tuple[When, tuple[tuple[When, When], ...]]:
    began = mistakes.catch("start", lambda: read_start(start))
    periods = [mistakes.catch("suspended", partial(_period, each, read_bound)) for each in suspended]
    if began is None or None in periods:
        raise InvalidParameters(mistakes)
    return began, tuple(period for period in periods if period is not None)


def _period(text: str, read: Callable[[str], When]) -> tuple[When, When]:
    parts = text.split("/")
    if len(parts) != 2:
        raise _Mistake(
            _(
                "«%(given)s» is geen periode. Schrijf de eerste dag en de dag waarop de termijn weer loopt:"
                " 2026-12-01/2026-12-15."
            )
            % {"given": text}
        )
    first, after = (read(part) for part in parts)
    if first >= after:
        raise _Mistake(_("Een opschorting eindigt na haar begin: «%(given)s» kan niet.") % {"given": text})
    return first, after


def _within_calendar(compute: Callable[[], Deadline]) -> Deadline:
    try:
        return compute()
    except BeyondCalendar:
        raise InvalidParameters({"norm": [beyond_calendar()]}) from None


# --- Days and instants ----------------------------------------------------------------------------


def _date(text: str) -> date:
    text = _given(text)
    day = _as_date(text)
    if day is not None:
        return _answered(day)
    if _as_date(text[:10]) is not None and text[10:11] in ("T", " "):
        raise _Mistake(_("Deze norm telt hele dagen: geef een datum zonder tijd, bijvoorbeeld 2026-11-24."))
    raise _Mistake(_("«%(given)s» is geen datum. Schrijf bijvoorbeeld 2026-11-24.") % {"given": text})


def _instant(remarks: dict[str, None], text: str) -> datetime:
    text = _given(text)
    if _as_date(text) is not None:
        raise _Mistake(_("Deze norm telt uren: geef ook de tijd, bijvoorbeeld 2026-11-24T10:15."))
    try:
        moment, remark = read_instant(text, AMSTERDAM)
    except UnreadableInstant as error:
        raise _Mistake(str(error)) from None
    if remark:
        remarks[remark] = None
    return _answered(moment)


def _midnight_or_instant(remarks: dict[str, None], text: str) -> datetime:
    day = _as_date(_given(text))
    bound = _instant(remarks, text) if day is None else midnight(_answered(day))
    return bound.astimezone(UTC)  # within one zone Python compares wall times, in the double hour the wrong way round


def _given(text: str) -> str:
    _check_printable(text)
    if not text.strip():
        raise _Mistake(_("Geef een datum, of bij een norm in uren een datum met tijd."))
    return text.strip()


def _check_printable(text: str) -> None:
    if not text.isprintable():
        raise _Mistake(_("Hierin staan tekens die niet kunnen."))


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _answered(moment: When) -> When:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _Mistake(_("Kies een moment van 2020 tot en met 2035."))
    return moment
