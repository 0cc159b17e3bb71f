"""What the pages about people share: whom a page is about, and how a form is answered on a page of its own."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import AccessLogEntry
from accounts.services import log_access
from dossiers import selectors
from dossiers.models import Person
from routing.errors import InvalidEntry, RoutingError
from routing.models import Case

from .case import CONFLICT, REFUSED, visible

Render = Callable[..., HttpResponse]


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


def answer(form: forms.Form, act: Callable[[], HttpResponse], render: Render) -> HttpResponse:
    """Acts on a form; what is wrong stands at the field, what is in the way above it, and what was typed stays."""
    if not form.is_valid():
        return render(REFUSED)
    try:
        return act()
    except InvalidEntry as error:
        for field, message in error.errors.items():
            form.add_error(field if field in form.fields else None, message)
        return render(REFUSED)
    except RoutingError as error:
        return render(CONFLICT, problems=[error.message])


def tell(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """For one press of a button, with nothing typed: what came of it stands above the next page."""
    try:
        act()
    except RoutingError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
