"""What the call told about somebody already, so that nobody types it again."""

from accounts.policies import Actor
from dossiers.core.sounds import INFIXES, folded
from dossiers.models import Involvement
from dossiers.policies import caller_is_hidden_from
from routing.models import Case
from triage.models import Contact

Role = Involvement.Role


def from_the_call(actor: Actor, case: Case, role: str) -> dict[str, object]:
    """For the subject the name and the date, for the reporter the number to ring back; once each."""
    contact = case.contacts.order_by("confirmed_at", "pk").first()
    if contact is None or case.people.filter(role=role).exists():
        return {"role": role}
    if role == Role.SUBJECT:
        return {"role": role, **name_parts(contact.subject_name), "born": contact.born, **_own_number(contact)}
    if role == Role.REPORTER and not caller_is_hidden_from(actor, case):
        return {"role": role, "phone": contact.callback_number}
    return {"role": role}


def name_parts(name: str) -> dict[str, str]:
    """Given names, what stands between, surname: Sanne van der Berg. One word alone is a given name."""
    parts = name.split()
    start = next((at for at, part in enumerate(parts[1:], 1) if folded(part) in INFIXES), None)
    if start is None:
        return {"given_name": " ".join(parts[:1]), "infix": "", "surname": " ".join(parts[1:])}
    end = start
    while end < len(parts) - 1 and folded(parts[end]).strip("'’") in INFIXES:
        end += 1
    infix = " ".join(parts[start:end])
    return {"given_name": " ".join(parts[:start]), "infix": infix, "surname": " ".join(parts[end:])}


def _own_number(contact: Contact) -> dict[str, str]:
    """Who calls about themselves is rung back on their own number."""
    return {"phone": contact.callback_number} if contact.caller_kind == "subject" else {}
