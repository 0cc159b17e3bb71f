"""Who is responsible? The whole way from a region, facts and a moment to an answer that can be shown and stored."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.language import house_language
from partners.models import DirectoryRevision, Municipality, Region
from routing import document as documents
from routing.alarms import raise_alarm
from routing.core import (
    ELSEWHERE,
    Decision,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    MomentOutOfRange,
    Undetermined,
    additions,
    decide,
)
from routing.errors import ImpossibleQuestion, InvalidParameters, RoutingError
from routing.explanation import explanation
from routing.models import Alarm, RuleSet
from routing.models import Decision as StoredDecision

from .across import Reading, reading, warm_handover
from .tables import InForce, planned_changes, table_for

logger = logging.getLogger(__name__)

# The same horizon as the decision core: nothing is promised about a later change.
HORIZON_YEARS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with everything it stands on. `decision` is None only when deciding failed: see the document."""

    decision: Decision | Undetermined | None
    document: documents.Document
    held: InForce
    moment: datetime
    facts: Facts
    refused: frozenset[str]

    @property
    def rule_set(self) -> RuleSet:
        return self.held.rule_set

    @property
    def revision(self) -> DirectoryRevision:
        return self.held.revision

    @property
    def region(self) -> Region:
        """The region whose agreement answered; not always the one asked."""
        return self.held.region

    @property
    def listed_in(self) -> Region:
        """The region whose directory lists the service: an own provider may be another region's."""
        return self.held.lists(self.service_slug or "")

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

    Raises NoRuleSet, ImpossibleQuestion or InvalidParameters where the question itself is wrong.
    What the answer says is kept and read by others: it stands in the language of the house.
    Any other failure hands to the duty lead and raises an alarm. Where life is in danger neither hides 112.
    """
    asked = held = table_for(region_slug, moment)
    try:
        with house_language():
            read = reading(asked, facts, moment)
            held = read.held
            decision, document = _decide(asked, read, moment, refused)
    except (ImpossibleFacts, InvalidFact) as error:
        question = _wrong_question(error)
        if not documents.in_danger(facts):
            raise question from error
        with house_language():
            decision, document = None, documents.emergency(*_as_stored(held), moment, question.message)
    except MomentOutOfRange as error:
        raise InvalidParameters({"at": [_("Kies een moment van 2020 tot en met 2035.")]}) from error
    except Exception as error:
        decision, document = None, _failed(held, facts, moment, error)
    document["remarks"] = [*remarks, *document["remarks"]]
    return Answer(decision, document, held, moment, facts, refused)


def also_when_led_by(found: Answer, organisation_slug: str) -> list[documents.Document]:
    """Whom to consult, inform or point to; computed anew where a person chose another than the answer's."""
    if found.decision is None or organisation_slug == found.document.get("organisation"):
        return found.document.get("also", [])
    read = reading(found.held, found.facts, found.moment)
    also = additions(read.held.table, read.facts, _epoch(found.moment), organisation_slug)
    return [documents.addition(each) for each in also]


def answer_again(
    earlier: StoredDecision, moment: datetime, refused: frozenset[str], facts: Facts | None = None
) -> Answer:
    """The same facts once more, or those of after the crisis. Where they no longer fit, the duty lead has it."""
    facts = facts or Facts.from_document(earlier.facts)
    try:
        return answer(earlier.region.slug, facts, moment, refused)
    except RoutingError as error:
        held = InForce(earlier.region, earlier.rule_set, earlier.directory_revision)
        document = _failed(held, facts, moment, error)
        return Answer(None, document, held, moment, facts, refused)


def _decide(
    asked: InForce, read: Reading, moment: datetime, refused: frozenset[str]
) -> tuple[Decision | Undetermined, documents.Document]:
    held = read.held
    decision = decide(held.table, read.facts, _epoch(moment), refused)
    if isinstance(decision, Undetermined):
        document = documents.undetermined(decision, held.directory, moment)
    else:
        if decision.conflict:
            raise_alarm(held.region, Alarm.Kind.CONFLICT, documents.conflict_message(decision))
        until = _holds_until(asked, read, moment, refused, decision)
        document = documents.decided(decision, held.directory, moment, until) | _explained(
            read, decision, moment, refused
        )
    warm = warm_handover(asked.region, document.get("organisation"))
    document["remarks"] = [*read.remarks, *warm, *_outside(read, document), *document["remarks"]]
    return decision, document


def _explained(read: Reading, decision: Decision, moment: datetime, refused: frozenset[str]) -> documents.Document:
    """The full explanation; one that fails must never take the answer with it."""
    try:
        return explanation(read.held.table, read.facts, moment, decision, refused, read.held.directory)
    except Exception as error:
        logger.exception("the answer in %s cannot be explained", read.held.region)
        raise_alarm(read.held.region, Alarm.Kind.EXCEPTION, f"{type(error).__name__}: {error}")
        return {}


def _outside(read: Reading, document: documents.Document) -> list[str]:
    """Where no agreement names the place, the safety net holds until who works there has taken it over."""
    if read.is_named or document.get("tier") != "safety_net":
        return []
    name = Municipality.objects.filter(code=read.facts.municipality).values_list("name", flat=True).first()
    if read.facts.municipality == ELSEWHERE or name is None:
        where = _("Deze plaats ligt buiten de regio's.")
    else:
        where = _("Geen enkele regio heeft hierover afspraken voor gemeente %(name)s.") % {"name": name}
    return [where, _("De achterwacht helpt, zoekt uit wie daar verantwoordelijk is en draagt warm over.")]


def _wrong_question(error: ImpossibleFacts | InvalidFact) -> ImpossibleQuestion | InvalidParameters:
    if isinstance(error, ImpossibleFacts):
        return ImpossibleQuestion(error.because)
    return InvalidParameters({error.fact: [_("Deze waarde kan niet: %(value)s.") % {"value": error.value}]})


def _as_stored(held: InForce) -> tuple[dict[str, Any], dict[str, Any]]:
    """Directory and rules as they stand in the database: nothing computed, so nothing that can fail."""
    return held.revision.document, held.rule_set.document


def _failed(held: InForce, facts: Facts, moment: datetime, error: Exception) -> documents.Document:
    logger.exception("deciding failed in %s, rule set %s", held.region.slug, held.rule_set)
    raise_alarm(held.region, Alarm.Kind.EXCEPTION, f"{type(error).__name__}: {error}")
    with house_language():
        return documents.failed(*_as_stored(held), facts, moment)


# --- Until when ------------------------------------------------------------------------------


def _holds_until(
    asked: InForce, read: Reading, moment: datetime, refused: frozenset[str], decision: Decision
) -> datetime | None:
    """The first change of organisation, over the rule sets and directory revisions already planned as well."""
    horizon = _years_later(moment, HORIZON_YEARS)
    until = _instant(decision.holds_until)
    for change in planned_changes({asked.region, *read.regions}, moment, horizon):
        if until is not None and until <= change:
            return until
        later = _decided_at(change, asked.region, read.facts, refused)
        if later is None or later.organisation != decision.organisation:
            return change
        until = _instant(later.holds_until)
    return until if until is None or until <= horizon else None


def _decided_at(moment: datetime, asked: Region, facts: Facts, refused: frozenset[str]) -> Decision | None:
    """None where these facts no longer lead to one organisation, or nothing can be decided at all."""
    try:
        read = reading(table_for(asked.slug, moment), facts, moment)
        later = decide(read.held.table, read.facts, _epoch(moment), refused)
    except (ImpossibleFacts, InvalidFact, RoutingError):
        return None
    except Exception as error:
        # What is planned can be broken; today's answer must not be. There is still time to repair it.
        logger.exception("what is planned in %s from %s cannot be decided", asked.slug, moment)
        raise_alarm(asked, Alarm.Kind.EXCEPTION, f"{moment:%Y-%m-%d %H:%M}: {type(error).__name__}: {error}")
        return None
    return later if isinstance(later, Decision) else None


def _instant(epoch: int | None) -> datetime | None:
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
