"""`manage.py replay` and what it counts: the past of Kennemerland against other agreements."""

import json
import shutil
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partners.models import DirectoryRevision
from routing.core import CATEGORIES, NOT_KNOWABLE, Facts, ImpossibleFacts, compile_table, decide, winner
from routing.core.facts import FLAGS
from routing.core.replay import IMPOSSIBLE, replay
from routing.errors import RulesDoNotFit
from routing.models import RuleSet
from routing.replays import Change, Share, draft_of_rule_set, replay_decisions
from routing.selectors import answer
from routing.services import record_decision

from . import history
from .conftest import AMSTERDAM, GIRL_OF_15, HAARLEM, TUESDAY_MORNING

SHIPPED = Path(__file__).resolve().parents[2] / "regions" / "kennemerland"
UITGEEST = "GM0450"
EVENING = datetime(2026, 11, 24, 20, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def decided(wilma):
    """A decision of that moment, on the girl of 15 with these facts instead."""

    def decide_and_keep(moment: datetime = TUESDAY_MORNING, refused: frozenset[str] = frozenset(), **facts):
        found = answer("kennemerland", Facts(**(GIRL_OF_15 | facts)), moment, refused)
        return record_decision(wilma, found)

    return decide_and_keep


@pytest.fixture
def draft(kennemerland) -> RuleSet:
    """The agreement in which GGZ inGeest takes over from 16 instead of 18."""
    held = kennemerland.rule_sets.get()
    document = json.loads(json.dumps(held.document)) | {"version": "vanaf-16"}
    rules = {rule["slug"]: rule for rule in document["rules"]}
    rules["ggz-jeugd"]["when"]["age"] = [0, 15]
    rules["ggz-volwassenen"]["when"]["age"] = [16, 120]
    return RuleSet.objects.create(
        region=kennemerland, version="vanaf-16", valid_from=held.valid_from, document=document, digest="vanaf-16"
    )


CASES = [
    # facts, moment, refused, change, why
    ({"age": 15}, TUESDAY_MORNING, (), None, "15 stays with Kenter"),
    ({"age": 16}, TUESDAY_MORNING, (), ("kenter", "ggz-ingeest"), "the rule that changed"),
    ({"age": 16}, EVENING, (), None, "in the evening it was GGZ inGeest already"),
    ({"age": 16, "danger": True}, TUESDAY_MORNING, (), None, "112 whatever the agreement says"),
    ({"age": 16, "dissatisfied": True}, TUESDAY_MORNING, (), None, "recorded, then and now"),
    ({"age": 16}, TUESDAY_MORNING, ("kenter",), None, "Kenter had refused: GGZ inGeest then and now"),
    ({"age": 16, "danger": NOT_KNOWABLE}, TUESDAY_MORNING, (), None, "read safely, asked one by one"),
    ({"age": 16, "suicidal": NOT_KNOWABLE}, TUESDAY_MORNING, (), ("kenter", "ggz-ingeest"), "unknown but irrelevant"),
    ({"age": NOT_KNOWABLE}, TUESDAY_MORNING, (), None, "undetermined, then and now"),
    (
        {"age": 16, "provider": "parnassia", "related": False},
        TUESDAY_MORNING,
        (),
        ("kenter", "ggz-ingeest"),
        "elsewhere",
    ),
    ({"age": 16, "provider": "kenter", "related": True}, TUESDAY_MORNING, (), None, "own client"),
]


@pytest.mark.parametrize(("facts", "moment", "refused", "change", "why"), CASES)
def test_one_past_decision(decided, draft, facts, moment, refused, change, why):
    kept = decided(moment, frozenset(refused), **facts)
    report = replay_decisions(draft.region, draft_of_rule_set(draft))
    expected = [Change(*change, count=1, examples=[kept.pk])] if change else []
    assert (report.total, report.changes) == (1, expected), why


def test_where_and_when_it_would_change(decided, draft):
    decided(age=15)
    decided(EVENING, age=16)
    decided(age=16, municipality=UITGEEST)
    report = replay_decisions(draft.region, draft_of_rule_set(draft))
    assert (report.total, report.changed) == (3, 1)
    assert report.shares["municipality"] == [Share(HAARLEM, 2, 0), Share(UITGEEST, 1, 1)]
    assert report.shares["category"] == [Share("ggz", 3, 1)]
    assert report.shares["hour"] == [Share("10", 2, 1), Share("20", 1, 0)], "the clock in Amsterdam"
    assert report.shares["age"] == [Share("12-17", 3, 1)], "ages only in bands"


def test_no_more_than_five_examples_the_newest(decided, draft):
    kept = [decided(age=17).pk for _call in range(7)]
    (change,) = replay_decisions(draft.region, draft_of_rule_set(draft)).changes
    assert (change.count, change.examples) == (7, kept[:1:-1])


PERIODS = [
    # since, until, found, why
    (None, None, 2, "everything"),
    ("2026-11-24", "2026-11-24", 1, "both days included"),
    ("2026-11-25", None, 1, "from a day"),
    (None, "2026-11-23", 0, "before"),
]


@pytest.mark.parametrize(("since", "until", "found", "why"), PERIODS)
def test_a_period_is_whole_days_in_amsterdam(decided, draft, since, until, found, why):
    decided(datetime(2026, 11, 24, 23, 59, 59, tzinfo=AMSTERDAM))
    decided(datetime(2026, 11, 25, 0, 0, tzinfo=AMSTERDAM))
    days = (datetime.fromisoformat(day).date() if day else None for day in (since, until))
    assert replay_decisions(draft.region, draft_of_rule_set(draft), *days).total == found, why


def test_the_directory_of_the_time_counts(decided, draft):
    """Kenter has another directory since: what it was on the day itself decides, so only rules make a difference."""
    decided(age=15)
    revision = DirectoryRevision.objects.get(region=draft.region)
    later = json.loads(json.dumps(revision.document))
    next(each for each in later["services"] if each["slug"] == "kenter")["hours"]["weekly"] = []
    DirectoryRevision.objects.create(
        region=draft.region, valid_from=revision.valid_from, document=later, digest="kenter dicht"
    )
    assert replay_decisions(draft.region, draft_of_rule_set(draft)).changes == []


def test_rules_that_name_an_unknown_service_cannot_be_replayed(decided, draft):
    decided()
    draft.document["rules"][3]["to"] = "bestaat-niet"
    with pytest.raises(RulesDoNotFit, match="vanaf-16"):
        replay_decisions(draft.region, draft_of_rule_set(draft))


def test_the_agreement_in_force_changes_nothing_in_a_realistic_past(wilma, kennemerland):
    """Three hundred calls as a region sees them, by the same services as the desk: replay repeats every answer."""
    revision = DirectoryRevision.objects.get(region=kennemerland)
    history.record(wilma, 300, list(revision.document["municipalities"]))
    report = replay_decisions(kennemerland, draft_of_rule_set(kennemerland.rule_sets.get()))
    assert (report.total > 250, report.changes) == (True, [])


def test_a_hundred_thousand_calls_as_one_by_one(kennemerland_package):
    """Realistic shares against the shipped rules; every fiftieth is asked of `winner` too."""
    directory = kennemerland_package.directory.document(TUESDAY_MORNING.date())
    table = compile_table(directory, kennemerland_package.rules)
    coded = history.coded(100_000, list(directory["municipalities"]), [each for each in table.provider if each])
    lines = replay(table, coded)
    for n in range(0, 100_000, 50):
        facts = Facts(
            category=CATEGORIES[coded.category[n]],
            age=int(coded.age[n]),
            municipality=coded.municipalities[coded.municipality[n]],
            provider=coded.providers[coded.provider[n]],
            **{flag: bool(coded.flags[n] >> bit & 1) for bit, flag in enumerate(FLAGS)},
        )
        if lines[n] == IMPOSSIBLE:
            with pytest.raises(ImpossibleFacts):
                decide(table, facts, int(coded.moment[n]))
        else:
            assert table.lines[lines[n]].outcome == winner(table, facts, int(coded.moment[n]))


# --- The command -------------------------------------------------------------------------------------


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("replay", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def package(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "draft"))


def test_a_package_against_the_past(decided, package):
    rules = (package / "rules.yaml").read_text()
    rules = rules.replace("{category: [ggz], age: 0-17}", "{category: [ggz], age: 0-15}")
    rules = rules.replace("{category: [ggz], age: 18-120}", "{category: [ggz], age: 16-120}")
    (package / "rules.yaml").write_text(rules.replace("version: kennemerland-2020", "version: vanaf-16"))
    kept = decided(age=17)
    report = run("--region", "kennemerland", "--draft", str(package), "--since", "2026-01-01")
    assert (report["draft"], report["total"], report["changed"]) == ("vanaf-16", 1, 1)
    assert report["changes"] == [{"from": "kenter", "to": "ggz-ingeest", "count": 1, "examples": [kept.pk]}]


def test_the_shipped_package_changes_nothing(decided, package):
    decided()
    assert run("--region", "kennemerland", "--draft", str(package))["changed"] == 0


def test_a_rule_set_by_its_version(decided, draft):
    decided(age=16)
    assert run("--region", "kennemerland", "--rule-set", "vanaf-16")["changed"] == 1


def test_nothing_personal_is_printed(decided, draft):
    decided(born=datetime(2010, 5, 4).date(), age=NOT_KNOWABLE)
    printed = json.dumps(run("--region", "kennemerland", "--rule-set", "vanaf-16"))
    assert "2010" not in printed
    assert "Kleine aantallen" in printed


WRONG = [
    # arguments, what the message names, why
    ("--region kennemerland", "--draft of --rule-set", "nothing to try"),
    ("--region kennemerland --draft regions/kennemerland --rule-set kennemerland-2020", "één van beide", "two"),
    ("--region atlantis --rule-set kennemerland-2020", "atlantis", "unknown region"),
    ("--region kennemerland --rule-set volgend-jaar", "kennemerland-2020", "unknown version: says which there are"),
    ("--region kennemerland --rule-set kennemerland-2020 --since gisteren", "--since", "no date"),
    ("--region kennemerland --rule-set kennemerland-2020 --since 2026-02-01 --until 2026-01-01", "later", "reversed"),
    ("--region kennemerland --draft /bestaat/niet", "/bestaat/niet", "no such directory"),
    ("--region kennemerland --draft regions/noord-holland-noord", "noord-holland-noord", "another region's"),
]


@pytest.mark.parametrize(("arguments", "named", "why"), WRONG)
def test_replay_says_what_is_wrong(kennemerland, arguments, named, why):
    with pytest.raises(CommandError, match=named) as refused:
        call_command("replay", *arguments.split())
    assert refused.value.returncode == 2, why
