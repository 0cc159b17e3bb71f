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
    """`moves` is off for the end of a measure: it lapses on its day, and nobody may lean on a later one."""

    slug: str
    duration: Duration
    starts: str
    ends: str
    source: Source
    moves: bool = True


def _norm(slug: str, amount: int, unit: Unit, starts: str, ends: str, source: Source, *, moves: bool = True) -> Norm:
    return Norm(slug, Duration(amount, unit), starts, ends, source, moves)


_NORMS: Final = (
    # youth protection, from the improvement plan
    _norm("guardian-linked", 5, Unit.WORKING_DAYS, "measure_noticed", "guardian_linked", Source.AGREEMENT),
    _norm("supported-plan", 6, Unit.WEEKS, "measure_ruled", "plan_supported", Source.AGREEMENT),
    _norm("fitting-help", 3, Unit.MONTHS, "measure_ruled", "help_started", Source.AGREEMENT),
    # Veilig Thuis
    _norm("vt-safety-assessment", 5, Unit.WORKING_DAYS, "vt_reported", "safety_assessed", Source.LAW),
    _norm("vt-investigation", 10, Unit.WEEKS, "vt_reported", "investigation_decided", Source.LAW),
    # the crisis service
    _norm("icd-process", 24, Unit.HOURS, "crisis_accepted", "crisis_process_closed", Source.AGREEMENT),
    _norm("icd-intervention", 72, Unit.HOURS, "crisis_accepted", "intervention_ended", Source.AGREEMENT),
    # measures with an end
    _norm("thv", 10, Unit.DAYS, "thv_imposed", "thv_lapses", Source.LAW, moves=False),
    # Started when it is extended, and counted from the day it was imposed.
    _norm("thv-extended", 28, Unit.DAYS, "thv_extended", "thv_lapses", Source.LAW, moves=False),
    _norm("wvggz-crisis-order", 3, Unit.DAYS, "crisis_order_imposed", "crisis_order_lapses", Source.LAW, moves=False),
    _norm("wvggz-continuation", 3, Unit.WEEKS, "continuation_ruled", "continuation_lapses", Source.LAW),
)
NORMS: Final[Mapping[str, Norm]] = {norm.slug: norm for norm in _NORMS}
