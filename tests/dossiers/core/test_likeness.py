"""Are these two one person? A table of pairs with the reason, and the laws of every likeness."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.core import Known, Reason, keys_of, keys_to_find, likeness
from dossiers.core.birth import near_dates
from dossiers.core.sounds import sound, surname_words, words

BORN = date(1985, 2, 1)


def someone(name: str, born: date | None = None, **known) -> Known:
    """Given names and surname, with a bar between them."""
    given_name, _bar, surname = name.partition("|")
    return Known(given_name=given_name, surname=surname, born=born, **known)


S = someone
PAIRS = [
    # one, other, how it is judged, why
    (S("Jan|Jansen", BORN), S("Jan|Jansen", BORN), "likely", "the same to the letter"),
    (S("Jan|Janssen", BORN), S("Jan|Jansen", BORN), "likely", "a double letter is not heard"),
    (S("Marie|Meijer", BORN), S("Marie|Meyer", BORN), "likely", "ij and y"),
    (S("Marie|Meier", BORN), S("Marie|Meijer", BORN), "likely", "ei and ij"),
    (S("Tom|Reinders", BORN), S("Tom|Reynders", BORN), "likely", "ei and ey"),
    (S("Piet|Hendricks", BORN), S("Piet|Hendriks", BORN), "likely", "ck and k"),
    (S("Piet|Hendrickx", BORN), S("Piet|Hendriks", BORN), "likely", "ckx and ks"),
    (S("Anna|Visscher", BORN), S("Anna|Visser", BORN), "likely", "sch and s"),
    (S("Lucia|Claassen", BORN), S("Lucia|Klaasen", BORN), "likely", "c and k"),
    (S("Celine|Cillessen", BORN), S("Celine|Sillessen", BORN), "likely", "c before i is s"),
    (S("Philip|Boer", BORN), S("Filip|Boer", BORN), "likely", "ph and f"),
    (S("Theo|Smit", BORN), S("Teo|Smit", BORN), "likely", "th and t"),
    (S("Eva|Smidt", BORN), S("Eva|Smit", BORN), "likely", "dt and t"),
    (S("Eva|Smid", BORN), S("Eva|Smith", BORN), "likely", "d at the end is heard as t"),
    (S("Bo|Maas", BORN), S("Bo|Maes", BORN), "likely", "aa and ae"),
    (S("Rob|Kuijpers", BORN), S("Rob|Cuypers", BORN), "likely", "uij and uy, c and k"),
    (S("Kim|Blauw", BORN), S("Kim|Blouw", BORN), "likely", "au and ou"),
    (S("Christina|Bos", BORN), S("Kristina|Bos", BORN), "likely", "chr and kr"),
    (S("Sanne|van der Berg", BORN), S("Sanne|Berg", BORN), "likely", "infixes are left out"),
    (S("Sanne|v.d. Berg", BORN), S("Sanne|van den Berg", BORN), "likely", "an abbreviated infix"),
    (S("Emre|Özdemir", BORN), S("Emre|Ozdemir", BORN), "likely", "accents are left out"),
    (S("Zoë|Brontë", BORN), S("Zoe|Bronte", BORN), "likely", "accents in both names"),
    (S("Søren|Łukasz", BORN), S("Soren|Lukasz", BORN), "likely", "letters that are not an accent on another"),
    (S("J.|de Vries", BORN), S("Johannes|de Vries", BORN), "likely", "an initial and the name it stands for"),
    (S("J.P.|de Vries"), S("Jan Peter|de Vries"), "possible", "initials without a birth date"),
    (S("Anna|de Vries", BORN), S("Johanna Anna Maria|de Vries", BORN), "likely", "called by the second name"),
    (S("Jan|Jasnen", BORN), S("Jan|Jansen", BORN), "likely", "two letters turned"),
    (S("Jan|Janssn", BORN), S("Jan|Janssen", BORN), "likely", "a letter forgotten"),
    (S("Moahmed|El Amrani", BORN), S("Mohamed|Amrani", BORN), "likely", "a slip in the given name"),
    (S("Ali|Hassan", BORN), S("Hassan|Ali", BORN), "likely", "given name and surname in each other's place"),
    (S("Fatima|Jansen-Bakker", BORN), S("Fatima|Bakker", BORN), "likely", "one half of a double name"),
    (
        Known("Fatima", "de Vries", "Bakker", BORN),
        Known("Fatima", "Bakker", born=BORN),
        "likely",
        "the name of birth is somebody's surname elsewhere",
    ),
    (S("Jan|Jansen", date(1985, 1, 2)), S("Jan|Jansen", BORN), "likely", "day and month turned"),
    (S("Jan|Jansen", date(1985, 2, 7)), S("Jan|Jansen", BORN), "likely", "one digit misheard"),
    (S("Jan|Jansen", date(1958, 2, 1)), S("Jan|Jansen", BORN), "likely", "two digits of the year turned"),
    (S("Jan|Jansen", born_year=1986), S("Jan|Jansen", BORN), "possible", "an estimated year that may be right"),
    (S("Jan|Jansen"), S("Jan|Jansen"), "possible", "a common name is no proof"),
    (S("|Jansen"), S("Jan|Jansen", BORN), "possible", "only a surname is known"),
    (S("Aisha|"), S("Aisha|", BORN), "no", "only a given name is known"),
    (S("|", phone="+31612345678"), S("Jan|Jansen", phone="+31612345678"), "possible", "only a number is known"),
    (S("|", BORN), S("Jan|Jansen", BORN), "possible", "only a birth date is known"),
    (
        S("Jan|Jansen", phone="+31612345678", email="jan@example.org"),
        S("Jan|Jansen", phone="+31612345678", email="JAN@example.org"),
        "likely",
        "reached in the same ways",
    ),
    (
        S("Jan|Jansen", address="Kleine Houtweg 12 a", postcode="2012CD"),
        S("Jan|Jansen", address="Kl. Houtweg 12a", postcode="2012CD"),
        "likely",
        "the same door, written otherwise",
    ),
    (S("Lotte|Jansen", BORN, phone="+31612345678"), S("Tess|Jansen", BORN, phone="+31612345678"), "possible", "twins"),
    # --- and who are not -----------------------------------------------------------------------
    (
        S("Lotte|Jansen", date(2010, 3, 4), phone="+31612345678", postcode="2012CD", address="Dam 1"),
        S("Tess|Jansen", date(2013, 9, 8), phone="+31612345678", postcode="2012CD", address="Dam 1"),
        "no",
        "sisters share all but who they are",
    ),
    (S("Lotte|Jansen", phone="+31612345678"), S("Tess|Jansen", phone="+31612345678"), "no", "sisters, undated"),
    (
        S("Jan|Jansen", date(1955, 5, 6), postcode="2012CD", address="Dam 1", phone="+31612345678"),
        S("Jan|Jansen", date(1990, 7, 8), postcode="2012CD", address="Dam 1", phone="+31612345678"),
        "no",
        "a father and the son he is named after",
    ),
    (S("Jan|Jansen", BORN), S("Jan|Hansen", date(1990, 7, 9)), "no", "another first letter is another name"),
    (S("Jan|Bos", BORN), S("Jan|Bas", date(1986, 3, 9)), "no", "in a short name each letter counts"),
    (S("Ali|Vos", BORN), S("Ali|Bos", date(1981, 8, 9)), "no", "rhyme is not likeness"),
    (S("Eva|Mulder", BORN), S("Eva|Smulders", date(1981, 8, 9)), "no", "part of another name"),
    (S("Jan|van Dam", BORN), S("Jan|van Dijk", date(1991, 8, 9)), "no", "an infix in common is nothing in common"),
    (S("Piet|de Boer", BORN), S("Klaas|de Boer", date(1981, 8, 9)), "no", "brothers"),
    (S("Piet|Smit"), S("Klaas|Smit"), "no", "a common surname and another given name"),
    (S("Ans|Bakker", BORN), S("Bep|Visser", BORN), "no", "born on one day"),
    (
        S("Jan|Jansen", BORN, bsn="111222333"),
        S("Jan|Jansen", BORN, bsn="123456782"),
        "no",
        "two numbers are two people, whatever is alike",
    ),
    (
        S("Jan|Jansen", BORN, bsn="111222333"),
        S("Maria|Smit", date(1960, 1, 1), bsn="111222333"),
        "likely",
        "one number is one person",
    ),
    (S("|"), S("|"), "no", "nothing is known of either"),
    (S("محمد|علي", BORN), S("محمد|علي", BORN), "likely", "any script"),
]


@pytest.mark.parametrize(("one", "other", "judged", "why"), PAIRS, ids=[row[3] for row in PAIRS])
def test_a_pair_is_judged(one, other, judged, why):
    like = likeness(one, other)
    assert _in_words(like) == judged, (why, like)
    assert likeness(other, one).score == like.score


@pytest.mark.parametrize(("one", "other", "judged", "why"), PAIRS, ids=[row[3] for row in PAIRS])
def test_who_may_be_one_is_found_by_a_key(one, other, judged, why):
    if judged != "no" and one.bsn == "":
        assert set(keys_to_find(one)) & set(keys_of(other)), why
        assert set(keys_to_find(other)) & set(keys_of(one)), why


def _in_words(like) -> str:
    return "likely" if like.is_likely else "possible" if like.is_possible else "no"


def test_the_reasons_say_what_speaks_for_and_against():
    like = likeness(S("Lotte|Janssen", BORN), S("Tess|Jansen", BORN))
    assert like.reasons == (Reason.SOUNDS_LIKE_SURNAME, Reason.OTHER_GIVEN_NAME, Reason.SAME_BIRTH)


NAMES = st.sampled_from(
    ["", "Jan", "J.", "Anna Maria", "Özgür", "de Vries", "van der Berg", "Meijer", "Meyer", "x y", "'t"]
)
TEXTS = st.one_of(NAMES, st.text(max_size=12))
PEOPLE = st.builds(
    Known,
    given_name=TEXTS,
    surname=TEXTS,
    birth_name=TEXTS,
    born=st.none() | st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    born_year=st.none() | st.integers(1900, 2026),
    phone=st.sampled_from(["", "+31612345678", "+31201234567"]),
    email=st.sampled_from(["", "a@example.org", "A@example.org"]),
    address=st.sampled_from(["", "Dam 1", "Plein 1945 12-b", "12"]),
    postcode=st.sampled_from(["", "2012CD"]),
    bsn=st.sampled_from(["", "111222333", "123456782"]),
)


@given(PEOPLE, PEOPLE)
def test_likeness_is_the_same_both_ways(one, other):
    forth, back = likeness(one, other), likeness(other, one)
    assert (forth.score, set(forth.reasons)) == (back.score, set(back.reasons))
    assert 0 <= forth.score <= 100


@given(PEOPLE, PEOPLE)
def test_nobody_is_liker_than_the_very_same(one, other):
    assert likeness(one, one).score >= likeness(one, other).score


@given(PEOPLE)
def test_who_is_looked_for_by_all_that_is_kept_is_found(one):
    if keys_of(one):
        assert set(keys_to_find(one)) & set(keys_of(one))


@given(PEOPLE, PEOPLE)
def test_whoever_may_be_one_shares_a_key(one, other):
    if likeness(one, other).is_possible and not (one.bsn and other.bsn):
        assert set(keys_to_find(one)) & set(keys_of(other))


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_a_date_is_near_itself_and_nearness_is_mutual(born):
    near = near_dates(born)
    assert born in near
    assert all(born in near_dates(each) for each in near)


@given(st.text(max_size=40))
def test_any_text_has_a_sound(text):
    assert all(sound(word) is not None for word in words(text))
    assert isinstance(surname_words(text), tuple)
