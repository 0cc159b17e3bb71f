"""One way to answer a form on any page of a case: what is wrong stands at the field, and what was typed is kept."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse

from routing.errors import InvalidEntry, ReasonRequired, RoutingError

from .case import CONFLICT, REFUSED, at_the_field

# Renders the page again with the form in it: a status, and what stands in the way.
Shown = Callable[..., HttpResponse]


def attempt(form: forms.Form, act: Callable[[], HttpResponse], show: Shown) -> HttpResponse:
    if not form.is_valid():
        return show(REFUSED)
    try:
        return act()
    except (InvalidEntry, ReasonRequired) as error:
        at_the_field(form, error)
        return show(REFUSED)
    except RoutingError as error:
        return show(CONFLICT, problems=[error.message])
