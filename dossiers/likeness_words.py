"""Why two people may be one, in words; and what is wrong with when somebody was born or died."""

from django.utils.translation import gettext_lazy as _

from .core import Reason
from .core.life import WrongLife

REASONS = {
    Reason.SAME_BSN: _("zelfde BSN"),
    Reason.OTHER_BSN: _("ander BSN"),
    Reason.SAME_SURNAME: _("zelfde achternaam"),
    Reason.SOUNDS_LIKE_SURNAME: _("achternaam klinkt hetzelfde"),
    Reason.SURNAME_SLIP: _("achternaam scheelt één letter"),
    Reason.OTHER_SURNAME: _("andere achternaam"),
    Reason.SAME_GIVEN_NAME: _("zelfde voornaam"),
    Reason.SOUNDS_LIKE_GIVEN_NAME: _("voornaam klinkt hetzelfde"),
    Reason.GIVEN_NAME_SLIP: _("voornaam scheelt één letter"),
    Reason.SAME_INITIAL: _("zelfde voorletter"),
    Reason.OTHER_GIVEN_NAME: _("andere voornaam"),
    Reason.NAMES_TURNED: _("voornaam en achternaam omgewisseld"),
    Reason.SAME_BIRTH: _("zelfde geboortedatum"),
    Reason.BIRTH_TURNED: _("dag en maand van geboorte omgewisseld"),
    Reason.BIRTH_SLIP: _("geboortedatum scheelt één cijfer"),
    Reason.BIRTH_ABOUT: _("ongeveer hetzelfde geboortejaar"),
    Reason.OTHER_BIRTH: _("andere geboortedatum"),
    Reason.SAME_PHONE: _("zelfde telefoonnummer"),
    Reason.SAME_EMAIL: _("zelfde e-mailadres"),
    Reason.SAME_ADDRESS: _("zelfde postcode en huisnummer"),
}
AGAINST = frozenset({Reason.OTHER_BSN, Reason.OTHER_SURNAME, Reason.OTHER_GIVEN_NAME, Reason.OTHER_BIRTH})
WRONG_LIFE = {
    WrongLife.IN_THE_FUTURE: _("Dit ligt in de toekomst. Controleer het jaar."),
    WrongLife.TOO_LONG_AGO: _("Dit is voor 1900. Controleer het jaar."),
    WrongLife.DIED_BEFORE_BORN: _("Dit is vóór de geboorte. Controleer beide datums."),
    WrongLife.DATE_AND_YEAR: _("Vul de geboortedatum in of een geschat jaar, niet allebei."),
}
