"""The answer as one JSON object: the same for the command, the API, the cards and the stored decision."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from .core import Also, Decision, Undetermined

Document = dict[str, Any]
FAILED_RULE = "safety_net/decision-failed"

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
        also=[_addition(each) for each in decision.also],
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


def failed(directory: Mapping[str, Any], moment: datetime) -> Document:
    """The duty lead, when deciding itself went wrong: read from the directory as it is, without the decision core."""
    return _answer(
        directory,
        service=services_by_slug(directory)[directory["duty_service"]],
        rule=FAILED_RULE,
        because=_text("Het bepalen van de verantwoordelijke is mislukt. Daarom houdt de achterwacht de regie."),
        also=[],
        next_organisations=[],
        holds_until=None,
        remarks=[_text("De beheerder is gewaarschuwd.")],
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
    return conflict_message(decision) + " " + _text("Tot dat is opgelost houdt de achterwacht de regie.")


def conflict_message(decision: Decision) -> str:
    return _text("Afspraken spreken elkaar tegen: %(rules)s.") % {"rules": ", ".join(decision.conflict)}


def _addition(each: Also) -> Document:
    return {"organisation": each.organisation, "kind": each.kind, "obligatory": each.obligatory}


def _assumptions(answer: Decision | Undetermined) -> list[str]:
    """What could not be known was read in the way that protects most; the reader must see that."""
    if not answer.assumed:
        return []
    names = ", ".join(str(FACT_LABELS[name]) for name in answer.assumed)
    return [_text("Niet te achterhalen en daarom zo veilig mogelijk gelezen: %(facts)s.") % {"facts": names}]


def _iso(moment: datetime, directory: Mapping[str, Any]) -> str:
    return moment.astimezone(ZoneInfo(directory["timezone"])).isoformat()
