"""The way of a Veilig Thuis dossier in words: its states, its acts, and what must hold first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dossiers.core import Act, Need, State

STATES: dict[State, Promise] = {
    State.ADVICE_ASKED: _("advies gevraagd"),
    State.ADVICE_GIVEN: _("advies gegeven"),
    State.ADVICE_CLOSED: _("advies afgesloten"),
    State.REPORTED: _("gemeld"),
    State.SAFETY_ASSESSED: _("veiligheid beoordeeld"),
    State.TRIAGED: _("triage gedaan"),
    State.UNDER_INVESTIGATION: _("in onderzoek"),
    State.INVESTIGATION_DECIDED: _("over onderzoek besloten"),
    State.CONDITIONS_AND_FOLLOW_UP: _("voorwaarden en vervolg"),
    State.TRANSFERRED: pgettext_lazy("VT-dossier", "overgedragen"),
    State.AT_BOARD: _("bij de Raad voor de Kinderbescherming"),
    State.MONITORING: _("monitoring"),
    State.CLOSED: pgettext_lazy("VT-dossier", "afgesloten"),
}
STATE_CHOICES = [(state.value, words) for state, words in STATES.items()]

ACTS: dict[Act, Promise] = {
    Act.ADVISE: _("Advies geven"),
    Act.BECOMES_REPORT: _("Er een melding van maken"),
    Act.IS_ADVICE: _("Terug naar advies"),
    Act.ASSESS: _("Veiligheid beoordelen"),
    Act.TRIAGE: _("Uitkomst van de triage vastleggen"),
    Act.ADD_NEXT_STEP: _("Vervolgstap toevoegen"),
    Act.SETTLE_NEXT_STEP: _("Vervolgstap bijwerken"),
    Act.OPEN_INVESTIGATION: _("Onderzoek beginnen"),
    Act.RECORD_INVESTIGATION: _("Onderzoek bijwerken"),
    Act.DECIDE_INVESTIGATION: _("Onderzoek besluiten"),
    Act.DECIDE_WITHOUT: _("Besluiten dat Veilig Thuis niet onderzoekt"),
    Act.SET_CONDITION: _("Voorwaarde stellen"),
    Act.JUDGE_CONDITION: _("Voorwaarde beoordelen"),
    Act.PLAN_FOLLOW_UP: _("Vervolggesprek plannen"),
    Act.HOLD_FOLLOW_UP: _("Vervolggesprek vastleggen"),
    Act.TRANSFER: _("Overdragen"),
    Act.TO_BOARD: _("Naar de Raad voor de Kinderbescherming"),
    Act.BOARD_TAKES_OVER: _("De Raad neemt het over"),
    Act.BOARD_GIVES_BACK: _("De Raad geeft terug"),
    Act.MONITOR: _("Monitoring beginnen"),
    Act.CLOSE: _("Dossier afsluiten"),
    Act.REOPEN: _("Dossier heropenen"),
}
ACT_CHOICES = [(act.value, words) for act, words in ACTS.items()]

NEEDS: dict[Need, Promise] = {
    Need.ASSESSED: _("de veiligheid is beoordeeld"),
    Need.ACUTE: _("de laatste beoordeling is acuut onveilig (anders: besluit eerst over het onderzoek)"),
    Need.NEXT_STEPS_TAKEN_UP: _("elke vervolgstap is aangenomen, gedaan of vervallen"),
    Need.CONDITIONS_JUDGED: _("van elke voorwaarde is vastgelegd of eraan is voldaan"),
    Need.FOLLOW_UPS_HELD: _("elk gepland vervolggesprek is gehouden of vervallen"),
}
