"""What to look for in the history of a case, from the query string."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from dossiers.history import TRACKED
from dossiers.history_words import label_of
from dossiers.selectors import SYSTEM, Wanted

FIRST_YEAR, LAST_YEAR = 2000, 2199


class MomentField(forms.CharField):
    """The moment at which a page ended, with its zone, as its link says it."""

    def to_python(self, value: object) -> datetime | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Dit moment bestaat niet. Begin opnieuw bij de nieuwste wijzigingen."))
        return moment


class HistoryForm(forms.Form):
    """Every choice is there whatever the case holds: what may be chosen tells nothing about it."""

    onderdeel = forms.ChoiceField(label=_("Onderdeel"), required=False)
    veld = forms.ChoiceField(label=_("Veld"), required=False)
    wie = forms.ChoiceField(label=_("Door wie"), required=False)
    voor = MomentField(required=False, widget=forms.HiddenInput)

    def __init__(self, users: list[User], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("alles"))]
        self.fields["onderdeel"].choices = [*everything, *((each.name, each.title) for each in TRACKED)]
        self.fields["veld"].choices = [*everything, *_labels()]
        names = [(str(user.pk), user.get_full_name() or user.username) for user in users]
        self.fields["wie"].choices = [("", _("iedereen")), *names, (SYSTEM, _("het systeem"))]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(given["onderdeel"], given["veld"], given["wie"], given["voor"])


def _labels() -> list[tuple[str, str]]:
    """One choice per name; a name that means different things in two records carries both labels."""
    labels: dict[str, dict[str, None]] = {}
    for tracked in TRACKED:
        for field in tracked.fields:
            labels.setdefault(field.name, {})[label_of(field)] = None
    return sorted(((name, " / ".join(said)) for name, said in labels.items()), key=lambda pair: pair[1])
