"""What somebody does with a case from its page. Routing decides and writes; here the forms come and go."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import selectors
from dossiers.forms import CloseForm, ConsultationForm, HandBackForm, NoteForm, OfferAgainForm
from dossiers.services import MET_BY_CLOSING, close_case
from routing import services
from routing.errors import InvalidEntry
from routing.models import Addition, Case

from .case import REFUSED, answered, last_read_back, page, visible


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = visible(request, pk), NoteForm(request.POST, auto_id="notitie-%s")

    def act() -> HttpResponse:
        services.add_note(request.actor, found, form.cleaned_data["text"])
        return _done(request, found, _("De notitie staat bij de casus."))

    return answered(request, found, "note_form", form, act)


@require_POST
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    form = ConsultationForm(request.actor, found, request.POST, auto_id="overleg-%s")

    def act() -> HttpResponse:
        given = form.cleaned_data
        services.hold_consultation(request.actor, found, list(given["parties"]), given["outcome"], given["note"])
        return _done(request, found, _("Het overleg is vastgelegd. De regie blijft waar die is."))

    return answered(request, found, "consultation_form", form, act)


@require_POST
def mark_done(request: HttpRequest, pk: int, consultation: int) -> HttpResponse:
    found = visible(request, pk)
    asked = Addition.objects.select_related("organisation", "case").filter(case=found, pk=consultation).first()
    if asked is None:
        raise Http404
    try:
        services.mark_done(request.actor, asked, request.POST.get("note", "").replace("\x00", ""))
    except InvalidEntry as error:
        return page(request, found, REFUSED, problems=[error.message])
    words = {"kind": asked.get_kind_display(), "name": asked.organisation.name}
    return _done(request, found, _("Vastgelegd: %(kind)s %(name)s.") % words)


@require_POST
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    form = HandBackForm(last_read_back(found), request.POST, auto_id="terug-%s")

    def act() -> HttpResponse:
        offered = services.hand_back(request.actor, found, form.read_back())
        said = _("Teruggegeven aan %(service)s. U houdt de regie tot zij aannemen.")
        messages.success(request, said % {"service": offered.service.name})
        return redirect("handover", pk=offered.pk)

    return answered(request, found, "hand_back_form", form, act)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    form = CloseForm(selectors.blocking(found, MET_BY_CLOSING), request.POST, auto_id="afsluiten-%s")

    def act() -> HttpResponse:
        drop_terms = form.cleaned_data.get("drop_terms", False)
        close_case(request.actor, found, form.cleaned_data["closing_note"], drop_terms=drop_terms)
        return _done(request, found, _("De casus is afgesloten."))

    return answered(request, found, "close_form", form, act)


@require_POST
def offer_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    form = OfferAgainForm(found.region, request.POST)

    def act() -> HttpResponse:
        offered = services.offer_again(request.actor, found, **form.cleaned_data)
        messages.success(request, _("Aangeboden aan %(service)s.") % {"service": offered.service.name})
        return redirect("handover", pk=offered.pk)

    return answered(request, found, "offer_form", form, act)


def _done(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("case", pk=case.pk)
