"""The call desk, read-back, confirming, and the contact page."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policies import Permission
from routing.errors import RoutingError
from routing.readback import FIELDS, ReadBack

from . import desk, selectors, services
from .assessment import Assessment, assess
from .choices import ChosenReason, NoReportReason
from .errors import AnswerChanged, DraftEnded, InvalidAnswers, InvalidChoice, MoreNeeded, StaleDraft, TriageError
from .models import Contact, Draft
from .read_back import proposed
from .services.confirming import check_complete


@never_cache
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.LOG_CONTACT)
    if request.method == "POST":
        return redirect("desk-draft", pk=services.start_draft(request.actor).pk)
    drafts = list(selectors.open_drafts(request.actor))
    services.list_drafts(request.actor, drafts)
    return render(request, "triage/desk.html", {"drafts": drafts})


@never_cache
@require_GET
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    call = services.read_draft(request.actor, pk)
    if call.ended_at is not None:
        return _ended(request, call)
    return _draft_page(request, call)


@never_cache
@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    call = services.draft_to_change(request.actor, pk)
    answers = desk.answers_from(selectors.current_questions(call.region).questions, request.POST)
    try:
        call = services.save_draft(request.actor, pk, answers, _revision(request))
    except DraftEnded:
        return _ended(request, call)
    except StaleDraft as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    if request.htmx:
        response = render(request, "triage/live.html", _logged(request, desk.live_context(request.actor, call)))
        response["Desk-Revision"] = str(call.revision)
        return response
    if request.POST.get("next") == "readback":
        return redirect("desk-readback", pk=pk)
    return redirect("desk-draft", pk=pk)


@never_cache
@require_GET
def readback(request: HttpRequest, pk: UUID) -> HttpResponse:
    call = services.read_draft(request.actor, pk)
    if call.ended_at is not None:
        return _ended(request, call)
    assessment = assess(call.region, call.answers, timezone.now())
    try:
        check_complete(call.answers, assessment)
    except TriageError as error:
        return _draft_page(request, call, error)
    return _readback_page(request, call)


@never_cache
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    request.actor.must(Permission.LOG_CONTACT)
    services.draft_to_change(request.actor, pk)
    choice = services.Choice(
        service=desk.typed(request.POST, "chosen_service"),
        reason=desk.typed(request.POST, "chosen_reason"),
        note=desk.typed(request.POST, "chosen_note"),
    )
    try:
        contact = services.confirm(
            request.actor,
            pk,
            shown=desk.typed(request.POST, "shown"),
            read_back=_read_back_given(request),
            choice=choice,
        )
    except AnswerChanged as error:
        return _readback_page(request, selectors.own_draft(request.actor, pk), error, status=409)
    except (InvalidChoice, RoutingError) as error:
        return _readback_page(request, selectors.own_draft(request.actor, pk), error, status=422)
    except DraftEnded as error:
        messages.error(request, str(error))
        return redirect("desk")
    except TriageError as error:
        return _draft_page(request, selectors.own_draft(request.actor, pk), error)
    return redirect(after_confirming(contact))


@never_cache
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    request.actor.must(Permission.LOG_CONTACT)
    services.draft_to_change(request.actor, pk)
    try:
        services.end_as_no_report(request.actor, pk, request.POST.get("reason", ""))
    except InvalidChoice as error:
        return _draft_page(request, selectors.own_draft(request.actor, pk), error)
    except DraftEnded as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Afgesloten als geen melding."))
    return redirect("desk")


@never_cache
@require_GET
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = services.read_contact(request.actor, pk)
    same_number = selectors.same_number(request.actor, found.callback_number, found.confirmed_at)
    services.show_earlier(request.actor, same_number.contacts)
    is_recorded = found.outcome == Contact.Outcome.RECORDED
    context = {
        "contact": found,
        "lines": desk.contact_lines(found),
        "chosen": desk.chosen_in_words(found),
        "danger": desk.danger_lines(found) if is_recorded else [],
        "same_number": same_number,
    }
    return render(request, "triage/contact.html", context)


def after_confirming(contact: Contact) -> str:
    if contact.outcome == Contact.Outcome.ROUTED:
        return reverse("handover", args=[contact.decision.handover.pk])
    return reverse("contact", args=[contact.pk])


def _read_back_given(request: HttpRequest) -> ReadBack:
    return ReadBack(**{name: desk.typed(request.POST, name) for name in FIELDS})


def _read_back_shown(request: HttpRequest, assessment: Assessment) -> ReadBack:
    """What was typed stays, emptied fields too; what was not on the form is proposed for the answer as it is now."""
    typed = {name: desk.typed(request.POST, name) for name in FIELDS if name in request.POST}
    return replace(proposed(assessment), **typed)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    # As large as the column: a number made up by a browser extension must not end in a 500.
    return min(int(text), 2_147_483_647) if text.isdecimal() and text.isascii() and len(text) < 12 else 0


def _ended(request: HttpRequest, call: Draft) -> HttpResponse:
    ended = selectors.contact_of_draft(call)
    address = after_confirming(ended) if ended else reverse("desk")
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _logged(request: HttpRequest, context: dict) -> dict:
    """Earlier contacts beside a call are somebody's data too."""
    services.show_earlier(request.actor, (*context["earlier"], *context["duplicates"]))
    return context


def _draft_page(request: HttpRequest, call: Draft, error: TriageError | None = None) -> HttpResponse:
    context = _logged(request, desk.page_context(request.actor, call))
    context |= {"error": error, "no_report_reasons": NoReportReason.choices}
    if isinstance(error, InvalidAnswers):
        names = context["assessment"].questions.by_id
        context["problems"] = [(names[name], message) for name, message in error.errors.items()]
    if isinstance(error, MoreNeeded):
        found = map(context["assessment"].questions.for_fact, error.ask)
        context["problems"] = [(question, _("Beantwoord deze vraag.")) for question in found if question]
    return render(request, "triage/draft.html", context, status=422 if error else 200)


def _readback_page(
    request: HttpRequest, call: Draft, error: Exception | None = None, status: int = 200
) -> HttpResponse:
    context = _logged(request, desk.live_context(request.actor, call))
    assessment = context["assessment"]
    undecided = assessment.document.get("undetermined")
    possible = assessment.document["possible"] if undecided else None
    region = assessment.answer.region if assessment.answer else call.region
    context |= {
        "error": error,
        "unread": [field.question.label for field in context["fields"] if field.error],
        "shown": assessment.fingerprint(call.revision),
        "read_back": _read_back_shown(request, assessment),
        "choices": [] if assessment.is_emergency else selectors.services_to_choose(region, possible),
        "reasons": ChosenReason.choices,
        "given": request.POST,
    }
    if assessment.is_recorded:
        context["danger"] = desk.danger_lines_of_call(assessment, call.answers)
        context["same_number"] = selectors.same_number(request.actor, desk.callback_number(assessment), timezone.now())
        services.show_earlier(request.actor, context["same_number"].contacts)
    return render(request, "triage/readback.html", context, status=status)
