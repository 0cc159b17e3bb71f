"""Somebody is looked for before they are made anew: one page, one form, three buttons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.language import house_language
from accounts.services import log_access
from dossiers import selectors, services
from dossiers.forms import NewPersonForm
from dossiers.models import Involvement, Person
from dossiers.policies.people import may_search_bsn
from dossiers.prefill import from_the_call
from routing.models import Case
from routing.policies import rule_for_case

from .case import log_look, visible
from .filled_in import filled_in


@method_decorator([never_cache, sensitive_post_parameters("bsn")], name="dispatch")
class AddPerson(View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = visible(request, pk)
        services.must_write_people(request.actor, case)
        log_look(request, case, "people.read")
        role = request.GET.get("rol", "")
        asked = role if role in Involvement.Role.values else ""
        return _page(request, case, _form(request, case, initial=from_the_call(request.actor, case, asked)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = visible(request, pk)
        services.must_write_people(request.actor, case)
        form = _form(request, case, request.POST)
        return filled_in(
            form, lambda: _act(request, case, form), lambda *a, **extra: _page(request, case, form, *a, **extra)
        )


def _form(request: HttpRequest, case: Case, *args: object, **kwargs: object) -> NewPersonForm:
    return NewPersonForm(*args, with_bsn=may_search_bsn(request.actor, case), **kwargs)


def _act(request: HttpRequest, case: Case, form: NewPersonForm) -> HttpResponse:
    found = selectors.duplicates(request.actor, case, form.known())
    chosen = next((each.person for each in found if str(each.person.pk) == request.POST.get("pick")), None)
    if chosen is not None:
        services.link_person(request.actor, case, chosen, form.involved())
        return _done(request, case, chosen, _("Toegevoegd aan de casus."))
    if "new" in request.POST and _all_seen(form, found):
        return _create(request, case, form)
    _log_search(request, case, len(found))
    return _page(request, case, form, found=found, searched=True, unseen="new" in request.POST)


def _all_seen(form: NewPersonForm, found: list[selectors.Candidate]) -> bool:
    """Whoever looks like what is typed now was shown before: what was typed may have changed since."""
    return {str(each.person.pk) for each in found} <= set(form.cleaned_data["seen"].split(","))


def _create(request: HttpRequest, case: Case, form: NewPersonForm) -> HttpResponse:
    fields = {name: form.cleaned_data[name] for name in services.PERSON_FIELDS}
    bsn = form.cleaned_data.get("bsn", "")
    person = services.add_person_with_bsn(request.actor, case, fields, form.involved(), bsn)
    return _done(request, case, person, _("Toegevoegd aan de casus."))


def _log_search(request: HttpRequest, case: Case, found: int) -> None:
    with house_language():
        detail = _("zoeken voor het toevoegen; aantal gevonden: %(found)d") % {"found": found}
    rule = rule_for_case(request.actor, case)
    log_access(
        request.actor,
        event="person.searched",
        action="R",
        record=case,
        subject=str(case.pk),
        rule=rule,
        detail=detail,
    )


def _page(request: HttpRequest, case: Case, form: NewPersonForm, status: int = 200, **extra: object) -> HttpResponse:
    found = extra.get("found") or []
    seen = ",".join(str(each.person.pk) for each in found)
    context = {"case": case, "form": form, "seen": seen, **extra}
    return render(request, "dossiers/person_add.html", context, status=status)


def _done(request: HttpRequest, case: Case, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("person", pk=case.pk, person=person.pk)
