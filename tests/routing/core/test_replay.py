"""Replay answers exactly what `decide` answers, one at a time or a million together."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core import (
    NOT_ASKED,
    NOT_KNOWABLE,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    MomentOutOfRange,
    Undetermined,
    compile_table,
    decide,
    winner,
)
from routing.core.replay import IMPOSSIBLE, Outcome, Past, Replayed, encode, replay, replay_all

from .tables import SLUGS, agreement, complete_facts, directory, instant, moments, rule, service, tables

CHILD = Facts("ggz", 15, None, "GM0001", False, "", False, False, False, False, False)
TUESDAY = instant("2026-11-24T10:15")


def one_by_one(table, each: Past) -> Replayed:
    try:
        decision = decide(table, each.facts, each.moment, each.refused)
    except (ImpossibleFacts, InvalidFact, MomentOutOfRange):
        return Replayed(Outcome.REFUSED)
    if isinstance(decision, Undetermined):
        return Replayed(Outcome.UNDETERMINED)
    return Replayed(Outcome.DECIDED, decision.organisation, decision.rule)


@st.composite
def any_past(draw: st.DrawFn) -> Past:
    """Mostly complete; some with a birth date, an unknown fact, a provider, or a service that had refused."""
    facts = draw(complete_facts())
    match draw(st.integers(0, 9)):
        case 0:
            facts = replace(
                facts, born=draw(st.sampled_from((date(2008, 11, 25), date(2008, 2, 29), date(1890, 1, 1))))
            )
        case 1:
            name = draw(st.sampled_from(("age", "category", "municipality", "danger", "hospital")))
            facts = replace(facts, **{name: draw(st.sampled_from((NOT_ASKED, NOT_KNOWABLE)))})
        case 2:
            facts = replace(facts, provider=draw(st.sampled_from(SLUGS)))
        case _:
            pass
    refused = draw(st.frozensets(st.sampled_from(SLUGS), max_size=2)) if draw(st.integers(0, 5)) == 0 else frozenset()
    return Past(facts, draw(moments), refused)


@given(tables(), st.lists(any_past(), max_size=40))
def test_together_as_one_by_one(documents, past):
    table = compile_table(*documents)
    assert replay_all(table, past) == [one_by_one(table, each) for each in past]


@given(tables(), st.lists(st.builds(Past, complete_facts(), moments), min_size=1, max_size=40))
def test_the_line_that_replay_names_is_the_winner(documents, past):
    table = compile_table(*documents)
    for each, line in zip(past, replay(table, encode(past, [p.facts.age for p in past])), strict=True):
        if line == IMPOSSIBLE:
            with pytest.raises(ImpossibleFacts):
                decide(table, each.facts, each.moment)
        else:
            assert table.lines[line].outcome == winner(table, each.facts, each.moment)


OFFICE_HOURS = {"weekly": [[day, 510, 1020] for day in range(5)], "on_holidays": "closed", "dated": []} | {
    "good_friday_is_holiday": False,
    "liberation_day": "never",
}
BY_DAY = (
    directory([service("alfa", hours=OFFICE_HOURS, own_client_line=True), service("beta")]),
    agreement(
        [rule("dag", "alfa", category=["ggz"]), rule("nacht", "beta", after=("alfa",), category=["ggz"])],
        ({"when": {"category": ["youth_act"], "age": [23, 120]}, "because": "Jeugdwet"},),
    ),
)
CONFLICT = (
    directory([service("alfa"), service("beta")]),
    agreement([rule("een", "alfa", category=["ggz"]), rule("twee", "beta", age=[0, 17])]),
)

CASES = [
    # documents, changed facts, moment, refused, outcome, organisation, rule, why
    (BY_DAY, {}, TUESDAY, (), "decided", "alfa", "agreement/dag", "by day"),
    (BY_DAY, {}, instant("2026-11-24T16:59:59"), (), "decided", "alfa", "agreement/dag", "one second before closing"),
    (BY_DAY, {}, instant("2026-11-24T17:00"), (), "decided", "beta", "agreement/nacht", "closed at 17:00 exactly"),
    (BY_DAY, {}, instant("2026-11-24T08:29:59"), (), "decided", "beta", "agreement/nacht", "opens within the hour"),
    (BY_DAY, {}, TUESDAY, ("alfa",), "decided", "beta", "agreement/nacht", "had refused then"),
    (BY_DAY, {"category": NOT_ASKED}, TUESDAY, (), "undetermined", None, "", "the category was never asked"),
    (BY_DAY, {"hospital": NOT_ASKED}, TUESDAY, (), "decided", "alfa", "agreement/dag", "unknown and irrelevant"),
    (BY_DAY, {"danger": NOT_KNOWABLE}, TUESDAY, (), "decided", "112", "emergency/gevaar", "read safely"),
    (BY_DAY, {"category": "youth_act", "age": 30}, TUESDAY, (), "refused", None, "", "declared impossible"),
    (BY_DAY, {"provider": "weg"}, TUESDAY, (), "refused", None, "", "a provider the table does not have"),
    (BY_DAY, {"born": date(1850, 1, 1)}, TUESDAY, (), "refused", None, "", "nobody is that old"),
    (BY_DAY, {}, instant("2019-12-31T12:00"), (), "refused", None, "", "before the first year"),
    (BY_DAY, {"dissatisfied": True}, TUESDAY, (), "decided", None, "recorded/klacht", "recorded, not routed"),
    (BY_DAY, {"provider": "alfa", "related": True}, TUESDAY, (), "decided", "alfa", "own_provider/eigen", "own client"),
    (CONFLICT, {}, TUESDAY, (), "decided", "regie", "safety_net/vangnet", "a contradiction goes to the safety net"),
    (CONFLICT, {"age": 18}, TUESDAY, (), "decided", "alfa", "agreement/een", "no contradiction at 18"),
    (CONFLICT, {"municipality": "GM9999"}, TUESDAY, (), "decided", "regie", "safety_net/vangnet", "outside the region"),
]


@pytest.mark.parametrize(("documents", "changes", "moment", "refused", "outcome", "to", "named", "why"), CASES)
def test_one_decision(documents, changes, moment, refused, outcome, to, named, why):
    past = Past(replace(CHILD, **changes), moment, frozenset(refused))
    assert replay_all(compile_table(*documents), [past]) == [Replayed(Outcome(outcome), to, named)], why


def test_nothing_to_replay():
    assert replay_all(compile_table(*BY_DAY), []) == []


def test_more_rules_than_a_machine_word_has_bits():
    rules = [rule(f"leeftijd-{age}", "alfa" if age % 2 else "beta", age=[age, age]) for age in range(100)]
    table = compile_table(directory([service("alfa"), service("beta")]), agreement(rules))
    past = [Past(replace(CHILD, age=age), TUESDAY) for age in range(100)]
    named = [table.lines[line].rule.slug for line in replay(table, encode(past, range(100)))]
    assert named == [f"leeftijd-{age}" for age in range(100)]


def test_a_provider_that_the_table_does_not_have_is_never_read_as_none():
    coded = encode([Past(CHILD, TUESDAY)], [15])
    with pytest.raises(InvalidFact):
        replay(compile_table(*BY_DAY), replace(coded, providers=("weg",)))


def test_the_answer_is_small_numbers():
    assert replay(compile_table(*BY_DAY), encode([Past(CHILD, TUESDAY)], [15])).dtype == np.int32
