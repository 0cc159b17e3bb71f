"""The records of a case: the crisis note on one screen, saving either record, and on to the other team."""

from functools import partial

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Actor
from dossiers import selectors, services
from dossiers.forms import PromoteForm, ReopenForm, form_for
from dossiers.models import IcdRecord, Record
from dossiers.policies import may_edit
from dossiers.record_words import LABELS
from dossiers.selectors import RecordView
from routing import selectors as routing
from routing.models import Case
from routing.policies import may_offer_again

from .case import log_look, page, visible
from .filled_in import filled_in
from .merging import answers_of, merge_page

ICD = "icd"


@never_cache
@require_GET
def icd_note(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    view = existing(request, found, ICD)
    log_look(request, found, "record.read", view.record)
    return note_page(request, found, view)


@require_POST
def save(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    found = visible(request, pk)
    view = existing(request, found, kind)
    form = form_for(view.record, answers_of(view.record, request.POST))
    show = partial(record_page, request, found, view, form)
    try:
        return filled_in(form, partial(_saved, request, view, form), show)
    except services.RecordChanged as conflict:
        return merge_page(request, found, kind, conflict)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    view = existing(request, found, ICD)
    form = ReopenForm(request.POST, auto_id="heropenen-%s")

    def act() -> HttpResponse:
        services.reopen_note(request.actor, view.record, form.cleaned_data["reopened_because"])
        messages.success(request, _("De notitie is heropend."))
        return redirect("icd-record", pk=pk)

    return filled_in(form, act, partial(note_page, request, found, view, reopen_form=form))


def _saved(request: HttpRequest, view: RecordView, form: forms.Form) -> HttpResponse:
    """Saved, or completed in the same act; a note that was completed meanwhile is first opened again."""
    fields = dict(form.cleaned_data)
    version, reason = fields.pop("version"), fields.pop("reopened_because", "")
    with transaction.atomic():
        if reason and view.record.completed_at:
            services.reopen_note(request.actor, view.record, reason)
        if "complete" in request.POST and isinstance(view.record, IcdRecord):
            together = services.complete_note(request.actor, view.record, fields, version)
            said = _("De notitie is afgerond.")
        else:
            _record, together = services.save_merged(request.actor, view.record, fields, version)
            said = _("Het verslag is bewaard.")
    messages.success(request, said)
    _tell(request, together)
    return redirect("icd-record" if view.kind == ICD else "case", pk=view.record.case_id)


def _tell(request: HttpRequest, together: list[str]) -> None:
    if together:
        names = get_text_list([str(LABELS[name]) for name in together], _("en"))
        said = _("Iemand anders schreef intussen ook. Uw tekst en die van de ander staan nu samen in: %(names)s.")
        messages.info(request, said % {"names": names})


def existing(request: HttpRequest, found: Case, kind: str) -> RecordView:
    view = selectors.record_of(request.actor, found, kind)
    if view is None:
        raise Http404
    return view


def record_page(
    request: HttpRequest, found: Case, view: RecordView, form: forms.Form, status: int = 200, **extra: object
) -> HttpResponse:
    """The page on which this record is written, with what was typed."""
    if view.kind == ICD:
        return note_page(request, found, view, status, form=form, **extra)
    return page(request, found, status, records={view.kind: form}, **extra)


def note_page(
    request: HttpRequest, found: Case, view: RecordView, status: int = 200, *, form: forms.Form | None = None, **extra
) -> HttpResponse:
    record = type(view.record).objects.select_related("completed_by").get(pk=view.record.pk)
    writes = view.may_edit and (form is not None or record.completed_at is None)
    context = {
        "case": found,
        **routing.case_overview(found),
        "view": view,
        "record": record,
        "form": (form or form_for(view.record)) if writes else None,
        "call": selectors.call_facts(request.actor, found),
        "clocks": selectors.crisis_clocks(found),
        "took": record.completed_at and record.completed_at - record.opened_at,
        "reopen_form": ReopenForm(auto_id="heropenen-%s") if view.may_edit and record.completed_at else None,
        "promote_form": promotion(request.actor, found, view.record),
        "here": "icd-record",
        **extra,
    }
    return render(request, "dossiers/icd_note.html", context, status=status)


def promotion(actor: Actor, found: Case, record: Record) -> PromoteForm | None:
    """Only who leads can offer the case; nobody but the keeper asks it from a record."""
    if not may_edit(actor, record) or not may_offer_again(actor, found):
        return None
    return PromoteForm(record, auto_id="doorgeven-%s")
