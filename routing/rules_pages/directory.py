"""The live directory: what each service says of itself, changed only when no gap opens; and diversions."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policies import Permission
from partners import selectors as partners
from partners.models import Service, Suspension
from partners.package import service_as_written
from routing import services
from routing.diverting import diverted
from routing.errors import ChangedMeanwhile, NotWatertight, RulesInvalid
from routing.forms import DiversionForm

from .bench import in_force, region_of, to_show
from .differences import Field
from .service_forms import LABELS, ServiceForm
from .words import CATEGORIES, Names, ages

REFUSED = 422
CONFLICT = 409
# How many changes of a service the page tells of.
MOST_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A service as the list shows it."""

    service: Service
    phone: dict[str, Any] | None
    hours: str
    ages: str
    area: str
    categories: str
    diversion: Suspension | None


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    who: str
    fields: list[Field]


@never_cache
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.EDIT_DIRECTORY)
    region = region_of(request)
    names = Names(partners.directory_document(region))
    context = {"region": region, "entries": [_entry(each, names) for each in partners.services(region)]}
    return render(request, "routing/directory/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, slug: str) -> HttpResponse:
    request.actor.must(Permission.EDIT_DIRECTORY)
    found = _found(request, slug)
    if request.method == "GET":
        return _page(request, found, _form(found))
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, REFUSED)
    return _change(request, found, form)


@require_POST
def divert(request: HttpRequest, slug: str) -> HttpResponse:
    request.actor.must(Permission.DIVERT_SERVICE)
    found, form = _found(request, slug), DiversionForm(request.POST)
    if form.is_valid() and diverted(request, form, found):
        return redirect("directory-service", slug=slug)
    return _page(request, found, _form(found), REFUSED, divert_form=form)


@require_POST
def resume(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    request.actor.must(Permission.DIVERT_SERVICE)
    found = _found(request, slug)
    diversion = found.suspensions.select_related("service__region").filter(pk=pk).first()
    if diversion is None:
        raise Http404
    services.end_suspension(request.actor, diversion)
    messages.success(request, _("De omleiding van %(service)s is voorbij.") % _name(found))
    return redirect("directory-service", slug=slug)


def _change(request: HttpRequest, found: Service, form: ServiceForm) -> HttpResponse:
    try:
        revision = services.change_service(
            request.actor,
            found,
            form.changes(),
            seen_version=form.cleaned_data["seen"],
            waiver_reason=form.cleaned_data["waiver_reason"],
        )
    except RulesInvalid as refused:
        form.refuse(refused.errors)
        return _page(request, found, form, REFUSED)
    except NotWatertight as refused:
        form.add_error(form.culprit, refused.message)
        return _page(request, found, form, REFUSED, cells=to_show(refused.cells), may_waive=refused.may_waive)
    except ChangedMeanwhile as conflict:
        return _conflict(request, conflict.current)
    if revision is None:
        messages.info(request, _("Er was niets veranderd."))
    else:
        messages.success(request, _("%(service)s is gewijzigd. Het geldt vanaf nu.") % _name(found))
    return redirect("directory-service", slug=found.slug)


def _conflict(request: HttpRequest, current: Service) -> HttpResponse:
    """What was typed, ready to be saved over what is shown beside it."""
    data = request.POST.copy()
    data["seen"] = partners.service_version(current)
    written = partners.service_as_written(current)
    theirs = [(LABELS[name], _in_words(written.get(name))) for name in LABELS if written.get(name)]
    return _page(request, current, _form(current, data), CONFLICT, conflict=True, theirs=theirs)


def _page(request: HttpRequest, found: Service, form: ServiceForm, status: int = 200, **extra: Any) -> HttpResponse:
    now = timezone.now()
    context = {
        "service": found,
        "form": form,
        "divert_form": DiversionForm(),
        "may_divert": request.actor.may(Permission.DIVERT_SERVICE) and not found.never_off,
        "diversions": [each for each in found.suspensions.all() if each.ends_at is None or each.ends_at > now],
        "history": _history(found),
        "rules": _rules_to(found),
        "in_force": in_force(found.region),
    }
    return render(request, "routing/directory/service.html", context | extra, status=status)


def _form(found: Service, data: QueryDict | None = None) -> ServiceForm:
    initial = ServiceForm.filled_in(partners.service_as_written(found), partners.service_version(found))
    return ServiceForm(data, places=_places(found), initial=initial)


def _places(found: Service) -> dict[str, str]:
    """The municipalities to choose from: the region's own, and those where the service works already."""
    own = dict(partners.municipalities(found.region).values_list("code", "name"))
    return {code: code for code in found.area} | own


def _found(request: HttpRequest, slug: str) -> Service:
    found = partners.services(region_of(request)).select_related("region").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _entry(each: Service, names: Names) -> Entry:
    written, now = partners.service_as_written(each), timezone.now()
    current = (s for s in each.suspensions.all() if s.starts_at <= now and (s.ends_at is None or s.ends_at > now))
    return Entry(
        service=each,
        phone=partners.service_document(each)["phone"],
        hours=_in_words(written["hours"]),
        ages=ages(each.minimum_age, each.maximum_age),
        area=names.municipalities(each.area) if each.area else _("overal"),
        categories=", ".join(str(CATEGORIES[category]) for category in each.categories),
        diversion=next(current, None),
    )


def _rules_to(found: Service) -> list[str]:
    """The rules in force that lead to this service: what a change of it touches."""
    held = in_force(found.region)
    return [rule["slug"] for rule in held.document["rules"] if rule["to"] == found.slug] if held else []


def _history(found: Service) -> list[Event]:
    """What changed in this service from one revision of the directory to the next, newest first."""
    revisions = found.region.revisions.select_related("recorded_by").order_by("valid_from", "id")
    states = [(each, _of_service(each.document, found.slug)) for each in revisions]
    events = [
        Event(revision.valid_from, _who(revision.recorded_by), fields)
        for (_old, before), (revision, after) in pairwise(states)
        if (fields := _differing(before, after))
    ]
    return events[::-1][:MOST_EVENTS]


def _of_service(document: dict[str, Any], slug: str) -> dict[str, Any]:
    stated = next((each for each in document["services"] if each["slug"] == slug), None)
    if stated is None:
        return {}
    diverted = [f"{start[:16]} – {(end or '')[:16]} {reason}" for start, end, reason in stated["suspensions"]]
    return {**service_as_written(stated), "suspensions": diverted}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[Field]:
    return [
        Field(str(label), _in_words(before.get(name)), _in_words(after.get(name)))
        for name, label in (*LABELS.items(), ("suspensions", gettext_lazy("Omgeleid")))
        if before.get(name) != after.get(name)
    ]


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_in_words(each)}" for name, each in value.items()) or "–"
    return ", ".join(value) or "–" if isinstance(value, list) else str(value or "–")


def _who(user: Any) -> str:
    return (user.get_full_name() or user.username) if user else _("het regiopakket")


def _name(found: Service) -> dict[str, str]:
    return {"service": found.name}
