"""Who is responsible? The whole way from a region, facts and a moment to an answer that can be shown and stored."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from partners.models import DirectoryRevision, Municipality, Region
from routing import document as documents
from routing.alarms import raise_alarm
from routing.core import (
    CATEGORIES,
    NO_PROVIDER,
    Decision,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    MomentOutOfRange,
    Table,
    Undetermined,
    Unknown,
    decide,
)
from routing.errors import CellNotCovered, ImpossibleQuestion, InvalidParameters, NoRuleSet, RoutingError
from routing.models import Alarm, RuleSet
from routing.models import Decision as StoredDecision

from .tables import InForce, planned_changes, table_for

logger = logging.getLogger(__name__)

# The same horizon as the decision core: nothing is promised about a later change.
HORIZON_YEARS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with everything it stands on. `decision` is None only when deciding failed: see the document."""

    decision: Decision | Undetermined | None
    document: documents.Document
    rule_set: RuleSet
    revision: DirectoryRevision
    region: Region
    moment: datetime
    facts: Facts
    refused: frozenset[str]

    @property
    def service_slug(self) -> str | None:
        """Who to hand over to; for facts that cannot be known the duty lead; None: ask on, or record only."""
        return self.document.get("held_by") or self.document.get("service")


def answer(
    region_slug: str,
    facts: Facts,
    moment: datetime,
    refused: frozenset[str] = frozenset(),
    remarks: Iterable[str] = (),
) -> Answer:
    """Who is responsible at a moment, when the services `refused` (slugs) have refused.

    Raises NoRuleSet, CellNotCovered, ImpossibleQuestion or InvalidParameters where the question itself is wrong.
    Any other failure hands to the duty lead and raises an alarm.
    """
    held = table_for(region_slug, moment)
    try:
        held, readable = _region_that_answers(held, facts, moment)
        decision, document = _decide(held, readable, moment, refused)
    except CellNotCovered:
        raise
    except ImpossibleFacts as error:
        raise ImpossibleQuestion(error.because) from error
    except InvalidFact as error:
        raise InvalidParameters(
            {error.fact: [_("Deze waarde kan niet: %(value)s.") % {"value": error.value}]}
        ) from error
    except MomentOutOfRange as error:
        raise InvalidParameters({"at": [_("Kies een moment van 2020 tot en met 2035.")]}) from error
    except Exception as error:
        decision, document = None, _failed(held, moment, error)
    document["remarks"] = [*remarks, *document["remarks"]]
    return Answer(decision, document, held.rule_set, held.revision, held.region, moment, facts, refused)


def answer_again(earlier: StoredDecision, moment: datetime, refused: frozenset[str]) -> Answer:
    """The same facts once more, after a refusal. Where the question no longer fits, the duty lead has it."""
    facts = Facts.from_document(earlier.facts)
    try:
        return answer(earlier.region.slug, facts, moment, refused)
    except RoutingError as error:
        held = InForce(earlier.region, earlier.rule_set, earlier.directory_revision)
        document = _failed(held, moment, error)
        return Answer(None, document, held.rule_set, held.revision, held.region, moment, facts, refused)


def _decide(
    held: InForce, facts: Facts, moment: datetime, refused: frozenset[str]
) -> tuple[Decision | Undetermined, documents.Document]:
    decision = decide(held.table, facts, _epoch(moment), refused)
    directory = held.directory
    if isinstance(decision, Undetermined):
        return decision, documents.undetermined(decision, directory, moment)
    if decision.conflict:
        raise_alarm(held.region, Alarm.Kind.CONFLICT, documents.conflict_message(decision))
    until = _holds_until(held, facts, moment, refused, decision)
    return decision, documents.decided(decision, directory, moment, until)


def _failed(held: InForce, moment: datetime, error: Exception) -> documents.Document:
    logger.exception("deciding failed in %s, rule set %s", held.region.slug, held.rule_set)
    raise_alarm(held.region, Alarm.Kind.EXCEPTION, f"{type(error).__name__}: {error}")
    return documents.failed(held.directory, moment)


# --- Until when ------------------------------------------------------------------------------


def _holds_until(
    held: InForce, facts: Facts, moment: datetime, refused: frozenset[str], decision: Decision
) -> datetime | None:
    """The first change of organisation, over the rule sets and directory revisions already planned as well."""
    horizon = _years_later(moment, HORIZON_YEARS)
    until = _instant(decision.holds_until)
    for change in planned_changes(held.region, moment, horizon):
        if until is not None and until <= change:
            return until
        later = decide(table_for(held.region.slug, change).table, facts, _epoch(change), refused)
        if isinstance(later, Undetermined) or later.organisation != decision.organisation:
            return change
        until = _instant(later.holds_until)
    return until if until is None or until <= horizon else None


def _instant(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)


# --- Whose rules -----------------------------------------------------------------------------


def _region_that_answers(asked: InForce, facts: Facts, moment: datetime) -> tuple[InForce, Facts]:
    """The region whose rules answer, and the facts as that region can read them.

    The region asked, unless its rules do not name this municipality and another region's rules do: the region
    depends on the domain (Uitgeest is Kennemerland's for all but youth help). A provider that region does not have
    cannot be responsible there; but while the crisis may be about the treatment, the provider's own region answers.
    """
    held = _region_that_names(asked, facts, moment)
    if not facts.provider or isinstance(facts.provider, Unknown) or facts.provider in held.table.provider:
        return held, facts
    own = next((each for each in _regions(asked, moment) if facts.provider in each.table.provider), None)
    if own is not None and facts.related is not False:
        return own, facts
    return held, replace(facts, provider=NO_PROVIDER)


def _region_that_names(asked: InForce, facts: Facts, moment: datetime) -> InForce:
    if isinstance(facts.municipality, Unknown):
        return asked
    held = next((each for each in _regions(asked, moment) if _names(each.table, facts)), None)
    if held is None:
        name = Municipality.objects.filter(code=facts.municipality).values_list("name", flat=True).first()
        raise CellNotCovered(name or facts.municipality)
    return held


def _names(table: Table, facts: Facts) -> bool:
    categories = CATEGORIES if isinstance(facts.category, Unknown) else (facts.category,)
    return any(table.names(str(facts.municipality), category) for category in categories)


def _regions(asked: InForce, moment: datetime) -> Iterator[InForce]:
    """The region asked first; then the others that have rules at that moment."""
    yield asked
    for slug in Region.objects.exclude(pk=asked.region.pk).order_by("slug").values_list("slug", flat=True):
        with suppress(NoRuleSet):
            yield table_for(slug, moment)
