"""What the pages about people share: whom a page is about, and what came of one press of a button."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest

from accounts.models import AccessLogEntry
from accounts.services import log_access
from dossiers import selectors
from dossiers.models import Person
from routing.errors import RoutingError
from routing.models import Case

from .case import visible


def case_and_person(request: HttpRequest, pk: int, person: int) -> tuple[Case, Person]:
    """Somebody whom the actor may not see in this case does not exist in it."""
    case = visible(request, pk)
    found = selectors.person_in(request.actor, case, person)
    if found is None:
        raise unseen(request, "person", person, case)
    return case, found


def unseen(request: HttpRequest, kind: str, pk: int | str, case: Case | None = None) -> Http404:
    """To raise for what the actor may not see; the attempt is logged, as for a case."""
    log_access(
        request.actor,
        event="person.refused",
        action="R",
        record_type=kind,
        record_id=str(pk)[:60],
        subject=str(case.pk) if case else "",
        outcome=AccessLogEntry.Outcome.REFUSED,
    )
    return Http404()


def tell(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """For one press of a button, with nothing typed: what came of it stands above the next page."""
    try:
        act()
    except RoutingError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
