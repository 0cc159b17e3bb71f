"""Opening hours as people write them mean the minutes they say."""

from hypothesis import given
from hypothesis import strategies as st

from partners.package.hours import WEEKDAYS, overlaps, weekly_line

interval = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda times: times[0] < times[1])
days = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def written(first: int, last: int, opens: int, closes: int) -> str:
    span = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"
    return f"{span} {clock(opens)}-{clock(closes)}"


@given(days, interval)
def test_what_is_written_is_what_is_read(span, times):
    read = weekly_line(written(*span, *times))

    assert read == [(weekday, *times) for weekday in range(span[0], span[1] + 1)]


@given(st.integers(0, 6), interval, st.integers(0, 6), interval)
def test_hours_overlap_when_they_share_a_minute(day, times, other_day, other_times):
    minutes = {day * 1440 + minute for minute in range(*times)}
    other_minutes = {other_day * 1440 + minute for minute in range(*other_times)}

    assert overlaps((day, *times), (other_day, *other_times)) == bool(minutes & other_minutes)
