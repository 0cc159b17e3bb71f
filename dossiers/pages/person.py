"""Somebody in a case: what is known of them, what they are in it, and their BSN for who may."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts.language import house_language
from dossiers import selectors, services
from dossiers.comparison import told
from dossiers.forms import BsnForm, ChangePersonForm, InvolvementForm, ShowBsnForm
from dossiers.models import Involvement, Person
from dossiers.policies.people import may_merge, may_see_bsn, may_write_people
from routing.models import Case

from .case import CONFLICT, log_look, visible
from .filled_in import filled_in
from .people_frame import case_and_person, tell, unseen


@never_cache
@require_GET
def person(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    case, found = case_and_person(request, pk, person)
    if found.pk != person:
        return redirect("person", pk=pk, person=found.pk)
    log_look(request, case, "person.read", found)
    return person_page(request, case, found)


def person_page(request: HttpRequest, case: Case, found: Person, status: int = 200, **given: object) -> HttpResponse:
    """`given` are forms with what was typed, and what is shown once."""
    may_write = may_write_people(request.actor, case)
    involvements = selectors.involvements_here(request.actor, case, found)
    context = {
        "case": case,
        "person": found,
        "name": selectors.shown_name(found),
        "involvements": [(view, _involvement_form(view.involvement)) for view in involvements],
        "relations": selectors.relations_of(request.actor, found),
        "merges": selectors.merges_of(request.actor, found),
        "history": selectors.history_of_person(request.actor, found),
        "other_cases": [each for each in selectors.cases_of(request.actor, found) if each != case.pk],
        "may_write": may_write,
        "form": _change_form(found),
        **_duplicates(request, case, found),
        **_bsn(request, case, found, may_write=may_write),
        **given,
    }
    return render(request, "dossiers/person.html", context, status=status)


def _change_form(found: Person) -> ChangePersonForm:
    return ChangePersonForm(initial={name: getattr(found, name) for name in ChangePersonForm.base_fields})


def _involvement_form(row: Involvement) -> InvolvementForm:
    return InvolvementForm(initial={"note": row.note, "shielded": row.shielded}, auto_id=f"rol-{row.pk}-%s")


def _duplicates(request: HttpRequest, case: Case, found: Person) -> dict[str, object]:
    likely = selectors.duplicates(request.actor, case, found.known, but=found)
    return {"duplicates": [each for each in likely if may_merge(request.actor, found, each.person)]}


def _bsn(request: HttpRequest, case: Case, found: Person, *, may_write: bool) -> dict[str, object]:
    if not may_see_bsn(request.actor, case, found):
        return {}
    masked = selectors.masked_bsn(request.actor, case, found)
    show = ShowBsnForm(auto_id="toon-%s") if masked else None
    return {
        "may_see_bsn": True,
        "masked_bsn": masked,
        "show_bsn_form": show,
        "bsn_form": BsnForm(auto_id="bsn-%s") if may_write else None,
    }


@require_POST
def change(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    case, found = case_and_person(request, pk, person)
    services.must_write_people(request.actor, case)
    form = ChangePersonForm(request.POST)
    if found.pk != person:
        return _merged_meanwhile(request, case, person)

    def act() -> HttpResponse:
        fields = dict(form.cleaned_data)
        try:
            services.change_person(request.actor, case, found, fields, fields.pop("version"))
        except services.PersonMerged:
            return _merged_meanwhile(request, case, person)
        messages.success(request, _("De gegevens zijn bewaard."))
        return redirect("person", pk=case.pk, person=found.pk)

    try:
        return filled_in(form, act, lambda *a, **extra: person_page(request, case, found, *a, form=form, **extra))
    except services.PersonChanged as conflict:
        form = _on_top(request, conflict.theirs)
        stored = told(conflict.theirs)
        return person_page(request, case, conflict.theirs, CONFLICT, form=form, conflict=conflict, stored=stored)


def _merged_meanwhile(request: HttpRequest, case: Case, person: int) -> HttpResponse:
    """What was typed of the one stands ready at whom they went on as; saving is up to who typed it."""
    went_on_as = selectors.person_in(request.actor, case, person)
    if went_on_as is None:
        raise unseen(request, "person", person, case)
    problems, form = [services.PersonMerged().message], _on_top(request, went_on_as)
    return person_page(request, case, went_on_as, CONFLICT, form=form, problems=problems)


def _on_top(request: HttpRequest, theirs: Person) -> ChangePersonForm:
    """What was typed, ready to be saved over what stands there now."""
    return ChangePersonForm({**request.POST.dict(), "version": theirs.version})


@require_POST
@sensitive_post_parameters("bsn")
def record_bsn(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    case, found = case_and_person(request, pk, person)
    _must_see_bsn(request, case, found)
    form = BsnForm(request.POST, auto_id="bsn-%s")

    def act() -> HttpResponse:
        services.record_bsn(request.actor, case, found, form.cleaned_data["bsn"])
        messages.success(request, _("Het BSN is bewaard.") if form.cleaned_data["bsn"] else _("Het BSN is weggehaald."))
        return redirect("person", pk=case.pk, person=found.pk)

    return filled_in(form, act, lambda *a, **extra: person_page(request, case, found, *a, bsn_form=form, **extra))


@never_cache
@require_POST
def show_bsn(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """In this answer only: not in an address, a message or a session."""
    case, found = case_and_person(request, pk, person)
    _must_see_bsn(request, case, found)
    form = ShowBsnForm(request.POST, auto_id="toon-%s")

    def act() -> HttpResponse:
        with house_language():
            purpose = str(dict(ShowBsnForm.PURPOSES)[form.cleaned_data["purpose"]])
        full = services.show_bsn(request.actor, case, found, purpose)
        return person_page(request, case, found, full_bsn=full)

    return filled_in(form, act, lambda *a, **extra: person_page(request, case, found, *a, show_bsn_form=form, **extra))


def _must_see_bsn(request: HttpRequest, case: Case, found: Person) -> None:
    """For who may not, there is nothing there."""
    if not may_see_bsn(request.actor, case, found):
        raise unseen(request, "citizennumber", found.pk, case)


@require_POST
def change_involvement(request: HttpRequest, pk: int, involvement: int) -> HttpResponse:
    case, row = _involvement(request, pk, involvement)
    form = InvolvementForm(request.POST, auto_id=f"rol-{row.pk}-%s")

    def act() -> HttpResponse:
        services.change_involvement(request.actor, row, **form.cleaned_data)
        messages.success(request, _("Bewaard."))
        return redirect("person", pk=case.pk, person=row.person_id)

    def again(*args: object, **extra: object) -> HttpResponse:
        views = selectors.involvements_here(request.actor, case, row.person)
        forms = [(view, form if view.involvement == row else _involvement_form(view.involvement)) for view in views]
        return person_page(request, case, row.person, *args, involvements=forms, **extra)

    return filled_in(form, act, again)


@require_POST
def end_involvement(request: HttpRequest, pk: int, involvement: int) -> HttpResponse:
    case, row = _involvement(request, pk, involvement)
    said = _("Vastgelegd dat deze persoon dit niet meer is in de casus.")
    tell(request, lambda: services.end_involvement(request.actor, row), said)
    return redirect("person", pk=case.pk, person=row.person_id)


def _involvement(request: HttpRequest, pk: int, involvement: int) -> tuple[Case, Involvement]:
    case = visible(request, pk)
    found = selectors.involvement_in(request.actor, case, involvement)
    if found is None:
        raise unseen(request, "involvement", involvement, case)
    return case, found
