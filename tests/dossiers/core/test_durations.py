"""Durations as people write them, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import Duration, InvalidDuration, Unit, Wrong, parse_duration

READ = [
    # text, amount, unit, why
    ("72 h", 72, Unit.HOURS, "as the agreement writes it"),
    ("72h", 72, Unit.HOURS, "without the space"),
    ("1 hour", 1, Unit.HOURS, "in full"),
    ("72 uur", 72, Unit.HOURS, "in Dutch"),
    ("5 working days", 5, Unit.WORKING_DAYS, "two words"),
    ("1 working day", 1, Unit.WORKING_DAYS, "singular"),
    ("1 werkdag", 1, Unit.WORKING_DAYS, "singular, in Dutch"),
    ("10 days", 10, Unit.DAYS, "calendar days"),
    ("1 dag", 1, Unit.DAYS, "singular, in Dutch"),
    ("1 week", 1, Unit.WEEKS, "the same in both languages"),
    ("6 Weken", 6, Unit.WEEKS, "with a capital"),
    ("  3   months ", 3, Unit.MONTHS, "with too many spaces"),
    ("03 maanden", 3, Unit.MONTHS, "with a zero in front"),
]
REFUSED = [
    # text, what is wrong, why
    ("", Wrong.EMPTY, "nothing"),
    ("   ", Wrong.EMPTY, "only spaces"),
    ("5", Wrong.UNREADABLE, "without a unit"),
    ("weeks", Wrong.UNREADABLE, "without a number"),
    ("five days", Wrong.UNREADABLE, "in words"),
    ("1.5 weeks", Wrong.UNREADABLE, "a fraction"),
    ("1,5 weken", Wrong.UNREADABLE, "a fraction, in Dutch"),
    ("٥ days", Wrong.UNREADABLE, "a digit of another script"),
    ("1 week 2 days", Wrong.UNREADABLE, "two at once"),
    ("5 fortnights", Wrong.UNKNOWN_UNIT, "a unit we do not have"),
    ("5 years", Wrong.UNKNOWN_UNIT, "nor this one"),
    ("-5 days", Wrong.NOT_POSITIVE, "below zero"),
    ("0 weeks", Wrong.NOT_POSITIVE, "zero"),
    ("-0 weeks", Wrong.NOT_POSITIVE, "zero all the same"),
    ("999999999 weeks", Wrong.TOO_LONG, "longer than the world is old"),
    ("9" * 5000 + " h", Wrong.TOO_LONG, "more digits than Python reads"),
]


@pytest.mark.parametrize(("text", "amount", "unit", "why"), READ)
def test_read(text, amount, unit, why):
    assert parse_duration(text) == Duration(amount, unit), why


@pytest.mark.parametrize(("text", "wrong", "why"), REFUSED)
def test_refused(text, wrong, why):
    with pytest.raises(InvalidDuration) as refused:
        parse_duration(text)
    assert refused.value.wrong is wrong, why


@given(st.builds(Duration, st.integers(1, 999_999), st.sampled_from(Unit)))
def test_what_is_written_is_read_back(duration):
    assert parse_duration(str(duration)) == duration


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse_duration(text)
    except InvalidDuration:
        return
    assert parse_duration(str(found)) == found
