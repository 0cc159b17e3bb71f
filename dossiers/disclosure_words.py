"""Who shares with whom, and under which conditions, in Dutch."""

from django.utils.translation import gettext_lazy as _

from .core.disclosure import Condition, Party

PARTY_NAMES = {
    Party.VEILIG_THUIS: _("Veilig Thuis"),
    Party.YOUTH_WORKER: _("een jeugdhulpverlener"),
    Party.COLLEAGUE: _("iemand die direct betrokken is bij dezelfde hulp"),
    Party.DOCTOR: _("een arts of de GGZ"),
    Party.POLICE: _("de politie"),
    Party.CHILD_PROTECTION_BOARD: _("de Raad voor de Kinderbescherming"),
    Party.CERTIFIED_AGENCY: _("een gecertificeerde instelling"),
    Party.HELPER: _("andere hulp: lokaal team, school, wijkteam"),
}
CONDITIONS = {
    Condition.ONLY_WHAT_IS_NEEDED: _("Deel alleen wat de ander nodig heeft."),
    Condition.TELL_THE_PERSON: _("Vertel het de persoon, als het kan vooraf."),
    Condition.TELL_AFTERWARDS: _("Vertel het de persoon achteraf, zodra dat veilig kan."),
    Condition.NOTHING_LEADS_TO_SOMEBODY: _("Noem niets waaraan iemand te herkennen is: geen naam, adres of school."),
    Condition.FREE_AND_SPECIFIC: _("Vraag toestemming voor dit doel. De persoon mag nee zeggen en later terugkomen."),
    Condition.NO_OTHER_WAY: _("Het gevaar is niet op een andere manier af te wenden."),
    Condition.WEIGH_WITH_SOMEBODY: _("Weeg het met een collega of vertrouwensarts, en schrijf de afweging op."),
}
