"""What of a case has a history: which models, and how each hangs on the case. To add one, add its line to TRACKED.

Every model with a history that points at a case stands here, or in NOT_SHOWN with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Field, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from routing.models import Addition, Alarm, CapacityReport, Case, EmergencyAccess, Handover
from triage.models import Contact

from .models import (
    Action,
    Clock,
    Condition,
    FollowUp,
    Household,
    HouseholdMember,
    IcdRecord,
    Investigation,
    Involvement,
    Measure,
    NextStep,
    NormEvent,
    Participant,
    Person,
    Relation,
    Suspension,
    Task,
    VtRecord,
)
from .policies.people import visible_involvements

# Bookkeeping of the system: it says nothing about the case.
BOOKKEEPING = {"id", "version", "changed_by", "case", "first", "hop", "danger_rank", "decision", "draft_id"} | {
    *("remind_at", "reminded_at", "feedback_reminded_at", "question_set", "answers", "search_keys"),
    *("overdue_told_at", "record"),
}


def _ours(actor: Actor) -> Q:
    """Rows of the actor's own organisation: its pages show these to nobody else."""
    return Q(organisation=actor.organisation_id)


def _of_keeper(actor: Actor) -> Q:
    """What Veilig Thuis does in its dossier is for the Veilig Thuis that keeps it."""
    return Q(record__handover__service__organisation=actor.organisation_id)


def _not_shielded(actor: Actor) -> Q:
    return Q(id__in=visible_involvements(actor).values("pk"))


def _everybody(actor: Actor) -> Q:
    return Q()


def _seen_here(actor: Actor, case: Case) -> QuerySet:
    """By what they are in this very case: seen elsewhere does not open a reporter who is shielded here."""
    return visible_involvements(actor).filter(case=case).values("person")


def _in_the_case(actor: Actor, case: Case) -> Q:
    return Q(id__in=_seen_here(actor, case))


def _between_them(actor: Actor, case: Case) -> Q:
    return Q(person__in=_seen_here(actor, case), other__in=_seen_here(actor, case))


def _at_home(actor: Actor, case: Case) -> Q:
    return Q(person__in=_seen_here(actor, case))


def _homes(actor: Actor, case: Case) -> Q:
    return Q(id__in=HouseholdMember.objects.filter(_at_home(actor, case)).values("household"))


@dataclass(frozen=True)
class Tracked:
    """A model whose history hangs on the case: by the path of lookups to the case, or by a condition made of it.

    `whose` narrows the rows to what the actor may see of this model at all.
    """

    model: type[Model]
    path: str | Callable[[Actor, Case], Q]
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
        rows = self.path(actor, case) if callable(self.path) else Q(**{self.path: case.pk})
        return rows & self.whose(actor)


TRACKED = (
    Tracked(Case, "id", _("Casus")),
    Tracked(IcdRecord, "case", _("Notitie van de ICD")),
    Tracked(VtRecord, "case", _("Dossier van Veilig Thuis")),
    Tracked(Handover, "case", _("Overdracht")),
    Tracked(Addition, "case", _("Overleg of informeren")),
    Tracked(Involvement, "case", _("Betrokkenheid"), _not_shielded),
    Tracked(Person, _in_the_case, _("Persoon")),
    Tracked(Relation, _between_them, _("Relatie")),
    Tracked(HouseholdMember, _at_home, _("Bewoner")),
    Tracked(Household, _homes, _("Huishouden")),
    Tracked(Action, "case", _("Actie")),
    Tracked(Task, "case", _("Taak")),
    Tracked(Participant, "case", _("Professional")),
    Tracked(Measure, "case", _("Maatregel")),
    Tracked(NextStep, "record__case", _("Vervolg"), _of_keeper),
    Tracked(Investigation, "record__case", _("Onderzoek"), _of_keeper),
    Tracked(Condition, "record__case", _("Veiligheidsvoorwaarde"), _of_keeper),
    Tracked(FollowUp, "record__case", _("Nazorg"), _of_keeper),
    Tracked(Clock, "case", _("Termijn")),
    Tracked(NormEvent, "case", _("Gebeurtenis van een termijn")),
    Tracked(Suspension, "clock__case", _("Opschorting")),
    Tracked(Alarm, "case", _("Alarm")),
    Tracked(EmergencyAccess, "case", _("Noodknop")),
    Tracked(CapacityReport, "handover__case", _("Melding van gebrek aan capaciteit"), _ours),
    Tracked(Contact, "case", _("Melding"), _ours),
)

# Model -> why its history is on no page of a case.
NOT_SHOWN: dict[type[Model], str] = {}
