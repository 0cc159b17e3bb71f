"""Notes on a case: added by whoever works on it, at any time, whatever is on offer meanwhile."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import Actor, Permission
from accounts.services import log_access
from routing.errors import InvalidEntry
from routing.models import Case, CaseNote
from routing.policies import ground_for_case, visible_cases


@transaction.atomic
def add_note(actor: Actor, case: Case, text: str) -> CaseNote:
    """Raises InvalidEntry for an empty note."""
    actor.must(Permission.SEE_CASE)
    if not visible_cases(actor).filter(pk=case.pk).exists():
        raise PermissionDenied(_("U hebt geen toegang tot deze casus."))
    if not text.strip():
        raise InvalidEntry({"text": _("Schrijf eerst iets op.")})
    note = CaseNote.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        text=text.strip(),
        written_at=timezone.now(),
        written_by=actor.user,
    )
    log_access(
        actor,
        event="case.noted",
        action="C",
        record=note,
        subject=str(case.pk),
        **ground_for_case(actor, case),
    )
    return note
