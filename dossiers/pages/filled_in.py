"""Forms on the pages of a case: what is wrong stands at the field, what was typed is kept, who was first is shown."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from routing.errors import ChangedMeanwhile, InvalidEntry, ReasonRequired, RoutingError

from .case import CONFLICT, REFUSED, at_the_field

Again = Callable[..., HttpResponse]


def filled_in(form: forms.Form, act: Callable[[], HttpResponse], again: Again) -> HttpResponse:
    """Acts on a form; `again` shows the page once more with a status, and what stands in the way."""
    if not form.is_valid():
        return again(REFUSED)
    try:
        return act()
    except (InvalidEntry, ReasonRequired) as error:
        at_the_field(form, error)
        return again(REFUSED)
    except ChangedMeanwhile as error:
        _from_now_on(form, error.current.version)
        return again(CONFLICT, problems=[error.message], theirs=error.current)
    except RoutingError as error:
        return again(CONFLICT, problems=[error.message])


def version_of(form: forms.Form) -> int:
    return form.cleaned_data["version"]


def done(request: HttpRequest, said: str, name: str, *args: object) -> HttpResponse:
    messages.success(request, said)
    return redirect(name, *args)


def _from_now_on(form: forms.Form, version: int) -> None:
    """What was typed, ready to be saved over what stands beside it."""
    form.data = form.data.copy()
    form.data["version"] = version
