"""The pure decision core: facts and an agreement in, one responsible organisation out. No Django, clock or settings."""

from .coverage import Cell, Proof, prove, readable
from .decide import (
    Also,
    Decision,
    MomentOutOfRange,
    NobodyResponsible,
    Undetermined,
    additions,
    decide,
    winner,
)
from .facts import (
    CATEGORIES,
    ELSEWHERE,
    NO_PROVIDER,
    NOT_ASKED,
    NOT_KNOWABLE,
    OLDEST,
    Facts,
    ImpossibleFacts,
    InvalidFact,
    Unknown,
    age_on,
)
from .rules import InvalidDocument, Service
from .table import Table, compile_table

__all__ = [
    "CATEGORIES",
    "ELSEWHERE",
    "NOT_ASKED",
    "NOT_KNOWABLE",
    "NO_PROVIDER",
    "OLDEST",
    "Also",
    "Cell",
    "Decision",
    "Facts",
    "ImpossibleFacts",
    "InvalidDocument",
    "InvalidFact",
    "MomentOutOfRange",
    "NobodyResponsible",
    "Proof",
    "Service",
    "Table",
    "Undetermined",
    "Unknown",
    "additions",
    "age_on",
    "compile_table",
    "decide",
    "prove",
    "readable",
    "winner",
]
