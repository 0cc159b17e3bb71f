"""Who may read and who may write. Whether an actor may see the case at all, routing says."""

from .access import caller_is_hidden_from, has_shielded_reporter, may_give_overview
from .around import may_act, may_add, may_change
from .clocks import leads_or_keeps, may_add_measure
from .records import (
    KINDS,
    NEVER_SHARED,
    RECORD_MODELS,
    SHARED_BY_DEFAULT,
    keeper_of,
    keeps,
    keeps_a_record,
    may_choose_sharing,
    may_comment,
    may_edit,
    may_read_field,
)
from .vt import may_read_vt_details, vt_side

__all__ = [
    "KINDS",
    "NEVER_SHARED",
    "RECORD_MODELS",
    "SHARED_BY_DEFAULT",
    "caller_is_hidden_from",
    "has_shielded_reporter",
    "keeper_of",
    "keeps",
    "keeps_a_record",
    "leads_or_keeps",
    "may_act",
    "may_add",
    "may_add_measure",
    "may_change",
    "may_choose_sharing",
    "may_comment",
    "may_edit",
    "may_give_overview",
    "may_read_field",
    "may_read_vt_details",
    "vt_side",
]
