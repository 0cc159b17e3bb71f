"""Whatever people, clocks and threads do, in whatever order: one lead, nothing dropped, nothing told that is not so."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
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

from accounts.models import OutboxMessage
from accounts.policies import Actor
from accounts.services import deliver_due
from partners.models import Service, Suspension
from routing.core import NOT_KNOWABLE, Facts
from routing.models import Addition, Alarm, Case, Handover, LeadPeriod
from routing.selectors import answer
from routing.services import (
    acknowledge_alarm,
    end_suspension,
    open_routed_case,
    record_phone_answer,
    suspend,
    sweep,
)

from .conftest import GIRL_OF_15
from .handover_acts import ACTS, READ_BACK, at_once, attempt, last_of, somebody_at, take, time_is_up
from .owed import key_of, owed_in

State, Kind = Handover.State, Handover.Kind
OVER = (State.WITHDRAWN, State.DECLINED, State.EXPIRED)

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
# What happens most in life happens most here.
OFTEN = ["take", "take", "time is up", "time is up", "hand back", "offer again", "withdraw", "no answer"]
NAMES = st.sampled_from([*ACTS, *OFTEN])
NUMBERS = st.integers(0, MOST_CASES - 1)
CALL = st.tuples(st.sampled_from(["wilma", "vincent"]), st.sampled_from(sorted(CALLS)), st.sampled_from(URGENCIES))


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
            attempt(name, self._case(number))

    @rule(one=NAMES, other=NAMES, number=NUMBERS)
    def two_act_at_once_on_one_case(self, one, other, number):
        at_once((one, self._case(number)), (other, self._case(number)))

    @rule(one=NAMES, other=NAMES, third=NAMES, number=NUMBERS)
    def three_act_at_once(self, one, other, third, number):
        at_once((one, self._case(number)), (other, self._case(number + 1)), (third, self._case(number)))

    @rule(name=NAMES.filter(lambda name: name != "deliver"), number=NUMBERS)
    def what_is_rolled_back_did_not_happen(self, name, number):
        before = self._everything()
        with transaction.atomic():
            attempt(name, self._case(number))
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
        keys = map(key_of, OutboxMessage.objects.filter(pk__gt=self.first_message))
        # What an earlier example left undone is still asked for.
        assert Counter(key for key in keys if key[1] in ours) == owed_in(ours)

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
            offer = last_of(case)
            if offer.state != State.OFFERED:
                return
            if offer.service.never_off:
                take(case)
            elif offer.due_at is None:
                record_phone_answer(somebody_at(offer.sender), offer, no_answer=True)
            else:
                time_is_up(case)

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
    last = last_of(case)
    if last.state == State.ACCEPTED:
        return case.lead_periods.get(ended_at=None).organisation_id == last.service.organisation_id
    return last.state == State.WITHDRAWN or (last.kind == Kind.HAND_BACK and last.state in OVER)


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
