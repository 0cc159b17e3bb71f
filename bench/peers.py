"""Other engines, given the same table. Which services are on is worked out for them beforehand, and not timed."""

import json
from collections.abc import Callable
from typing import Any

import cel
import zen
from durable import lang

from routing.core import Facts, Table
from routing.core.table import Line

from .tables import GROUPS

Context = dict[str, Any]


def context(table: Table, facts: Facts, moment: int) -> Context:
    """The facts as the engines take them; a service is a plain name with whether it is on."""
    on = table.on_at(moment)
    return {
        "danger": facts.danger,
        "dissatisfied": facts.dissatisfied,
        "new_crisis": facts.new_crisis,
        "related": facts.related,
        "provider": facts.provider,
        "category": facts.category,
        "age": facts.age,
        "municipality": facts.municipality,
        "group": int(facts.municipality in GROUPS[1]),
        **{_name(slug): bool(on & bit) for slug, bit in table.bit_of.items()},
    }


def _name(slug: str) -> str:
    return "on_" + slug.replace("-", "_")


def _switches(line: Line) -> dict[str, bool]:
    """Which services must be on or off for a line to count."""
    off = {_name(slug): False for slug in line.rule.after}
    return off | ({_name(line.service.slug): True} if line.service else {})


class Zen:
    """GoRules zen-engine: a decision table with hit policy first, in the order of the lines."""

    def __init__(self, table: Table) -> None:
        facts = ["danger", "dissatisfied", "new_crisis", "related", "provider", "category", "age", "municipality"]
        fields = facts + [_name(slug) for slug in table.bit_of]
        inputs = [{"id": each, "name": each, "field": each} for each in fields]
        rows = [self._row(number, line, fields) for number, line in enumerate(table.lines)]
        content = {
            "hitPolicy": "first",
            "inputs": inputs,
            "outputs": [{"id": "organisation", "name": "organisation", "field": "organisation"}],
            "rules": rows,
        }
        place = {"x": 0, "y": 0}
        model = json.dumps(
            {
                "nodes": [
                    {"id": "in", "type": "inputNode", "name": "in", "position": place},
                    {"id": "t", "type": "decisionTableNode", "name": "t", "position": place, "content": content},
                    {"id": "out", "type": "outputNode", "name": "out", "position": place},
                ],
                "edges": [
                    {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
                    {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
                ],
            }
        )
        compiled = zen.ZenDecisionContent(model)
        self._engine = zen.ZenEngine({"loader": lambda _key: compiled})
        self._decision = self._engine.create_decision(model)

    @staticmethod
    def _row(number: int, line: Line, fields: list[str]) -> dict[str, str]:
        when = line.rule.when
        row = dict.fromkeys(fields, "")
        row |= {flag: json.dumps(value) for flag, value in (*when.flags, *_switches(line).items())}
        if line.provider:
            row["provider"] = json.dumps(line.provider)
        if when.category:
            row["category"] = ", ".join(map(json.dumps, when.category))
        if when.age:
            row["age"] = f"[{when.age[0]}..{when.age[1]}]"
        if when.municipality:
            row["municipality"] = ", ".join(map(json.dumps, when.municipality))
        return {"_id": str(number), **row, "organisation": json.dumps(line.organisation or "")}

    def one(self, case: Context) -> str | None:
        return self._decision.evaluate(case)["result"]["organisation"] or None

    def batch(self, cases: list[Context]) -> list[str | None]:
        results = self._engine.evaluate_batch([{"key": "t", "context": case} for case in cases])
        return [each["data"]["result"]["organisation"] or None for each in results]


def cel_program(table: Table) -> Callable[[Context], str | None]:
    """CEL (Rust): one expression, a chain of conditions in the order of the lines."""
    expression = json.dumps("")
    for line in reversed(table.lines):
        conditions = _cel_conditions(line)
        answer = json.dumps(line.organisation or "")
        expression = f"({' && '.join(conditions)}) ? {answer} : {expression}" if conditions else answer
    program = cel.compile(expression)
    return lambda case: program.execute(case) or None


def _cel_conditions(line: Line) -> list[str]:
    when = line.rule.when
    parts = [flag if value else f"!{flag}" for flag, value in (*when.flags, *_switches(line).items())]
    if line.provider:
        parts.append(f"provider == {json.dumps(line.provider)}")
    if when.category:
        parts.append(f"category in {json.dumps(list(when.category))}")
    if when.age:
        parts.append(f"age >= {when.age[0]} && age <= {when.age[1]}")
    if when.municipality:
        parts.append(f"municipality in {json.dumps(list(when.municipality))}")
    return parts


def durable_rules(table: Table) -> Callable[[Context], str | None]:
    """durable_rules: a Rete ruleset with a priority per line. Places are given as the number of their group,
    since it has no membership of a list."""
    found: list[str | None] = [None]

    def action(organisation: str | None) -> Callable[[Any], None]:
        def remember(_closure: Any) -> None:
            found[0] = organisation

        return remember

    with lang.ruleset("bench"):
        for number, line in enumerate(table.lines, start=1):
            lang.when_all(lang.pri(number), _durable_condition(line))(action(line.organisation))

    def decide(case: Context) -> str | None:
        lang.post("bench", case)
        return found[0]

    return decide


def _durable_condition(line: Line) -> Any:
    when, m = line.rule.when, lang.m
    parts = [getattr(m, flag) == value for flag, value in (*when.flags, *_switches(line).items())]
    if line.provider:
        parts.append(m.provider == line.provider)
    if when.category:
        parts.append(m.category == when.category[0])
    if when.age:
        parts += [m.age >= when.age[0], m.age <= when.age[1]]
    if when.municipality and len(when.municipality) < sum(map(len, GROUPS)):
        parts.append(m.group == int(when.municipality[0] in GROUPS[1]))
    condition = parts[0]
    for part in parts[1:]:
        condition &= part
    return condition
