"""The partner desk: what waits for us, what we sent, and one handover to answer."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.policies import Permission
from accounts.services import log_access
from partners.models import Organisation, Service

from . import selectors, services
from .countdown import countdown
from .errors import InvalidEntry, ReasonRequired, RoutingError
from .forms import DeclineForm, FeedbackForm, PhoneAnswerForm, WithdrawForm
from .models import Handover
from .policies import ground_for_handover, is_duty_lead, may_give_feedback, never_descends

REFUSED = 422
CONFLICT = 409


@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    request.actor.must(Permission.ANSWER_HANDOVER)
    offers, sent = selectors.inbox(request.actor), selectors.sent_by_us(request.actor)
    for offer in offers:
        offer.decline_form = DeclineForm(auto_id=f"weiger-{offer.pk}-%s")
        offer.is_duty_lead = _is_duty_lead(offer)
    for handover in sent:
        if _waits_for_phone(handover):
            handover.phone_form = PhoneAnswerForm(auto_id=f"telefoon-{handover.pk}-%s")
    if request.htmx:
        return render(request, "routing/inbox_lists.html", {"offers": offers, "sent": sent})
    # What comes in by itself while the page is open belongs to the same look.
    log_access(request.actor, event="inbox.read", action="R", record_type="handover", purpose="handover")
    return render(request, "routing/inbox.html", {"offers": offers, "sent": sent})


@never_cache
@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    log_access(
        request.actor,
        event="handover.read",
        action="R",
        record=found,
        subject=str(found.case_id),
        **ground_for_handover(request.actor, found),
    )
    return _page(request, found)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    return _answered(request, found, None, lambda: services.accept(request.actor, found), _accepted)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, decline_form=form)
    return _answered(
        request, found, form, lambda: services.decline(request.actor, found, **form.cleaned_data), _offered_on
    )


@require_POST
def phone_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), PhoneAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, phone_form=form)
    said = _heard_on_the_phone(request, form)
    return _answered(
        request,
        found,
        form,
        lambda: services.record_phone_answer(request.actor, found, **said),
        _accepted if "accepted_by_name" in said else _offered_on,
    )


def _heard_on_the_phone(request: HttpRequest, form: PhoneAnswerForm) -> dict[str, str | bool]:
    """The button that was pressed says which of the fields counts."""
    if "no_answer" in request.POST:
        return {"no_answer": True}
    if "refused" in request.POST:
        return {"reason": form.cleaned_data["reason"], "note": form.cleaned_data["note"]}
    return {"accepted_by_name": form.cleaned_data["accepted_by_name"]}


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, withdraw_form=form)
    return _answered(
        request, found, form, lambda: services.withdraw(request.actor, found, **form.cleaned_data), _withdrawn
    )


@require_POST
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), FeedbackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, REFUSED, feedback_form=form)
    text = form.cleaned_data["feedback"]
    return _answered(request, found, form, lambda: services.give_feedback(request.actor, found, text), _fed_back)


# --- Answering -----------------------------------------------------------------------------------


def _answered(
    request: HttpRequest,
    found: Handover,
    form: Form | None,
    act: Callable[[], Handover],
    go_on: Callable[[HttpRequest, Handover], HttpResponse],
) -> HttpResponse:
    """Does it and goes on; a refusal shows the same page again, with the reason and with what was typed."""
    try:
        return go_on(request, act())
    except ReasonRequired as error:
        if form is None:
            raise
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, found, REFUSED, **{_name_of(form): form})
    except InvalidEntry as error:
        if form is None:
            raise
        for field, message in error.errors.items():
            form.add_error(field if field in form.fields else None, message)
        return _page(request, found, REFUSED, **{_name_of(form): form})
    except RoutingError as error:
        found.refresh_from_db()
        return _page(request, found, CONFLICT, problem=error.message, typed=form.cleaned_data if form else {})


def _name_of(form: Form) -> str:
    return {
        DeclineForm: "decline_form",
        FeedbackForm: "feedback_form",
        PhoneAnswerForm: "phone_form",
        WithdrawForm: "withdraw_form",
    }[type(form)]


def _accepted(request: HttpRequest, accepted: Handover) -> HttpResponse:
    messages.success(
        request,
        _("%(service)s heeft nu de regie over casus %(case)s.")
        % {"service": accepted.service.name, "case": accepted.case_id},
    )
    return redirect("case", pk=accepted.case_id)


def _offered_on(request: HttpRequest, following: Handover) -> HttpResponse:
    """A hand-back goes to nobody else: then what was refused itself is what follows."""
    if following.state == Handover.State.DECLINED:
        said = _("Vastgelegd: %(service)s neemt casus %(case)s niet terug. %(sender)s houdt de regie.")
    else:
        said = _("Casus %(case)s is nu aangeboden aan %(service)s.")
    words = {"service": following.service.name, "case": following.case_id, "sender": following.sender.name}
    messages.success(request, said % words)
    return redirect("inbox")


def _withdrawn(request: HttpRequest, withdrawn: Handover) -> HttpResponse:
    messages.success(request, _("De overdracht is ingetrokken. Uw organisatie houdt de regie."))
    return redirect("case", pk=withdrawn.case_id)


def _fed_back(request: HttpRequest, told: Handover) -> HttpResponse:
    messages.success(request, _("Teruggekoppeld aan %(sender)s.") % {"sender": told.sender.name})
    return redirect("handover", pk=told.pk)


# --- The page of one handover ---------------------------------------------------------------------


def _page(request: HttpRequest, found: Handover, status: int = 200, **extra: object) -> HttpResponse:
    actor = request.actor
    is_open = found.state == Handover.State.OFFERED
    is_receiver = actor.organisation_id == found.service.organisation_id
    is_sender = actor.organisation_id == found.sender_id
    is_hand_back = found.kind == Handover.Kind.HAND_BACK
    is_ours_to_ring = is_open and is_sender and not is_receiver
    context = {
        "handover": found,
        "answer": found.decision.outcome,
        "is_hand_back": is_hand_back,
        "hides_caller": import_string(settings.CALLER_IS_HIDDEN)(actor, found.case),
        "next": _names(found.decision.outcome.get("next", [])),
        "countdown": countdown(found, timezone.now()) if is_open else None,
        "never_descends": not is_hand_back and never_descends(found.decision, found.service),
        "may_see_case": selectors.case_for(actor, found.case_id) is not None,
        "may_answer": is_open and is_receiver and actor.may(Permission.ANSWER_HANDOVER),
        "is_duty_lead": _is_duty_lead(found),
        "is_ours_to_ring": is_ours_to_ring,
        "phones": found.service.phones.order_by("-kind").values() if is_ours_to_ring else [],
        "may_record_phone": is_sender and actor.may(Permission.LOG_CONTACT) and _waits_for_phone(found),
        "may_withdraw": is_open and is_sender and actor.may(Permission.LOG_CONTACT),
        "feedback_is_late": _feedback_is_late(found),
        "feedback_form": FeedbackForm(auto_id="terugkoppeling-%s") if may_give_feedback(actor, found) else None,
        "decline_form": DeclineForm(),
        "phone_form": PhoneAnswerForm(),
        "withdraw_form": WithdrawForm(auto_id="intrekken-%s"),
    }
    return render(request, "routing/handover.html", context | extra, status=status)


def _visible(request: HttpRequest, pk: int) -> Handover:
    """What an actor may not see does not exist for them; the attempt is logged."""
    found = selectors.handover_for(request.actor, pk)
    if found is None:
        log_access(
            request.actor,
            event="handover.refused",
            action="R",
            record_type="handover",
            record_id=str(pk)[:60],
            outcome="refused",
        )
        raise Http404
    return found


def _names(slugs: list[str]) -> list[str]:
    names = dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return [names.get(slug, slug) for slug in slugs]


def _is_duty_lead(found: Handover) -> bool:
    """A hand-back may always be refused."""
    return is_duty_lead(found.service) and found.kind == Handover.Kind.OFFER


def _feedback_is_late(found: Handover) -> bool:
    return found.feedback_at is None and found.feedback_due_at is not None and found.feedback_due_at <= timezone.now()


def _waits_for_phone(found: Handover) -> bool:
    return found.state == Handover.State.OFFERED and found.service.accepts_by == Service.AcceptsBy.PHONE
