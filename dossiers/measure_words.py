"""The dates of a measure in words, as the form and its errors name them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DATE_WORDS: dict[str, Promise] = {
    "noticed_on": _("Kennisgeving aan de instelling"),
    "ruled_on": _("Beschikking van de rechter"),
    "guardian_linked_on": _("Jeugdbeschermer gekoppeld"),
    "plan_supported_on": _("Gedragen plan"),
    "help_started_on": _("Passende hulp begonnen"),
    "start_team_on": _("Startteam begonnen"),
    "handed_over_on": _("Warm overgedragen aan de vaste jeugdbeschermer"),
    "ended_on": _("Maatregel geëindigd"),
}
