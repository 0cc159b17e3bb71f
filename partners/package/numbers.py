"""Phone numbers of the directory. A wrong number costs lives: every number is checked against the Dutch number plan."""

import re

import phonenumbers

# Not in E.164: they are dialled as they stand.
SHORT_NUMBERS = ("112", "113")
# Shipped examples have a subscriber part that begins with 000: well-formed, and never issued to anybody.
_FICTITIOUS = re.compile(r"\+31\d{2,3}000\d{3,4}")


def dialled(shown: str, fictitious: bool) -> str:
    """What is dialled for a number as people write it: a short number, or E.164."""
    if shown in SHORT_NUMBERS:
        return shown
    number = _e164(shown)
    looks_fictitious = _FICTITIOUS.fullmatch(number) is not None
    if fictitious and not looks_fictitious:
        raise ValueError(f"`{shown}` kan echt van iemand zijn; een fictief nummer begint na het netnummer met 000")
    if looks_fictitious and not fictitious:
        raise ValueError(f"`{shown}` is niet uitgegeven; zet er `fictitious: ja` bij of vul het echte nummer in")
    return number


def _e164(shown: str) -> str:
    try:
        number = phonenumbers.parse(shown, "NL")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError(f"`{shown}` is geen geldig telefoonnummer; schrijf zoals 023-511 11 11, 112 of 0800-2000")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
