"""Are these two people one and the same? A score with its reasons; a person decides. No Django, clock or settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .birth import Birth, compare_births
from .names import Name, compare_given_names, compare_surnames
from .numbers import house_number


class Reason(StrEnum):
    """What speaks for or against; the words are the shell's."""

    SAME_BSN = "same_bsn"
    OTHER_BSN = "other_bsn"
    SAME_SURNAME = "same_surname"
    SOUNDS_LIKE_SURNAME = "sounds_like_surname"
    SURNAME_SLIP = "surname_slip"
    OTHER_SURNAME = "other_surname"
    SAME_GIVEN_NAME = "same_given_name"
    SOUNDS_LIKE_GIVEN_NAME = "sounds_like_given_name"
    GIVEN_NAME_SLIP = "given_name_slip"
    SAME_INITIAL = "same_initial"
    OTHER_GIVEN_NAME = "other_given_name"
    NAMES_TURNED = "names_turned"
    SAME_BIRTH = "same_birth"
    BIRTH_TURNED = "birth_turned"
    BIRTH_SLIP = "birth_slip"
    BIRTH_ABOUT = "birth_about"
    OTHER_BIRTH = "other_birth"
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_ADDRESS = "same_address"


R = Reason


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody; an empty field is not known."""

    given_name: str = ""
    surname: str = ""
    birth_name: str = ""
    born: date | None = None
    born_year: int | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    bsn: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY

    @property
    def is_possible(self) -> bool:
        return self.score >= POSSIBLE


CERTAIN = 100
LIKELY = 70
POSSIBLE = 30
WEIGHTS = {
    R.SAME_SURNAME: 36,
    R.SOUNDS_LIKE_SURNAME: 32,
    R.SURNAME_SLIP: 26,
    R.OTHER_SURNAME: -15,
    R.SAME_GIVEN_NAME: 20,
    R.SOUNDS_LIKE_GIVEN_NAME: 16,
    R.GIVEN_NAME_SLIP: 12,
    R.SAME_INITIAL: 8,
    R.OTHER_GIVEN_NAME: -30,
    R.NAMES_TURNED: 45,
    R.SAME_BIRTH: 35,
    R.BIRTH_TURNED: 25,
    R.BIRTH_SLIP: 20,
    R.BIRTH_ABOUT: 8,
    R.OTHER_BIRTH: -25,
    R.SAME_PHONE: 30,
    R.SAME_EMAIL: 30,
    R.SAME_ADDRESS: 15,
}
# A household shares a surname, a phone and a door: what tells its members apart weighs more than all of those.
TWIN = 60
RELATIVE = POSSIBLE - 1
_SURNAMES = {Name.SAME: R.SAME_SURNAME, Name.SOUND: R.SOUNDS_LIKE_SURNAME, Name.SLIP: R.SURNAME_SLIP}
_GIVEN = {
    Name.SAME: R.SAME_GIVEN_NAME,
    Name.SOUND: R.SOUNDS_LIKE_GIVEN_NAME,
    Name.SLIP: R.GIVEN_NAME_SLIP,
    Name.INITIAL: R.SAME_INITIAL,
}
_BIRTHS = {
    Birth.SAME: R.SAME_BIRTH,
    Birth.TURNED: R.BIRTH_TURNED,
    Birth.ONE_SLIP: R.BIRTH_SLIP,
    Birth.ABOUT: R.BIRTH_ABOUT,
    Birth.DIFFERENT: R.OTHER_BIRTH,
    Birth.FAR_APART: R.OTHER_BIRTH,
}


def likeness(one: Known, other: Known) -> Likeness:
    """How much speaks for one person, from 0 to 100; the same whichever comes first."""
    if one.bsn and other.bsn:
        same = one.bsn == other.bsn
        return Likeness(CERTAIN, (R.SAME_BSN,)) if same else Likeness(0, (R.OTHER_BSN,))
    birth = compare_births(one.born, one.born_year, other.born, other.born_year)
    reasons = tuple(_reasons(one, other, birth))
    total = sum(WEIGHTS[reason] for reason in reasons)
    return Likeness(max(0, min(total, _most(reasons, birth))), reasons)


def _reasons(one: Known, other: Known, birth: Birth) -> Iterator[Reason]:
    yield from _name_reasons(one, other)
    if birth in _BIRTHS:
        yield _BIRTHS[birth]
    if one.phone and one.phone == other.phone:
        yield R.SAME_PHONE
    if one.email and one.email.casefold() == other.email.casefold():
        yield R.SAME_EMAIL
    if door(one.postcode, one.address) and door(one.postcode, one.address) == door(other.postcode, other.address):
        yield R.SAME_ADDRESS


def _name_reasons(one: Known, other: Known) -> Iterator[Reason]:
    surnames = compare_surnames((one.surname, one.birth_name), (other.surname, other.birth_name))
    given = compare_given_names(one.given_name, other.given_name)
    if Name.OTHER in (surnames, given) and _turned(one, other):
        yield R.NAMES_TURNED
        return
    if surnames is not Name.UNKNOWN:
        yield _SURNAMES.get(surnames, R.OTHER_SURNAME)
    if given is not Name.UNKNOWN:
        yield _GIVEN.get(given, R.OTHER_GIVEN_NAME)


def _turned(one: Known, other: Known) -> bool:
    """Given name and surname in each other's place: Ali Hassan, Hassan Ali."""
    crosswise = (
        compare_given_names(one.given_name, other.surname),
        compare_given_names(one.surname, other.given_name),
    )
    return all(each in (Name.SAME, Name.SOUND) for each in crosswise)


def _most(reasons: tuple[Reason, ...], birth: Birth) -> int:
    """How far it can come with what speaks against."""
    if birth is Birth.FAR_APART:
        return RELATIVE
    if R.OTHER_GIVEN_NAME in reasons:
        return TWIN if birth in (Birth.SAME, Birth.TURNED, Birth.ONE_SLIP) else RELATIVE
    return LIKELY - 1 if R.OTHER_BIRTH in reasons else CERTAIN - 1


def door(postcode: str, address: str) -> str:
    """Postcode and house number, which together are one door; empty when either is not known."""
    number = house_number(address)
    return f"{postcode}-{number}" if postcode and number else ""
