"""The answer as one JSON object: the same for the command, the API, the cards and the stored decision."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .core import NOT_KNOWABLE, Also, Decision, Facts, Undetermined

Document = dict[str, Any]
FAILED_RULE = "safety_net/decision-failed"
FAILED_IN_DANGER = "emergency/decision-failed"

FACT_LABELS = {
    "category": _("waar het om gaat"),
    "age": _("de leeftijd"),
    "municipality": _("de gemeente"),
    "danger": _("acuut gevaar"),
    "provider": _("de eigen hulpverlener"),
    "related": _("verband met de behandeling"),
    "hospital": _("ziekenhuiszorg nodig"),
    "suicidal": _("gedachten aan zelfdoding"),
    "dissatisfied": _("onvrede over hulp"),
    "new_crisis": _("een nieuwe crisis"),
}


def decided(
    decision: Decision, directory: Mapping[str, Any], moment: datetime, holds_until: datetime | None
) -> Document:
    services = services_by_slug(directory)
    return _answer(
        directory,
        service=services[decision.service.slug] if decision.service else None,
        rule=decision.rule,
        because=_because(decision),
        also=[addition(each) for each in decision.also],
        next_organisations=[service.organisation for service in decision.next],
        holds_until=holds_until,
        remarks=[*_assumptions(decision), *(each.remark for each in decision.also if each.remark)],
        moment=moment,
    )


def undetermined(answer: Undetermined, directory: Mapping[str, Any], moment: datetime) -> Document:
    return {
        "undetermined": True,
        "ask": list(answer.ask),
        "possible": list(answer.possible),
        "held_by": answer.held_by.slug if answer.held_by else None,
        "region": directory["region"],
        "at": _iso(moment, directory),
        "remarks": _assumptions(answer),
    }


# --- When deciding itself went wrong: read from the documents as they are, without the decision core --------------


def in_danger(facts: Facts) -> bool:
    """Whether life is in danger, or may be: nothing that goes wrong elsewhere hides 112 then."""
    return facts.danger is True or facts.danger is NOT_KNOWABLE


def failed(directory: Mapping[str, Any], rules: Mapping[str, Any], facts: Facts, moment: datetime) -> Document:
    """112 where life is or may be in danger; else the duty lead."""
    problem = gettext("Het bepalen van de verantwoordelijke is mislukt. De beheerder is gewaarschuwd.")
    if in_danger(facts):
        return emergency(directory, rules, moment, problem)
    remarks = [gettext("De beheerder is gewaarschuwd.")]
    if facts.danger is not False:
        remarks.insert(0, gettext("Is iemand in direct levensgevaar? Bel eerst 112."))
    return _unexplained(
        directory,
        services_by_slug(directory)[directory["duty_service"]],
        FAILED_RULE,
        gettext("Het bepalen van de verantwoordelijke is mislukt. Daarom houdt de achterwacht de regie."),
        remarks,
        moment,
    )


def emergency(directory: Mapping[str, Any], rules: Mapping[str, Any], moment: datetime, problem: str) -> Document:
    """112 first, whatever the problem is; then the duty lead, whom a directory without 112 leaves alone with it."""
    services = services_by_slug(directory)
    duty = services[directory["duty_service"]]
    first = _emergency_service(services, rules, duty["slug"])
    because = gettext("Bij acuut gevaar gaat 112 altijd voor.")
    if first is None:
        return _unexplained(directory, duty, FAILED_RULE, because, [gettext("Bel eerst 112."), problem], moment)
    number = (duty.get("phone") or {}).get("shown_as", "")
    then = gettext("Daarna denkt %(service)s mee: %(number)s.") % {"service": duty["name"], "number": number}
    return _unexplained(directory, first, FAILED_IN_DANGER, because, [problem, then] if number else [problem], moment)


def _emergency_service(
    services: Mapping[str, Mapping[str, Any]], rules: Mapping[str, Any], duty: str
) -> Mapping[str, Any] | None:
    """Where the emergency rule leads; without a readable one the other service that is never off."""
    agreed = [rule.get("to") for rule in rules.get("rules", ()) if rule.get("tier") == "emergency"]
    candidates = (services[slug] for slug in (*agreed, *services) if slug in services and slug != duty)
    return next((service for service in candidates if service.get("never_off")), None)


def _unexplained(
    directory: Mapping[str, Any],
    service: Mapping[str, Any],
    rule: str,
    because: str,
    remarks: Iterable[str],
    moment: datetime,
) -> Document:
    return _answer(
        directory,
        service=service,
        rule=rule,
        because=because,
        also=[],
        next_organisations=[],
        holds_until=None,
        remarks=remarks,
        moment=moment,
    )


def services_by_slug(directory: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {service["slug"]: service for service in directory["services"]}


def _answer(
    directory: Mapping[str, Any],
    *,
    service: Mapping[str, Any] | None,
    rule: str,
    because: str,
    also: list[Document],
    next_organisations: list[str],
    holds_until: datetime | None,
    remarks: Iterable[str],
    moment: datetime,
) -> Document:
    return {
        **_service(service),
        "rule": rule,
        "tier": rule.partition("/")[0],
        "because": because,
        "also": also,
        "next": list(dict.fromkeys(next_organisations)),
        "holds_until": _iso(holds_until, directory) if holds_until else None,
        "region": directory["region"],
        "at": _iso(moment, directory),
        "remarks": list(remarks),
    }


def _service(service: Mapping[str, Any] | None) -> Document:
    """Whom to ring and what to expect; nothing but empty values where the answer is to record, not to route."""
    service = service or {}
    phone = service.get("phone") or {}
    backup = service.get("backup_phone") or {}
    return {
        "service": service.get("slug"),
        "service_name": service.get("name"),
        "organisation": service.get("organisation"),
        "organisation_name": service.get("organisation_name"),
        "phone": phone.get("number"),
        "phone_shown": phone.get("shown_as"),
        "phone_verified_on": phone.get("assured_on"),
        "phone_verified_by": phone.get("assured_by"),
        "phone_fictitious": phone.get("fictitious", False),
        "no_number_because": service.get("no_number_because", ""),
        "backup_phone": dict(backup) or None,
        "answered_by": service.get("answered_by"),
        "expect": service.get("expect"),
        "have_ready": service.get("have_ready"),
        "accepts_by": service.get("accepts_by"),
        # A rule counts only while its service is open, and the duty lead is never off.
        "open_now": bool(service),
    }


def _because(decision: Decision) -> str:
    if not decision.conflict:
        return decision.because
    return conflict_message(decision) + " " + gettext("Tot dat is opgelost houdt de achterwacht de regie.")


def conflict_message(decision: Decision) -> str:
    return gettext("Afspraken spreken elkaar tegen: %(rules)s.") % {"rules": ", ".join(decision.conflict)}


def addition(each: Also) -> Document:
    return {"organisation": each.organisation, "kind": each.kind, "obligatory": each.obligatory}


def _assumptions(answer: Decision | Undetermined) -> list[str]:
    """What could not be known was read in the way that protects most; the reader must see that."""
    if not answer.assumed:
        return []
    names = ", ".join(str(FACT_LABELS[name]) for name in answer.assumed)
    return [gettext("Niet te achterhalen en daarom zo veilig mogelijk gelezen: %(facts)s.") % {"facts": names}]


def _iso(moment: datetime, directory: Mapping[str, Any]) -> str:
    return moment.astimezone(ZoneInfo(directory["timezone"])).isoformat()
