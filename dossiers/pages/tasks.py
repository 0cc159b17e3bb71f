"""Who works around a case and what is asked of whom; and what is asked of me, over all cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policies import Permission
from accounts.services import log_access
from dossiers import selectors, services
from dossiers.forms import FinishForm, ParticipantForm, TaskForm
from dossiers.models import Participant, Task
from dossiers.policies import may_add
from routing.models import Case

from .case import log_look, visible
from .filled_in import done, filled_in, version_of


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.ANSWER_HANDOVER)
    found = selectors.my_tasks(request.actor)
    for case in sorted({task.case_id for task in found}):
        log_access(
            request.actor, event="case.listed", action="R", record_type="case", record_id=case, subject=str(case)
        )
    return render(request, "dossiers/my_tasks.html", {"tasks": found})


@never_cache
@require_http_methods(["GET", "POST"])
def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if request.method == "GET":
        log_look(request, found, "case.tasks_read")
        return _tasks(request, found)
    form = TaskForm(request.actor, found, request.POST)

    def act() -> HttpResponse:
        services.give_task(request.actor, found, form.cleaned_data)
        return done(request, _("De taak is vastgelegd."), "case-tasks", pk)

    return filled_in(form, act, lambda status, **extra: _tasks(request, found, status, form=form, **extra))


@never_cache
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    found, one = _task(request, pk, task)
    if request.method == "GET":
        log_look(request, found, "case.tasks_read")
        return _task_page(request, found, one)
    form = TaskForm(request.actor, found, request.POST, task=one)

    def act() -> HttpResponse:
        services.change_task(request.actor, one, version_of(form), form.cleaned_data)
        return done(request, _("De taak is gewijzigd."), "case-tasks", pk)

    return filled_in(form, act, lambda status, **extra: _task_page(request, found, one, status, form=form, **extra))


@require_POST
def finish(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    found, one = _task(request, pk, task)
    form = FinishForm(request.POST, auto_id="gedaan-%s")

    def act() -> HttpResponse:
        services.finish_task(request.actor, one, version_of(form), form.cleaned_data["note"])
        return done(request, _("De taak is gedaan."), "case-tasks", pk)

    return filled_in(
        form, act, lambda status, **extra: _task_page(request, found, one, status, finish_form=form, **extra)
    )


@never_cache
@require_http_methods(["GET", "POST"])
def professionals(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if request.method == "GET":
        log_look(request, found, "case.tasks_read")
        return _professionals(request, found)
    form = ParticipantForm(request.actor, found, request.POST)

    def act() -> HttpResponse:
        services.add_participant(request.actor, found, form.cleaned_data)
        return done(request, _("De professional staat bij de casus."), "case-professionals", pk)

    return filled_in(form, act, lambda status, **extra: _professionals(request, found, status, form=form, **extra))


@never_cache
@require_http_methods(["GET", "POST"])
def professional(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    found = visible(request, pk)
    one = selectors.participant_of(request.actor, found, participant)
    if one is None:
        raise Http404
    if request.method == "GET":
        log_look(request, found, "case.tasks_read")
        return _professional(request, found, one)
    form = ParticipantForm(request.actor, found, request.POST, participant=one)

    def act() -> HttpResponse:
        services.change_participant(request.actor, one, version_of(form), form.cleaned_data)
        return done(request, _("De gegevens zijn gewijzigd."), "case-professionals", pk)

    return filled_in(form, act, lambda status, **extra: _professional(request, found, one, status, form=form, **extra))


# --- Pages -------------------------------------------------------------------------------------------------


def _tasks(request: HttpRequest, found: Case, status: int = 200, **extra: object) -> HttpResponse:
    rows = list(selectors.tasks_of(found))
    for row in rows:
        row.overdue = selectors.is_overdue(row)
    context: dict = {"case": found, "here": "case-tasks", "tasks": rows}
    if may_add(request.actor, found):
        context["form"] = TaskForm(request.actor, found)
    return render(request, "dossiers/tasks.html", context | extra, status=status)


def _task_page(request: HttpRequest, found: Case, one: Task, status: int = 200, **extra: object) -> HttpResponse:
    context: dict = {"case": found, "here": "case-tasks", "task": one}
    if one.may_change and one.done_at is None:
        context["form"] = TaskForm(request.actor, found, task=one)
        context["finish_form"] = FinishForm(auto_id="gedaan-%s", initial={"version": one.version})
    return render(request, "dossiers/task.html", context | extra, status=status)


def _professionals(request: HttpRequest, found: Case, status: int = 200, **extra: object) -> HttpResponse:
    context: dict = {"case": found, "here": "case-professionals", "participants": selectors.participants_of(found)}
    if may_add(request.actor, found):
        context["form"] = ParticipantForm(request.actor, found)
    return render(request, "dossiers/professionals.html", context | extra, status=status)


def _professional(
    request: HttpRequest, found: Case, one: Participant, status: int = 200, **extra: object
) -> HttpResponse:
    context: dict = {"case": found, "here": "case-professionals", "participant": one}
    if one.may_change:
        context["form"] = ParticipantForm(request.actor, found, participant=one)
    return render(request, "dossiers/professional.html", context | extra, status=status)


def _task(request: HttpRequest, pk: int, task: int) -> tuple[Case, Task]:
    found = visible(request, pk)
    one = selectors.task_of(request.actor, found, task)
    if one is None:
        raise Http404
    return found, one
