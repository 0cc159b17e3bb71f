"""Proofs of rules with a directory over a period, as documents that are kept, and what one is worse at than another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from partners.models import Municipality

from .cells import cell_document
from .core import Cell, Proof, Table, compile_table, prove, readable
from .core.worsening import overlap, worsened
from .proofs import report_of

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """The proof of one rule set with one directory."""

    region_slug: str
    table: Table
    proof: Proof

    def report(self) -> Document:
        """As `check_rules` prints it."""
        return asdict(report_of(self.region_slug, self.table, self.proof))

    def problems(self) -> list[Document]:
        """All that stands in the way of publishing, each with its `kind` and a `text` for people."""
        return self._told(self.proof)

    def problems_since(self, before: "Finding") -> list[Document]:
        """What is wrong now and was not before."""
        old, new = before.proof, self.proof
        return self._told(
            Proof(
                gaps=worsened(old.gaps, new.gaps),
                unanswered=worsened(old.unanswered, new.unanswered),
                conflicts=worsened(old.conflicts, new.conflicts),
                dead_rules=(),
                without_number=tuple(slug for slug in new.without_number if slug not in old.without_number),
                without_hours=tuple(slug for slug in new.without_hours if slug not in old.without_hours),
                impossible=(),
                cells=new.cells,
            )
        )

    def wrong_cells(self) -> tuple[Cell, ...]:
        return (*self.proof.gaps, *self.proof.unanswered, *self.proof.conflicts)

    def _told(self, proof: Proof) -> list[Document]:
        places = dict(Municipality.objects.values_list("code", "name"))
        found = [
            {"kind": kind, **cell_document(cell, self.table, places), "spans": cell.spans}
            for kind, cells in (("gap", (*proof.unanswered, *proof.gaps)), ("conflict", proof.conflicts))
            for cell in readable(cells)
        ]
        without = [
            *(("without_number", slug, _("dienst %(service)s heeft geen nummer")) for slug in proof.without_number),
            *(("without_hours", slug, _("dienst %(service)s is nooit open")) for slug in proof.without_hours),
        ]
        named = [
            {"kind": kind, "service": slug, "text": text % {"service": self.table.services[slug].card["name"]}}
            for kind, slug, text in without
        ]
        return [*found, *named]


def find(directory: Mapping[str, Any], rules: Mapping[str, Any], start: datetime, end: datetime) -> Finding:
    table = compile_table(directory, rules)
    return Finding(directory["region"], table, prove(table, int(start.timestamp()), int(end.timestamp())))


def is_still_wrong(problem: Mapping[str, Any], finding: Finding) -> bool:
    """Whether any part of a problem that was told earlier is found again."""
    if "service" in problem:
        return problem["service"] in getattr(finding.proof, problem["kind"])
    return any(overlap(_cell(problem), cell) for cell in finding.wrong_cells())


def _cell(problem: Mapping[str, Any]) -> Cell:
    """The cell as far as comparing needs it."""
    facts = {name: tuple(values) for name, values in problem["facts"].items()}
    if "age" in facts:
        facts["age"] = tuple(age for first, last in facts["age"] for age in range(first, last + 1))
    spans = tuple((first, last) for first, last in problem["spans"])
    return Cell(facts, spans, (), (), spans[0][0], tuple(problem["rules"]))
