"""The page of a Veilig Thuis dossier: where it is on its way, and a form for each act that is possible now."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dossiers import selectors, services
from dossiers.core import Act
from dossiers.errors import StepNotPossible
from dossiers.forms import VtForm, vt_form
from dossiers.models import VtRecord
from dossiers.selectors import VtView
from dossiers.vt_words import ACTS
from routing.errors import InvalidEntry, RoutingError
from routing.models import Case
from routing.policies import may_offer_again

from .case import CONFLICT, REFUSED, at_the_field, log_look, visible

# The form of an act, or of an act on one item of the dossier.
Key = tuple[Act, int | None]
Given = tuple[Key, VtForm] | None


@never_cache
@require_GET
def vt(request: HttpRequest, pk: int) -> HttpResponse:
    found, record = _visible(request, pk)
    log_look(request, found, "vt.read", record)
    return vt_page(request, found, record)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    found, record = _visible(request, pk)
    asked, target = _act_or_404(act), _number(request.POST.get("target"))
    services.side_for(request.actor, record, asked, target)
    form = vt_form(asked, record, request.POST, target)
    if not form.is_valid():
        return vt_page(request, found, record, REFUSED, ((asked, target), form))
    return _take(request, found, record, (asked, target), form)


def _take(request: HttpRequest, found: Case, record: VtRecord, key: Key, form: VtForm) -> HttpResponse:
    version = _number(request.POST.get("version")) or 0
    try:
        services.take_step(request.actor, record, key[0], form.cleaned_data, version)
    except InvalidEntry as error:
        at_the_field(form, error)
        return vt_page(request, found, record, REFUSED, (key, form))
    except RoutingError as error:
        record.refresh_from_db()
        problems = error.problems if isinstance(error, StepNotPossible) else [error.message]
        return vt_page(request, found, record, CONFLICT, (key, form), problems)
    messages.success(request, _("Vastgelegd: %(act)s.") % {"act": ACTS[key[0]]})
    return redirect("case-vt", pk=found.pk)


def vt_page(
    request: HttpRequest,
    found: Case,
    record: VtRecord,
    status: int = 200,
    given: Given = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    """`given` is a form with what was typed; where it no longer fits, what was typed is shown all the same."""
    view = selectors.vt_view(request.actor, record)
    placed, typed = set[Key](), dict([given]) if given else {}

    def form(act: Act, target: int | None = None) -> Form:
        placed.add((act, target))
        return typed.get((act, target)) or vt_form(act, record, target=target)

    context = {"case": found, "record": record, "view": view, "problems": problems, **_shown(view, form)}
    context["unsaved"] = [] if given is None or given[0] in placed else _typed_in(given[1])
    context["now"] = timezone.now()
    context["may_offer"] = may_offer_again(request.actor, found)
    return render(request, "dossiers/vt.html", context, status=status)


def _shown(view: VtView, form) -> dict[str, object]:
    """What stands in the dossier, each open item with its form for who may act on it."""
    record, acts = view.record, view.on_items
    shown: dict[str, object] = {
        "possible": [(each, form(each.act)) for each in view.possible if not each.first],
        "not_yet": [each for each in view.possible if each.first],
        "next_steps": [(each, _form_of(form, Act.SETTLE_NEXT_STEP, each, acts)) for each in view.next_steps],
    }
    if not view.details:
        return shown
    return shown | {
        "assessments": record.assessments.select_related("assessed_by"),
        "investigations": record.investigations.all(),
        "conditions": [(each, _form_of(form, Act.JUDGE_CONDITION, each, acts)) for each in record.conditions.all()],
        "follow_ups": [
            (each, _form_of(form, Act.HOLD_FOLLOW_UP, each, acts))
            for each in record.follow_ups.select_related("held_by")
        ],
        "transfers": record.transfers.select_related("organisation", "written_by"),
        "steps": record.steps.select_related("taken_by", "organisation").order_by("-id"),
    }


def _form_of(form, act: Act, item, acts: frozenset[Act]) -> Form | None:
    return form(act, item.pk) if item.is_open and act in acts else None


def _typed_in(form: VtForm) -> list[str]:
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    return [str(form[name].value()) for name in shown if form[name].value()]


def _visible(request: HttpRequest, pk: int) -> tuple[Case, VtRecord]:
    found = visible(request, pk)
    record = selectors.vt_record_of(found)
    if record is None:
        raise Http404
    return found, record


def _act_or_404(given: str) -> Act:
    try:
        return Act(given.replace("-", "_"))
    except ValueError:
        raise Http404 from None


def _number(given: str | None) -> int | None:
    """What is no number, or none that a key can be, is nothing."""
    text = (given or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
