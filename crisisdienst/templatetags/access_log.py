"""The access log in words: what it keeps as codes, for who reads it."""

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.grounds import PURPOSES, RULES, code_and_detail
from partners.models import Membership

register = template.Library()

EVENTS = {
    "access_log.read": _("inzagelog bekeken"),
    "account.sign_in_refused": _("aanmelden mislukt"),
    "account.signed_in": _("aangemeld"),
    "account.signed_out": _("afgemeld"),
    "addition.done": _("extra actie gedaan"),
    "admin.history_read": _("geschiedenis in het beheer bekeken"),
    "admin.listed": _("lijst in het beheer bekeken"),
    "admin.read": _("gegeven in het beheer bekeken"),
    "alarm.acknowledged": _("alarm gezien"),
    "api_token.issued": _("API-token uitgegeven"),
    "board.exported": _("figuur van vandaag geëxporteerd"),
    "bounces.exported": _("stuitermeter geëxporteerd"),
    "capacity.read": _("meldingen van gebrek aan capaciteit bekeken"),
    "capacity.told": _("opdrachtgever ingelicht over gebrek aan capaciteit"),
    "case.closed": _("casus afgesloten"),
    "capacity.exported": _("meldingen van gebrek aan capaciteit geëxporteerd"),
    "case.access_overview_exported": _("overzicht van inzage als bestand gegeven"),
    "case.access_overview_printed": _("overzicht van inzage afgedrukt"),
    "case.access_overview_read": _("overzicht van inzage bekeken"),
    "case.history_read": _("geschiedenis van casus bekeken"),
    "case.lead_read": _("regie van casus bekeken"),
    "case.listed": _("casus in een lijst getoond"),
    "case.noted": _("notitie bij casus"),
    "case.opened": _("casus geopend"),
    "case.read": _("casus bekeken"),
    "case.refused": _("casus geweigerd te tonen"),
    "clock.met": _("termijn gehaald"),
    "clock.started": _("termijn begonnen"),
    "consultation.held": _("overleg vastgelegd"),
    "contact.confirmed": _("melding bevestigd"),
    "contact.listed": _("eerdere melding naast een gesprek getoond"),
    "contact.no_report": _("afgesloten als geen melding"),
    "contact.read": _("melding bekeken"),
    "contact.refused": _("melding geweigerd te tonen"),
    "decision.recorded": _("besluit vastgelegd"),
    "directory.loaded": _("gids ingelezen"),
    "emergency_access.listed": _("gebruik van de noodknop bekeken"),
    "emergency_access.opened": _("casus geopend met de noodknop"),
    "emergency_access.refused": _("noodknop met een nummer dat niet bestaat"),
    "emergency_access.reviewed": _("gebruik van de noodknop beoordeeld"),
    "draft.listed": _("eigen gesprekken bekeken"),
    "draft.read": _("gesprek bekeken"),
    "draft.refused": _("gesprek geweigerd te tonen"),
    "draft.started": _("gesprek begonnen"),
    "endpoint.added": _("webhook toegevoegd"),
    "endpoint.renewed": _("geheim van webhook vernieuwd"),
    "endpoint.switched": _("webhook aan- of uitgezet"),
    "endpoint.tested": _("testbericht naar webhook"),
    "gaps.waived": _("gat of tegenspraak doorgelaten"),
    "handover.accepted": _("overdracht aangenomen"),
    "handover.declined": _("overdracht geweigerd"),
    "handover.expired": _("overdracht niet op tijd aangenomen"),
    "handover.feedback": _("teruggekoppeld"),
    "handover.offered": _("overdracht aangeboden"),
    "handover.offered_back": _("casus teruggegeven aan eigen behandelaar"),
    "handover.read": _("overdracht bekeken"),
    "handover.refused": _("overdracht geweigerd te tonen"),
    "handover.reminded": _("aan overdracht herinnerd"),
    "handover.withdrawn": _("overdracht ingetrokken"),
    "inbox.read": _("inbox bekeken"),
    "message.listed": _("berichten bekeken"),
    "message.read": _("bericht bekeken"),
    "message.resent": _("bericht opnieuw verstuurd"),
    "question_set.loaded": _("vragen ingelezen"),
    "record.opened": _("verslag geopend"),
    "record.saved": _("verslag bewaard"),
    "request.refused": _("verzoek geweigerd"),
    "rule_set.discarded": _("concept van afspraken weggegooid"),
    "rule_set.draft_started": _("concept van afspraken begonnen"),
    "rule_set.edited": _("concept van afspraken gewijzigd"),
    "rule_set.proven": _("afspraken getoetst"),
    "rule_set.published": _("afspraken gepubliceerd"),
    "rule_set.refused": _("afspraken geweigerd te tonen"),
    "rule_set.replayed": _("afspraken nagespeeld"),
    "service.changed": _("dienst gewijzigd"),
    "service.resumed": _("omleiding beëindigd"),
    "service.suspended": _("dienst omgeleid"),
    "switchboard.read": _("centrale bekeken"),
}
RECORDS = {
    "addition": _("extra actie"),
    "alarm": _("alarm"),
    "apitoken": _("API-token"),
    "capacityreport": _("melding van gebrek aan capaciteit"),
    "case": _("casus"),
    "casenote": _("notitie"),
    "clock": _("termijn"),
    "consultation": _("overleg"),
    "contact": _("melding"),
    "decision": _("besluit"),
    "draft": _("gesprek"),
    "emergencyaccess": _("noodknop"),
    "handover": _("overdracht"),
    "icdrecord": _("ICD-notitie"),
    "outboxmessage": _("bericht"),
    "questionset": _("vragen"),
    "region": _("regio"),
    "ruleset": _("afspraken"),
    "service": _("dienst"),
    "vtrecord": _("VT-dossier"),
    "waiver": _("doorgelaten gat"),
    "webhookendpoint": _("webhook"),
}


@register.filter
def event_in_words(code: str) -> str:
    return str(EVENTS.get(code, code))


@register.filter
def record_in_words(code: str) -> str:
    return str(RECORDS.get(code, code))


@register.filter
def rule_in_words(code: str) -> str:
    return str(RULES.get(code, code))


@register.filter
def purpose_in_words(kept: str) -> str:
    code, detail = code_and_detail(kept)
    words = str(PURPOSES.get(code, code))
    return f"{words}: {detail}" if detail else words


@register.filter
def role_in_words(code: str) -> str:
    return str(dict(Membership.Role.choices).get(code, code))
