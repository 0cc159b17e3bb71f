"""What every answer to an offer begins with: the handover under lock, and whether this may happen to it now."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from routing.core.handover import ReasonMissing, Side, WrongSide, WrongState, next_state
from routing.errors import AlreadyAnswered, ReasonRequired
from routing.models import Case, Handover
from routing.readback import FIELDS, ReadBack

Reason = Handover.DeclineReason


def locked(handover: Handover) -> Handover:
    """The handover as it is now, its case locked: of two who answer at once, the second sees the first's answer."""
    Case.objects.select_for_update().get(pk=handover.case_id)
    return handover_now(handover.pk)


def handover_now(pk: int) -> Handover:
    """With all that answering reads; whoever calls this holds the lock on its case."""
    related = ("case", "decision__region", "decision__rule_set", "decision__directory_revision", "sender", "offered_by")
    found = Handover.objects.select_related("service__organisation", "service__region", "first", *related)
    return found.get(pk=pk)


def check(handover: Handover, action: str, side: Side, reason: str = "") -> str:
    """The state that follows; raises what stands in the way as something a person can read."""
    try:
        return next_state(handover.state, action, side, reason)
    except WrongState as error:
        raise AlreadyAnswered(handover.get_state_display()) from error
    except WrongSide as error:
        raise PermissionDenied(_("Dit kan alleen de organisatie die de casus aanbood.")) from error
    except ReasonMissing as error:
        raise ReasonRequired from error


def known_reason(reason: str, note: str) -> str:
    if reason and reason not in Reason.values:
        raise ReasonRequired(_("Deze reden bestaat niet. Kies er een uit de lijst."))
    if reason == Reason.OTHER and not note.strip():
        raise ReasonRequired(_("Schrijf bij «anders» op waarom u weigert."), "note")
    return reason


def read_back_of(handover: Handover) -> ReadBack:
    return ReadBack(**{name: getattr(handover, name) for name in FIELDS})
