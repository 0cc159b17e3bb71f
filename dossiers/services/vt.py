"""The only writer of the way of a Veilig Thuis dossier: each act checked by the table, and kept as a step."""

from collections.abc import Mapping
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.language import house_language
from accounts.policies import Actor
from accounts.services import log_access
from dossiers.core import ADVICE, AMSTERDAM, Act, Missing, NotYet, Row, Side, State, StepRefused, WrongSide, step
from dossiers.errors import DossierChanged, StepNotPossible
from dossiers.models import NextStep, VtRecord, VtStep
from dossiers.policies import vt_side
from dossiers.selectors.vt import holds, topic_of
from dossiers.vt_words import ACTS, NEEDS, STATES
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case

from .norms import drop_clocks, note_event
from .vt_doing import Doing
from .vt_writes import WRITERS

# These keep their text in a row of their own.
WITH_OWN_ROW = {Act.ASSESS, Act.JUDGE_CONDITION, Act.HOLD_FOLLOW_UP, Act.SETTLE_NEXT_STEP}


@transaction.atomic
def take_step(actor: Actor, record: VtRecord, act: Act, fields: Mapping[str, object], version: int) -> VtStep:
    """Does one act on the dossier as it was read at `version`: the rows it writes, the step, the state, the clocks.

    Raises PermissionDenied; DossierChanged when somebody was first; StepNotPossible when it does not fit the state, or
    something must be done first; InvalidEntry for what is filled in.
    """
    record = _locked(record)
    side = side_for(actor, record, act, fields.get("target"))
    if record.version != version:
        raise DossierChanged
    doing = Doing(actor, record, fields, timezone.now())
    row = _allowed(record, act, side, doing)
    if act in WRITERS:
        WRITERS[act](doing)
    taken = _keep(doing, row)
    _tell(doing, row, taken)
    return taken


def side_for(actor: Actor, record: VtRecord, act: Act, target: object = None) -> Side:
    """On whose behalf somebody would act; raises PermissionDenied for who may not."""
    asked = act is Act.SETTLE_NEXT_STEP and target is not None
    side = vt_side(actor, record, NextStep.objects.filter(record=record, pk=target).first() if asked else None)
    if side is None:
        raise PermissionDenied(_not_theirs())
    return side


def _not_theirs() -> str:
    return _("Dit kan alleen een medewerker van het Veilig Thuis dat dit dossier bijhoudt.")


def _locked(record: VtRecord) -> VtRecord:
    """The case first, as every other way to a record does: else two would wait for each other."""
    Case.objects.select_for_update().get(pk=record.case_id)
    related = VtRecord.objects.select_related("handover__service", "case")
    return related.select_for_update(of=("self",)).get(pk=record.pk)


def _allowed(record: VtRecord, act: Act, side: Side, doing: Doing) -> Row:
    try:
        return step(State(record.state), act, side, doing.given(), holds(record))
    except Missing as refused:
        raise InvalidEntry({name: _("Vul dit in.") for name in refused.fields}) from None
    except WrongSide:
        raise PermissionDenied(_not_theirs()) from None
    except StepRefused as refused:
        raise StepNotPossible(_in_words(record, act, refused)) from None


def _in_words(record: VtRecord, act: Act, refused: StepRefused) -> list[str]:
    if isinstance(refused, NotYet):
        return [_("Nog nodig: %(need)s.") % {"need": NEEDS[need]} for need in refused.needs]
    words = {"act": ACTS[act], "state": STATES[State(record.state)]}
    return [_("«%(act)s» kan niet nu het dossier de stand «%(state)s» heeft.") % words]


def _keep(doing: Doing, row: Row) -> VtStep:
    record, before = doing.record, doing.record.state
    record.state = (row.after or State(before)).value
    record.kind = VtRecord.Kind.ADVICE if record.state in ADVICE else VtRecord.Kind.REPORT
    record.version += 1
    record.changed_by = doing.actor.user
    record.save()
    return VtStep.objects.create(
        record=record,
        before=before,
        act=row.act.value,
        after=record.state,
        taken_at=doing.now,
        taken_by=doing.actor.user,
        organisation_id=doing.actor.organisation_id,
        note="" if row.act in WITH_OWN_ROW else doing.text("note"),
    )


def _tell(doing: Doing, row: Row, taken: VtStep) -> None:
    """The access log and, where the act is an event, the clocks; a dossier that was opened again has new ones."""
    case = doing.record.case
    rule = rule_for_case(doing.actor, case)
    log_access(doing.actor, event="vt.step_taken", action="U", record=taken, subject=str(case.pk), rule=rule)
    if row.event:
        note_event(doing.actor, case, row.event, _moment(doing), topic_of(doing.record))
    if row.act is Act.IS_ADVICE:
        with house_language():
            because = _("Het is advies, geen melding.")
        drop_clocks(doing.actor, case, "vt_reported", because, topic_of(doing.record))


def _moment(doing: Doing) -> datetime:
    """Now, or in the middle of the day that somebody gave: at which hour nobody asked."""
    day = doing.fields.get("assessed_on")
    if not day or day == timezone.localdate(doing.now):
        return doing.now
    return datetime.combine(day, time(12), AMSTERDAM)
