"""Whatever people, clocks and threads do, in whatever order: one lead, nothing dropped, nothing told that is not so."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import OutboxMessage, User
from accounts.policies import Actor
from accounts.services import deliver_due
from partners.actors import actor_of
from partners.models import Organisation, Service, Suspension
from routing.core import NOT_KNOWABLE, Facts
from routing.errors import RoutingError
from routing.models import Addition, Alarm, Case, Handover, LeadPeriod
from routing.readback import ReadBack
from routing.selectors import answer
from routing.services import (
    accept,
    acknowledge_alarm,
    add_note,
    close_case,
    decline,
    end_suspension,
    give_feedback,
    hand_back,
    hold_consultation,
    offer_again,
    open_routed_case,
    record_phone_answer,
    suspend,
    sweep,
    withdraw,
)

from .conftest import GIRL_OF_15

State, Kind = Handover.State, Handover.Kind
OVER = (State.WITHDRAWN, State.DECLINED, State.EXPIRED)
READ_BACK = ReadBack("Meisje van 15 hoort stemmen.", request="Neem de regie over.")

CALLS = {
    "a desk": {},
    "two desks, one to consult": {"category": "hgkm", "provider": "kenter", "related": False},
    "the own provider": {"provider": "ggz-ingeest", "related": True},
    "112": {"danger": True},
    "by phone": {"category": "somatic", "age": 82},
    "the ICD": {"category": "youth_act"},
    "cannot be known": {"category": NOT_KNOWABLE},
}
DIVERTIBLE = ["kenter", "ggz-ingeest", "huisarts"]
MOST_CASES = 8
# Each proves the whole region anew, which takes a second.
MOST_DIVERSIONS = 2
URGENCIES = ["U0", "U2", "U5", ""]
REASONS = [each for each in Handover.DeclineReason.values if each != Handover.DeclineReason.NO_ANSWER]


# --- What somebody can do with a case: each refuses, or does all of it ------------------------------------

Act = Callable[[Case], object]


def _somebody_at(organisation: Organisation) -> Actor:
    """Wilma, as if she worked there: the demo has no account at every organisation."""
    actor = actor_of(User.objects.get(username="worker"))
    return replace(actor, organisation_id=organisation.pk, organisation_slug=organisation.slug)


def _last(case: Case) -> Handover:
    """What stands on somebody's screen; by the time that they answer it may be over."""
    handovers = Handover.objects.select_related("service__organisation", "sender")
    return handovers.filter(case=case).order_by("-pk")[0]


def _lead(case: Case) -> Actor:
    return _somebody_at(LeadPeriod.objects.select_related("organisation").filter(case=case).last().organisation)


def _take(case: Case) -> Handover:
    handover = _last(case)
    if handover.service.accepts_by == Service.AcceptsBy.PHONE:
        return record_phone_answer(_somebody_at(handover.sender), handover, accepted_by_name="de dienstdoende")
    return accept(_somebody_at(handover.service.organisation), handover)


def _refuse(reason: str) -> Act:
    def refuse(case: Case) -> Handover:
        handover = _last(case)
        if handover.service.accepts_by == Service.AcceptsBy.PHONE:
            return record_phone_answer(_somebody_at(handover.sender), handover, reason=reason, note="gehoord")
        return decline(_somebody_at(handover.service.organisation), handover, reason, "zo is het")

    return refuse


def _acknowledge(case: Case) -> None:
    for alarm in Alarm.objects.filter(case=case, acknowledged_at=None):
        acknowledge_alarm(_lead(case), alarm)


def _consult(case: Case) -> None:
    if asked := Addition.objects.filter(case=case, kind="consult", done_at=None).first():
        hold_consultation(_lead(case), case, [asked.organisation], "advice")


def _feedback(case: Case) -> Handover:
    taken = Handover.objects.select_related("service__organisation").filter(case=case, feedback_at=None)
    given = taken.filter(state__in=[State.ACCEPTED, State.RETURNED]).first() or _last(case)
    return give_feedback(_somebody_at(given.service.organisation), given, "Het gaat beter.")


def _past(rows, field: str) -> None:
    rows.filter(**{f"{field}__gt": timezone.now()}).update(**{field: timezone.now() - timedelta(seconds=1)})


def _time_is_up(case: Case) -> None:
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
    "take": _take,
    **{f"refuse: {reason}": _refuse(reason) for reason in REASONS},
    "no answer": lambda case: record_phone_answer(_somebody_at(_last(case).sender), _last(case), no_answer=True),
    "withdraw": lambda case: withdraw(_somebody_at(_last(case).sender), _last(case), "Verkeerd begrepen."),
    "offer again": lambda case: offer_again(_lead(case), case),
    "hand back": lambda case: hand_back(_lead(case), case, READ_BACK),
    "feedback": _feedback,
    "close": lambda case: close_case(_lead(case), case, "De crisis is over."),
    "acknowledge": _acknowledge,
    "consult": _consult,
    "note": lambda case: add_note(_lead(case), case, "Moeder belde weer."),
    "time is up": _time_is_up,
    "half the time": _half_the_time_is_over,
    "a day passes": _a_day_passes,
    "sweep": lambda _case: sweep(),
    "deliver": lambda _case: deliver_due(),
}
# What happens most in life happens most here.
OFTEN = ["take", "take", "time is up", "time is up", "hand back", "offer again", "withdraw", "no answer"]
NAMES = st.sampled_from([*ACTS, *OFTEN])
NUMBERS = st.integers(0, MOST_CASES - 1)
CALL = st.tuples(st.sampled_from(["wilma", "vincent"]), st.sampled_from(sorted(CALLS)), st.sampled_from(URGENCIES))


def _attempt(name: str, case: Case) -> object:
    try:
        return ACTS[name](case)
    except (RoutingError, PermissionDenied) as refused:
        return refused


def _at_once(*acts: tuple[str, Case]) -> None:
    barrier, failures = Barrier(len(acts)), []

    def run(name: str, case: Case) -> None:
        try:
            barrier.wait()
            _attempt(name, case)
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


# --- The machine -------------------------------------------------------------------------------------------


class Handovers(RuleBasedStateMachine):
    """Draws never depend on the database: two threads do not always finish in the same order."""

    def __init__(self, desks: dict[str, Actor], manager: Actor) -> None:
        super().__init__()
        self.desks, self.manager, self.cases = desks, manager, []
        self.diversions = 0
        self.sent_before = len(mail.outbox)
        self.first_message = OutboxMessage.objects.order_by("pk").values_list("pk", flat=True).last() or 0

    def _case(self, number: int) -> Case:
        return self.cases[number % len(self.cases)]

    @initialize(calls=st.lists(CALL, min_size=3, max_size=4))
    def the_shift_begins(self, calls):
        for call in calls:
            self._open(*call)

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(call=CALL)
    def somebody_calls(self, call):
        self._open(*call)

    def _open(self, desk: str, call: str, urgency: str) -> None:
        found = answer("kennemerland", Facts(**(GIRL_OF_15 | CALLS[call])), timezone.now())
        handover = open_routed_case(self.desks[desk], found, read_back=READ_BACK, urgency=urgency)
        self.cases.append(handover.case)

    @rule(acts=st.lists(st.tuples(NAMES, NUMBERS), min_size=1, max_size=5))
    def people_act(self, acts):
        for name, number in acts:
            _attempt(name, self._case(number))

    @rule(one=NAMES, other=NAMES, number=NUMBERS)
    def two_act_at_once_on_one_case(self, one, other, number):
        _at_once((one, self._case(number)), (other, self._case(number)))

    @rule(one=NAMES, other=NAMES, third=NAMES, number=NUMBERS)
    def three_act_at_once(self, one, other, third, number):
        _at_once((one, self._case(number)), (other, self._case(number + 1)), (third, self._case(number)))

    @rule(name=NAMES.filter(lambda name: name != "deliver"), number=NUMBERS)
    def what_is_rolled_back_did_not_happen(self, name, number):
        before = self._everything()
        with transaction.atomic():
            _attempt(name, self._case(number))
            transaction.set_rollback(True)
        assert self._everything() == before

    @precondition(lambda self: self.diversions < MOST_DIVERSIONS)
    @rule(slug=st.sampled_from(DIVERTIBLE))
    def a_supervisor_diverts_or_ends_it(self, slug):
        self.diversions += 1
        if suspension := _diversions().first():
            end_suspension(self.manager, suspension)
            return
        service = Service.objects.select_related("region").get(region=self.manager.region_id, slug=slug)
        suspend(self.manager, service, timezone.now() + timedelta(hours=4), "Brand in het pand.")
        sweep()
        assert not service.handovers.filter(state=State.OFFERED, kind=Kind.OFFER).exists()

    # --- What always holds ---

    @invariant()
    def a_case_has_one_lead_without_hole_or_overlap(self):
        for case in self._now():
            periods = list(case.lead_periods.select_related("handover__service"))
            assert periods[0].started_at == case.opened_at
            assert [each.ended_at for each in periods[:-1]] == [each.started_at for each in periods[1:]]
            assert periods[-1].ended_at == case.closed_at
            for period in periods[1:]:
                assert period.handover.state in (State.ACCEPTED, State.RETURNED)
                assert period.handover.service.organisation_id == period.organisation_id

    @invariant()
    def no_case_is_dropped(self):
        for case in self._now():
            offers = list(case.handovers.filter(state=State.OFFERED))
            assert len(offers) <= (case.closed_at is None)
            assert offers or _is_with_somebody(case)

    @invariant()
    def nobody_is_asked_twice_in_a_chain(self):
        for case in self._now():
            asked = Counter(
                (each.first_id or each.pk, each.service_id)
                for each in case.handovers.select_related("service")
                if not each.service.never_off
            )
            assert asked.total() == len(asked)

    @invariant()
    def everything_is_told_once_and_nothing_else(self):
        ours = [case.pk for case in self.cases]
        keys = map(_key, OutboxMessage.objects.filter(pk__gt=self.first_message))
        # What an earlier example left undone is still asked for.
        assert Counter(key for key in keys if key[1] in ours) == _owed(ours)

    @invariant()
    def no_row_is_stuck_in_the_sweep(self):
        assert not Alarm.objects.filter(kind=Alarm.Kind.EXCEPTION).exists()

    def _now(self):
        return Case.objects.filter(pk__in=[case.pk for case in self.cases])

    def _everything(self) -> list[object]:
        pks = [case.pk for case in self.cases]
        rows = [model.objects.filter(case__in=pks).order_by("pk") for model in (Handover, LeadPeriod, Alarm, Addition)]
        messages = OutboxMessage.objects.filter(pk__gt=self.first_message).order_by("pk")
        return [list(each.values()) for each in (*rows, self._now().order_by("pk"), messages)]

    # --- And in the end ---

    def teardown(self):
        for suspension in _diversions():
            end_suspension(self.manager, suspension)
        for case in self.cases:
            self._drain(case)
        self.a_case_has_one_lead_without_hole_or_overlap()
        assert not Handover.objects.filter(case__in=self.cases, state=State.OFFERED).exists()
        self.no_case_is_dropped()
        self._deliver_everything()
        for alarm in Alarm.objects.filter(acknowledged_at=None):
            acknowledge_alarm(self.manager, alarm)

    def _drain(self, case: Case) -> None:
        """Nobody answers any more, but for 112 and the duty lead: they cannot be passed by."""
        for _hop in range(12):
            offer = _last(case)
            if offer.state != State.OFFERED:
                return
            if offer.service.never_off:
                _take(case)
            elif offer.due_at is None:
                record_phone_answer(_somebody_at(offer.sender), offer, no_answer=True)
            else:
                _time_is_up(case)

    def _deliver_everything(self) -> None:
        while deliver_due():
            pass
        messages = OutboxMessage.objects.filter(pk__gt=self.first_message)
        assert not messages.filter(delivered_at=None).exists()
        sent = Counter((each.to[0], each.subject) for each in mail.outbox[self.sent_before :])
        assert sent == Counter(messages.values_list("recipient", "subject"))


def _diversions():
    now = timezone.now()
    return Suspension.objects.select_related("service__region").filter(starts_at__lte=now, ends_at__gt=now)


def _is_with_somebody(case: Case) -> bool:
    """Closed, taken by who leads now, or left with the lead: withdrawn, or not taken back by the own provider."""
    if case.closed_at is not None:
        return True
    last = _last(case)
    if last.state == State.ACCEPTED:
        return case.lead_periods.get(ended_at=None).organisation_id == last.service.organisation_id
    return last.state == State.WITHDRAWN or (last.kind == Kind.HAND_BACK and last.state in OVER)


# --- What is owed to whom, read from the rows alone -------------------------------------------------------


def _key(message: OutboxMessage) -> tuple[str, int, str]:
    return message.kind, message.case, message.recipient


def _owed(cases: list[int]) -> Counter:
    owed: Counter = Counter()
    for each in Handover.objects.select_related("service__organisation", "sender").filter(case__in=cases):
        owed.update((kind, each.case_id, email) for kind, email in _owed_for(each) if email)
    for asked in Addition.objects.filter(case__in=cases, reminded_at__isnull=False):
        led = LeadPeriod.objects.select_related("organisation").filter(case=asked.case_id)
        lead = led.filter(started_at__lte=asked.reminded_at).last()
        # Who has no address is reached by phone.
        if lead.organisation.email:
            owed["addition.due", asked.case_id, lead.organisation.email] += 1
    for alarm in Alarm.objects.select_related("region").filter(case__in=cases):
        duty = Service.objects.get(region=alarm.region, slug=alarm.region.duty_service).organisation.email
        told_again = alarm.history.filter(history_type="~", acknowledged_at=None).count()
        owed[("alarm.raised", alarm.case_id, duty)] += 1 + told_again
    return owed


def _owed_for(handover: Handover) -> list[tuple[str, str]]:
    receiver, sender = handover.service.organisation, handover.sender
    by_phone = handover.service.accepts_by == Service.AcceptsBy.PHONE
    elsewhere, state = receiver != sender, handover.state
    owed = {
        ("handover.offered", receiver.email): elsewhere,
        ("handover.accepted", sender.email): elsewhere and state in (State.ACCEPTED, State.RETURNED),
        ("handover.declined", sender.email): state == State.DECLINED,
        ("capacity.short", receiver.commissioner_email): handover.decline_reason == "capacity",
        ("handover.expired", sender.email): state == State.EXPIRED,
        ("handover.expired", receiver.email): state == State.EXPIRED,
        ("handover.reminder", receiver.email): handover.reminded_at,
        ("handover.feedback_due", (sender if by_phone else receiver).email): handover.feedback_reminded_at,
        ("handover.feedback", sender.email): elsewhere and handover.feedback_at,
    }
    return [message for message, is_owed in owed.items() if is_owed]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tuesday_morning")
def test_the_handover_machine(wilma, vincent, mirjam):
    run_state_machine_as_test(
        lambda: Handovers({"wilma": wilma, "vincent": vincent}, mirjam),
        settings=settings(
            max_examples=6,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
