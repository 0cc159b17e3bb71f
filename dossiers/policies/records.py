"""The organisation that keeps a record writes all of it and reads all of it; who else may see the case reads what is
shared. Records may still be written after the case was closed: the note of a crisis is often finished after it."""

from collections.abc import Mapping

from accounts.policies import Actor, Permission
from dossiers.models import IcdRecord, Record, VtRecord
from partners.models import Organisation
from routing.models import Case

RECORD_MODELS: dict[str, type[Record]] = {
    Organisation.RecordKind.ICD: IcdRecord,
    Organisation.RecordKind.VT: VtRecord,
}
KINDS: dict[type[Record], str] = {model: str(kind) for kind, model in RECORD_MODELS.items()}
# Whether others read a field as long as the keeper chose nothing else. A field that is not here is not shared.
SHARED_BY_DEFAULT: Mapping[str, Mapping[str, bool]] = {
    Organisation.RecordKind.ICD: {
        "situation": True,
        "outcome": True,
        "steps": True,
        "actions": True,
        "agreed": True,
        "agreements": True,
        "handed_to": True,
        "stuck": True,
    },
    Organisation.RecordKind.VT: {"kind": True, "situation": True, "safety": True},
}
# No choice can share these. Who a shielded reporter is, is with Veilig Thuis; that there is one, everybody is warned.
NEVER_SHARED: Mapping[str, frozenset[str]] = {
    Organisation.RecordKind.ICD: frozenset(),
    Organisation.RecordKind.VT: frozenset({"reporter_shielded"}),
}


def keeps(actor: Actor, record: Record) -> bool:
    """Whether the actor's organisation accepted the case with which this record was opened."""
    return actor.organisation_id == keeper_of(record)


def may_edit(actor: Actor, record: Record) -> bool:
    """The organisation that accepted the case keeps its own record; nobody writes in another's."""
    return actor.may(Permission.ANSWER_HANDOVER) and keeps(actor, record)


def may_choose_sharing(actor: Actor, record: Record, field: str) -> bool:
    kind = KINDS[type(record)]
    return may_edit(actor, record) and field in SHARED_BY_DEFAULT[kind] and field not in NEVER_SHARED[kind]


def may_read_field(actor: Actor, record: Record, field: str, *, chosen: bool | None) -> bool:
    """`chosen` is what the keeper chose for this field, None if nothing."""
    kind = KINDS[type(record)]
    if keeps(actor, record):
        return True
    if field in NEVER_SHARED[kind]:
        return False
    return SHARED_BY_DEFAULT[kind].get(field, False) if chosen is None else chosen


def may_comment(actor: Actor, case: Case) -> bool:
    """The teams that keep a record of this case talk about each other's; who only looks on does not."""
    return actor.may(Permission.ANSWER_HANDOVER) and keeps_a_record(actor, case)


def keeps_a_record(actor: Actor, case: Case) -> bool:
    kept = (model.objects.filter(case=case, handover__service__organisation=actor.organisation_id) for model in KINDS)
    return actor.organisation_id is not None and any(records.exists() for records in kept)


def keeper_of(record: Record) -> int:
    return record.handover.service.organisation_id
