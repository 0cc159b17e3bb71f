"""A draft against the past, for who writes the rules: what would change, where, when, and as a file."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.policies import Permission
from accounts.services import log_access
from accounts.spreadsheet import csv_response
from partners.models import Municipality, Organisation

from . import policies, selectors
from .core.replay import Outcome
from .errors import RoutingError
from .models import Decision, RuleSet
from .periods import PeriodForm
from .replays import RECORDED, UNKNOWN, Change, Report, Share, draft_of_rule_set, replay_decisions
from .vocabulary import CATEGORY_LABELS

REFUSED = 422
CONFLICT = 409
# A smaller number can lead to a person, and a file travels.
SMALLEST_EXPORTED = 5


@never_cache
@require_GET
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    rule_set, form = _rule_set(request, pk), PeriodForm.asked(request.GET)
    context = {"rule_set": rule_set, "form": form}
    if not form.is_valid():
        return render(request, "routing/replay.html", context, status=REFUSED)
    try:
        report = _replayed(request, rule_set, form)
    except RoutingError as error:
        return render(request, "routing/replay.html", context | {"problem": error.message}, status=CONFLICT)
    names = _Names()
    cases = _cases_to_open(request, report)
    context |= {
        "report": report,
        "changes": [_change_in_words(each, names, cases) for each in report.changes],
        "shares": [(title, names.shares(name, report)) for name, title in _titles().items()],
    }
    return render(request, "routing/replay.html", context)


@never_cache
@require_GET
def replay_csv(request: HttpRequest, pk: int) -> HttpResponse:
    rule_set, form = _rule_set(request, pk), PeriodForm.asked(request.GET)
    if not form.is_valid():
        raise Http404
    try:
        report = _replayed(request, rule_set, form)
    except RoutingError as error:
        raise Http404 from error
    return csv_response(f"naspelen-{rule_set.pk}.csv", _lines(report))


def _rule_set(request: HttpRequest, pk: int) -> RuleSet:
    request.actor.must(Permission.EDIT_RULES)
    found = selectors.rule_set_for(request.actor, pk)
    # Who reads the agreement of another region does not read what happened there.
    if found is None or found.region_id != request.actor.region_id:
        raise Http404
    return found


def _replayed(request: HttpRequest, rule_set: RuleSet, form: PeriodForm) -> Report:
    days: dict[str, date] = form.cleaned_data
    report = replay_decisions(rule_set.region, draft_of_rule_set(rule_set), days["since"], days["until"])
    log_access(request.actor, event="rule_set.replayed", action="E", record=rule_set)
    return report


# --- In words -----------------------------------------------------------------------------------


def _titles() -> dict[str, str]:
    return {
        "municipality": _("Per gemeente"),
        "category": _("Per categorie"),
        "hour": _("Per uur van de dag"),
        "age": _("Per leeftijdsgroep"),
    }


class _Names:
    def __init__(self) -> None:
        self.organisations = dict(Organisation.objects.values_list("slug", "name"))
        self.municipalities = dict(Municipality.objects.values_list("code", "name"))

    def organisation(self, slug: str) -> str:
        special = {
            RECORDED: _("vastgelegd, niet overgedragen"),
            Outcome.UNDETERMINED: _("meer dan één mogelijk"),
            Outcome.REFUSED: _("kan niet volgens dit concept"),
        }
        return special.get(slug) or self.organisations.get(slug, slug)

    def shares(self, dimension: str, report: Report) -> list[tuple[str, Share]]:
        shares = report.shares.get(dimension, [])
        return [(self._value(dimension, share.value), share) for share in shares]

    def _value(self, dimension: str, value: str) -> str:
        if value == UNKNOWN:
            return _("onbekend")
        match dimension:
            case "municipality":
                return self.municipalities.get(value, value)
            case "category":
                return str(CATEGORY_LABELS[value])
            case "hour":
                return f"{value}:00–{int(value) + 1:02}:00"
            case _:
                return _("%(ages)s jaar") % {"ages": value}


def _change_in_words(change: Change, names: _Names, cases: dict[int, int]) -> dict[str, object]:
    return {
        "before": names.organisation(change.before),
        "after": names.organisation(change.after),
        "count": change.count,
        "examples": [(pk, cases.get(pk)) for pk in change.examples],
    }


def _cases_to_open(request: HttpRequest, report: Report) -> dict[int, int]:
    """Of the examples the cases that this actor may see, by decision."""
    examples = [pk for change in report.changes for pk in change.examples]
    visible = Decision.objects.filter(pk__in=examples, case__in=policies.visible_cases(request.actor))
    return dict(visible.values_list("pk", "case_id"))


# --- As a file ----------------------------------------------------------------------------------


def _lines(report: Report) -> Iterator[Iterable[str]]:
    names = _Names()
    yield _("Indeling"), _("Waarde"), _("Naar"), _("Beslissingen"), _("Andere uitkomst")
    yield _("Totaal"), "", "", _exported(report.total), _exported(report.changed)
    for change in report.changes:
        before, after = names.organisation(change.before), names.organisation(change.after)
        yield _("Van wie naar wie"), before, after, "", _exported(change.count)
    for name, title in _titles().items():
        for value, share in names.shares(name, report):
            yield title, value, "", _exported(share.total), _exported(share.changed)


def _exported(count: int) -> str:
    return str(count) if count == 0 or count >= SMALLEST_EXPORTED else f"1-{SMALLEST_EXPORTED - 1}"
