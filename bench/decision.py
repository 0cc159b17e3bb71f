"""The decision against a hand-made floor and other engines, on one table and the same cases, answers checked first."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from opening_hours import OpeningHours

from routing.core import Facts, Table, compile_table, decide, prove, winner
from routing.core.hours import Hours, next_change, open_at, transitions
from routing.core.replay import Past, encode, replay

from .index import hand_made
from .measure import Row, bounded, compared, medians
from .peers import Context, Zen, cel_program, context, durable_rules
from .regions import kennemerland
from .tables import FIRST, LAST, cases, documents, nation

ZONE = ZoneInfo("Europe/Amsterdam")
MICRO = 1e6
ROUNDS = 7


def rows() -> list[Row]:
    return [*_engines(), *_hours(), *_coverage(), *_replay()]


# --- Who is responsible? --------------------------------------------------------------------


def _engines() -> list[Row]:
    small, large = compile_table(*documents()), compile_table(*documents(cut_up=True))
    many = cases()
    index = hand_made(small)
    contexts = [context(small, facts, moment) for facts, moment in many]
    zen, cel, durable = Zen(small), cel_program(small), durable_rules(small)
    truth = [index(facts, moment) for facts, moment in many]
    organisations = [each[0] for each in truth]
    _same("winner_60", [winner(small, *case) for case in many], truth)
    _same("winner_800", [winner(large, *case)[0] for case in many], organisations)
    _same("explained_60", [(d.organisation, d.rule) for d in (decide(small, *case) for case in many)], truth)
    _same("zen_batch", zen.batch(contexts), organisations)
    for name, peer in (("zen_evaluate", zen.one), ("cel", cel), ("durable_rules", durable)):
        _same(name, [peer(each) for each in contexts], organisations)
    seconds = medians(
        {
            "index_60": _over_floor(index, many),
            "winner_60": _over_cases(winner, small, many),
            "winner_800": _over_cases(winner, large, many),
            "explained_60": _over_cases(decide, small, many),
            "zen_evaluate": _over_contexts(zen.one, contexts),
            "zen_batch": lambda: zen.batch(contexts),
            "durable_rules": _over_contexts(durable, contexts),
            "cel": _over_contexts(cel, contexts),
        },
        ROUNDS,
    )
    return _figures({name: each * MICRO / len(many) for name, each in seconds.items()})


def _over_cases(
    work: Callable[[Table, Facts, int], object], table: Table, many: list[tuple[Facts, int]]
) -> Callable[[], None]:
    def run() -> None:
        for facts, moment in many:
            work(table, facts, moment)

    return run


def _over_floor(work: Callable[[Facts, int], object], many: list[tuple[Facts, int]]) -> Callable[[], None]:
    def run() -> None:
        for facts, moment in many:
            work(facts, moment)

    return run


def _over_contexts(work: Callable[[Context], object], contexts: list[Context]) -> Callable[[], None]:
    def run() -> None:
        for each in contexts:
            work(each)

    return run


def _figures(us: dict[str, float]) -> list[Row]:
    return [
        Row("index_60", us["index_60"], "us"),
        compared("winner_60", "index_60", us, "us", "<= 2"),
        compared("explained_60", "index_60", us, "us", "<= 15"),
        compared("winner_800", "winner_60", us, "us", "<= 1.5"),
        compared("zen_evaluate", "winner_60", us, "us", ">= 300"),
        compared("zen_evaluate", "explained_60", us, "us", ">= 40"),
        *(
            compared(name, ours, us, "us", ">= 1")
            for name in ("zen_batch", "durable_rules", "cel")
            for ours in ("winner_60", "explained_60")
        ),
    ]


def _same(name: str, answers: list[object], truth: list[object]) -> None:
    wrong = sum(answer != right for answer, right in zip(answers, truth, strict=True))
    if wrong:
        raise SystemExit(f"{name}: {wrong} of {len(truth)} answers differ; nothing is timed")


# --- When is it open? -------------------------------------------------------------------------

# One ordinary week, and one whose intervals touch the hours that the clock skips or repeats.
SCHEDULES = (
    ("Mo-Fr 08:30-17:00", Hours(tuple((day, 510, 1020) for day in range(5)))),
    ("Sa,Su 00:00-02:30", Hours(((5, 0, 150), (6, 0, 150)))),
    ("Mo-Su 02:15-02:45", Hours(tuple((day, 135, 165) for day in range(7)))),
)


def _hours() -> list[Row]:
    text, hours = SCHEDULES[0]
    points, peer = transitions(hours, "Europe/Amsterdam"), OpeningHours(text, timezone=ZONE)
    chance = random.Random(15)  # noqa: S311
    moments = chance.sample(range(FIRST, LAST), 2_000)
    walls = [datetime.fromtimestamp(moment, ZONE) for moment in moments]
    _same("open_at", [open_at(points, each) for each in moments], [peer.is_open(each) for each in walls])
    seconds = medians(
        {
            "open_at": lambda: [open_at(points, each) for each in moments],
            "opening_hours_open_at": lambda: [peer.is_open(each) for each in walls],
            "next_change": lambda: [next_change(points, each) for each in moments],
            "opening_hours_next_change": lambda: [peer.next_change(each) for each in walls],
        },
        ROUNDS,
    )
    us = {name: each * MICRO / len(moments) for name, each in seconds.items()}
    ours, theirs = _wrong_changes()
    return [
        Row("open_at", us["open_at"], "us"),
        compared("opening_hours_open_at", "open_at", us, "us", ">= 2"),
        Row("next_change", us["next_change"], "us", ours, None, "0 wrong", ours == 0),
        Row(
            "opening_hours_next_change",
            us["opening_hours_next_change"],
            "us",
            us["opening_hours_next_change"] / us["next_change"],
            "next_change",
            f"errs ({theirs})",
            theirs > 0,
        ),
    ]


def _wrong_changes() -> tuple[int, int]:
    """How often each names a wrong next change in the days around both nights on which the clock changes."""
    wrong = [0, 0]
    for text, hours in SCHEDULES:
        points, peer = transitions(hours, "Europe/Amsterdam"), OpeningHours(text, timezone=ZONE)
        for night in (datetime(2026, 3, 28, 12, tzinfo=ZONE), datetime(2026, 10, 24, 12, tzinfo=ZONE)):
            start = int(night.timestamp())
            for moment in range(start, start + 36 * 3600, 900):
                truth = _next_change_by_minute(hours, moment)
                wrong[0] += next_change(points, moment) != truth
                found = peer.next_change(datetime.fromtimestamp(moment, ZONE))
                wrong[1] += found is None or int(found.timestamp()) != truth
    return wrong[0], wrong[1]


def _next_change_by_minute(hours: Hours, moment: int) -> int:
    """The first minute after a moment at which the wall clock goes in or out of an interval."""
    now = _open_on_the_wall(hours, moment)
    later = moment - moment % 60 + 60
    while _open_on_the_wall(hours, later) == now:
        later += 60
    return later


def _open_on_the_wall(hours: Hours, moment: int) -> bool:
    wall = datetime.fromtimestamp(moment, ZONE)
    minute = wall.hour * 60 + wall.minute
    return any(day == wall.weekday() and opens <= minute < closes for day, opens, closes in hours.weekly)


# --- Is there a gap? Would it have been otherwise? ---------------------------------------------


def _coverage() -> list[Row]:
    now = datetime(2026, 11, 22, tzinfo=ZONE)
    start, end = int(now.timestamp()), int((now + timedelta(days=731)).timestamp())

    def region() -> None:
        if not prove(compile_table(*kennemerland()), start, end).holds:
            raise SystemExit("coverage_region: the shipped agreement has gaps")

    def country() -> None:
        for documents_of_region in nation():
            if not prove(compile_table(*documents_of_region), start, end).holds:
                raise SystemExit("coverage_nation: the synthetic agreement has gaps")

    return [
        bounded("coverage_region", medians({"region": region}, ROUNDS)["region"], "s", "<= 1"),
        bounded("coverage_nation", medians({"nation": country}, 3)["nation"], "s", "<= 60"),
    ]


def _replay() -> list[Row]:
    table, many = compile_table(*documents()), cases()
    past = [Past(facts, moment) for facts, moment in many]
    sample = encode(past, [facts.age for facts, _moment in many])  # type: ignore[misc]
    told = [table.lines[line].outcome for line in replay(table, sample)]
    _same("replay_1m", told, [winner(table, *case) for case in many])
    chosen = np.random.default_rng(15).integers(0, len(many), 1_000_000)
    million = type(sample)(
        **{
            name: getattr(sample, name)[chosen]
            for name in ("category", "age", "municipality", "flags", "provider", "moment")
        },
        municipalities=sample.municipalities,
        providers=sample.providers,
    )
    codes = _one_code(million)
    answers = np.arange(int(codes.max()) + 1, dtype=np.int32)
    seconds = medians({"gather_1m": lambda: answers[codes], "replay_1m": lambda: replay(table, million)}, ROUNDS)
    ms = {name: each * 1e3 for name, each in seconds.items()}
    return [Row("gather_1m", ms["gather_1m"], "ms"), compared("replay_1m", "gather_1m", ms, "ms", "<= 50")]


def _one_code(coded: object) -> np.ndarray:
    """All codes of a decision as one number: what a bare gather would look up."""
    total = np.zeros(1_000_000, np.int64)
    for name in ("category", "age", "municipality", "flags", "provider"):
        codes = getattr(coded, name).astype(np.int64)
        total = total * (int(codes.max()) + 1) + codes
    return total
