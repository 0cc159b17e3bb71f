"""What is ticked on a crisis note instead of typed: what was done and agreed, how it ended, and what holds it up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    ADVICE = "advice", _("advies gegeven")
    ON_SITE = "on_site", _("ter plaatse geholpen")
    STABILISED = "stabilised", _("gestabiliseerd")
    HANDED_OVER = "handed_over", _("overgedragen aan een ander")
    TO_VT = "to_vt", _("naar Veilig Thuis")


class Stuck(models.TextChoices):
    """What blocks the outflow; counted, so that a region sees where it lacks something."""

    NO_PLACE = "no_place", _("geen plek")
    WAITING_LIST = "waiting_list", _("wachtlijst")
    NO_CONSENT = "no_consent", _("geen toestemming")
    NO_LEAD_AGREED = "no_lead_agreed", _("geen overeenstemming over wie de regie heeft")
    NO_FINANCING = "no_financing", _("geen financiering")
    UNKNOWN = "unknown", _("nog niet bekend waarom")
    OTHER = "other", pgettext_lazy("uitstroom", "anders, namelijk")


class Step(models.TextChoices):
    CALLED_BACK = "called_back", _("teruggebeld")
    SPOKE_CHILD = "spoke_child", _("kind gezien of gesproken")
    SPOKE_PARENTS = "spoke_parents", _("ouders gesproken")
    WITH_POLICE = "with_police", _("samen met de politie")
    CONSULTED_VT = "consulted_vt", _("overlegd met Veilig Thuis")
    CONSULTED_GGZ = "consulted_ggz", _("overlegd met de GGZ")
    STAY_ELSEWHERE = "stay_elsewhere", _("tijdelijk verblijf elders geregeld")


class Agreement(models.TextChoices):
    SAFETY = "safety", _("veiligheidsafspraken gemaakt")
    WE_CALL = "we_call", _("wij bellen terug")
    FAMILY_CALLS = "family_calls", _("gezin belt als het weer misgaat")
    PROVIDER = "provider", _("eigen behandelaar pakt het op")
    LOCAL_TEAM = "local_team", _("lokaal team pakt het op")
    NOTHING_MORE = "nothing_more", _("geen verdere hulp nodig")
