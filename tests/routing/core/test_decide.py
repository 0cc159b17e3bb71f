"""The decision against an independent evaluator, and the laws it must keep, on thousands of generated tables."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.core import (
    NOT_ASKED,
    NOT_KNOWABLE,
    Decision,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    MomentOutOfRange,
    Undetermined,
    compile_table,
    decide,
    winner,
)

from . import naive
from .tables import (
    SLUGS,
    agreement,
    complete_facts,
    directory,
    hours,
    instant,
    moments,
    rule,
    service,
    tables,
)

many = settings(max_examples=300, deadline=None)
UNKNOWABLE_FREE = ("category", "age", "municipality", "danger", "hospital", "provider")


def with_provider(facts: Facts, provider: str) -> Facts:
    return replace(facts, provider=provider)


@many
@given(tables(), st.lists(complete_facts(), min_size=5, max_size=5), moments, st.sampled_from(("", *SLUGS)))
def test_decides_as_somebody_reading_the_documents(documents, many_facts, moment, provider):
    table = compile_table(*documents)
    for plain in many_facts:
        facts = with_provider(plain, provider if provider in table.provider else "")
        if not naive.possible(documents[1], facts):
            with pytest.raises(ImpossibleFacts):
                decide(table, facts, moment)
            continue
        decision = decide(table, facts, moment)
        tier, expected, conflict = naive.decide(*documents, facts, moment)
        assert (decision.tier, decision.service and decision.service.slug) == (tier, expected)
        assert bool(decision.conflict) == conflict
        assert winner(table, facts, moment) == (decision.organisation, decision.rule)


@many
@given(tables(), complete_facts(), moments)
def test_refusing_one_by_one_visits_every_next_best_once_and_ends_at_the_duty_lead(documents, facts, moment):
    table = compile_table(*documents)
    if not naive.possible(documents[1], facts):
        return
    decision = decide(table, facts, moment)
    expected = naive.next_best(*documents, facts, moment)
    assert [each.slug for each in decision.next] == expected
    if decision.tier in ("emergency", "recorded"):
        assert decision.next == ()
        return
    visited = [decision.service.slug]
    while visited[-1] != "piket":
        visited.append(decide(table, facts, moment, frozenset(visited)).service.slug)
    assert visited[1:] == expected
    assert len(set(visited)) == len(visited)


@many
@given(tables(), complete_facts(), moments)
def test_holds_until_is_tight(documents, facts, moment):
    table = compile_table(*documents)
    if not naive.possible(documents[1], facts):
        return
    decision = decide(table, facts, moment)
    if decision.holds_until is None:
        later = moment + 300 * 86400
        if later < instant("2035-12-31T00:00"):
            assert winner(table, facts, later)[0] == decision.organisation
        return
    until = decision.holds_until
    assert until > moment
    assert winner(table, facts, until - 1)[0] == decision.organisation
    assert winner(table, facts, until)[0] != decision.organisation


@many
@given(tables(), complete_facts(), moments, st.sets(st.sampled_from(UNKNOWABLE_FREE), min_size=1))
def test_knowing_more_never_widens_what_is_possible(documents, facts, moment, unasked):
    table = compile_table(*documents)
    if facts.municipality not in documents[0]["municipalities"] or not naive.possible(documents[1], facts):
        return
    vague = replace(facts, **dict.fromkeys(unasked, NOT_ASKED))
    before = outcomes(decide(table, vague, moment))
    for name in sorted(unasked):
        vague = replace(vague, **{name: getattr(facts, name)})
        after = outcomes(decide(table, vague, moment))
        assert after <= before | {None}
        before = after
    assert before == {decide(table, facts, moment).organisation}


def outcomes(answer: Decision | Undetermined) -> set:
    return set(answer.possible) | {None} if isinstance(answer, Undetermined) else {answer.organisation}


@many
@given(tables(), complete_facts(), moments, st.sampled_from(UNKNOWABLE_FREE))
def test_a_fact_that_is_not_asked_for_cannot_change_the_answer(documents, facts, moment, name):
    table = compile_table(*documents)
    vague = replace(facts, **{name: NOT_ASKED})
    if facts.municipality not in documents[0]["municipalities"] or not naive.possible(documents[1], facts):
        return
    answer = decide(table, vague, moment)
    if isinstance(answer, Decision):
        assert answer.organisation == decide(table, facts, moment).organisation
    else:
        assert name in answer.ask


@many
@given(tables(), complete_facts(), moments, st.sampled_from(SLUGS))
def test_a_rule_in_a_lower_tier_never_changes_a_decided_case(documents, facts, moment, to):
    place, terms = documents
    if not naive.possible(terms, facts):
        return
    before = decide(compile_table(place, terms), facts, moment)
    more = {**terms, "rules": [*terms["rules"], rule("erbij", to)]}
    after = decide(compile_table(place, more), facts, moment)
    if before.tier in ("emergency", "recorded", "own_provider"):
        assert (after.organisation, after.rule) == (before.organisation, before.rule)


OFFICE = hours([[day, 510, 1020] for day in range(5)], "closed")
KIND = Facts(category="ggz", age=15, municipality="GM0001", danger=False, provider="", hospital=False, suicidal=False,
             dissatisfied=False)  # fmt: skip
TWO = (
    directory([service("dag", hours=OFFICE, own_client_line=True), service("nacht")]),
    agreement(
        [
            rule("kind-overdag", "dag", category=["ggz"], age=[0, 17]),
            rule("volwassen", "nacht", category=["ggz"], age=[18, 120]),
            rule("iedereen-buiten-uren", "nacht", after=("dag",), category=["ggz"]),
            rule("jeugd", "nacht", category=["youth_act"], age=[0, 22]),
        ],
        ({"when": {"category": ["youth_act"], "age": [23, 120]}, "because": "De Jeugdwet stopt bij 23."},),
        (
            {"slug": "overleg", "when": {"category": ["ggz"]}, "organisation": "nacht", "kind": "consult",
             "obligatory": True, "remark": "kijk ook naar THV"},
            {"slug": "113", "when": {"suicidal": True}, "organisation": "112", "kind": "in_addition",
             "obligatory": False},
            {"slug": "eigen", "when": {"provider": "known"}, "organisation": "own_provider", "kind": "inform",
             "obligatory": True},
        ),
    ),
)  # fmt: skip
TABLE = compile_table(*TWO)
TUESDAY = instant("2026-11-24T10:15")


@pytest.mark.parametrize(
    ("changes", "moment", "organisation", "rule_name", "why"),
    [
        ({}, "2026-11-24T10:15", "dag", "agreement/kind-overdag", "open, and first in line"),
        ({}, "2026-11-24T16:59:59", "dag", "agreement/kind-overdag", "hours are half-open: still open"),
        ({}, "2026-11-24T17:00", "nacht", "agreement/iedereen-buiten-uren", "closed at the stroke"),
        ({"age": 18}, "2026-11-24T22:00", "nacht", "agreement/volwassen", "the rule without `after` gives its name"),
        ({"age": 18}, "2026-11-24T10:15", "nacht", "agreement/volwassen", "`after` is silent while the first is on"),
        ({"danger": NOT_KNOWABLE}, "2026-11-24T10:15", "112", "emergency/gevaar", "safe reading: danger"),
        (
            {"provider": "dag", "related": NOT_KNOWABLE, "age": 40},
            "2026-11-24T10:15",
            "nacht",
            "agreement/volwassen",
            "safe reading: not related",
        ),
        ({"provider": "dag", "related": True, "age": 40}, "2026-11-24T10:15", "dag", "own_provider/eigen", "any age"),
        ({"provider": "dag", "related": True}, "2026-11-24T20:00", "nacht", "agreement/iedereen-buiten-uren", "closed"),
        (
            {"dissatisfied": True, "new_crisis": NOT_KNOWABLE},
            "2026-11-24T10:15",
            "dag",
            "agreement/kind-overdag",
            "safe reading: there is a new crisis",
        ),
        ({"dissatisfied": True, "new_crisis": False}, "2026-11-24T10:15", None, "recorded/klacht", "recorded"),
        ({"municipality": "GM9999"}, "2026-11-24T10:15", "regie", "safety_net/vangnet", "outside the region: the net"),
        (
            {"provider": NOT_KNOWABLE},
            "2026-11-24T10:15",
            "dag",
            "agreement/kind-overdag",
            "nobody can call unknown care",
        ),
    ],
)
def test_cases(changes, moment, organisation, rule_name, why):
    decision = decide(TABLE, replace(KIND, **changes), instant(moment))
    assert (decision.organisation, decision.rule) == (organisation, rule_name), why


@pytest.mark.parametrize(
    ("changes", "ask", "possible", "why"),
    [
        ({"age": NOT_ASKED}, ("age",), {"nacht", "dag"}, "in office hours age decides"),
        ({"danger": NOT_ASKED}, ("danger",), {"112", "dag"}, "danger is always worth asking"),
        ({"provider": "dag", "age": 40}, ("related",), {"dag", "nacht"}, "is it about the treatment?"),
        ({"danger": NOT_ASKED, "age": NOT_ASKED}, ("danger", "age"), {"112", "nacht", "dag"}, "life first"),
    ],
)
def test_asks_only_what_can_change_the_answer(changes, ask, possible, why):
    answer = decide(TABLE, replace(KIND, **changes), TUESDAY)
    assert isinstance(answer, Undetermined)
    assert (answer.ask, set(answer.possible), answer.held_by) == (ask, possible, None), why


def test_at_night_nobody_asks_for_the_age():
    answer = decide(TABLE, replace(KIND, age=NOT_ASKED), instant("2026-11-24T22:00"))
    assert (answer.organisation, answer.rule) == ("nacht", "agreement/iedereen-buiten-uren")
    assert answer.holds_until == instant("2026-11-25T08:30")


def test_what_cannot_be_known_is_held_by_the_duty_lead():
    answer = decide(TABLE, replace(KIND, age=NOT_KNOWABLE), TUESDAY)
    assert (answer.ask, answer.held_by.slug) == ((), "piket")


def test_an_unknown_age_leaves_out_what_is_impossible():
    answer = decide(TABLE, replace(KIND, category="youth_act", age=NOT_ASKED), TUESDAY)
    assert answer.organisation == "nacht"


@pytest.mark.parametrize(
    ("changes", "also", "why"),
    [
        ({}, [("nacht", "consult", True)], "consult the other"),
        ({"age": 40}, [], "nobody consults itself"),
        ({"suicidal": True}, [("nacht", "consult", True), ("112", "in_addition", False)], "in addition, never instead"),
        ({"suicidal": NOT_ASKED}, [("nacht", "consult", True)], "what is not known is not told"),
        ({"provider": "dag", "related": False, "age": 40}, [("dag", "inform", True)], "the own provider hears of it"),
    ],
)
def test_what_to_do_in_addition(changes, also, why):
    decision = decide(TABLE, replace(KIND, **changes), TUESDAY)
    assert [(each.organisation, each.kind, each.obligatory) for each in decision.also] == also, why


def test_turning_eighteen_ends_the_answer_at_midnight():
    friday_before = instant("2026-11-24T14:00")
    holds = decide(TABLE, replace(KIND, age=NOT_ASKED, born=date(2008, 11, 25)), friday_before)
    assert (holds.organisation, holds.holds_until) == ("dag", instant("2026-11-24T17:00"))
    all_day = compile_table(
        directory([service("dag"), service("nacht")]),
        agreement([rule("kind", "dag", age=[0, 17]), rule("volwassen", "nacht", age=[18, 120])]),
    )
    holds = decide(all_day, replace(KIND, age=NOT_ASKED, born=date(2008, 11, 25)), friday_before)
    assert holds.holds_until == instant("2026-11-25T00:00")


@pytest.mark.parametrize(
    ("born", "last_day_17", "why"),
    [
        (date(2008, 2, 29), "2026-02-28", "no 29 February in 2026: the birthday is 1 March"),
        (date(2010, 2, 28), "2028-02-27", "a leap year does not move an ordinary birthday"),
        (date(2010, 3, 1), "2028-02-29", "1 March follows 29 February"),
    ],
)
def test_birthdays_around_29_february(born, last_day_17, why):
    by_age = compile_table(
        directory([service("dag"), service("nacht")]),
        agreement([rule("kind", "dag", age=[0, 17]), rule("volwassen", "nacht", age=[18, 120])]),
    )
    facts = replace(KIND, age=NOT_ASKED, born=born)
    midnight = instant(f"{last_day_17}T00:00") + 86400
    assert decide(by_age, facts, midnight - 1).organisation == "dag", why
    assert decide(by_age, facts, midnight).organisation == "nacht", why
    assert decide(by_age, facts, midnight - 1).holds_until == midnight, why


def test_a_conflict_answers_the_safety_net_and_names_both():
    clash = compile_table(
        directory([service("dag"), service("nacht")]), agreement([rule("een", "dag"), rule("twee", "nacht")])
    )
    decision = decide(clash, KIND, TUESDAY)
    assert (decision.service.slug, decision.conflict) == ("piket", ("agreement/een", "agreement/twee"))


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (lambda: replace(KIND, age=-1), InvalidFact),
        (lambda: replace(KIND, age=121), InvalidFact),
        (lambda: replace(KIND, age=True), InvalidFact),
        (lambda: replace(KIND, category="weer"), InvalidFact),
        (lambda: replace(KIND, danger="ja"), InvalidFact),
        (lambda: decide(TABLE, replace(KIND, provider="niemand"), TUESDAY), InvalidFact),
        (lambda: decide(TABLE, replace(KIND, born=date(1890, 1, 1)), TUESDAY), InvalidFact),
        (lambda: decide(TABLE, replace(KIND, category="youth_act", age=30), TUESDAY), ImpossibleFacts),
        (lambda: decide(TABLE, KIND, instant("2019-12-31T23:59")), MomentOutOfRange),
        (lambda: decide(TABLE, KIND, instant("2036-01-01T00:00")), MomentOutOfRange),
    ],
)
def test_refuses_what_cannot_be(facts, error):
    with pytest.raises(error):
        facts()


@given(complete_facts(), st.sets(st.sampled_from(("category", "age", "danger", "related")), max_size=3))
def test_facts_survive_storage(facts, unasked):
    facts = replace(facts, **dict.fromkeys(unasked, NOT_KNOWABLE))
    assert Facts.from_document(facts.as_document()) == facts
