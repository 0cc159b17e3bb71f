"""What of its history somebody may see: nothing that no page of the case would show them."""

from django.db.models import Model

from accounts.policies import Actor, Permission
from routing.models import CapacityReport, EmergencyAccess

from .models import IcdRecord, VtRecord

# What the page of a case shows of a record to who does not keep it.
PLAIN_OF_RECORD = {"kind", "reporter_shielded", "opened_at", "handover"}
SHOWN_OF_RECORD = PLAIN_OF_RECORD | {"situation", "actions", "agreements", "safety"}
# The judgement and its reasons are for who judges; that it was judged, the case may know.
OF_THE_JUDGE = {"review_note"}
OF_MANAGEMENT = {"commissioner", "commissioner_email"}


def may_see_field(actor: Actor, record: Model, field: str) -> bool:
    """Whether this field of the record, as it stands in its history, is for this actor."""
    model = getattr(record, "instance_type", type(record))
    if model in (IcdRecord, VtRecord):
        return keeps(actor, record) or field in SHOWN_OF_RECORD
    if model is EmergencyAccess:
        return field not in OF_THE_JUDGE or actor.may(Permission.SEE_ACCESS_LOG)
    if model is CapacityReport:
        return field not in OF_MANAGEMENT or actor.may(Permission.SEE_BOARD)
    return True


def may_see_earlier(actor: Actor, record: Model, field: str) -> bool:
    """Whether what stood there before is for them too.

    Of the text of a record others see what it says now: what its keeper took out again is gone for them.
    """
    model = getattr(record, "instance_type", type(record))
    return model not in (IcdRecord, VtRecord) or keeps(actor, record) or field in PLAIN_OF_RECORD


def keeps(actor: Actor, record: Model) -> bool:
    return record.handover.service.organisation_id == actor.organisation_id
