"""The full explanation: who came close and why not, what mattered, and what if."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from routing.core import Decision, Facts, compile_table, decide
from routing.core.explain import FACTS, explain

from . import naive
from .tables import agreement, complete_facts, directory, hours, instant, moments, rule, service, tables

OFFICE = hours([[day, 510, 1020] for day in range(5)], "closed")
CHILD = Facts(category="ggz", age=17, municipality="GM0001", danger=False, provider="", hospital=False, suicidal=False,
              dissatisfied=False)  # fmt: skip
DOCUMENTS = (
    directory([service("dag", hours=OFFICE, own_client_line=True), service("nacht"), service("buren")]),
    agreement(
        [
            rule("kind", "dag", category=["ggz"], age=[0, 17]),
            rule("volwassen", "nacht", category=["ggz"], age=[18, 120]),
            rule("buiten-uren", "nacht", after=("dag",), category=["ggz"]),
            rule("jeugd", "nacht", category=["youth_act"], municipality=["GM0001", "GM0002"]),
            rule("jeugd-clooster", "buren", category=["youth_act"], municipality=["GM0003"]),
        ]
    ),
)
TABLE = compile_table(*DOCUMENTS)


def explained(facts: Facts, wall: str, refused: frozenset[str] = frozenset()):
    moment = instant(wall)
    return explain(TABLE, facts, moment, decide(TABLE, facts, moment, refused), refused)


@pytest.mark.parametrize(
    ("changes", "wall", "refused", "expected", "why"),
    [
        ({}, "2026-11-24T10:15", (), [("nacht", "after", None)], "second: its rule stands after the one that is on"),
        ({}, "2026-11-24T22:00", (), [("dag", "closed", "2026-11-25T08:30")], "would go first, opens tomorrow"),
        ({}, "2026-11-27T22:00", (), [("dag", "closed", "2026-11-30T08:30")], "opens after the weekend"),
        ({}, "2026-11-24T10:15", ("dag",), [("dag", "refused", None)], "would go first, but refused"),
        ({"age": 40}, "2026-11-24T10:15", (), [], "nobody else but the duty lead"),
        (
            {"provider": "dag", "related": True},
            "2026-11-24T10:15",
            (),
            [("nacht", "tier", None)],
            "the own provider answers from a higher tier",
        ),
    ],
)
def test_who_came_close_and_why_not(changes, wall, refused, expected, why):
    explanation = explained(replace(CHILD, **changes), wall, frozenset(refused))
    found = [(each.service.slug, each.why_not, each.on_again) for each in explanation.passed_over]
    assert found == [(slug, reason, again and instant(again)) for slug, reason, again in expected], why


def test_a_diverted_service_is_told_with_the_moment_it_is_back():
    away = service("dag", suspensions=[["2026-11-24T09:00:00+01:00", "2026-11-25T12:00:00+01:00", "staking"]])
    table = compile_table(directory([away, service("nacht"), service("buren")]), DOCUMENTS[1])
    moment = instant("2026-11-24T10:15")
    (first, *_rest) = explain(table, CHILD, moment, decide(table, CHILD, moment)).passed_over
    assert (first.service.slug, first.why_not, first.on_again) == ("dag", "diverted", instant("2026-11-25T12:00"))


@pytest.mark.parametrize(
    ("changes", "wall", "used", "why"),
    [
        ({}, "2026-11-24T10:15", {"danger", "category", "age", "provider", "dissatisfied"}, "by day age decides"),
        ({}, "2026-11-24T22:00", {"danger", "category", "provider", "dissatisfied"}, "at night it does not"),
        (
            {"category": "youth_act"},
            "2026-11-24T22:00",
            {"danger", "category", "municipality", "provider", "dissatisfied"},
            "Clooster has another service",
        ),
        ({"danger": True}, "2026-11-24T22:00", {"danger"}, "nothing else matters when life is in danger"),
    ],
)
def test_which_facts_were_used(changes, wall, used, why):
    facts = replace(CHILD, **changes)
    explanation = explained(facts, wall)
    assert set(explanation.used) - {"provider", "dissatisfied"} == used - {"provider", "dissatisfied"}, why
    assert not set(explanation.used) & set(explanation.irrelevant)


@pytest.mark.parametrize(
    ("changes", "wall", "what_ifs", "why"),
    [
        ({}, "2026-11-24T16:59:30", {("minute_later", 60): ("nacht",), ("birthday", 18): ("nacht",)}, "17:00, and 18"),
        ({}, "2026-11-24T10:15", {("minute_later", 60): ("dag",), ("birthday", 18): ("nacht",)}, "a birthday away"),
        (
            {"category": "youth_act"},
            "2026-11-24T10:15",
            {("minute_later", 60): ("nacht",), ("birthday", 18): ("nacht",), ("municipality", "GM0003"): ("buren",)},
            "the municipality next door is told only where it differs",
        ),
        (
            {"dissatisfied": True, "new_crisis": False, "age": 120},
            "2026-11-24T10:15",
            {("minute_later", 60): (None,)},
            "recorded, whatever happens; nobody turns 121",
        ),
    ],
)
def test_what_if(changes, wall, what_ifs, why):
    explanation = explained(replace(CHILD, **changes), wall)
    assert {(each.change, each.value): each.organisations for each in explanation.what_ifs} == what_ifs, why


@settings(max_examples=60, deadline=None)
@given(tables(), complete_facts(), moments)
def test_an_irrelevant_fact_never_changes_the_organisation(documents, facts, moment):
    if not naive.possible(documents[1], facts):
        return
    table = compile_table(*documents)
    decision = decide(table, facts, moment)
    explanation = explain(table, facts, moment, decision)
    assert set(explanation.used) | set(explanation.irrelevant) == set(FACTS)
    for name, value in (("hospital", not facts.hospital), ("age", 40), ("category", "ggz"), ("municipality", "GM0002")):
        if name in explanation.irrelevant:
            changed = replace(facts, **{name: value})
            if naive.possible(documents[1], changed):
                again = decide(table, changed, moment)
                assert isinstance(again, Decision)
                assert again.organisation == decision.organisation
