"""On to the other team: the case is offered, and its record begins with what ours shares."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import services
from dossiers.forms import PromoteForm

from .case import visible
from .filled_in import filled_in
from .records import ICD, existing, note_page
from .side_by_side import side_page


@require_POST
def promote(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found = visible(request, pk)
    view = existing(request, found, kind)
    form = PromoteForm(view.record, request.POST, auto_id="doorgeven-%s")

    def act() -> HttpResponse:
        offered = services.promote(request.actor, view.record, **form.cleaned_data)
        if offered is None:
            messages.success(request, _("Vastgelegd. Het andere team heeft al een verslag van deze casus."))
            return redirect("records", pk=pk)
        said = _("Aangeboden aan %(service)s. Uw organisatie houdt de regie tot zij aannemen.")
        messages.success(request, said % {"service": offered.service.name})
        return redirect("handover", pk=offered.pk)

    again = partial(note_page, request, found, view) if kind == ICD else partial(side_page, request, found)
    return filled_in(form, act, partial(again, promote_form=form))
