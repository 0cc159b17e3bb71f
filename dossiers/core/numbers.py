"""Numbers that carry their own check, or a fixed form: BSN, postcode, house number. No Django, clock or settings."""

import re

_BSN_LENGTHS = (8, 9)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# What PostNL never gives out.
_NO_LETTERS = {"SA", "SD", "SS"}


def read_bsn(text: str) -> str | None:
    """Nine digits that pass the eleven test, or None; dots, dashes and spaces are allowed, a leading zero may lack."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in _BSN_LENGTHS:
        return None
    number = digits.zfill(9)
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True))
    return number if total % 11 == 0 and number.strip("0") else None


def masked(number: str) -> str:
    """Enough to recognise a number that one has before one, and not to use it."""
    return "*" * 5 + number[-4:]


def read_postcode(text: str) -> str | None:
    """1234AB, or None; the first digit is never zero."""
    plain = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", plain) or plain[4:] in _NO_LETTERS:
        return None
    return plain


def house_number(address: str) -> str:
    """The first number after the name of the street, with its letter: 12a of Kleine Houtweg 12 a."""
    found = re.search(r"(?<=\D)([0-9]{1,5})\s?-?\s?([a-z]?)\b", address.casefold())
    return found.group(1) + found.group(2) if found else ""
