"""One contact out of a call: what was typed, what it came to, and what the figures need."""

from typing import Any

from django.utils import timezone

from accounts.policies import Actor
from partners.models import Municipality, Organisation
from triage.assessment import Assessment
from triage.core import Triage
from triage.models import Contact, Draft
from triage.selectors import current_questions


def create_contact(actor: Actor, draft: Draft, assessment: Assessment, **settled: Any) -> Contact:
    triage = assessment.triage
    return Contact.objects.create(
        **{
            "draft_id": draft.pk,
            "region": draft.region,
            "organisation_id": actor.organisation_id,
            "taken_by": actor.user,
            "question_set": current_questions(draft.region).row,
            "started_at": draft.started_at,
            "confirmed_at": timezone.now(),
            "answers": draft.answers,
            "category": triage.category,
            "urgency": triage.urgency,
            **_person(assessment),
            **_registration(triage),
            **settled,
        }
    )


def _person(assessment: Assessment) -> dict[str, Any]:
    facts = assessment.triage.facts
    born, municipality, provider = facts.get("born"), facts.get("municipality"), facts.get("provider")
    return {
        "age": assessment.age,
        "born": born if isinstance(born, str) else None,
        "municipality": Municipality.objects.filter(code=municipality).first() if _known(municipality) else None,
        "provider": Organisation.objects.filter(slug=provider).first() if _known(provider) else None,
    }


def _known(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _registration(triage: Triage) -> dict[str, Any]:
    values: dict[str, Any] = {name: given.value for name, given in triage.registered.items() if name != "urgency"}
    values["misdirected"] = values.get("misdirected") == "yes"
    for name in ("topics", "organisations_involved"):
        values[name] = list(values.get(name, ()))
    return values
