"""Breaking the glass: what it opens, for whom and how long, who hears of it, and who judges it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AccessLogEntry, OutboxMessage
from partners.actors import actor_of
from routing.errors import InvalidEntry, NothingToOffer, NotTheLead
from routing.models import Case, CaseNote, EmergencyAccess
from routing.policies import rule_for_case, visible_cases, visible_handovers
from routing.readback import ReadBack
from routing.services import (
    accept,
    add_note,
    break_glass,
    close_case,
    decline,
    hand_back,
    hold_consultation,
    mark_done,
    offer_again,
    review_access,
    withdraw,
)
from tests.routing.conftest import TUESDAY_MORNING

pytestmark = pytest.mark.usefixtures("tuesday_morning")

ACUTE = ("acute_danger", "")
BECAUSE = "De moeder staat hier aan de balie."


@pytest.fixture
def handover(wilma, karin, routed):
    """Wilma sent it and Kenter leads it: Veilig Thuis has no part in it."""
    return accept(karin, routed(wilma))


@pytest.fixture
def case(handover) -> Case:
    return handover.case


@pytest.fixture
def paula(kennemerland, demo_users):
    return actor_of(demo_users["privacy"], "127.0.0.1")


@pytest.fixture
def opened(vincent, case) -> EmergencyAccess:
    return break_glass(vincent, case.pk, *ACUTE)


def sees(actor, case) -> bool:
    return visible_cases(actor).filter(pk=case.pk).exists()


class TestWhatItOpens:
    def test_the_case_and_its_handovers_until_it_ends(self, vincent, case, handover):
        assert not sees(vincent, case)
        break_glass(vincent, case.pk, *ACUTE)
        assert sees(vincent, case)
        assert list(visible_handovers(vincent)) == [handover]
        assert rule_for_case(vincent, case) == "break_glass"
        with time_machine.travel(TUESDAY_MORNING + timedelta(hours=4, minutes=1)):
            assert not sees(vincent, case)
            assert not visible_handovers(vincent).exists()

    def test_how_long_is_a_setting(self, vincent, case, settings):
        settings.BREAK_GLASS_HOURS = 1.5
        access = break_glass(vincent, case.pk, *ACUTE)
        assert access.ends_at - access.started_at == timedelta(hours=1.5)

    def test_only_for_who_pressed(self, opened, case, vincent, demo_users):
        colleague = demo_users["police"]
        colleague.memberships.update(organisation=vincent.organisation_id, role="vt_worker")
        assert not sees(actor_of(colleague), case)

    def test_not_in_another_role_of_the_same_person(self, opened, case, vincent):
        vincent.user.memberships.update(role="partner_desk")
        del vincent.user.membership_today
        assert not sees(actor_of(vincent.user), case)

    def test_a_second_press_is_the_same_access(self, opened, vincent, case):
        assert break_glass(vincent, case.pk, "other_reason", BECAUSE) == opened
        assert OutboxMessage.objects.filter(kind="emergency_access.opened").count() <= 1

    def test_who_is_asked_meanwhile_takes_part_as_anybody(self, opened, case, vincent):
        case.lead_periods.update(organisation=vincent.organisation_id)
        assert rule_for_case(vincent, case) == "own_case"


ACTS = [
    # what somebody tries under a broken glass                                       refused by                 why
    (lambda who, case: hold_consultation(who, case, [], "advice"), PermissionDenied, "who takes no part asks nobody"),
    (lambda who, case: mark_done(who, case.additions.first()), PermissionDenied, "nor does what was agreed"),
    (lambda who, case: hand_back(who, case, ReadBack(request="?")), NotTheLead, "the lead stays where it is"),
    (lambda who, case: close_case(who, case, "Klaar."), NotTheLead, "only the lead ends it"),
    (lambda who, case: offer_again(who, case), NothingToOffer, "only the lead hands it on"),
    (lambda who, case: accept(who, case.handovers.first()), PermissionDenied, "it was offered to another"),
    (lambda who, case: decline(who, case.handovers.first(), "capacity"), PermissionDenied, "it was offered to another"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "refusal", "why"), ACTS)
def test_it_gives_no_right_to_act(act, refusal, why, opened, vincent, case, karin):
    case.additions.get_or_create(organisation_id=karin.organisation_id, kind="inform")
    with pytest.raises(refusal):
        act(vincent, case)


def test_an_open_offer_is_not_theirs_to_take_back(vincent, wilma, routed):
    offered = routed(wilma)
    break_glass(vincent, offered.case_id, *ACUTE)
    with pytest.raises(PermissionDenied):
        withdraw(vincent, offered, "Het hoeft niet meer.")


def test_a_note_may_be_added_and_says_so_in_the_log(opened, vincent, case):
    add_note(vincent, case, "Ik sprak de moeder aan de balie.")
    assert CaseNote.objects.get().organisation_id == vincent.organisation_id
    logged = AccessLogEntry.objects.get(event="case.noted")
    assert (logged.rule, logged.purpose) == ("break_glass", "acute_danger")


REFUSALS = [
    # reason            note           field     why
    ("", "", "reason", "nobody opens a case without saying why"),
    ("curious", "", "reason", "only for what is on the list"),
    ("other_reason", "", "note", "another reason is written down"),
    ("other_reason", "   kort    ", "note", "in ten characters, blanks not counted"),
]


@pytest.mark.parametrize(("reason", "note", "field", "why"), REFUSALS)
def test_what_is_missing_stands_at_its_field(reason, note, field, why, vincent, case):
    with pytest.raises(InvalidEntry) as refused:
        break_glass(vincent, case.pk, reason, note)
    assert list(refused.value.errors) == [field], why
    assert not sees(vincent, case)


def test_a_number_that_no_case_has_is_refused_and_logged(vincent, case):
    with pytest.raises(InvalidEntry) as refused:
        break_glass(vincent, case.pk + 1000, *ACUTE)
    assert list(refused.value.errors) == ["case"]
    logged = AccessLogEntry.objects.get(event="emergency_access.refused")
    assert (logged.outcome, logged.record_id, logged.user) == ("refused", str(case.pk + 1000), vincent.user)


def test_who_works_on_it_needs_no_glass(wilma, case):
    with pytest.raises(InvalidEntry):
        break_glass(wilma, case.pk, *ACUTE)
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("username", ["kenter", "police", "manager", "directory", "privacy", "admin"])
def test_only_who_takes_calls_may_break_it(username, case, demo_users):
    with pytest.raises(PermissionDenied):
        break_glass(actor_of(demo_users[username]), case.pk, *ACUTE)


class TestWhoHears:
    def test_the_lead_and_the_privacy_officer(self, vincent, case, karin, demo_users):
        case.lead_periods.get(ended_at__isnull=True).organisation.__class__.objects.filter(
            pk=karin.organisation_id
        ).update(email="balie@kenter.example")
        demo_users["privacy"].email = "paula@icd.example"
        demo_users["privacy"].save()
        break_glass(vincent, case.pk, "other_reason", BECAUSE)
        told = {each.recipient: each for each in OutboxMessage.objects.filter(kind="emergency_access.opened")}
        assert set(told) == {"balie@kenter.example", "paula@icd.example"}
        assert told["balie@kenter.example"].path == f"/casus/{case.pk}/"
        assert told["paula@icd.example"].path == "/noodknop/beoordelen/"
        assert BECAUSE not in "".join(each.body for each in told.values())

    def test_it_is_in_the_log_with_the_reason(self, opened, vincent, case):
        logged = AccessLogEntry.objects.get(event="emergency_access.opened")
        assert (logged.user, logged.subject, logged.rule) == (vincent.user, str(case.pk), "break_glass")
        assert logged.purpose == "acute_danger"


class TestJudging:
    def test_an_outcome_with_who_and_when(self, opened, paula):
        judged = review_access(paula, opened, "justified")
        assert (judged.review_outcome, judged.reviewed_by) == ("justified", paula.user)
        assert judged.reviewed_at <= timezone.now()
        assert AccessLogEntry.objects.filter(event="emergency_access.reviewed", subject=opened.case_id).exists()

    @pytest.mark.parametrize(
        ("outcome", "note", "field"), [("", "", "outcome"), ("not_justified", " ", "note"), ("follow_up", "", "note")]
    )
    def test_what_is_missing_stands_at_its_field(self, outcome, note, field, opened, paula):
        with pytest.raises(InvalidEntry) as refused:
            review_access(paula, opened, outcome, note)
        assert list(refused.value.errors) == [field]

    def test_another_judgement_keeps_the_first_in_its_history(self, opened, paula):
        review_access(paula, opened, "follow_up", "Vraag de teamleider.")
        review_access(paula, opened, "justified")
        outcomes = list(opened.history.order_by("history_id").values_list("review_outcome", flat=True))
        assert outcomes == ["", "follow_up", "justified"]

    def test_nobody_judges_their_own(self, opened, vincent):
        vincent.user.memberships.update(role="privacy_officer")
        del vincent.user.membership_today
        with pytest.raises(PermissionDenied):
            review_access(actor_of(vincent.user), opened, "justified")

    def test_only_the_privacy_officer_judges(self, opened, mirjam):
        with pytest.raises(PermissionDenied):
            review_access(mirjam, opened, "justified")
