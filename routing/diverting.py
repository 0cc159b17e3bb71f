"""A diversion as two pages make it: the switchboard, and the page of a service."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partners.models import Service

from . import services
from .errors import RoutingError, RulesInvalid
from .forms import DiversionForm


def diverted(request: HttpRequest, form: DiversionForm, service: Service) -> bool:
    """Diverts by a valid form, and says so; else what is against it stands with the form."""
    given = form.cleaned_data
    try:
        services.suspend(request.actor, service, given["ends_at"], form.reason_in_words(), starts_at=given["starts_at"])
    except RulesInvalid as refused:
        for name, text in refused.errors.items():
            form.add_error(name if name in form.fields else None, text)
    except RoutingError as refused:
        form.add_error("service" if "service" in form.fields else None, refused.message)
    else:
        words = {"service": service.name}
        messages.success(request, _("%(service)s is omgeleid. De volgende in de afspraken neemt het over.") % words)
    return form.is_valid()
