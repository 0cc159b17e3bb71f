"""All checks, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.audit_seals import same
from accounts.models import AuditSeal

from .chain import SEALS, check_chain, check_unsealed
from .findings import Defect, Findings, Kind
from .guards import check_guards, expected_tables
from .rows import check_rows


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as somebody noted it elsewhere."""

    digest: str
    sequence: int


def verify(since: int = 1, noted: Head | None = None) -> Findings:
    """From the seal `since` on; what has no entry and what guards the tables is always looked at as a whole."""
    findings = Findings()
    for defect in _defects(findings, since, noted):
        findings.add(defect)
    return findings


def _defects(findings: Findings, since: int, noted: Head | None) -> Iterator[Defect]:
    expected = expected_tables()
    yield from check_chain(findings, since)
    yield from check_unsealed()
    yield from check_rows(findings, expected, since)
    yield from check_guards(expected)
    if noted:
        yield from _check_head(noted)


def _check_head(noted: Head) -> Iterator[Defect]:
    """A chain that was made anew from the beginning fits in itself, but not with what was noted."""
    seal = AuditSeal.objects.filter(sequence=noted.sequence).first()
    if seal is None or not same(seal.digest, noted.digest):
        moment, found = (seal.sealed_at, seal.digest) if seal else (None, "niets")
        yield Defect(Kind.HEAD_DIFFERS, SEALS, str(noted.sequence), moment, f"gevonden: {found}")
