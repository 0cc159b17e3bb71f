"""The routing answer as people read it: names for slugs, questions for facts, and how far a number can be trusted."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Organisation
from routing.document import FACT_LABELS
from routing.models import Addition

from .ui import as_date

register = template.Library()

OLDEST_TRUSTED = timedelta(days=90)
# An answer about a moment further away is not about now: a plan, or a decision of the past.
STILL_NOW = timedelta(minutes=15)

QUESTIONS = {
    "category": gettext_lazy("Waar gaat het om?"),
    "age": gettext_lazy("Hoe oud is de betrokkene?"),
    "born": gettext_lazy("Wat is de geboortedatum?"),
    "municipality": gettext_lazy("In welke gemeente is de betrokkene?"),
    "danger": gettext_lazy("Is er acuut gevaar?"),
    "provider": gettext_lazy("Is de betrokkene ergens in behandeling?"),
    "related": gettext_lazy("Hoort deze crisis bij de behandeling?"),
    "hospital": gettext_lazy("Is ziekenhuiszorg nodig, volgens een hulpverlener?"),
    "suicidal": gettext_lazy("Zijn er gedachten aan zelfdoding?"),
    "dissatisfied": gettext_lazy("Gaat het om onvrede over hulp?"),
    "new_crisis": gettext_lazy("Is er daarnaast een nieuwe crisis?"),
}


@register.filter
def question(fact: str) -> str:
    return str(QUESTIONS.get(fact, fact))


@register.filter
def fact_words(facts: list[str]) -> str:
    return ", ".join(str(FACT_LABELS[fact]) for fact in facts)


@register.filter
def is_emergency(tier: str) -> bool:
    return tier == "emergency"


@register.filter
def is_stale(phone: dict) -> bool:
    """A number not verified for 90 days may be wrong, and a wrong number costs lives."""
    assured_on = as_date(phone.get("assured_on"))
    return assured_on is None or timezone.localdate() - assured_on > OLDEST_TRUSTED


@register.filter
def as_card(answer: dict) -> dict:
    """What the card needs beside the answer's own keys: its kind, both phones, and organisations by name."""
    names = _names(answer)
    return {
        "kind": _kind(answer),
        "phone": _phone(answer),
        "backup": answer.get("backup_phone"),
        "moment": _other_moment(answer),
        "also": [_in_addition(item, names) for item in answer.get("also", ())],
        "next": [names.get(slug, slug) for slug in answer.get("next", ())],
        "possible": [names.get(slug, slug) for slug in answer.get("possible", ())],
    }


def _other_moment(answer: dict) -> datetime | None:
    at = datetime.fromisoformat(answer["at"])
    return at if abs(timezone.now() - at) > STILL_NOW else None


def _kind(answer: dict) -> str:
    if answer.get("undetermined"):
        return "undetermined"
    return "routed" if answer.get("service") else "recorded"


def _phone(answer: dict) -> dict | None:
    if not answer.get("phone"):
        return None
    return {
        "number": answer["phone"],
        "shown_as": answer.get("phone_shown") or answer["phone"],
        "assured_on": answer.get("phone_verified_on"),
        "assured_by": answer.get("phone_verified_by"),
        "fictitious": answer.get("phone_fictitious"),
    }


def _names(answer: dict) -> dict[str, str]:
    slugs = {
        *answer.get("next", ()),
        *answer.get("possible", ()),
        *(item["organisation"] for item in answer.get("also", ())),
    }
    return dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def _in_addition(item: dict, names: dict[str, str]) -> dict:
    name = names.get(item["organisation"], item["organisation"])
    wording = {
        Addition.Kind.CONSULT: _("Overleg met %(name)s"),
        Addition.Kind.INFORM: _("Informeer %(name)s"),
        Addition.Kind.IN_ADDITION: _("Wijs ook op %(name)s"),
    }
    return {"text": wording[item["kind"]] % {"name": name}, "obligatory": item["obligatory"]}
