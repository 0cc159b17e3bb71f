"""Numbers that carry their own check, and when somebody can have lived."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import masked, read_bsn, read_postcode
from dossiers.core.life import WrongLife, wrong_life
from dossiers.core.numbers import house_number
from dossiers.core.sounds import sound

BSNS = [
    # typed, read, why
    ("111222333", "111222333", "passes the eleven test"),
    ("123456782", "123456782", "passes the eleven test"),
    ("1234.56.782", "123456782", "as it is written on a letter"),
    (" 123 456 782 ", "123456782", "with spaces"),
    ("12345673", None, "eight digits that fail with a zero before them"),
    ("10000008", "010000008", "eight digits: the zero before them was left out"),
    ("111222334", None, "one digit off"),
    ("112122333", None, "two digits turned"),
    ("000000000", None, "passes the sum, and is nobody's"),
    ("1112223333", None, "too long"),
    ("1112223", None, "too short"),
    ("11122233a", None, "a letter"),
    ("١١١٢٢٢٣٣٣", None, "digits of another script"),
    ("", None, "nothing"),
    ("1" * 100_000, None, "far too long"),
]


@pytest.mark.parametrize(("typed", "read", "why"), BSNS, ids=[row[2] for row in BSNS])
def test_a_bsn_passes_the_eleven_test(typed, read, why):
    assert read_bsn(typed) == read


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 7))
def test_two_digits_that_change_places_never_pass(number, at):
    """What the eleven test is for."""
    slip = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if read_bsn(number) and slip != number:
        assert read_bsn(slip) is None


def test_a_masked_bsn_shows_its_last_four():
    assert masked("123456782") == "*****6782"


@pytest.mark.parametrize(
    ("typed", "read", "why"),
    [
        ("2012 cd", "2012CD", "as people write it"),
        ("2012CD", "2012CD", "as it is kept"),
        ("0012CD", None, "none begins with a zero"),
        ("2012SS", None, "letters that are never given out"),
        ("2012", None, "half of one"),
        ("20125CD", None, "too long"),
    ],
)
def test_a_postcode_is_read(typed, read, why):
    assert read_postcode(typed) == read


@pytest.mark.parametrize(
    ("address", "number", "why"),
    [
        ("Kleine Houtweg 12", "12", "plain"),
        ("Kleine Houtweg 12 a", "12a", "a letter after a space"),
        ("Kleine Houtweg 12-A", "12a", "a letter after a dash"),
        ("Kleine Houtweg", "", "no number"),
        ("12", "", "a number without a street is no address"),
    ],
)
def test_the_house_number_of_an_address(address, number, why):
    assert house_number(address) == number


TODAY = date(2026, 11, 24)
LIVES = [
    # born, year, died, wrong, why
    (date(1985, 2, 1), None, None, {}, "an ordinary life"),
    (TODAY, None, TODAY, {}, "lived one day"),
    (date(2026, 11, 25), None, None, {"born": WrongLife.IN_THE_FUTURE}, "tomorrow"),
    (date(1899, 12, 31), None, None, {"born": WrongLife.TOO_LONG_AGO}, "nobody alive is so old"),
    (date(85, 2, 1), None, None, {"born": WrongLife.TOO_LONG_AGO}, "two digits of the year"),
    (None, 2027, None, {"born_year": WrongLife.IN_THE_FUTURE}, "next year"),
    (None, 1899, None, {"born_year": WrongLife.TOO_LONG_AGO}, "too long ago"),
    (date(1985, 2, 1), 1985, None, {"born_year": WrongLife.DATE_AND_YEAR}, "a date needs no estimate"),
    (date(1985, 2, 1), None, date(1985, 1, 31), {"died": WrongLife.DIED_BEFORE_BORN}, "died before born"),
    (None, 1985, date(1984, 12, 31), {"died": WrongLife.DIED_BEFORE_BORN}, "died before the estimated year"),
    (None, 1985, date(1985, 1, 1), {}, "in the estimated year"),
    (None, None, date(2027, 1, 1), {"died": WrongLife.IN_THE_FUTURE}, "will die"),
]


@pytest.mark.parametrize(("born", "year", "died", "wrong", "why"), LIVES, ids=[row[4] for row in LIVES])
def test_a_life_that_cannot_be(born, year, died, wrong, why):
    assert wrong_life(born, year, died, TODAY) == wrong


SOUNDS = [
    # names that sound the same, why
    (("meijer", "meyer", "meier"), "ij, ey, ei"),
    (("dijk", "dyk", "dijck"), "ij and y"),
    (("kuiper", "kuyper", "kuijper"), "ui in three spellings"),
    (("visser", "visscher"), "sch and s"),
    (("hendriks", "hendricks", "hendrickx"), "k, ck and ckx"),
    (("claassen", "klaasen", "claessen"), "c and k, aa and ae"),
    (("smit", "smid", "smidt", "smith"), "t, d, dt and th"),
    (("philip", "filip"), "ph and f"),
    (("agterberg", "achterberg"), "ch and g"),
]


@pytest.mark.parametrize(("names", "why"), SOUNDS, ids=[row[1] for row in SOUNDS])
def test_names_that_sound_the_same_have_one_key(names, why):
    assert len({sound(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("bakker", "bekker", "another vowel"),
        ("jansen", "hansen", "another first letter"),
        ("peters", "pieters", "e and ie"),
        ("bos", "vos", "rhyme"),
        ("mulder", "molder", "u and o"),
        ("jansen", "janssens", "another name in Flanders"),
        ("berg", "burg", "two towns"),
    ],
)
def test_names_that_do_not_sound_the_same(one, other, why):
    assert sound(one) != sound(other)
