"""Errors of the API as problem details (RFC 9457): one shape, with what is wrong per field."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as InvalidModel
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .refusals import log_refusal

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Het verzoek klopt niet"),
    401: gettext_lazy("Niet aangemeld"),
    403: gettext_lazy("Geen toegang"),
    404: gettext_lazy("Niet gevonden"),
    405: gettext_lazy("Deze handeling kan hier niet"),
    406: gettext_lazy("Deze vorm kan niet worden geleverd"),
    409: gettext_lazy("Dit is intussen veranderd"),
    415: gettext_lazy("Deze vorm kan niet worden gelezen"),
    422: gettext_lazy("Het verzoek kan niet worden uitgevoerd"),
    429: gettext_lazy("Te veel verzoeken"),
    500: gettext_lazy("Er ging iets mis"),
    503: gettext_lazy("Even niet beschikbaar, stuur het verzoek zo opnieuw"),
}


def problem_details(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler. What nobody foresaw is not dressed up here: it is logged and becomes a 500."""
    error = _as_api_exception(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    request = context["request"]
    if response.status_code == 403:
        log_refusal(request)
    # A view that speaks another language, such as the OpenAPI document, has its problems in JSON too.
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), CONTENT_TYPE
    response.data = _problem(response.status_code, error.detail)
    response.content_type = CONTENT_TYPE
    return response


def problem_page(request: HttpRequest, status: int) -> JsonResponse:
    """The same shape for what fails before or outside an API view."""
    return JsonResponse(_problem(status, str(TITLES[status])), status=status, content_type=CONTENT_TYPE)


def _as_api_exception(error: Exception) -> Exception:
    if isinstance(error, InvalidModel):
        return exceptions.ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    if isinstance(error, Http404):
        return exceptions.NotFound(_("Dit bestaat niet, of niet voor u."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, exceptions.ParseError):
        return exceptions.ParseError(_("Dit is geen geldige JSON."))
    return error


def _problem(status: int, detail) -> dict:
    problem = {"type": "about:blank", "title": str(TITLES.get(status, TITLES[400])), "status": status}
    if isinstance(detail, str):
        return problem | {"detail": detail}
    errors = [{"field": field, "message": message} for field, message in _flat(detail)]
    return problem | {"detail": _("Verbeter de genoemde velden."), "errors": errors}


def _flat(detail, field: str = "") -> Iterator[tuple[str, str]]:
    """DRF's nested errors as (`subject.age`, message) pairs; an error of the whole request has no field."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(filter(None, [field, own])))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, field)
    else:
        yield field, str(detail)
