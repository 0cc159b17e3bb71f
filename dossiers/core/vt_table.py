"""The way of a Veilig Thuis dossier: one table of what may be done, from which state to which, by whom and on what
condition. Whatever is not in it cannot happen."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    # advice: who asked keeps the responsibility, and may stay anonymous
    ADVICE_ASKED = "advice_asked"
    ADVICE_GIVEN = "advice_given"
    ADVICE_CLOSED = "advice_closed"
    # a report
    REPORTED = "reported"
    SAFETY_ASSESSED = "safety_assessed"
    TRIAGED = "triaged"
    UNDER_INVESTIGATION = "under_investigation"
    INVESTIGATION_DECIDED = "investigation_decided"
    CONDITIONS_AND_FOLLOW_UP = "conditions_and_follow_up"
    TRANSFERRED = "transferred"
    AT_BOARD = "at_child_protection_board"
    MONITORING = "monitoring"
    CLOSED = "closed"


class Act(StrEnum):
    ADVISE = "advise"
    BECOMES_REPORT = "becomes_report"
    IS_ADVICE = "is_advice"
    ASSESS = "assess"
    TRIAGE = "triage"
    ADD_NEXT_STEP = "add_next_step"
    SETTLE_NEXT_STEP = "settle_next_step"
    OPEN_INVESTIGATION = "open_investigation"
    RECORD_INVESTIGATION = "record_investigation"
    DECIDE_INVESTIGATION = "decide_investigation"
    DECIDE_WITHOUT = "decide_without"
    SET_CONDITION = "set_condition"
    JUDGE_CONDITION = "judge_condition"
    PLAN_FOLLOW_UP = "plan_follow_up"
    HOLD_FOLLOW_UP = "hold_follow_up"
    TRANSFER = "transfer"
    TO_BOARD = "to_board"
    BOARD_TAKES_OVER = "board_takes_over"
    BOARD_GIVES_BACK = "board_gives_back"
    MONITOR = "monitor"
    CLOSE = "close"
    REOPEN = "reopen"


class Side(StrEnum):
    """On whose behalf somebody acts."""

    KEEPER = "keeper"  # a worker of the Veilig Thuis that keeps the dossier
    CARRIER = "carrier"  # a desk of the organisation that carries this next step


class Need(StrEnum):
    """What must hold in the dossier before an act."""

    ASSESSED = "assessed"
    ACUTE = "acute"  # by the last safety assessment
    NEXT_STEPS_TAKEN_UP = "next_steps_taken_up"
    CONDITIONS_JUDGED = "conditions_judged"
    FOLLOW_UPS_HELD = "follow_ups_held"


@dataclass(frozen=True, slots=True)
class Row:
    """`after` is None where the dossier stays in its state; `event` is what the clocks of the case are told."""

    act: Act
    before: frozenset[State]
    after: State | None
    who: frozenset[Side]
    asks: tuple[str, ...]
    needs: tuple[Need, ...]
    event: str


S, A, N = State, Act, Need
_KEEPER: Final = frozenset({Side.KEEPER})
_ADVISING: Final = {S.ADVICE_ASKED, S.ADVICE_GIVEN}
_BEFORE_DECISION: Final = {S.SAFETY_ASSESSED, S.TRIAGED, S.UNDER_INVESTIGATION}
_CONDITIONAL: Final = {S.INVESTIGATION_DECIDED, S.CONDITIONS_AND_FOLLOW_UP}
_AFTER_DECISION: Final = _CONDITIONAL | {S.TRANSFERRED, S.MONITORING}
_AT_WORK: Final = {S.CONDITIONS_AND_FOLLOW_UP, S.TRANSFERRED, S.AT_BOARD, S.MONITORING}
_AFTER_TRIAGE: Final = {S.TRIAGED, S.UNDER_INVESTIGATION, S.INVESTIGATION_DECIDED} | _AT_WORK
_ASSESSMENT: Final = "outcome note children_seen assessed_on"
_CONCLUSION: Final = "spoken_with findings conclusion"
_DECIDED: Final = "investigation_decided"
_SETTLED: Final = (N.NEXT_STEPS_TAKEN_UP, N.CONDITIONS_JUDGED, N.FOLLOW_UPS_HELD)


def _row(
    act: Act,
    before: set[State],
    after: State | None,
    asks: str = "",
    *,
    needs: tuple[Need, ...] = (),
    event: str = "",
    who: frozenset[Side] = _KEEPER,
) -> Row:
    return Row(act, frozenset(before), after, who, tuple(asks.split()), needs, event)


TABLE: Final[tuple[Row, ...]] = (
    # what is done, from, to (None: it stays), what must be filled in; what must hold, what the clocks are told
    #
    # --- advice
    _row(A.ADVISE, _ADVISING, S.ADVICE_GIVEN, "note told_responsible"),
    _row(A.CLOSE, _ADVISING, S.ADVICE_CLOSED, "note"),
    _row(A.REOPEN, {S.ADVICE_CLOSED}, S.ADVICE_ASKED, "note"),
    _row(A.BECOMES_REPORT, _ADVISING | {S.ADVICE_CLOSED}, S.REPORTED, "note", event="vt_reported"),
    # --- safety first, and again whenever something changed
    _row(A.ASSESS, {S.REPORTED}, S.SAFETY_ASSESSED, _ASSESSMENT, event="safety_assessed"),
    _row(A.ASSESS, {S.SAFETY_ASSESSED} | _AFTER_TRIAGE, None, _ASSESSMENT, event="safety_assessed"),
    _row(A.IS_ADVICE, {S.REPORTED}, S.ADVICE_ASKED, "note"),
    # --- triage: who carries what
    _row(A.TRIAGE, {S.SAFETY_ASSESSED}, S.TRIAGED, "note kind carrier", needs=(N.ASSESSED,)),
    _row(A.ADD_NEXT_STEP, _AFTER_TRIAGE, None, "kind carrier"),
    _row(A.SETTLE_NEXT_STEP, _AFTER_TRIAGE, None, "target status", who=_KEEPER | {Side.CARRIER}),
    # --- the investigation, or the decision that there is none
    _row(A.OPEN_INVESTIGATION, {S.TRIAGED}, S.UNDER_INVESTIGATION, "note"),
    _row(A.RECORD_INVESTIGATION, {S.UNDER_INVESTIGATION}, None),
    _row(A.DECIDE_INVESTIGATION, {S.UNDER_INVESTIGATION}, S.INVESTIGATION_DECIDED, _CONCLUSION, event=_DECIDED),
    _row(A.DECIDE_WITHOUT, {S.TRIAGED}, S.INVESTIGATION_DECIDED, "note", event=_DECIDED),
    # --- afterwards: conditions and follow-up, transfer, the Board, monitoring
    _row(A.SET_CONDITION, _CONDITIONAL, S.CONDITIONS_AND_FOLLOW_UP, "what who until"),
    _row(A.JUDGE_CONDITION, _AT_WORK, None, "target status note"),
    _row(A.PLAN_FOLLOW_UP, _AT_WORK, None, "planned_on"),
    _row(A.HOLD_FOLLOW_UP, _AT_WORK, None, "target status note"),
    _row(A.TRANSFER, _CONDITIONAL, S.TRANSFERRED, "carrier agreed_with agreed_on"),
    # In acute danger the Board is asked at once; asking it is then the decision about the investigation.
    _row(A.TO_BOARD, _BEFORE_DECISION, S.AT_BOARD, "note", needs=(N.ASSESSED, N.ACUTE), event=_DECIDED),
    _row(A.TO_BOARD, _AFTER_DECISION, S.AT_BOARD, "note"),
    _row(A.BOARD_TAKES_OVER, {S.AT_BOARD}, S.MONITORING, "note"),
    _row(A.BOARD_GIVES_BACK, {S.AT_BOARD}, S.TRIAGED, "note"),
    _row(A.MONITOR, _CONDITIONAL | {S.TRANSFERRED}, S.MONITORING, "planned_on"),
    # --- the end, and after it
    _row(A.CLOSE, _AFTER_DECISION, S.CLOSED, "note", needs=_SETTLED),
    _row(A.REOPEN, {S.CLOSED}, S.REPORTED, "note", event="vt_reported"),
)
START: Final = State.REPORTED
ADVICE: Final = frozenset({State.ADVICE_ASKED, State.ADVICE_GIVEN, State.ADVICE_CLOSED})
FINAL: Final = frozenset({State.ADVICE_CLOSED, State.CLOSED})
# The way as it is drawn: one stage after another, each with the states that are in it.
ADVICE_PATH: Final = ((S.ADVICE_ASKED,), (S.ADVICE_GIVEN,), (S.ADVICE_CLOSED,))
REPORT_PATH: Final = (
    (S.REPORTED,),
    (S.SAFETY_ASSESSED,),
    (S.TRIAGED,),
    (S.UNDER_INVESTIGATION,),
    (S.INVESTIGATION_DECIDED,),
    (S.CONDITIONS_AND_FOLLOW_UP, S.TRANSFERRED, S.AT_BOARD),
    (S.MONITORING,),
    (S.CLOSED,),
)
