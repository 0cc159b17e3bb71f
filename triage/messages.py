"""What to say about an answer that cannot be read: what to do instead, in plain Dutch."""

from django.utils.translation import gettext_lazy as _

from .core import ErrorCode, Question

ERROR_MESSAGES = {
    ErrorCode.NOT_AN_OPTION: _("Kies een van de antwoorden."),
    ErrorCode.AGE_NOT_A_NUMBER: _("Vul de leeftijd in cijfers in, zoals 17. Weet u het niet? Typ een vraagteken."),
    ErrorCode.AGE_OUT_OF_RANGE: _("Vul een leeftijd in van 0 tot en met 120 jaar."),
    ErrorCode.AGE_AND_BIRTH_DATE_DIFFER: _("De leeftijd past niet bij de geboortedatum. Verbeter een van de twee."),
    ErrorCode.DATE_UNREADABLE: _("Vul de datum zo in: 25-11-2008."),
    ErrorCode.DATE_IMPOSSIBLE: _("Deze datum bestaat niet. Kijk de dag en de maand na."),
    ErrorCode.BORN_IN_FUTURE: _("Deze geboortedatum is in de toekomst. Kijk het jaar na."),
    ErrorCode.BORN_TOO_LONG_AGO: _("Deze geboortedatum is meer dan 120 jaar geleden. Kijk het jaar na."),
    ErrorCode.MUNICIPALITY_UNKNOWN: _("Deze gemeente is niet bekend. Kies een gemeente uit de lijst, of ‘Elders’."),
    ErrorCode.ORGANISATION_UNKNOWN: _("Deze organisatie is niet bekend. Kies er een uit de lijst."),
    ErrorCode.PHONE_UNREADABLE: _("Dit is geen telefoonnummer. Vul het in zoals 06 12 34 56 78 of +32 2 555 12 12."),
}
TOO_LONG = _("Dit is te lang. Gebruik hoogstens %(longest)d tekens.")
REQUIRED = _("Vul dit in.")


def error_message(code: ErrorCode, question: Question) -> str:
    if code == ErrorCode.TOO_LONG:
        return TOO_LONG % {"longest": question.longest}
    return str(ERROR_MESSAGES[code])
