"""The language of what outlives a request."""

from django.conf import settings
from django.utils.translation import override


def house_language() -> override:
    """For texts that are kept or sent: others read them than the person whose click made them."""
    return override(settings.LANGUAGE_CODE)
