"""What somebody can do with a case: each refuses, or does all of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.policies import Actor
from accounts.services import deliver_due
from partners.actors import actor_of
from partners.models import Organisation, Service
from routing.errors import RoutingError
from routing.models import Addition, Alarm, Case, Handover, LeadPeriod
from routing.readback import ReadBack
from routing.services import (
    accept,
    acknowledge_alarm,
    add_note,
    close_case,
    decline,
    give_feedback,
    hand_back,
    hold_consultation,
    offer_again,
    record_phone_answer,
    sweep,
    withdraw,
)

State = Handover.State
READ_BACK = ReadBack("Meisje van 15 hoort stemmen.", request="Neem de regie over.")
REASONS = [each for each in Handover.DeclineReason.values if each != Handover.DeclineReason.NO_ANSWER]

Act = Callable[[Case], object]


def somebody_at(organisation: Organisation) -> Actor:
    """Wilma, as if she worked there: the demo has no account at every organisation."""
    actor = actor_of(User.objects.get(username="worker"))
    return replace(actor, organisation_id=organisation.pk, organisation_slug=organisation.slug)


def last_of(case: Case) -> Handover:
    """What stands on somebody's screen; by the time that they answer it may be over."""
    handovers = Handover.objects.select_related("service__organisation", "sender")
    return handovers.filter(case=case).order_by("-pk")[0]


def _lead(case: Case) -> Actor:
    return somebody_at(LeadPeriod.objects.select_related("organisation").filter(case=case).last().organisation)


def take(case: Case) -> Handover:
    handover = last_of(case)
    if handover.service.accepts_by == Service.AcceptsBy.PHONE:
        return record_phone_answer(somebody_at(handover.sender), handover, accepted_by_name="de dienstdoende")
    return accept(somebody_at(handover.service.organisation), handover)


def _refuse(reason: str) -> Act:
    def refuse(case: Case) -> Handover:
        handover = last_of(case)
        if handover.service.accepts_by == Service.AcceptsBy.PHONE:
            return record_phone_answer(somebody_at(handover.sender), handover, reason=reason, note="gehoord")
        return decline(somebody_at(handover.service.organisation), handover, reason, "zo is het")

    return refuse


def _acknowledge(case: Case) -> None:
    for alarm in Alarm.objects.filter(case=case, acknowledged_at=None):
        acknowledge_alarm(_lead(case), alarm)


def _consult(case: Case) -> None:
    if asked := Addition.objects.filter(case=case, kind="consult", done_at=None).first():
        hold_consultation(_lead(case), case, [asked.organisation], "advice")


def _feedback(case: Case) -> Handover:
    taken = Handover.objects.select_related("service__organisation").filter(case=case, feedback_at=None)
    given = taken.filter(state__in=[State.ACCEPTED, State.RETURNED]).first() or last_of(case)
    return give_feedback(somebody_at(given.service.organisation), given, "Het gaat beter.")


def _past(rows, field: str) -> None:
    rows.filter(**{f"{field}__gt": timezone.now()}).update(**{field: timezone.now() - timedelta(seconds=1)})


def time_is_up(case: Case) -> None:
    _past(Handover.objects.filter(case=case, state=State.OFFERED), "due_at")
    sweep()


def _half_the_time_is_over(case: Case) -> None:
    _past(Handover.objects.filter(case=case, state=State.OFFERED), "remind_at")
    sweep()


def _a_day_passes(case: Case) -> None:
    _past(Alarm.objects.filter(case=case), "due_at")
    _past(Handover.objects.filter(case=case), "feedback_due_at")
    _past(Addition.objects.filter(case=case), "due_at")
    sweep()


ACTS: dict[str, Act] = {
    "take": take,
    **{f"refuse: {reason}": _refuse(reason) for reason in REASONS},
    "no answer": lambda case: record_phone_answer(somebody_at(last_of(case).sender), last_of(case), no_answer=True),
    "withdraw": lambda case: withdraw(somebody_at(last_of(case).sender), last_of(case), "Verkeerd begrepen."),
    "offer again": lambda case: offer_again(_lead(case), case),
    "hand back": lambda case: hand_back(_lead(case), case, READ_BACK),
    "feedback": _feedback,
    "close": lambda case: close_case(_lead(case), case, "De crisis is over."),
    "acknowledge": _acknowledge,
    "consult": _consult,
    "note": lambda case: add_note(_lead(case), case, "Moeder belde weer."),
    "time is up": time_is_up,
    "half the time": _half_the_time_is_over,
    "a day passes": _a_day_passes,
    "sweep": lambda _case: sweep(),
    "deliver": lambda _case: deliver_due(),
}


def attempt(name: str, case: Case) -> object:
    try:
        return ACTS[name](case)
    except (RoutingError, PermissionDenied) as refused:
        return refused


def at_once(*acts: tuple[str, Case]) -> None:
    barrier, failures = Barrier(len(acts)), []

    def run(name: str, case: Case) -> None:
        try:
            barrier.wait()
            attempt(name, case)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
