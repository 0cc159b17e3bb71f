"""The page of the webhooks: which organisation hears what at which address."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.models import WebhookEndpoint
from accounts.policies import Permission
from accounts.selectors import webhook_endpoints

from .forms import WebhookForm
from .models import Organisation

REFUSED = 422


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.ADMINISTER)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    return _add(request, form) if form.is_valid() else _page(request, form)


@never_cache
@require_POST
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint = _found(request, pk)
    return _secret(request, endpoint, services.renew_secret(request.actor, endpoint))


@require_POST
def switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    # The wish is posted, not its opposite made: a second press changes nothing.
    endpoint = services.switch_endpoint(request.actor, _found(request, pk), active=request.POST.get("to") == "on")
    if endpoint.active:
        messages.success(request, _("De webhook staat aan."))
    else:
        messages.success(request, _("De webhook staat uit. Nieuwe berichten gaan er niet meer heen."))
    return redirect("webhooks")


@require_POST
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    endpoint = _found(request, pk)
    if not endpoint.active:
        messages.error(request, _("Deze webhook staat uit. Zet hem eerst aan."))
        return redirect("webhooks")
    message = services.send_test(request.actor, endpoint)
    messages.success(request, _("Het testbericht wordt verstuurd. Ververs deze pagina om te zien of het aankomt."))
    return redirect("message", pk=message.pk)


def _add(request: HttpRequest, form: WebhookForm) -> HttpResponse:
    owner, url = form.cleaned_data["organisation"].slug, form.cleaned_data["url"]
    try:
        endpoint, secret = services.add_endpoint(request.actor, owner=owner, url=url)
    except ValidationError as refused:
        form.add_error("url", refused)
        return _page(request, form)
    return _secret(request, endpoint, secret)


def _page(request: HttpRequest, form: WebhookForm) -> HttpResponse:
    endpoints = list(webhook_endpoints(request.actor))
    names = dict(Organisation.objects.filter(slug__in=[each.owner for each in endpoints]).values_list("slug", "name"))
    listed = [(endpoint, names.get(endpoint.owner, endpoint.owner)) for endpoint in endpoints]
    status = REFUSED if form.is_bound else 200
    return render(request, "partners/webhooks.html", {"form": form, "listed": listed}, status=status)


def _secret(request: HttpRequest, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
    """Straight in the answer: for a redirect the secret would have to be kept in the session."""
    return render(request, "partners/webhook_secret.html", {"endpoint": endpoint, "secret": secret})


def _found(request: HttpRequest, pk: UUID) -> WebhookEndpoint:
    return get_object_or_404(webhook_endpoints(request.actor), pk=pk)
