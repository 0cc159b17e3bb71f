"""From what people chose to a proposal: what is common, what is chance, and a rule cut in parts that say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core import CATEGORIES, OLDEST, compile_table, prove
from routing.core.learn import Deviation, NothingToPropose, propose

from .tables import PLACES, agreement, directory, instant, rule, service

ALL = list(PLACES)
FIRST, SECOND, THIRD = ALL
BETA = service("beta")
BECAUSE = "Voorstel uit %(calls)d afwijkingen."


def calls(*groups: tuple[int, str | None, int | None, str | None]) -> list[Deviation]:
    return [Deviation(*facts) for number, *facts in groups for _call in range(number)]


def proposed(rule_document: dict, deviations: list[Deviation], to: dict = BETA, taken: tuple[str, ...] = ()):
    return propose(rule_document, to, deviations, ALL, taken, BECAUSE)


GGZ = rule("ggz", "alfa", category=["ggz"])
YOUNG = rule("jong", "alfa", category=["ggz", "social"], age=[0, 17], hospital=False)
CASES = [
    # rule, deviations, the new rule's conditions, calls it fits, why
    (
        GGZ,
        calls((5, "ggz", 16, FIRST)),
        {"category": ["ggz"], "age": [12, 17], "municipality": [FIRST]},
        5,
        "all alike",
    ),
    (GGZ, calls((3, "ggz", 16, FIRST), (3, "ggz", 20, FIRST)), {"age": [12, 22], "municipality": [FIRST]}, 6, "bands"),
    (GGZ, calls(*((2, "ggz", 16, place) for place in ALL)), {"age": [12, 17]}, 6, "everywhere: no condition"),
    (
        GGZ,
        calls((20, "ggz", 16, FIRST), (1, "ggz", 80, SECOND)),
        {"age": [12, 17], "municipality": [FIRST]},
        20,
        "rare",
    ),
    (
        GGZ,
        calls((3, "ggz", 16, FIRST), (9, "ggz", None, FIRST)),
        {"age": [12, 17], "municipality": [FIRST]},
        3,
        "unknown",
    ),
    (
        YOUNG,
        calls((4, "social", 16, FIRST), (2, "ggz", 3, FIRST)),
        {"category": ["ggz", "social"], "age": [0, 17], "municipality": [FIRST], "hospital": False},
        6,
        "what the rule asks besides stays asked",
    ),
]


@pytest.mark.parametrize(("document", "deviations", "when", "fitting", "why"), CASES)
def test_what_deviations_have_in_common(document, deviations, when, fitting, why):
    found = proposed(document, deviations)
    new, kept, *_rest = found.rules
    assert new["when"] == document["when"] | when, why
    assert (new["to"], new["after"], new["tier"], found.calls) == ("beta", [], "agreement", fitting)
    assert new["because"] == f"Voorstel uit {fitting} afwijkingen."
    assert (kept["slug"], kept["to"], kept["after"], kept["when"]) == (
        document["slug"],
        "alfa",
        ["beta"],
        new["when"],
    ), "who had it comes next"


REFUSED = [
    # rule, deviations, chosen service, reason, why
    (GGZ, [], BETA, "too_few", "nothing happened"),
    (GGZ, calls((2, "ggz", 16, FIRST)), BETA, "too_few", "twice is chance"),
    (GGZ, calls((9, "ggz", None, FIRST)), BETA, "too_few", "no age was known"),
    (GGZ, calls((9, "social", 16, FIRST)), BETA, "too_few", "not calls of this rule as it is now"),
    (GGZ, calls((9, "ggz", 16, FIRST)), service("beta", ages=[18, 120]), "not_served", "not for these ages"),
    (GGZ, calls((9, "ggz", 16, FIRST)), service("beta", categories=["social"]), "not_served", "not for this category"),
    (GGZ, calls((9, "ggz", 16, FIRST)), service("beta", area=[SECOND]), "not_served", "not for this place"),
    (rule("112", "alfa", "emergency", danger=True), calls((9, "ggz", 16, FIRST)), BETA, "not_agreed", "112 stays 112"),
]


@pytest.mark.parametrize(("document", "deviations", "to", "reason", "why"), REFUSED)
def test_nothing_to_propose(document, deviations, to, reason, why):
    with pytest.raises(NothingToPropose) as refused:
        proposed(document, deviations, to)
    assert refused.value.reason == reason, why


def test_beside_the_safety_net_only_a_rule_is_added():
    net = rule("vangnet", "piket", "safety_net")
    (new,) = proposed(net, calls((4, "social", 70, FIRST))).rules
    assert (new["tier"], new["when"]) == (
        "agreement",
        {"category": ["social"], "age": [65, 120], "municipality": [FIRST]},
    )


def test_a_service_that_serves_only_part_gets_that_part():
    found = proposed(GGZ, calls((4, "ggz", 20, FIRST), (4, "ggz", 16, FIRST)), service("beta", ages=[18, 120]))
    assert (found.rules[0]["when"]["age"], found.calls) == ([18, 22], 4)


def test_new_slugs_are_free():
    found = proposed(GGZ, calls((4, "ggz", 16, FIRST)), taken=("ggz", "ggz-2", "ggz-4"))
    assert [each["slug"] for each in found.rules] == ["ggz-3", "ggz", "ggz-5", "ggz-6", "ggz-7"]


ages = st.tuples(st.integers(0, OLDEST), st.integers(0, OLDEST)).map(sorted).map(list)
some = st.lists(st.sampled_from(ALL), min_size=1, unique=True)
conditions = st.fixed_dictionaries(
    {},
    optional={
        "category": st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True),
        "age": ages,
        "municipality": some,
    },
)
deviations = st.lists(
    st.builds(Deviation, st.sampled_from(CATEGORIES), st.integers(0, OLDEST), st.sampled_from(ALL)), max_size=30
)


def matches(when: dict, category: str, age: int, place: str) -> bool:
    first, last = when.get("age", (0, OLDEST))
    return (
        category in when.get("category", CATEGORIES) and first <= age <= last and place in when.get("municipality", ALL)
    )


@given(conditions, deviations)
def test_the_parts_say_what_the_rule_said(when, made):
    """Every call of the rule is in exactly one part that still goes to its own service, and no other call is."""
    document = rule("ggz", "alfa", **when)
    try:
        new, kept, *rest = proposed(document, made).rules
    except NothingToPropose:
        return
    assert {each["to"] for each in (kept, *rest)} == {"alfa"}
    assert sum(matches(new["when"], each.category, each.age, each.municipality) for each in made) >= 3
    for category in CATEGORIES:
        for age in range(OLDEST + 1):
            for place in ALL:
                parts = sum(matches(each["when"], category, age, place) for each in (kept, *rest))
                assert parts == matches(document["when"], category, age, place)


def test_a_proposal_for_services_that_never_close_is_watertight():
    found = proposed(GGZ, calls((9, "ggz", 16, FIRST)))
    table = compile_table(directory([service("alfa"), BETA]), agreement(list(found.rules)))
    proof = prove(table, instant("2026-11-24T00:00"), instant("2026-12-24T00:00"))
    assert proof.conflicts == ()
