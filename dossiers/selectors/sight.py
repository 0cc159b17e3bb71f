"""What of its history somebody may see: nothing that no page of the case would show them."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model

from accounts.policies import Actor, Permission
from dossiers.models import Record
from dossiers.policies import RECORD_MODELS, caller_is_hidden_from, keeps
from routing.models import CapacityReport, Case, EmergencyAccess, Handover

from .teams import shared_fields

# What everybody who sees the case is shown of a record, whatever its keeper shares.
FOR_ALL = {"reporter_shielded", "opened_at", "handover"}
# Of the text of a record others see what it says now: what its keeper took out again is gone for them. Not so of these.
ALSO_EARLIER = FOR_ALL | {"kind"}
# What goes with another field, and is shared with it.
GOES_WITH = {"handed_to_name": "handed_to", "stuck_note": "stuck"}
# The judgement and its reasons are for who judges; that it was judged, the case may know.
OF_THE_JUDGE = {"review_note"}
OF_MANAGEMENT = {"commissioner", "commissioner_email"}
OF_THE_CALLER = {"callback_number", "told_caller"}


@dataclass(frozen=True)
class Sight:
    """What one reader may see in the history of one case."""

    actor: Actor
    case: Case

    def sees(self, record: Model, field: str) -> bool:
        """Whether this field of the record, as it stands in its history, is for this reader."""
        model = _model_of(record)
        if model in RECORD_MODELS.values():
            return keeps(self.actor, record) or field in FOR_ALL or GOES_WITH.get(field, field) in self._shared[model]
        if model is Handover:
            return field not in OF_THE_CALLER or not self._hides_caller
        if model is EmergencyAccess:
            return field not in OF_THE_JUDGE or self.actor.may(Permission.SEE_ACCESS_LOG)
        if model is CapacityReport:
            return field not in OF_MANAGEMENT or self.actor.may(Permission.SEE_BOARD)
        return True

    def sees_earlier(self, record: Model, field: str) -> bool:
        """Whether what stood there before is for them too."""
        return _model_of(record) not in RECORD_MODELS.values() or keeps(self.actor, record) or field in ALSO_EARLIER

    @cached_property
    def _shared(self) -> dict[type[Record], set[str]]:
        kept = (model.objects.filter(case=self.case).first() for model in RECORD_MODELS.values())
        return {type(record): shared_fields(record) for record in kept if record is not None}

    @cached_property
    def _hides_caller(self) -> bool:
        return caller_is_hidden_from(self.actor, self.case)


def _model_of(record: Model) -> type[Model]:
    """Also of a version in the history."""
    return getattr(record, "instance_type", type(record))
