"""What of a case has a history: which models, and how each hangs on the case. To add one, add its line to TRACKED.

Every model with a history that points at a case stands here, or in NOT_SHOWN with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Field, Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from routing.models import Addition, Alarm, CapacityReport, Case, EmergencyAccess, Handover
from triage.models import Contact

from .models import Clock, IcdRecord, Involvement, Person, Suspension, VtRecord

# Bookkeeping of the system: it says nothing about the case.
BOOKKEEPING = {"id", "version", "changed_by", "case", "first", "hop", "danger_rank", "decision", "draft_id"} | {
    *("remind_at", "reminded_at", "feedback_reminded_at", "question_set", "answers"),
}


def _ours(actor: Actor) -> Q:
    """Rows of the actor's own organisation: its pages show these to nobody else."""
    return Q(organisation=actor.organisation_id)


def _everybody(actor: Actor) -> Q:
    return Q()


def _in_the_case(case: Case) -> Q:
    return Q(id__in=Involvement.objects.filter(case=case).values("person"))


@dataclass(frozen=True)
class Tracked:
    """A model whose history hangs on the case: by the path of lookups to the case, or by a condition made of it.

    `whose` narrows the rows to what the actor may see of this model at all.
    """

    model: type[Model]
    path: str | Callable[[Case], Q]
    title: Promise
    whose: Callable[[Actor], Q] = _everybody

    @property
    def name(self) -> str:
        return self.model.__name__.lower()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Those whose changes are shown."""
        meta = self.model._meta  # noqa: SLF001 - Django's documented way to the fields of a model
        return tuple(field for field in meta.concrete_fields if field.name not in BOOKKEEPING)

    def of(self, actor: Actor, case: Case) -> Q:
        rows = self.path(case) if callable(self.path) else Q(**{self.path: case.pk})
        return rows & self.whose(actor)


TRACKED = (
    Tracked(Case, "id", _("Casus")),
    Tracked(IcdRecord, "case", _("Notitie van de ICD")),
    Tracked(VtRecord, "case", _("Dossier van Veilig Thuis")),
    Tracked(Handover, "case", _("Overdracht")),
    Tracked(Addition, "case", _("Overleg of informeren")),
    Tracked(Involvement, "case", _("Betrokkenheid")),
    Tracked(Person, _in_the_case, _("Persoon")),
    Tracked(Clock, "case", _("Termijn")),
    Tracked(Suspension, "clock__case", _("Opschorting")),
    Tracked(Alarm, "case", _("Alarm")),
    Tracked(EmergencyAccess, "case", _("Noodknop")),
    Tracked(CapacityReport, "handover__case", _("Melding van gebrek aan capaciteit"), _ours),
    Tracked(Contact, "case", _("Melding"), _ours),
)

# Model -> why its history is on no page of a case.
NOT_SHOWN: dict[type[Model], str] = {}
