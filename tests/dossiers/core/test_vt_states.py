"""The way of a Veilig Thuis dossier: every act in every state, who and what it needs, and the laws of the table."""

from itertools import product

import pytest

from dossiers.core import NORMS
from dossiers.core.vt_states import Missing, NotYet, StepRefused, WrongSide, WrongState, lacking, path_of, step
from dossiers.core.vt_table import ADVICE, FINAL, START, TABLE, Act, Need, Side, State

# Per state what may be done, and what state follows; what is not here is refused.
WAYS = """
advice_asked               advise>advice_given close>advice_closed becomes_report>reported
advice_given               advise>advice_given close>advice_closed becomes_report>reported
advice_closed              reopen>advice_asked becomes_report>reported
reported                   assess>safety_assessed is_advice>advice_asked
safety_assessed            assess>= triage>triaged to_board>at_child_protection_board
triaged                    assess>= add_next_step>= settle_next_step>= open_investigation>under_investigation
triaged                    decide_without>investigation_decided to_board>at_child_protection_board
under_investigation        assess>= add_next_step>= settle_next_step>= record_investigation>=
under_investigation        decide_investigation>investigation_decided to_board>at_child_protection_board
investigation_decided      assess>= add_next_step>= settle_next_step>= set_condition>conditions_and_follow_up
investigation_decided      transfer>transferred to_board>at_child_protection_board monitor>monitoring close>closed
conditions_and_follow_up   assess>= add_next_step>= settle_next_step>= set_condition>conditions_and_follow_up
conditions_and_follow_up   judge_condition>= plan_follow_up>= hold_follow_up>= transfer>transferred
conditions_and_follow_up   to_board>at_child_protection_board monitor>monitoring close>closed
transferred                assess>= add_next_step>= settle_next_step>= judge_condition>= plan_follow_up>=
transferred                hold_follow_up>= to_board>at_child_protection_board monitor>monitoring close>closed
at_child_protection_board  assess>= add_next_step>= settle_next_step>= judge_condition>= plan_follow_up>=
at_child_protection_board  hold_follow_up>= board_takes_over>monitoring board_gives_back>triaged
monitoring                 assess>= add_next_step>= settle_next_step>= judge_condition>= plan_follow_up>=
monitoring                 hold_follow_up>= to_board>at_child_protection_board close>closed
closed                     reopen>reported
"""
EVERYTHING = frozenset(field for row in TABLE for field in row.asks)


def ways() -> dict[tuple[State, Act], State]:
    found = {}
    for line in WAYS.strip().splitlines():
        state, *cells = line.split()
        for cell in cells:
            act, after = cell.split(">")
            found[State(state), Act(act)] = State(state if after == "=" else after)
    return found


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_act_in_every_state(state, act):
    expected = ways().get((state, act))
    if expected is None:
        with pytest.raises(WrongState):
            step(state, act, Side.KEEPER, EVERYTHING, set(Need))
    else:
        row = step(state, act, Side.KEEPER, EVERYTHING, set(Need))
        assert (row.after or state) is expected


REFUSED = [
    # state, act, side, given, what holds, what is refused, why
    (State.REPORTED, Act.TRIAGE, Side.KEEPER, EVERYTHING, set(Need), WrongState, "safety comes before triage"),
    (State.REPORTED, Act.ASSESS, None, EVERYTHING, set(), WrongSide, "a colleague of another organisation"),
    (State.REPORTED, Act.ASSESS, Side.CARRIER, EVERYTHING, set(), WrongSide, "who carries a step assesses nothing"),
    (State.REPORTED, Act.ASSESS, Side.KEEPER, {"note"}, set(), Missing, "an assessment without an outcome"),
    (State.SAFETY_ASSESSED, Act.TRIAGE, Side.KEEPER, EVERYTHING, set(), NotYet, "no assessment in the dossier"),
    (State.SAFETY_ASSESSED, Act.TRIAGE, Side.KEEPER, {"note"}, {Need.ASSESSED}, Missing, "nobody carries the step"),
    (State.TRIAGED, Act.TRANSFER, Side.KEEPER, EVERYTHING, set(Need), WrongState, "decide on an investigation first"),
    (State.TRIAGED, Act.CLOSE, Side.KEEPER, EVERYTHING, set(Need), WrongState, "decide on an investigation first"),
    (State.TRIAGED, Act.TO_BOARD, Side.KEEPER, {"note"}, {Need.ASSESSED}, NotYet, "only acute danger goes at once"),
    (State.MONITORING, Act.CLOSE, Side.KEEPER, {"note"}, set(), NotYet, "a step, condition or follow-up is open"),
    (State.MONITORING, Act.CLOSE, Side.KEEPER, set(), set(Need), Missing, "closing needs its reason"),
    (State.REPORTED, Act.IS_ADVICE, Side.KEEPER, set(), set(), Missing, "why it was an advice after all"),
    (
        State.ADVICE_ASKED,
        Act.ADVISE,
        Side.KEEPER,
        {"note"},
        set(),
        Missing,
        "nobody told the asker who is responsible",
    ),
    (State.CLOSED, Act.REOPEN, Side.KEEPER, set(), set(), Missing, "reopening needs its reason"),
    (State.CLOSED, Act.ADD_NEXT_STEP, Side.KEEPER, EVERYTHING, set(Need), WrongState, "closed is closed"),
    (State.ADVICE_GIVEN, Act.ASSESS, Side.KEEPER, EVERYTHING, set(Need), WrongState, "an advice is not a report"),
]


@pytest.mark.parametrize(("state", "act", "side", "given", "holds", "refused", "why"), REFUSED)
def test_what_is_refused(state, act, side, given, holds, refused, why):
    with pytest.raises(StepRefused) as refusal:
        step(state, act, side, given, holds)
    assert type(refusal.value) is refused, why
    assert str(act) in str(refusal.value)


def test_a_refusal_says_what_is_lacking():
    with pytest.raises(NotYet) as refusal:
        step(State.MONITORING, Act.CLOSE, Side.KEEPER, {"note"}, {Need.CONDITIONS_JUDGED})
    assert refusal.value.needs == (Need.NEXT_STEPS_TAKEN_UP, Need.FOLLOW_UPS_HELD)
    with pytest.raises(Missing) as refusal:
        step(State.SAFETY_ASSESSED, Act.TRIAGE, Side.KEEPER, {"kind"}, {Need.ASSESSED})
    assert refusal.value.fields == ("note", "carrier")


def test_who_carries_a_step_may_take_it_up():
    row = step(State.TRIAGED, Act.SETTLE_NEXT_STEP, Side.CARRIER, {"target", "status"}, set())
    assert row.after is None


# --- Laws of the table ---------------------------------------------------------------------------------


def reachable(start: State, without: frozenset[State] = frozenset()) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        following = {row.after for row in TABLE if state in row.before and row.after} - seen - without
        seen |= following
        todo += following
    return seen


def test_every_state_can_be_reached():
    assert reachable(START) == set(State)


@pytest.mark.parametrize("state", State)
def test_from_every_state_closing_can_be_reached(state):
    assert reachable(state) & FINAL


def test_every_act_is_somebodys():
    assert [row.act for row in TABLE if not row.who] == []
    assert {row.act for row in TABLE} == set(Act)


def test_one_row_per_state_and_act():
    cells = [(state, row.act) for row in TABLE for state in row.before]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("start", [START, *ADVICE])
def test_safety_is_always_assessed_before_triage(start):
    assert State.TRIAGED not in reachable(start, without=frozenset({State.SAFETY_ASSESSED}))


@pytest.mark.parametrize("end", [State.TRANSFERRED, State.CLOSED])
def test_nothing_is_transferred_or_closed_before_the_investigation_is_decided(end):
    """By the decision itself, or by asking the Board, which is told as that decision."""
    decided = frozenset({State.INVESTIGATION_DECIDED, State.AT_BOARD})
    assert end not in reachable(START, without=decided)
    told = {row.event for row in TABLE if row.after in decided and not row.before & reachable_after(decided)}
    assert told == {"investigation_decided"}


def reachable_after(decided: frozenset[State]) -> frozenset[State]:
    """The states that only come after the decision."""
    return frozenset(State) - reachable(START, without=decided)


def test_a_reopened_report_is_assessed_again():
    assert State.TRIAGED not in reachable(State.CLOSED, without=frozenset({State.SAFETY_ASSESSED}))


def test_what_crosses_between_advice_and_report_has_a_reason():
    crossing = [
        row for row in TABLE if row.after and any((row.after in ADVICE) != (old in ADVICE) for old in row.before)
    ]
    assert {row.act for row in crossing} == {Act.BECOMES_REPORT, Act.IS_ADVICE}
    assert all("note" in row.asks for row in crossing)


def test_the_clocks_know_the_events():
    known = {event for norm in NORMS.values() for event in (norm.starts, norm.ends)}
    assert {row.event for row in TABLE} - {""} <= known


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_place_on_the_path(state):
    assert sum(state in stage for stage in path_of(state)) == 1


def test_lacking_keeps_the_order_of_the_table():
    row = step(State.MONITORING, Act.CLOSE, Side.KEEPER, {"note"}, set(Need))
    assert lacking(row, set()) == row.needs
