"""What each kind of action allows, as tables that a domain expert can check."""

from datetime import date, datetime

import pytest

from dossiers.core import AMSTERDAM, NORMS
from dossiers.core.actions import (
    RULES,
    Ending,
    Kind,
    Times,
    is_adult,
    wrong_ending,
    wrong_extension,
    wrong_last_day,
    wrong_person,
    wrong_times,
)

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)
THV, ORDER = Kind.RESTRAINING_ORDER, Kind.CRISIS_ORDER


def at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"2026-{text}").replace(tzinfo=AMSTERDAM)


ALLOWS = [
    # kind, of whom, adults, on site, longest, extended, why
    (Kind.DISPATCH, False, False, True, "", "", "they go there for a household; nobody need be named"),
    (Kind.HOME_SUPPORT, False, False, False, "", "", "help at home is for a family"),
    (THV, True, True, False, "thv", "thv-extended", "ten days, to twenty-eight, and for adults only"),
    (ORDER, True, False, False, "wvggz-crisis-order", "", "three days of one person, a child too"),
    (Kind.CONTINUATION, True, False, False, "wvggz-continuation", "", "three weeks, after an order"),
    (Kind.CHILD_PROTECTION, True, False, False, "", "", "asked about one child; the Council decides when it is done"),
]


@pytest.mark.parametrize(("kind", "person", "adults", "on_site", "longest", "extended", "why"), ALLOWS)
def test_what_a_kind_allows(kind, person, adults, on_site, longest, extended, why):
    rule = RULES[kind]
    told = (rule.needs_person, rule.adults_only, rule.on_site, rule.longest, rule.extended)
    assert told == (person, adults, on_site, longest, extended), why


def test_every_kind_has_a_row_and_names_norms_that_exist():
    assert [row[0] for row in ALLOWS] == list(RULES)
    for rule in RULES.values():
        if rule.longest:
            assert (NORMS[rule.longest].starts, NORMS[rule.longest].ends) == (rule.begins, rule.lapses)
        if rule.extended:
            assert (NORMS[rule.extended].starts, NORMS[rule.extended].ends) == (rule.extends, rule.lapses)


TIMES = [
    # began, left, arrived, ended, wrong, why
    ("11-24T09:00", None, None, None, {}, "this morning"),
    ("11-24T10:15", None, None, None, {}, "this very minute"),
    ("11-24T10:16", None, None, None, {"started_at": "in_the_future"}, "a minute from now has not happened"),
    ("11-24T09:00", "11-24T09:10", "11-24T09:40", "11-24T10:10", {}, "in order"),
    ("11-24T09:00", "11-24T08:59", None, None, {"left_at": "before_start"}, "left before anybody asked"),
    ("11-24T09:00", "11-24T09:30", "11-24T09:10", None, {"arrived_at": "before_leaving"}, "there before they left"),
    ("11-24T09:00", None, "11-24T09:40", "11-24T09:30", {"ended_at": "before_arrival"}, "back before they came"),
    ("11-24T09:00", None, None, "11-23T09:00", {"ended_at": "before_start"}, "over before it began"),
    ("11-24T09:00", None, None, "11-25T09:00", {"ended_at": "in_the_future"}, "tomorrow is not over"),
]


@pytest.mark.parametrize(("began", "left", "arrived", "ended", "wrong", "why"), TIMES)
def test_moments_follow_each_other(began, left, arrived, ended, wrong, why):
    assert wrong_times(Times(at(began), at(left), at(arrived), at(ended)), NOW) == wrong, why


def test_what_lies_before_the_calendar_is_asked_again():
    long_ago = datetime(2019, 12, 31, 23, 59, tzinfo=AMSTERDAM)
    assert wrong_times(Times(long_ago), NOW) == {"started_at": "before_the_calendar"}


PERSONS = [
    # kind, named, born, wrong, why
    (THV, False, None, {"person": "person_missing"}, "an order is of somebody"),
    (THV, True, None, {}, "an unknown age stands in nobody's way"),
    (THV, True, date(2008, 11, 24), {}, "eighteen today"),
    (THV, True, date(2008, 11, 25), {"person": "not_an_adult"}, "eighteen tomorrow"),
    (ORDER, True, date(2015, 1, 1), {}, "a crisis order can be of a child"),
    (Kind.DISPATCH, False, None, {}, "nobody need be named"),
]


@pytest.mark.parametrize(("kind", "named", "born", "wrong", "why"), PERSONS)
def test_of_whom(kind, named, born, wrong, why):
    assert wrong_person(kind, named=named, born=born, started_at=NOW) == wrong, why


def test_a_birthday_on_the_29th_of_february_counts_on_the_first_of_march():
    assert not is_adult(date(2008, 2, 29), date(2026, 2, 28))
    assert is_adult(date(2008, 2, 29), date(2026, 3, 1))


LAST_DAYS = [
    ("2026-12-04", {}, "the longest"),
    ("2026-11-30", {}, "the mayor may give less"),
    ("2026-11-24", {}, "only today"),
    ("2026-12-05", {"lapses_on": "last_day_too_late"}, "a day too long"),
    ("2026-11-23", {"lapses_on": "last_day_too_early"}, "over before it was imposed"),
]


@pytest.mark.parametrize(("last", "wrong", "why"), LAST_DAYS)
def test_the_last_day_of_an_order(last, wrong, why):
    assert wrong_last_day(date.fromisoformat(last), date(2026, 11, 24), date(2026, 12, 4)) == wrong, why


EXTENSIONS = [
    # kind, until, today, ended, wrong, why
    (THV, "2026-12-22", "2026-11-30", False, {}, "28 days from imposing"),
    (THV, "2026-12-10", "2026-12-04", False, {}, "on its last day, and for less"),
    (THV, "2026-12-23", "2026-11-30", False, {"lapses_on": "last_day_too_late"}, "the 29th day"),
    (THV, "2026-12-04", "2026-11-30", False, {"lapses_on": "not_longer"}, "the same day is no extension"),
    (THV, "2026-12-22", "2026-12-05", False, {"lapses_on": "has_lapsed"}, "a day too late: impose it anew"),
    (THV, "2026-12-22", "2026-11-30", True, {"lapses_on": "has_ended"}, "it was withdrawn"),
    (ORDER, "2026-12-22", "2026-11-24", False, {"lapses_on": "no_extension"}, "a judge continues it instead"),
]


@pytest.mark.parametrize(("kind", "until", "today", "ended", "wrong", "why"), EXTENSIONS)
def test_extending(kind, until, today, ended, wrong, why):
    days = {"now_until": date(2026, 12, 4), "until": date.fromisoformat(until), "longest": date(2026, 12, 22)}
    assert wrong_extension(kind, **days, today=date.fromisoformat(today), ended=ended) == wrong, why


ENDINGS = [
    # kind, ending, outcome, note, wrong, why
    (Kind.DISPATCH, Ending.DONE, "agreements_made", "", {}, "what came out says enough"),
    (Kind.DISPATCH, Ending.DONE, "", "", {"outcome": "outcome_missing"}, "figures that nobody asked are lost"),
    (Kind.DISPATCH, Ending.DONE, "other", "", {"end_note": "reason_missing"}, "other than what?"),
    (THV, Ending.DONE, "", "", {}, "an order has no outcome to choose"),
    (THV, Ending.WITHDRAWN, "", " ", {"end_note": "reason_missing"}, "why he may come home"),
    (THV, Ending.MISTAKE, "", "Verkeerde persoon.", {}, "a mistake with its reason"),
]


@pytest.mark.parametrize(("kind", "ending", "outcome", "note", "wrong", "why"), ENDINGS)
def test_ending(kind, ending, outcome, note, wrong, why):
    assert wrong_ending(kind, ending, outcome=outcome, note=note) == wrong, why
