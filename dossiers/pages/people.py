"""The people of a case: who is who in it, how they belong together and where they live."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dossiers import selectors, services
from dossiers.forms import HouseholdChangeForm, HouseholdForm, MemberForm, RelationForm
from dossiers.models import Household, Person
from dossiers.policies.people import may_write_people
from routing.models import Case

from .case import log_look, visible
from .filled_in import filled_in
from .people_frame import tell


@never_cache
@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible(request, pk)
    log_look(request, case, "people.read")
    return people_page(request, case)


def people_page(request: HttpRequest, case: Case, status: int = 200, **given: object) -> HttpResponse:
    """`given` are forms with what was typed: relation_form, household_form, or member_forms by household."""
    views = selectors.people_of(request.actor, case)
    context = {
        "case": case,
        "people": views,
        "relations": selectors.relations_in(request.actor, case),
        "households": selectors.households_in(request.actor, case),
        "may_write": may_write_people(request.actor, case),
        **given,
    }
    context |= _forms(_choosable(views), given) if context["may_write"] else {}
    context["households"] = [
        (view, (given.get("member_forms") or {}).get(view.household.pk) or _member_form(context, view), form)
        for view in context["households"]
        for form in [(given.get("change_forms") or {}).get(view.household.pk) or _change_form(view.household)]
    ]
    return render(request, "dossiers/people.html", context, status=status)


def _forms(choosable: list[Person], given: dict[str, object]) -> dict[str, object]:
    return {
        "choosable": choosable,
        "relation_form": given.get("relation_form") or RelationForm(choosable, auto_id="relatie-%s"),
        "household_form": given.get("household_form") or HouseholdForm(choosable, auto_id="huishouden-%s"),
    }


def _member_form(context: dict, view: selectors.HouseholdView) -> MemberForm | None:
    there = {member.person_id for member, _name in view.members if member.until is None}
    others = [person for person in context.get("choosable", []) if person.pk not in there]
    return MemberForm(others, auto_id=f"lid-{view.household.pk}-%s") if others else None


def _change_form(household: Household) -> HouseholdChangeForm:
    known = {name: getattr(household, name) for name in HouseholdChangeForm.base_fields}
    return HouseholdChangeForm(initial=known, auto_id=f"adres-{household.pk}-%s")


def _choosable(views: list[selectors.InvolvementView]) -> list[Person]:
    """Each once, whatever they are in the case."""
    return list({view.person.pk: view.person for view in views if view.person}.values())


def choosable(request: HttpRequest, case: Case) -> list[Person]:
    return _choosable(selectors.people_of(request.actor, case))


@require_POST
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible(request, pk)
    form = RelationForm(choosable(request, case), request.POST, auto_id="relatie-%s")

    def act() -> HttpResponse:
        services.add_relation(request.actor, case, **form.cleaned_data)
        return _done(request, case, _("De relatie is vastgelegd."))

    return filled_in(form, act, lambda status, **extra: people_page(request, case, status, relation_form=form, **extra))


@require_POST
def end_relation(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    case = visible(request, pk)
    found = selectors.relation_in(request.actor, case, relation)
    if found is None:
        raise Http404
    tell(request, lambda: services.end_relation(request.actor, case, found), _("De relatie is beëindigd."))
    return redirect("case-people", pk=case.pk)


@require_POST
def add_household(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible(request, pk)
    form = HouseholdForm(choosable(request, case), request.POST, auto_id="huishouden-%s")

    def act() -> HttpResponse:
        where = dict(form.cleaned_data)
        services.add_household(request.actor, case, where.pop("people"), where)
        return _done(request, case, _("Het huishouden is vastgelegd."))

    return filled_in(
        form, act, lambda status, **extra: people_page(request, case, status, household_form=form, **extra)
    )


@require_POST
def change_household(request: HttpRequest, pk: int, household: int) -> HttpResponse:
    case = visible(request, pk)
    found = selectors.household_in(request.actor, case, household)
    if found is None:
        raise Http404
    form = HouseholdChangeForm(request.POST, auto_id=f"adres-{found.pk}-%s")

    def act() -> HttpResponse:
        where = dict(form.cleaned_data)
        services.change_household(request.actor, case, found, where, where.pop("version"))
        return _done(request, case, _("Het adres is bewaard."))

    def again(status: int, **extra: object) -> HttpResponse:
        found.refresh_from_db()
        typed = HouseholdChangeForm({**request.POST.dict(), "version": found.version}, auto_id=form.auto_id)
        typed.full_clean()
        typed.errors.update(form.errors)
        return people_page(request, case, status, change_forms={found.pk: typed}, **extra)

    return filled_in(form, act, again)


@require_POST
def join(request: HttpRequest, pk: int, household: int) -> HttpResponse:
    case = visible(request, pk)
    found = selectors.household_in(request.actor, case, household)
    if found is None:
        raise Http404
    form = MemberForm(choosable(request, case), request.POST, auto_id=f"lid-{found.pk}-%s")

    def act() -> HttpResponse:
        services.join_household(request.actor, case, found, form.cleaned_data["person"])
        return _done(request, case, _("Toegevoegd aan het huishouden."))

    given = {"member_forms": {found.pk: form}}
    return filled_in(form, act, lambda status, **extra: people_page(request, case, status, **given, **extra))


@require_POST
def leave(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    case = visible(request, pk)
    found = selectors.member_in(request.actor, case, member)
    if found is None:
        raise Http404
    said = _("Vastgelegd dat deze persoon hier niet meer woont.")
    tell(request, lambda: services.leave_household(request.actor, case, found), said)
    return redirect("case-people", pk=case.pk)


def _done(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("case-people", pk=case.pk)
