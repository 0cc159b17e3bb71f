"""May I share? A case table, and what must hold for every question."""

from itertools import product

import pytest

from dossiers.core.disclosure import Basis, Condition, Party, Question, advise

B, P, C = Basis, Party, Condition
# from, to, how, the bases strongest first, why
CASES = [
    (P.DOCTOR, P.VEILIG_THUIS, {}, [B.RIGHT_TO_REPORT, B.CONSENT], "every professional may report, secrecy or not"),
    (P.YOUTH_WORKER, P.VEILIG_THUIS, {}, [B.RIGHT_TO_REPORT, B.CONSENT], "also somebody of the youth help"),
    (P.POLICE, P.VEILIG_THUIS, {"can_consent": False}, [B.RIGHT_TO_REPORT], "a right does not wait for consent"),
    (P.HELPER, P.VEILIG_THUIS, {"named": False}, [B.WITHOUT_NAME], "advice needs no name"),
    (P.VEILIG_THUIS, P.POLICE, {}, [B.TASK_OF_VEILIG_THUIS, B.CONSENT], "informing the police is its task"),
    (P.VEILIG_THUIS, P.CHILD_PROTECTION_BOARD, {}, [B.TASK_OF_VEILIG_THUIS, B.CONSENT], "and the board"),
    (P.VEILIG_THUIS, P.HELPER, {}, [B.TASK_OF_VEILIG_THUIS, B.CONSENT], "and who helps further"),
    (P.YOUTH_WORKER, P.COLLEAGUE, {}, [B.DIRECTLY_INVOLVED, B.CONSENT], "who works on the same help needs it"),
    (P.YOUTH_WORKER, P.HELPER, {}, [B.CONSENT], "a school is not directly involved: ask"),
    (P.YOUTH_WORKER, P.POLICE, {}, [B.CONSENT], "without danger the police hears it with consent"),
    (P.YOUTH_WORKER, P.POLICE, {"danger": True}, [B.VITAL_INTEREST, B.CONSENT], "a life at stake carries it"),
    (
        P.DOCTOR,
        P.POLICE,
        {"danger": True, "can_consent": False},
        [B.CONFLICT_OF_DUTIES, B.VITAL_INTEREST],
        "secrecy gives way to acute danger",
    ),
    (P.DOCTOR, P.POLICE, {}, [B.CONSENT], "without danger secrecy holds"),
    (P.DOCTOR, P.POLICE, {"can_consent": False}, [B.WITHOUT_NAME], "nothing carries it: still possible without a name"),
    (P.DOCTOR, P.CERTIFIED_AGENCY, {"order": True}, [B.DUTY_TO_AGENCY, B.CONSENT], "during an order it is a duty"),
    (P.HELPER, P.CERTIFIED_AGENCY, {}, [B.CONSENT], "without an order the agency is like any other"),
    (
        P.VEILIG_THUIS,
        P.CERTIFIED_AGENCY,
        {"order": True},
        [B.DUTY_TO_AGENCY, B.TASK_OF_VEILIG_THUIS, B.CONSENT],
        "the duty stands before the task",
    ),
    (P.HELPER, P.DOCTOR, {"danger": True, "can_consent": False}, [B.VITAL_INTEREST], "somebody unconscious"),
]


@pytest.mark.parametrize(("sender", "receiver", "how", "bases", "why"), CASES, ids=[why for *_row, why in CASES])
def test_what_may_carry_it(sender, receiver, how, bases, why):
    assert [carrier.basis for carrier in advise(Question(sender, receiver, **how))] == bases, why


QUESTIONS = [
    Question(sender, receiver, *flags)
    for sender, receiver, flags in product(Party, Party, product([False, True], repeat=4))
]


def test_nobody_is_sent_away_empty_handed():
    assert [asked for asked in QUESTIONS if not advise(asked)] == []


def test_in_danger_there_is_a_way_without_consent():
    in_danger = [asked for asked in QUESTIONS if asked.danger and asked.named]
    assert [asked for asked in in_danger if {each.basis for each in advise(asked)} <= {B.CONSENT, B.WITHOUT_NAME}] == []


def test_more_danger_never_takes_a_basis_away():
    for asked in (each for each in QUESTIONS if not each.danger and each.named):
        worse = Question(asked.sender, asked.receiver, True, asked.order, asked.can_consent)
        calm = {each.basis for each in advise(asked)} - {B.WITHOUT_NAME}
        assert calm <= {each.basis for each in advise(worse)}


def test_who_cannot_be_asked_is_not_asked_and_told_afterwards():
    for asked in (each for each in QUESTIONS if not each.can_consent and each.named):
        for carrier in advise(asked):
            assert carrier.basis is not B.CONSENT
            assert C.TELL_THE_PERSON not in carrier.conditions
