"""Every event has a rule and a purpose, also where its caller says neither (NEN 7513)."""

import pytest

from accounts.grounds import PURPOSE_OF_PERMISSION, PURPOSE_OF_RULE, PURPOSES, RULES
from accounts.services import log_access
from crisisdienst.templatetags.access_log import purpose_in_words, rule_in_words
from partners.actors import actor_of

CASES = [
    # who          said                               rule          purpose           why
    ("worker", {"rule": "own_case"}, "own_case", "care", "who works on a case helps its client"),
    ("kenter", {"rule": "asked"}, "asked", "handover", "who is asked looks at what is offered"),
    ("vt", {"rule": "break_glass", "purpose": "acute_danger"}, "break_glass", "acute_danger", "the reason given"),
    ("vt", {"rule": "break_glass"}, "break_glass", "break_glass", "without it, that the glass was broken"),
    ("worker", {}, "role", "care", "what no closer rule allowed, the role did"),
    ("manager", {}, "role", "oversight", "a manager oversees"),
    ("privacy", {}, "role", "oversight", "the privacy officer too"),
    ("directory", {}, "role", "agreements", "who edits rules makes agreements"),
    ("admin", {}, "role", "administration", "the administrator administers"),
    ("police", {}, "role", "care", "who looks up whom to call helps somebody"),
    ("vt", {"outcome": "refused"}, "no_ground", "care", "what is refused had no ground"),
    (None, {}, "system", "operation", "what the system does by itself"),
    (None, {"rule": "clock"}, "clock", "care", "a clock that runs out goes on for the client"),
]


@pytest.mark.parametrize(("who", "said", "rule", "purpose", "why"), CASES)
def test_rule_and_purpose(who, said, rule, purpose, why, demo_users):
    actor = actor_of(demo_users[who]) if who else None
    entry = log_access(actor, event="case.read", action="R", **said)
    assert (entry.rule, entry.purpose) == (rule, purpose), why


def test_somebody_without_a_role_acts_on_none(stranger):
    entry = log_access(actor_of(stranger), event="account.signed_in", action="E")
    assert (entry.rule, entry.purpose) == ("account", "operation")


def test_a_detail_follows_the_purpose_as_far_as_there_is_room(demo_users):
    entry = log_access(actor_of(demo_users["privacy"]), event="access_log.read", action="R", detail="user=" + "x" * 200)
    assert entry.purpose.startswith("oversight: user=xxx")
    assert purpose_in_words("oversight: user=vt") == "toezicht: user=vt"


def test_both_have_words():
    purposes = {*PURPOSE_OF_RULE.values(), *(purpose for _permission, purpose in PURPOSE_OF_PERMISSION)}
    assert purposes <= PURPOSES.keys()
    assert PURPOSE_OF_RULE.keys() <= RULES.keys()
    assert (rule_in_words("break_glass"), purpose_in_words("care")) == ("met de noodknop", "hulp aan de cliënt")
