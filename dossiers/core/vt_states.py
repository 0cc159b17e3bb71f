"""May this be done to a Veilig Thuis dossier now? The table answers, or a refusal that says what stood in the way."""

from collections.abc import Collection

from .vt_table import ADVICE, ADVICE_PATH, REPORT_PATH, TABLE, Act, Need, Row, Side, State


class StepRefused(Exception):
    """What was asked cannot happen to this dossier."""


class WrongState(StepRefused):
    def __init__(self, act: Act, state: State) -> None:
        super().__init__(f"{act} is not possible from {state}")
        self.act, self.state = act, state


class WrongSide(StepRefused):
    def __init__(self, act: Act, side: Side | None) -> None:
        super().__init__(f"{act} is not for {side or 'somebody else'}")
        self.act, self.side = act, side


class NotYet(StepRefused):
    """`needs` is what must hold first."""

    def __init__(self, act: Act, needs: tuple[Need, ...]) -> None:
        super().__init__(f"{act} needs {', '.join(needs)} first")
        self.act, self.needs = act, needs


class Missing(StepRefused):
    """`fields` must be filled in."""

    def __init__(self, act: Act, fields: tuple[str, ...]) -> None:
        super().__init__(f"{act} needs {', '.join(fields)}")
        self.act, self.fields = act, fields


def rows_from(state: State) -> tuple[Row, ...]:
    return tuple(row for row in TABLE if state in row.before)


def row_for(state: State, act: Act) -> Row:
    row = next((row for row in rows_from(state) if row.act is act), None)
    if row is None:
        raise WrongState(act, state)
    return row


def lacking(row: Row, holds: Collection[Need]) -> tuple[Need, ...]:
    return tuple(need for need in row.needs if need not in holds)


def step(state: State, act: Act, side: Side | None, given: Collection[str], holds: Collection[Need]) -> Row:
    """The row by which the act is done: `given` are the fields with something in them, `holds` what holds now.

    Raises a StepRefused that says what stood in the way: the state, then the side, the dossier, the fields.
    """
    row = row_for(state, act)
    if side not in row.who:
        raise WrongSide(act, side)
    if first := lacking(row, holds):
        raise NotYet(act, first)
    if empty := tuple(name for name in row.asks if name not in given):
        raise Missing(act, empty)
    return row


def path_of(state: State) -> tuple[tuple[State, ...], ...]:
    return ADVICE_PATH if state in ADVICE else REPORT_PATH
