"""The page of a case: who leads and led, what was offered to whom, what was done beside it, and the records."""

from collections.abc import Callable

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.policies import Actor, Permission
from accounts.services import log_access
from dossiers import selectors
from dossiers.forms import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm, form_for
from dossiers.policies import caller_is_hidden_from
from dossiers.services import MET_BY_CLOSING
from routing import selectors as routing
from routing.errors import InvalidEntry, ReasonRequired, RoutingError, StillOpen
from routing.models import Case, Handover
from routing.policies import ground_for_case, is_involved, leads, may_offer_again
from routing.readback import FIELDS, NOTHING_READ, ReadBack
from routing.services import own_line

REFUSED = 422
CONFLICT = 409
Forms = dict[str, forms.Form]


def visible(request: HttpRequest, pk: int) -> Case:
    """What an actor may not see does not exist for them; the attempt is logged."""
    found = routing.case_for(request.actor, pk)
    if found is None:
        log_access(
            request.actor,
            event="case.refused",
            action="R",
            record_type="case",
            record_id=str(pk)[:60],
            outcome="refused",
        )
        raise Http404
    return found


def log_look(request: HttpRequest, case: Case, event: str, record: Model | None = None) -> None:
    """A look at a case, or at one record in it; under the emergency button with the reason that was given."""
    ground = ground_for_case(request.actor, case)
    log_access(request.actor, event=event, action="R", record=record or case, subject=str(case.pk), **ground)


def page(
    request: HttpRequest,
    found: Case,
    status: int = 200,
    *,
    records: Forms | None = None,
    given: Forms | None = None,
    **extra: object,
) -> HttpResponse:
    """`records` and `given` are forms with what was typed, by kind of record and by name."""
    views = selectors.records_of(request.actor, found)
    shown = _forms(request.actor, found) | _that_still_fit(given or {}, request.actor, found)
    context = {
        "case": found,
        **routing.case_overview(found),
        **selectors.now(found),
        **shown,
        "new_threads": selectors.new_threads(request.actor, found),
        "records": [(view, (records or {}).get(view.kind) or form_for(view.record)) for view in views],
        "unsaved": _unsaved(given or {}, shown),
        "terms": selectors.terms_of(found),
        "own_line": _takes_back(request.actor, found),
        "people": [view for view in selectors.people_of(request.actor, found) if view.involvement.until is None],
        "is_involved": is_involved(request.actor, found),
        "caller_hidden": "hand_back_form" in shown and caller_is_hidden_from(request.actor, found),
        **extra,
    }
    return render(request, "dossiers/case.html", context, status=status)


def answered(
    request: HttpRequest, found: Case, name: str, form: forms.Form, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Acts on a form; what is wrong with it stands at the field, what stands in the way above it, and what was
    typed is kept."""
    if not form.is_valid():
        return page(request, found, REFUSED, given={name: form})
    try:
        return act()
    except (InvalidEntry, ReasonRequired) as error:
        at_the_field(form, error)
        return page(request, found, REFUSED, given={name: form})
    except RoutingError as error:
        found.refresh_from_db()
        problems = error.problems if isinstance(error, StillOpen) else [error.message]
        return page(request, found, CONFLICT, given={name: form}, problems=problems)


def last_read_back(case: Case) -> ReadBack:
    last = case.handovers.filter(kind=Handover.Kind.OFFER).first()
    return NOTHING_READ if last is None else ReadBack(**{name: getattr(last, name) for name in FIELDS})


def at_the_field(form: forms.Form, error: InvalidEntry | ReasonRequired) -> None:
    errors = error.errors if isinstance(error, InvalidEntry) else {error.field: error.message}
    for field, message in errors.items():
        form.add_error(field if field in form.fields else None, message)


def _forms(actor: Actor, case: Case) -> Forms:
    """What this actor can do with the case now."""
    possible: Forms = {"note_form": NoteForm(auto_id="notitie-%s")}
    if case.closed_at is None and is_involved(actor, case):
        possible["consultation_form"] = ConsultationForm(actor, case, auto_id="overleg-%s")
    if may_offer_again(actor, case):
        possible["offer_form"] = OfferAgainForm(case.region)
    if _takes_back(actor, case):
        possible["hand_back_form"] = HandBackForm(last_read_back(case), auto_id="terug-%s")
    if _may_end(actor, case):
        possible["close_form"] = CloseForm(selectors.blocking(case, MET_BY_CLOSING), auto_id="afsluiten-%s")
    return possible


def _that_still_fit(given: Forms, actor: Actor, case: Case) -> Forms:
    possible = _forms(actor, case)
    return {name: form for name, form in given.items() if name in possible}


def _unsaved(given: Forms, shown: Forms) -> list[str]:
    """What was typed in a form that is gone, because somebody else was first."""
    gone = [form for name, form in given.items() if name not in shown]
    return [str(form[name].value()) for form in gone for name in form.fields if form[name].value()]


def _may_end(actor: Actor, case: Case) -> bool:
    return actor.may(Permission.ANSWER_HANDOVER) and leads(actor, case)


def _takes_back(actor: Actor, case: Case) -> object:
    """The line of the own provider to which this actor can hand back now; None where there is nothing to."""
    if not _may_end(actor, case) or case.handovers.filter(state=Handover.State.OFFERED).exists():
        return None
    line = own_line(case)
    return None if line is None or line.organisation_id == actor.organisation_id else line
