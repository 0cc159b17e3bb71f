"""Do two names mean the same person? Surnames by their words, given names by the one somebody is called by."""

from enum import StrEnum
from itertools import product

from .sounds import one_slip_apart, sound, surname_words, words


class Name(StrEnum):
    """How two names agree, the closest first."""

    SAME = "same"
    SOUND = "sound"
    SLIP = "slip"
    INITIAL = "initial"
    OTHER = "other"
    UNKNOWN = "unknown"


_CLOSEST = list(Name)


def compare_surnames(ones: tuple[str, ...], others: tuple[str, ...]) -> Name:
    """The closest of every surname of the one (own, of birth) beside every surname of the other."""
    pairs = product(filter(None, ones), filter(None, others))
    found = [_compare_surname(surname_words(one), surname_words(other)) for one, other in pairs]
    return min(found, key=_CLOSEST.index, default=Name.UNKNOWN)


def _compare_surname(one: tuple[str, ...], other: tuple[str, ...]) -> Name:
    if not one or not other:
        return Name.UNKNOWN
    whole = _compare_words("".join(one), "".join(other))
    if whole is not Name.OTHER or len(one) == len(other):
        return whole
    # A double name and one half of it: Jansen-de Vries is also called Jansen.
    part = min((_compare_words(a, b) for a, b in product(one, other)), key=_CLOSEST.index)
    return Name.SOUND if part in (Name.SAME, Name.SOUND) else Name.OTHER


def compare_given_names(one: str, other: str) -> Name:
    """By the first name, by a single name among several, or by initials."""
    ones, others = words(one), words(other)
    if not ones or not others:
        return Name.UNKNOWN
    first = _compare_words(ones[0], others[0])
    if first is not Name.OTHER:
        return first
    if _is_one_of(ones, others) or _is_one_of(others, ones):
        return Name.SOUND
    initials = len(ones[0]) == 1 or len(others[0]) == 1
    return Name.INITIAL if initials and ones[0][0] == others[0][0] else Name.OTHER


def _is_one_of(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Anna of Johanna Anna Maria; two letters are initials."""
    return len(ones) == 1 and len(ones[0]) > len("jp") and sound(ones[0]) in map(sound, others)


def _compare_words(one: str, other: str) -> Name:
    if one == other:
        return Name.SAME
    sounds = sound(one), sound(other)
    if sounds[0] == sounds[1] and min(len(one), len(other)) > 1:
        return Name.SOUND
    return Name.SLIP if one_slip_apart(*sounds) else Name.OTHER
