"""Confirming a call: everything in one transaction, once, and only what was read back."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Q
from django.http import Http404
from django.utils import timezone

from accounts.models import AccessLogEntry, OutboxMessage
from partners.actors import actor_of
from routing.models import Addition, Case, Decision, Handover, LeadPeriod
from routing.readback import ReadBack
from tests.triage.conftest import DISSATISFIED_MOTHER, GIRL_OF_15, TUESDAY_MORNING
from triage.assessment import assess
from triage.choices import ChosenReason
from triage.errors import AnswerChanged, DraftEnded, EmptyCall, InvalidAnswers, InvalidChoice, MoreNeeded, StaleDraft
from triage.models import Contact, Draft
from triage.services import Choice, confirm, end_as_no_report, log_contact, save_draft, start_draft

pytestmark = pytest.mark.django_db

KNIFE = {**GIRL_OF_15, "weapon": "yes"}
WRITTEN = (Contact, Decision, Case, Handover, LeadPeriod, Addition)


@pytest.fixture(autouse=True)
def tuesday_morning():
    with time_machine.travel(TUESDAY_MORNING, tick=False) as clock:
        yield clock


def shown_to_me(draft: Draft) -> str:
    draft = Draft.objects.select_related("region").get(pk=draft.pk)
    return assess(draft.region, draft.answers, timezone.now()).fingerprint(draft.revision)


def nothing_is_written() -> bool:
    return not any(model.objects.exists() for model in WRITTEN)


class TestDrafts:
    def test_an_older_save_never_wins(self, wilma):
        draft = start_draft(wilma)
        save_draft(wilma, draft.pk, {"age": "15"}, revision=7)

        with pytest.raises(StaleDraft):
            save_draft(wilma, draft.pk, {"age": "51"}, revision=6)
        assert Draft.objects.get().answers == {"age": "15"}

    def test_the_same_save_twice_is_one(self, wilma):
        draft = start_draft(wilma)
        save_draft(wilma, draft.pk, {"age": "15"}, revision=7)

        assert save_draft(wilma, draft.pk, {"age": "15"}, revision=7).revision == 7

    def test_what_cannot_be_read_is_kept_as_typed(self, wilma):
        draft = save_draft(wilma, start_draft(wilma).pk, {"age": "zeventien"}, revision=1)

        assert draft.answers == {"age": "zeventien"}

    def test_only_the_owner_saves(self, wilma, vincent):
        with pytest.raises(Http404):
            save_draft(vincent, start_draft(wilma).pk, {"age": "15"}, revision=1)

    def test_who_takes_no_calls_starts_none(self, kennemerland, demo_users):
        with pytest.raises(PermissionDenied):
            start_draft(actor_of(demo_users["police"]))

    def test_an_ended_call_is_not_changed(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        end_as_no_report(wilma, draft.pk, "joke")

        with pytest.raises(DraftEnded):
            save_draft(wilma, draft.pk, {"age": "15"}, revision=9)


class TestConfirming:
    def test_everything_is_written_together(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft), read_back=ReadBack("Voorgelezen."))

        assert contact.outcome == Contact.Outcome.ROUTED
        assert (contact.category, contact.age, contact.municipality.code) == ("ggz", 15, "GM0392")
        assert (contact.callback_number, contact.caller_kind, contact.urgency) == ("+31612345678", "gp", "U2")
        assert contact.answers == GIRL_OF_15
        assert contact.question_set is not None
        assert contact.history.count() == 1
        decision = contact.decision
        assert (decision.service.slug, decision.case) == ("kenter", contact.case)
        assert decision.facts["age"] == 15
        assert decision.rule_set.version
        assert decision.handover.situation == "Voorgelezen."
        assert decision.handover.state == Handover.State.OFFERED
        assert contact.case.lead_periods.get().organisation.slug == "icd-kennemerland"
        logged = AccessLogEntry.objects.get(event="contact.confirmed")
        assert (logged.user, logged.record_id, logged.subject) == (wilma.user, str(contact.pk), str(contact.case_id))
        assert OutboxMessage.objects.filter(kind="handover.offered").count() == 1

    def test_the_call_ends_and_leaves_no_second_copy(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        confirm(wilma, draft.pk, shown=shown_to_me(draft))

        draft.refresh_from_db()
        assert draft.ended_at is not None
        assert draft.answers == {}

    def test_a_second_confirmation_is_the_same_contact(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        shown = shown_to_me(draft)

        assert confirm(wilma, draft.pk, shown=shown) == confirm(wilma, draft.pk, shown=shown)
        assert Contact.objects.count() == 1

    def test_what_a_sign_of_danger_means_reaches_routing(self, wilma, draft_of):
        draft = draft_of(wilma, KNIFE)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        assert (contact.decision.service.slug, contact.urgency) == ("meldkamer-112", "U0")
        assert Addition.objects.filter(case=contact.case, obligatory=True).exists()

    def test_at_17_00_the_answer_is_another_and_is_not_confirmed_silently(self, wilma, draft_of, tuesday_morning):
        draft = draft_of(wilma, GIRL_OF_15)
        tuesday_morning.move_to(TUESDAY_MORNING.replace(hour=16, minute=59, second=59))
        shown = shown_to_me(draft)
        tuesday_morning.move_to(TUESDAY_MORNING.replace(hour=17, minute=0))

        with pytest.raises(AnswerChanged) as changed:
            confirm(wilma, draft.pk, shown=shown)
        assert changed.value.assessment.document["organisation"] == "ggz-ingeest"
        assert nothing_is_written()
        assert confirm(wilma, draft.pk, shown=shown_to_me(draft)).decision.service.slug == "ggz-ingeest"

    def test_what_was_typed_after_the_read_back_is_not_confirmed_silently(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        shown = shown_to_me(draft)
        save_draft(wilma, draft.pk, {**GIRL_OF_15, "narrative": "Toch anders."}, revision=2)

        with pytest.raises(AnswerChanged):
            confirm(wilma, draft.pk, shown=shown)
        assert nothing_is_written()

    @pytest.mark.parametrize("answers", [{}, {"narrative": "  \n "}])
    def test_an_empty_call_cannot_be_confirmed(self, wilma, draft_of, answers):
        draft = draft_of(wilma, answers)

        with pytest.raises(EmptyCall):
            confirm(wilma, draft.pk, shown=shown_to_me(draft))
        assert nothing_is_written()

    def test_what_decides_must_be_answered(self, wilma, draft_of):
        draft = draft_of(wilma, {"narrative": "Iemand is in de war.", "category": "ggz"})

        with pytest.raises(MoreNeeded) as needed:
            confirm(wilma, draft.pk, shown=shown_to_me(draft))
        assert "danger" in needed.value.ask
        assert nothing_is_written()

    def test_what_cannot_be_read_is_named(self, wilma, draft_of):
        draft = draft_of(wilma, {**GIRL_OF_15, "age": "zeventien", "callback_number": "nul zes"})

        with pytest.raises(InvalidAnswers) as invalid:
            confirm(wilma, draft.pk, shown=shown_to_me(draft))
        assert set(invalid.value.errors) == {"age", "callback_number"}
        assert nothing_is_written()

    def test_a_name_longer_than_its_column_is_named_and_the_longest_is_kept(self, wilma, draft_of):
        draft = draft_of(wilma, {**GIRL_OF_15, "subject_name": "x" * 121})

        with pytest.raises(InvalidAnswers) as invalid:
            confirm(wilma, draft.pk, shown=shown_to_me(draft))
        assert invalid.value.errors == {"subject_name": "Dit is te lang. Gebruik hoogstens 120 tekens."}
        save_draft(wilma, draft.pk, {**GIRL_OF_15, "subject_name": "x" * 120}, revision=2)
        assert confirm(wilma, draft.pk, shown=shown_to_me(draft)).subject_name == "x" * 120

    def test_danger_is_confirmed_with_what_cannot_be_read_beside_it(self, wilma, draft_of):
        answers = {**KNIFE, "age": "zeventien", "municipality": "Nergenshuizen", "subject_name": "x" * 121}
        draft = draft_of(wilma, answers)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        assert contact.decision.service.slug == "meldkamer-112"
        assert (contact.age, contact.municipality, contact.subject_name) == (None, None, "")
        assert contact.answers == answers

    def test_danger_with_facts_that_exclude_each_other_goes_to_112(self, wilma, draft_of):
        draft = draft_of(wilma, {**KNIFE, "category": "youth_act", "age": "40"})

        assert confirm(wilma, draft.pk, shown=shown_to_me(draft)).decision.service.slug == "meldkamer-112"

    @pytest.mark.parametrize("typed", ["elders", "Elders (buiten de regio's)", "elsewhere"])
    def test_outside_the_regions_the_duty_lead_holds_it(self, wilma, draft_of, typed):
        draft = draft_of(wilma, {**GIRL_OF_15, "municipality": typed})
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        assert contact.decision.service.slug == "icd-kennemerland-duty"
        assert contact.municipality is None
        assert any("draagt warm over" in remark for remark in contact.decision.outcome["remarks"])

    def test_another_workers_call_is_not_confirmed(self, wilma, vincent, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)

        with pytest.raises(Http404):
            confirm(vincent, draft.pk, shown=shown_to_me(draft))

    def test_a_call_that_is_not_there(self, wilma):
        with pytest.raises(Http404):
            confirm(wilma, uuid4(), shown="")


class TestRecordedNotRouted:
    def test_dissatisfaction_gives_a_contact_and_a_decision_and_no_case(self, wilma, draft_of):
        draft = draft_of(wilma, DISSATISFIED_MOTHER)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        assert contact.outcome == Contact.Outcome.RECORDED
        assert contact.case is None
        assert contact.decision.service is None
        assert contact.reason == "complaint"
        assert not Case.objects.exists()

    def test_the_management_of_the_own_organisation_hears_of_it_without_a_name(self, wilma, draft_of):
        draft = draft_of(wilma, DISSATISFIED_MOTHER)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        message = OutboxMessage.objects.get(kind="contact.recorded")
        assert message.recipient == contact.provider.email
        assert "Moeder" not in message.body


class TestAnotherServiceThanTheAnswer:
    def confirm(self, wilma, draft, **choice):
        return confirm(wilma, draft.pk, shown=shown_to_me(draft), choice=Choice(**choice))

    def test_a_mixed_picture_goes_where_the_triagist_says_with_the_reason(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        contact = self.confirm(
            wilma, draft, service="veilig-thuis-kennemerland", reason=ChosenReason.MIXED_PICTURE, note="Kind geslagen."
        )

        decision = contact.decision
        assert decision.service.slug == "veilig-thuis-kennemerland"
        assert decision.outcome["service"] == "kenter"
        assert (decision.chosen_reason, decision.chosen_note) == ("mixed_picture", "Kind geslagen.")

    @pytest.mark.parametrize(
        ("choice", "field"),
        [
            ({"service": "veilig-thuis-kennemerland"}, "chosen_reason"),
            ({"service": "veilig-thuis-kennemerland", "reason": "zomaar"}, "chosen_reason"),
            ({"service": "veilig-thuis-kennemerland", "reason": "other"}, "chosen_note"),
            ({"service": "bestaat-niet", "reason": "mixed_picture"}, "chosen_service"),
        ],
    )
    def test_a_choice_needs_an_existing_service_and_a_coded_reason(self, wilma, draft_of, choice, field):
        with pytest.raises(InvalidChoice) as invalid:
            self.confirm(wilma, draft_of(wilma, GIRL_OF_15), **choice)
        assert invalid.value.field == field
        assert nothing_is_written()

    def test_nothing_is_chosen_before_112(self, wilma, draft_of):
        with pytest.raises(InvalidChoice):
            self.confirm(wilma, draft_of(wilma, KNIFE), service="kenter", reason="mixed_picture")


class TestNotKnowable:
    ANSWERS = {**GIRL_OF_15, "category": "unknown"}

    def test_without_a_choice_the_duty_lead_holds_the_lead(self, wilma, draft_of):
        draft = draft_of(wilma, self.ANSWERS)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft))

        assert contact.decision.service.slug == "icd-kennemerland-duty"
        assert contact.case.lead_periods.get(ended_at=None).organisation.slug == "icd-kennemerland"

    def test_the_triagist_picks_one_of_the_possible(self, wilma, draft_of):
        draft = draft_of(wilma, self.ANSWERS)
        choice = Choice(service="kenter", reason=ChosenReason.NOT_KNOWABLE)
        contact = confirm(wilma, draft.pk, shown=shown_to_me(draft), choice=choice)

        assert contact.decision.service.slug == "kenter"
        assert contact.decision.chosen_reason == "not_knowable"

    def test_and_none_that_is_impossible(self, wilma, draft_of):
        draft = draft_of(wilma, self.ANSWERS)

        with pytest.raises(InvalidChoice):
            confirm(wilma, draft.pk, shown=shown_to_me(draft), choice=Choice("meldkamer-112", "not_knowable"))


class TestNoReport:
    def test_it_is_counted_with_its_reason_and_what_was_typed(self, wilma, draft_of):
        contact = end_as_no_report(wilma, draft_of(wilma, {"narrative": "Stilte."}).pk, "silent")

        assert (contact.outcome, contact.reason, contact.narrative) == ("no_report", "silent", "Stilte.")
        assert (contact.case, contact.decision) == (None, None)

    def test_also_with_nothing_typed_or_with_mistakes(self, wilma, draft_of):
        assert end_as_no_report(wilma, start_draft(wilma).pk, "wrong_number").pk
        assert end_as_no_report(wilma, draft_of(wilma, {"age": "-1"}).pk, "wrong_number").age is None
        assert end_as_no_report(wilma, draft_of(wilma, {"subject_name": "x" * 121}).pk, "joke").subject_name == ""

    def test_twice_is_once(self, wilma, draft_of):
        draft = draft_of(wilma, {})

        assert end_as_no_report(wilma, draft.pk, "joke") == end_as_no_report(wilma, draft.pk, "joke")

    def test_it_cannot_be_confirmed_afterwards(self, wilma, draft_of):
        draft = draft_of(wilma, GIRL_OF_15)
        end_as_no_report(wilma, draft.pk, "joke")

        with pytest.raises(DraftEnded):
            confirm(wilma, draft.pk, shown="")

    def test_a_reason_is_needed(self, wilma, draft_of):
        with pytest.raises(InvalidChoice):
            end_as_no_report(wilma, draft_of(wilma, GIRL_OF_15).pk, "zomaar")
        assert nothing_is_written()


def test_another_system_logs_a_call_in_one_go(wilma):
    contact = log_contact(wilma, GIRL_OF_15, read_back=ReadBack("Van de huisartsenpost."))

    assert contact.decision.handover.situation == "Van de huisartsenpost."
    assert Draft.objects.get(pk=contact.draft_id).ended_at is not None


def test_a_later_step_that_fails_leaves_nothing_behind(wilma, draft_of):
    """The contact is the last row; the database refuses it after case, decision, lead and handover were written."""
    draft = draft_of(wilma, GIRL_OF_15)
    shown = shown_to_me(draft)
    logged, sent = AccessLogEntry.objects.count(), OutboxMessage.objects.count()
    no_contacts = CheckConstraint(condition=~Q(category="ggz"), name="no_ggz_contacts_today")
    with connection.schema_editor() as editor:
        editor.add_constraint(Contact, no_contacts)

    with pytest.raises(IntegrityError, match="no_ggz_contacts_today"), transaction.atomic():
        confirm(wilma, draft.pk, shown=shown)

    assert nothing_is_written()
    assert (AccessLogEntry.objects.count(), OutboxMessage.objects.count()) == (logged, sent)
    draft.refresh_from_db()
    assert draft.ended_at is None
    assert draft.answers == GIRL_OF_15


@pytest.mark.django_db(transaction=True)
def test_two_people_at_one_button_make_one_contact(wilma, draft_of):
    draft = draft_of(wilma, GIRL_OF_15)
    shown = shown_to_me(draft)

    first, second = at_once(lambda: confirm(wilma, draft.pk, shown=shown))

    assert first == second
    assert Contact.objects.count() == Case.objects.count() == Handover.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_confirmations_of_one_draft_make_one_contact(wilma, draft_of):
    draft = draft_of(wilma, GIRL_OF_15)
    shown = shown_to_me(draft)

    found = at_once(lambda: confirm(wilma, draft.pk, shown=shown), times=50)

    assert len(found) == 50
    assert len({contact.pk for contact in found}) == 1
    for model in (Contact, Case, Decision, Handover, LeadPeriod):
        assert model.objects.count() == 1, model
    assert AccessLogEntry.objects.filter(event="contact.confirmed").count() == 1
    assert OutboxMessage.objects.filter(kind="handover.offered").count() == 1


def at_once(work: Callable[[], Contact], times: int = 2) -> list[Contact]:
    """The results of doing the same thing in as many threads, which start together."""
    start, results = Barrier(times), []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
