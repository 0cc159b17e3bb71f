"""What a case is about in general: kind of crisis, age band and place. Never who it is about."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Municipality

from .core import ELSEWHERE, OLDEST, Facts, Unknown, age_on
from .models import Decision
from .vocabulary import CATEGORY_LABELS, ELSEWHERE_LABEL

# The last age of each, and its name: as broad as the agreements need.
AGE_BANDS = (
    (3, _("0-3 jaar")),
    (11, _("4-11 jaar")),
    (17, _("12-17 jaar")),
    (22, _("18-22 jaar")),
    (OLDEST, _("23 jaar of ouder")),
)


def municipality_names() -> dict[str, str]:
    return dict(Municipality.objects.values_list("code", "name"))


def gist_of(decision: Decision, names: dict[str, str]) -> list[str]:
    """Category, age band and municipality in words, as far as they are known; `names` by municipality code."""
    facts = Facts.from_document(decision.facts)
    parts = (CATEGORY_LABELS.get(facts.category, ""), age_band(facts, decision.moment), place(facts, names))
    return [str(part) for part in parts if part]


def age_band(facts: Facts, moment: datetime) -> str:
    age = facts.age if facts.born is None else age_on(facts.born, timezone.localdate(moment))
    return "" if isinstance(age, Unknown) else str(next(label for oldest, label in AGE_BANDS if age <= oldest))


def place(facts: Facts, names: dict[str, str]) -> str:
    return str(ELSEWHERE_LABEL) if facts.municipality == ELSEWHERE else names.get(facts.municipality, "")
