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
    "case.exported": _("lijst van casussen geëxporteerd"),
    "case.lead_read": _("regie van casus bekeken"),
    "case.listed": _("casus in een lijst getoond"),
    "case.noted": _("notitie bij casus"),
    "case.opened": _("casus geopend"),
    "case.read": _("casus bekeken"),
    "case.terms_read": _("termijnen van casus bekeken"),
    "case.refused": _("casus geweigerd te tonen"),
    "case.shared": _("vastgelegd wat uit casus is gedeeld"),
    "case.sharings_read": _("bekeken wat uit casus is gedeeld"),
    "clock.dropped": _("termijn vervallen"),
    "clock.going": _("termijn loopt weer door"),
    "clock.met": _("termijn gehaald"),
    "clock.moved": _("termijn verbeterd"),
    "clock.overdue": _("termijn voorbij"),
    "clock.reminded": _("aan termijn herinnerd"),
    "clock.reopened": _("termijn toch niet gehaald"),
    "clock.resumed": _("opschorting beëindigd"),
    "clock.started": _("termijn begonnen"),
    "clock.stuck": _("termijn loopt vast"),
    "clock.suspended": _("termijn opgeschort"),
    "clock.suspension_removed": _("opschorting verwijderd"),
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
    "norm_event.moved": _("moment van gebeurtenis verbeterd"),
    "norm_event.withdrawn": _("gebeurtenis teruggenomen"),
    "norms.loaded": _("normen ingelezen"),
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
    "handover": _("overdracht"),
    "icdrecord": _("ICD-notitie"),
    "normevent": _("gebeurtenis van een termijn"),
    "outboxmessage": _("bericht"),
    "questionset": _("vragen"),
    "region": _("regio"),
    "ruleset": _("afspraken"),
    "service": _("dienst"),
    "sharing": _("gedeeld uit casus"),
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
