"""The records of both teams beside each other: what each shares, what they say about it, and what they take over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dossiers import selectors, services
from dossiers.forms import FollowUpForm, RemarkForm, SharingForm, TakeOverForm
from dossiers.models import Comment
from dossiers.policies import SHARED_BY_DEFAULT
from dossiers.selectors import FieldView, Side
from dossiers.selectors.teams import Thread
from routing import selectors as routing
from routing.models import Case

from .case import log_look, visible
from .filled_in import filled_in
from .records import promotion

# A form with what was typed, under what it is and what it is about.
Given = Mapping[tuple[str, ...], forms.Form]


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what this actor can do with it."""

    field: FieldView
    remark_form: forms.Form | None
    sharing_form: forms.Form | None
    take_over_form: forms.Form | None
    threads: list[tuple[Thread, forms.Form | None]] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Also what is kept back, said about it, or being filled in."""
        being_filled_in = any(
            form and form.is_bound for form in (self.remark_form, self.sharing_form, self.take_over_form)
        )
        return bool(self.field.text or not self.field.readable or self.field.chosen or self.threads or being_filled_in)


@never_cache
@require_GET
def side_by_side(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    log_look(request, found, "case.records_read")
    return side_page(request, found)


@require_POST
def share(request: HttpRequest, pk: int, kind: str, field: str) -> HttpResponse:
    found = visible(request, pk)
    side = _side(request, found, kind, field)
    form = SharingForm(request.POST, auto_id=f"delen-{kind}-{field}-%s")

    def act() -> HttpResponse:
        given = form.cleaned_data
        services.choose_sharing(request.actor, side.record, field, shared=given["shared"], reason=given["reason"])
        said = _("Het andere team ziet dit nu.") if given["shared"] else _("Het andere team ziet dit niet meer.")
        messages.success(request, said)
        return _back(found, kind, field)

    return filled_in(form, act, partial(side_page, request, found, given={("share", kind, field): form}))


@require_POST
def remark(request: HttpRequest, pk: int, kind: str, field: str) -> HttpResponse:
    found = visible(request, pk)
    side = _side(request, found, kind, field)
    form = RemarkForm(request.POST, auto_id=f"opmerking-{kind}-{field}-%s")

    def act() -> HttpResponse:
        services.remark(request.actor, side.record, field, form.cleaned_data["text"])
        messages.success(request, _("De opmerking staat erbij."))
        return _back(found, kind, field)

    return filled_in(form, act, partial(side_page, request, found, given={("remark", kind, field): form}))


@require_POST
def follow_up(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    found = visible(request, pk)
    about = Comment.objects.select_related("case").filter(case=found, pk=comment, act=Comment.Act.REMARK).first()
    if about is None:
        raise Http404
    form = FollowUpForm(request.POST, auto_id=f"draad-{comment}-%s")

    def act() -> HttpResponse:
        services.follow_up(request.actor, about, form.cleaned_data["act"], form.cleaned_data["text"])
        messages.success(request, _("Vastgelegd bij de opmerking."))
        return _back(found, about.record_kind, about.field)

    return filled_in(form, act, partial(side_page, request, found, given={("follow", str(comment)): form}))


@require_POST
def take_over(request: HttpRequest, pk: int, kind: str, field: str) -> HttpResponse:
    found = visible(request, pk)
    side = _side(request, found, kind, field)
    ours = next((each for each in selectors.sides(request.actor, found) if each.may_edit), None)
    if ours is None or ours.kind == kind:
        raise Http404
    form = TakeOverForm(services.texts_of(type(ours.record)), request.POST, auto_id=f"over-{kind}-{field}-%s")

    def act() -> HttpResponse:
        services.take_over(request.actor, side.record, field, ours.record, form.cleaned_data["into"])
        messages.success(request, _("Overgenomen in uw eigen verslag, met de bron erbij. Er is niets vervangen."))
        return _back(found, kind, field)

    return filled_in(form, act, partial(side_page, request, found, given={("take", kind, field): form}))


def side_page(
    request: HttpRequest, found: Case, status: int = 200, *, given: Given | None = None, **extra: object
) -> HttpResponse:
    sides = selectors.sides(request.actor, found)
    ours = next((side for side in sides if side.may_edit), None)
    texts = services.texts_of(type(ours.record)) if ours else ()
    context = {
        "case": found,
        **routing.case_overview(found),
        "sides": [_with_rows(side, texts, given or {}) for side in sides],
        "promote_form": promotion(request.actor, found, ours.record) if ours else None,
        "here": "records",
        **extra,
    }
    return render(request, "dossiers/records.html", context, status=status)


def _with_rows(side: Side, texts: tuple[str, ...], given: Given) -> tuple[Side, list[Row], list[Row]]:
    """What stands in it, and apart what is still empty."""
    rows = [_row(side, each, texts, given) for each in side.fields]
    return side, rows, [row for row in rows if not row.says_something]


def _row(side: Side, view: FieldView, texts: tuple[str, ...], given: Given) -> Row:
    about, name = (side.kind, view.name), f"{side.kind}-{view.name}"
    talks = side.may_comment and view.readable and not side.ours
    remark_form = given.get(("remark", *about)) or RemarkForm(auto_id=f"opmerking-{name}-%s")
    sharing_form = given.get(("share", *about)) or SharingForm(auto_id=f"delen-{name}-%s")
    return Row(
        field=view,
        remark_form=remark_form if talks else None,
        sharing_form=sharing_form if view.may_choose else None,
        take_over_form=given.get(("take", *about)) or _take_over(view, texts, name) if view.may_take_over else None,
        threads=[(thread, _follow_up(side, thread, given)) for thread in view.threads],
    )


def _take_over(view: FieldView, texts: tuple[str, ...], name: str) -> TakeOverForm:
    into = view.name if view.name in texts else "situation"
    return TakeOverForm(texts, auto_id=f"over-{name}-%s", initial={"into": into})


def _follow_up(side: Side, thread: Thread, given: Given) -> forms.Form | None:
    if not side.may_comment or thread.resolved:
        return None
    number = str(thread.remark.pk)
    return given.get(("follow", number)) or FollowUpForm(auto_id=f"draad-{number}-%s")


def _side(request: HttpRequest, found: Case, kind: str, field: str) -> Side:
    """What is not a field that can be shared does not exist."""
    side = next((each for each in selectors.sides(request.actor, found) if each.kind == kind), None)
    if side is None or field not in SHARED_BY_DEFAULT[kind]:
        raise Http404
    return side


def _back(found: Case, kind: str, field: str) -> HttpResponse:
    return redirect(f"{reverse('records', args=[found.pk])}#veld-{kind}-{field}")
