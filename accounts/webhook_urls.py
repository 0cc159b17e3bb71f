"""Which addresses a webhook may have."""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_URL = 500


def check_webhook_url(url: str) -> None:
    """Raises a ValidationError that says what is wrong with it."""
    if len(url) > LONGEST_URL:
        raise ValidationError(_("Gebruik ten hoogste %(most)d tekens.") % {"most": LONGEST_URL})
    # A backslash is where one reader of an address sees the host end and another does not.
    if not url.isprintable() or " " in url or "\\" in url:
        raise ValidationError(_("Hierin staan tekens die niet kunnen."))
    if "#" in url:
        raise ValidationError(_("Laat het deel vanaf # weg: dat komt niet bij de ontvanger aan."))
    _check_parts(_split(url))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete:
        raise ValidationError(_("Dit is geen volledig webadres, zoals https://meldingen.voorbeeld.nl/crisisdienst."))
    return parts


def _check_parts(parts: SplitResult) -> None:
    if "@" in parts.netloc:
        raise ValidationError(_("Zet geen naam of wachtwoord in het adres: het wordt getoond."))
    plain = parts.scheme == "http" and parts.hostname in settings.WEBHOOK_PLAIN_HTTP_HOSTS
    if parts.scheme != "https" and not plain:
        raise ValidationError(_("Het adres begint met https://."))
