"""The norms that are shipped: what must follow which event, how soon, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .durations import Duration, Unit


class Source(StrEnum):
    LAW = "law"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Norm:
    """`moves` is off for the end of a measure: it lapses on its day, and nobody may lean on a later one.

    `announced_by` is the event after which the norm is awaited although it has not started; `ambition` the percentage
    that should be in time.
    """

    slug: str
    duration: Duration
    starts: str
    ends: str
    source: Source
    moves: bool = True
    name: str = ""
    explanation: str = ""
    remind_before: Duration | None = None
    announced_by: str = ""
    ambition: int | None = None


WORKING_DAY: Final = Duration(1, Unit.WORKING_DAYS)
WEEK: Final = Duration(1, Unit.WEEKS)
_NORMS: Final = (
    # youth protection, from the improvement plan
    Norm(
        "guardian-linked",
        Duration(5, Unit.WORKING_DAYS),
        "measure_noticed",
        "guardian_linked",
        Source.AGREEMENT,
        name="Jeugdbeschermer gekoppeld",
        explanation="Binnen vijf werkdagen na de kennisgeving heeft het kind een vaste jeugdbeschermer.",
        remind_before=WORKING_DAY,
    ),
    Norm(
        "supported-plan",
        Duration(6, Unit.WEEKS),
        "measure_ruled",
        "plan_supported",
        Source.AGREEMENT,
        name="Gedragen plan",
        explanation="Binnen zes weken na de uitspraak ligt er een plan waar het gezin achter staat.",
        remind_before=WEEK,
        announced_by="measure_noticed",
    ),
    Norm(
        "fitting-help",
        Duration(3, Unit.MONTHS),
        "measure_ruled",
        "help_started",
        Source.AGREEMENT,
        name="Passende hulp gestart",
        explanation="Binnen drie maanden na de uitspraak is passende hulp gestart; eerder als het niet veilig is.",
        remind_before=Duration(2, Unit.WEEKS),
        announced_by="measure_noticed",
    ),
    # Veilig Thuis
    Norm(
        "vt-safety-assessment",
        Duration(5, Unit.WORKING_DAYS),
        "vt_reported",
        "safety_assessed",
        Source.LAW,
        name="Veiligheidsbeoordeling",
        explanation="Veilig Thuis beoordeelt na elke melding de veiligheid; bij acuut gevaar meteen.",
        remind_before=WORKING_DAY,
        ambition=90,
    ),
    Norm(
        "vt-investigation",
        Duration(10, Unit.WEEKS),
        "vt_reported",
        "investigation_decided",
        Source.LAW,
        name="Onderzoek met besluit",
        explanation="Veilig Thuis rondt een onderzoek af met een besluit.",
        remind_before=Duration(2, Unit.WEEKS),
        ambition=80,
    ),
    # the crisis service
    Norm(
        "icd-process",
        Duration(24, Unit.HOURS),
        "crisis_accepted",
        "crisis_process_closed",
        Source.AGREEMENT,
        name="Crisisproces rond (streven)",
        explanation="De ICD streeft ernaar het crisisproces binnen een etmaal af te ronden.",
        remind_before=Duration(4, Unit.HOURS),
    ),
    Norm(
        "icd-intervention",
        Duration(72, Unit.HOURS),
        "crisis_accepted",
        "intervention_ended",
        Source.AGREEMENT,
        name="Interventie beëindigd (grens)",
        explanation="Een crisisinterventie duurt hoogstens drie etmalen.",
        remind_before=Duration(12, Unit.HOURS),
    ),
    # measures with an end
    Norm(
        "thv",
        Duration(10, Unit.DAYS),
        "thv_imposed",
        "thv_lapses",
        Source.LAW,
        moves=False,
        name="Einde huisverbod",
        explanation="Een tijdelijk huisverbod duurt tien dagen.",
        remind_before=Duration(2, Unit.DAYS),
    ),
    # Started when it is extended, and counted from the day it was imposed.
    Norm(
        "thv-extended",
        Duration(28, Unit.DAYS),
        "thv_extended",
        "thv_lapses",
        Source.LAW,
        moves=False,
        name="Uiterste einde huisverbod",
        explanation="Ook verlengd duurt een tijdelijk huisverbod hoogstens achtentwintig dagen.",
        remind_before=Duration(2, Unit.DAYS),
    ),
    Norm(
        "wvggz-crisis-order",
        Duration(3, Unit.DAYS),
        "crisis_order_imposed",
        "crisis_order_lapses",
        Source.LAW,
        moves=False,
        name="Einde crisismaatregel",
        explanation="Een crisismaatregel duurt hoogstens drie dagen.",
        remind_before=Duration(1, Unit.DAYS),
    ),
    Norm(
        "wvggz-continuation",
        Duration(3, Unit.WEEKS),
        "continuation_ruled",
        "continuation_lapses",
        Source.LAW,
        name="Einde voortgezette crisismaatregel",
        explanation="De machtiging tot voortzetting van de crisismaatregel duurt drie weken.",
        remind_before=WEEK,
    ),
)
NORMS: Final[Mapping[str, Norm]] = {norm.slug: norm for norm in _NORMS}
