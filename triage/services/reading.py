"""Looking at a contact is an event too: it is logged before anything is shown."""

from django.db import transaction

from accounts.policies import Actor
from accounts.services import log_access
from triage.models import Contact
from triage.selectors import contact_for


@transaction.atomic
def read_contact(actor: Actor, pk: int) -> Contact:
    """Raises Http404 for what is not there, or not for this actor."""
    contact = contact_for(actor, pk)
    log_access(actor, event="contact.read", action="R", record=contact, subject=str(contact.case_id or ""), rule="team")
    return contact
