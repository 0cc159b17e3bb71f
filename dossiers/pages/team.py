"""How the terms of the region stand, for who manages."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.policies import Actor, Permission
from dossiers import selectors
from partners.models import Organisation

from .case import REFUSED


class OrganisationForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisatie met de regie"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("alle"),
        error_messages={"invalid_choice": _("Kies uit de lijst.")},
    )

    def __init__(self, data: object, actor: Actor) -> None:
        super().__init__(data, auto_id="team-%s")
        self.fields["organisation"].queryset = selectors.leading_organisations(actor)
        self.fields["organisation"].label_from_instance = lambda organisation: organisation.name


@never_cache
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.SEE_BOARD)
    form = OrganisationForm(request.GET, request.actor)
    if not form.is_valid():
        return render(request, "dossiers/team.html", {"form": form}, status=REFUSED)
    figures = selectors.team(request.actor, form.cleaned_data["organisation"])
    return render(request, "dossiers/team.html", {"form": form, "team": figures})
