"""The access log in words: what it keeps as codes, for who reads it."""

from django import template
from django.utils.translation import gettext_lazy as _

from partners.models import Membership

register = template.Library()

EVENTS = {
    "access_log.read": _("inzagelog bekeken"),
    "account.sign_in_refused": _("aanmelden mislukt"),
    "account.signed_in": _("aangemeld"),
    "account.signed_out": _("afgemeld"),
    "addition.done": _("extra actie gedaan"),
    "alarm.acknowledged": _("alarm gezien"),
    "api_token.issued": _("API-token uitgegeven"),
    "capacity.told": _("opdrachtgever ingelicht over gebrek aan capaciteit"),
    "case.closed": _("casus afgesloten"),
    "capacity.exported": _("meldingen van gebrek aan capaciteit geëxporteerd"),
    "case.lead_read": _("regie van casus bekeken"),
    "case.listed": _("casus in een lijst getoond"),
    "case.noted": _("notitie bij casus"),
    "case.opened": _("casus geopend"),
    "case.read": _("casus bekeken"),
    "case.records_read": _("verslagen naast elkaar bekeken"),
    "case.refused": _("casus geweigerd te tonen"),
    "case.shared": _("vastgelegd wat uit casus is gedeeld"),
    "case.sharings_read": _("bekeken wat uit casus is gedeeld"),
    "clock.met": _("termijn gehaald"),
    "clock.started": _("termijn begonnen"),
    "comment.answer": _("opmerking beantwoord"),
    "comment.made": _("opmerking bij verslag gemaakt"),
    "comment.read": _("opmerking gelezen"),
    "comment.resolved": _("opmerking afgehandeld"),
    "consultation.held": _("overleg vastgelegd"),
    "contact.confirmed": _("melding bevestigd"),
    "contact.no_report": _("afgesloten als geen melding"),
    "contact.read": _("melding bekeken"),
    "decision.recorded": _("besluit vastgelegd"),
    "directory.loaded": _("gids ingelezen"),
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
    "message.resent": _("bericht opnieuw verstuurd"),
    "question_set.loaded": _("vragen ingelezen"),
    "record.completed": _("verslag afgerond"),
    "record.kept_back": _("deel van verslag niet meer gedeeld"),
    "record.opened": _("verslag geopend"),
    "record.read": _("verslag bekeken"),
    "record.reopened": _("verslag heropend"),
    "record.saved": _("verslag bewaard"),
    "record.shared": _("deel van verslag gedeeld"),
    "record.taken_over": _("tekst uit verslag van ander team overgenomen"),
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
}
RECORDS = {
    "addition": _("extra actie"),
    "alarm": _("alarm"),
    "apitoken": _("API-token"),
    "capacityreport": _("melding van gebrek aan capaciteit"),
    "case": _("casus"),
    "casenote": _("notitie"),
    "clock": _("termijn"),
    "comment": _("opmerking bij verslag"),
    "consultation": _("overleg"),
    "contact": _("melding"),
    "decision": _("besluit"),
    "draft": _("gesprek"),
    "handover": _("overdracht"),
    "icdrecord": _("ICD-notitie"),
    "outboxmessage": _("bericht"),
    "questionset": _("vragen"),
    "region": _("regio"),
    "ruleset": _("afspraken"),
    "service": _("dienst"),
    "sharing": _("gedeeld uit casus"),
    "sharingchoice": _("keuze om te delen"),
    "vtrecord": _("VT-dossier"),
    "waiver": _("doorgelaten gat"),
    "webhookendpoint": _("webhook"),
}
RULES = {
    "asked": _("casus is hun aangeboden"),
    "clock": _("de klok van het systeem"),
    "involved": _("betrokken bij de casus"),
    "own_call": _("eigen gesprek"),
    "own_case": _("eigen casus"),
    "role": _("rol"),
    "sender_is_responsible": _("verzender is zelf verantwoordelijk"),
    "team": _("zelfde team"),
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
def role_in_words(code: str) -> str:
    return str(dict(Membership.Role.choices).get(code, code))
