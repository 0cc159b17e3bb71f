"""A Veilig Thuis dossier as it is read: where it is on its way, what may be done now, and what must be done first."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.policies import Actor, Permission
from dossiers.core import TABLE, Act, Need, Side, State, lacking, path_of, rows_from
from dossiers.models import Clock, Condition, FollowUp, NextStep, SafetyAssessment, VtRecord
from dossiers.policies import keeper_of, may_read_vt_details, vt_side
from dossiers.vt_words import ACTS, NEEDS, STATES
from routing.models import Case

# About one next step, condition or follow-up: done where that stands.
ON_AN_ITEM = frozenset({Act.SETTLE_NEXT_STEP, Act.JUDGE_CONDITION, Act.HOLD_FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the way: `place` is done, passed_over, here or ahead."""

    words: list[Promise]
    place: str


@dataclass(frozen=True, slots=True)
class Possible:
    """An act that the table knows from this state, where it leads, and what must be done first."""

    act: Act
    words: Promise
    leads_to: Promise | None
    first: list[Promise]


@dataclass(frozen=True, slots=True)
class VtView:
    """The dossier as this actor sees it. Without `details` only the state and what the own organisation carries."""

    record: VtRecord
    state: Promise
    details: bool
    side: Side | None
    stages: list[Stage]
    possible: list[Possible]
    on_items: frozenset[Act]
    next_steps: list[NextStep]
    clocks: list[Clock]


def vt_record_of(case: Case) -> VtRecord | None:
    related = ("case", "handover__service__organisation", "changed_by")
    return VtRecord.objects.select_related(*related).filter(case=case).first()


def vt_view(actor: Actor, record: VtRecord) -> VtView:
    side, details = vt_side(actor, record), may_read_vt_details(actor, record)
    return VtView(
        record=record,
        state=STATES[State(record.state)],
        details=details,
        side=side,
        stages=_stages(record),
        possible=_possible(record) if side is Side.KEEPER else [],
        on_items=_on_items(actor, record, side),
        next_steps=_next_steps(actor, record, details=details),
        clocks=_running(record),
    )


def holds(record: VtRecord) -> frozenset[Need]:
    """What holds in the dossier now."""
    last = record.assessments.first()
    found = {
        Need.ASSESSED: last is not None,
        Need.ACUTE: last is not None and last.outcome == SafetyAssessment.Outcome.ACUTE,
        Need.NEXT_STEPS_TAKEN_UP: not record.next_steps.filter(status=NextStep.Status.ASKED).exists(),
        Need.CONDITIONS_JUDGED: not record.conditions.filter(status=Condition.Status.OPEN).exists(),
        Need.FOLLOW_UPS_HELD: not record.follow_ups.filter(status=FollowUp.Status.PLANNED).exists(),
    }
    return frozenset(need for need, it_holds in found.items() if it_holds)


def topic_of(record: VtRecord) -> str:
    """Apart for each time it was opened again: then the terms run anew."""
    last = record.steps.filter(act=Act.REOPEN.value).last()
    return f"vt-{last.pk}" if last else ""


def _running(record: VtRecord) -> list[Clock]:
    """The terms that this dossier has to keep, the first that is due first."""
    ends = {row.event for row in TABLE if row.event}
    mine = Clock.objects.filter(case=record.case, topic=topic_of(record), met_at=None, dropped_at=None)
    return list(mine.filter(norm__ends__in=ends).select_related("norm"))


def _stages(record: VtRecord) -> list[Stage]:
    here, been = State(record.state), _been(record)
    path = path_of(here)
    at = next(place for place, stage in enumerate(path) if here in stage)
    past = [_past(stage, been) for stage in path[:at]]
    ahead = [Stage([STATES[state] for state in stage], "ahead") for stage in path[at + 1 :]]
    return [*past, Stage([STATES[here]], "here"), *ahead]


def _past(stage: tuple[State, ...], been: set[str]) -> Stage:
    """The states that it was in; a stage that it passed over is not done."""
    states = [state for state in stage if state in been]
    return Stage([STATES[state] for state in states or stage], "done" if states else "passed_over")


def _been(record: VtRecord) -> set[str]:
    """The states since it was reported, or opened again."""
    steps = list(record.steps.values_list("act", "before", "after"))
    again = max((place for place, step in enumerate(steps) if step[0] == Act.REOPEN), default=-1)
    return {state for _act, before, after in steps[again + 1 :] for state in (before, after)}


def _possible(record: VtRecord) -> list[Possible]:
    now = holds(record)
    rows = sorted(rows_from(State(record.state)), key=lambda row: row.after is None)
    return [
        Possible(
            act=row.act,
            words=ACTS[row.act],
            leads_to=STATES[row.after] if row.after else None,
            first=[NEEDS[need] for need in lacking(row, now)],
        )
        for row in rows
        if row.act not in ON_AN_ITEM
    ]


def _on_items(actor: Actor, record: VtRecord, side: Side | None) -> frozenset[Act]:
    """What the actor may do now with what stands in the dossier; who only carries a step, with that one."""
    if side is None and not actor.may(Permission.ANSWER_HANDOVER):
        return frozenset()
    here = {row.act for row in rows_from(State(record.state)) if (side or Side.CARRIER) in row.who}
    elsewhere = actor.organisation_id != keeper_of(record)
    return frozenset(here & ON_AN_ITEM) if side or elsewhere else frozenset()


def _next_steps(actor: Actor, record: VtRecord, *, details: bool) -> list[NextStep]:
    steps = record.next_steps.select_related("organisation")
    return list(steps if details else steps.filter(organisation=actor.organisation_id))
