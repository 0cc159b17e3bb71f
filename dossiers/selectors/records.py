"""The records of a case, side by side. Whether the actor may see the case, routing has answered first."""

from dataclasses import dataclass, field

from accounts.policies import Actor
from dossiers.models import IcdRecord, Record, VtRecord
from dossiers.policies import may_edit
from routing.models import Case

from .teams import FieldView, field_views


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as this actor sees it."""

    kind: str
    record: Record
    may_edit: bool
    fields: list[FieldView] = field(default_factory=list)


def records_of(actor: Actor, case: Case) -> list[RecordView]:
    """The ICD note, then the VT dossier, as far as they were opened."""
    views = []
    for kind, model in (("icd", IcdRecord), ("vt", VtRecord)):
        record = model.objects.select_related("handover__service__organisation", "changed_by").filter(case=case).first()
        if record is not None:
            views.append(RecordView(kind, record, may_edit(actor, record), field_views(actor, record)))
    return views


def record_of(actor: Actor, case: Case, kind: str) -> RecordView | None:
    return next((view for view in records_of(actor, case) if view.kind == kind), None)
