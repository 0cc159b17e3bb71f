"""What may be read of a case by whom. Whether the actor may see the case, routing has answered first."""

from .case_list import CaseRow, case_rows, listed_cases, soonest_due
from .norms import norms_in_force, norms_of
from .records import RecordView, record_of, records_of
from .team import Team, leading_organisations, team
from .terms import Term, blocking, dropped_of, terms_of, worst

__all__ = [
    "CaseRow",
    "RecordView",
    "Team",
    "Term",
    "blocking",
    "case_rows",
    "dropped_of",
    "leading_organisations",
    "listed_cases",
    "norms_in_force",
    "norms_of",
    "record_of",
    "records_of",
    "soonest_due",
    "team",
    "terms_of",
    "worst",
]
