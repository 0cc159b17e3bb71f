"""The switchboard of a region, and the pulse that keeps it and the inbox up to date."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from accounts.services import log_access

from . import selectors, services
from .diverting import diverted
from .forms import DiversionForm

REFUSED = 422


@never_cache
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """Did anything change? Numbers only, and nothing at all when the page has them already.

    It looks at no record, so it leaves nothing in the access log.
    """
    found = selectors.pulse(request.actor)
    etag = quote_etag(found.digest)
    answer = JsonResponse({"inbox": found.inbox, "alarms": found.alarms, "now": found.now.isoformat()})
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer)


@never_cache
@require_GET
def switchboard(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_SWITCHBOARD)
    return _page(request, DiversionForm(None, selectors.divertible(request.actor)))


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.ACKNOWLEDGE_ALARM)
    alarm = selectors.alarm_for(request.actor, pk)
    if alarm is None:
        raise Http404
    alarm = services.acknowledge_alarm(request.actor, alarm)
    if alarm.acknowledged_by == request.user:
        messages.success(request, _("U handelt dit alarm af. Het gaat niet meer af."))
    else:
        messages.info(request, _("Iemand anders was u voor en handelt dit alarm af."))
    return redirect("switchboard")


@require_POST
def divert(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.DIVERT_SERVICE)
    form = DiversionForm(request.POST, selectors.divertible(request.actor))
    if form.is_valid() and diverted(request, form, form.cleaned_data["service"]):
        return redirect("switchboard")
    return _page(request, form, REFUSED)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    request.actor.must(Permission.DIVERT_SERVICE)
    diversion = selectors.diversion_for(request.actor, pk)
    if diversion is None:
        raise Http404
    services.end_suspension(request.actor, diversion)
    messages.success(request, _("De omleiding van %(service)s is voorbij.") % {"service": diversion.service.name})
    return redirect("switchboard")


def _page(request: HttpRequest, form: DiversionForm, status: int = 200) -> HttpResponse:
    category, organisation = (request.GET.get(name, "") for name in ("categorie", "organisatie"))
    context = {
        "board": selectors.switchboard(request.actor, category, organisation),
        "category": category,
        "organisation": organisation,
        "may_divert": request.actor.may(Permission.DIVERT_SERVICE),
        "may_acknowledge": request.actor.may(Permission.ACKNOWLEDGE_ALARM),
        "divert_form": form,
    }
    if request.htmx:
        return render(request, "routing/switchboard_lists.html", context, status=status)
    # What comes in by itself while the page is open belongs to the same look.
    region = request.actor.region_slug
    log_access(request.actor, event="switchboard.read", action="R", record_type="region", record_id=region)
    return render(request, "routing/switchboard.html", context, status=status)
