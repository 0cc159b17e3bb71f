"""Records that something of a case was shared. It never stands in the way of sharing: it is written down afterwards."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor
from accounts.services import log_access
from dossiers.models import Disclosure
from dossiers.policies import may_add
from routing.errors import InvalidEntry
from routing.models import Case
from routing.policies import rule_for_case


@transaction.atomic
def record_disclosure(actor: Actor, case: Case, given: Mapping[str, object]) -> Disclosure:
    """`given`: receiver, basis, what, necessity, informed, informed_note. Raises InvalidEntry when who was not told is
    not explained."""
    if not may_add(actor, case):
        raise PermissionDenied(_("Uw organisatie werkt niet aan deze casus."))
    if not given["informed"] and not given["informed_note"]:
        raise InvalidEntry({"informed_note": _("Schrijf op waarom de persoon het niet weet.")})
    shared = Disclosure.objects.create(
        case=case, organisation_id=actor.organisation_id, shared_by=actor.user, shared_at=timezone.now(), **given
    )
    _log(actor, shared)
    return shared


def _log(actor: Actor, shared: Disclosure) -> None:
    log_access(
        actor,
        event="case.disclosed",
        action="C",
        record=shared,
        subject=str(shared.case_id),
        rule=rule_for_case(actor, shared.case),
        detail=shared.basis,
    )
