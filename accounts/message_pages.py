"""What partners were told, whether it arrived, and sending it again."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from . import selectors, services
from .forms import MessageForm
from .paging import PAGE_SIZE, older_than
from .policies import Permission

# Sent again and again a message can have many; the newest tell what is the matter.
MOST_TRIES = 100


@never_cache
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_MESSAGES)
    form = MessageForm(request.GET)
    if not form.is_valid():
        return render(request, "accounts/messages.html", {"form": form, "found": []}, status=400)
    services.log_access(request.actor, event="message.listed", action="R", record_type="outboxmessage")
    found = list(selectors.messages_found(request.actor, form.as_filter())[: PAGE_SIZE + 1])
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {"form": form, "found": found[:PAGE_SIZE], "older": older_than(found, asked), "asked": asked}
    return render(request, "accounts/messages.html", context)


@never_cache
@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.messages(request.actor).select_related("endpoint"), pk=pk)
    subject = str(found.case or "")
    services.log_access(request.actor, event="message.read", action="R", record=found, subject=subject)
    return render(request, "accounts/message.html", {"message": found, "tries": found.tries.all()[:MOST_TRIES]})


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.messages(request.actor), pk=pk)
    try:
        services.resend(request.actor, found)
    except services.AlreadyDelivered:
        notes.error(request, _("Dit bericht is al bezorgd en wordt niet nog eens verstuurd."))
    else:
        notes.success(request, _("Het bericht wordt opnieuw verstuurd. Ververs deze pagina om te zien of het lukt."))
    return redirect("message", pk=pk)
