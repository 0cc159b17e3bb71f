"""What somebody asks of the list of cases."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.policies import Actor
from dossiers.core import Light
from dossiers.deadline_words import LIGHT_NAMES
from dossiers.models import Norm

UNKNOWN = {"invalid_choice": _("Kies uit de lijst.")}


def _choice(label: str, choices: list) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages=UNKNOWN)


class CaseListForm(forms.Form):
    state = _choice(_("Open of gesloten"), [("open", _("open")), ("closed", _("gesloten")), ("all", _("allemaal"))])
    whose = _choice(
        _("Van wie"),
        [
            ("", _("alle die u mag zien")),
            ("ours", _("mijn organisatie heeft de regie")),
            ("mine", _("door mij aangenomen")),
        ],
    )
    light = _choice(_("Licht"), [("", _("alle")), *((light.value, LIGHT_NAMES[light]) for light in Light)])
    norm = _choice(_("Norm"), [])
    sort = _choice(_("Volgorde"), [("due", _("wat het eerst af moet")), ("opened", _("nieuwste eerst"))])

    def __init__(self, data: QueryDict, actor: Actor) -> None:
        super().__init__({"state": "open"} | data.dict(), auto_id="lijst-%s")
        norms = Norm.objects.filter(region=actor.region_id).order_by("slug", "in_force")
        names = {norm.slug: norm.label for norm in norms}
        self.fields["norm"].choices = [("", _("alle")), *sorted(names.items(), key=lambda pair: pair[1])]
