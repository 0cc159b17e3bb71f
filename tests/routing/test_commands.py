"""`decide` and `check_rules` as somebody at a terminal meets them."""

import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SHIPPED = Path(__file__).resolve().parents[2] / "regions" / "kennemerland"

WRONG = [
    # arguments, what the message names, why
    ("", "--region", "no region"),
    ("--region atlantis", "atlantis", "unknown region"),
    ("--region kennemerland --age -1", "--age", "below zero"),
    ("--region kennemerland --age zeventien", "--age", "in words"),
    ("--region kennemerland --at 2026-03-29T02:30", "02:30 bestaat niet", "the hour skipped in spring"),
    ("--region kennemerland --municipality Harlem", "Haarlem", "did you mean"),
    ("--region kennemerland --provider kentr", "Bedoelt u kenter?", "did you mean"),
    ("--region kennemerland --new-crisis", "--new-crisis", "only beside dissatisfaction"),
    ("--region kennemerland --provider kenter --related --unrelated", "--related", "one of the two"),
]


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("arguments", "named", "why"), WRONG)
def test_decide_says_what_is_wrong(kennemerland, arguments, named, why):
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("decide", *arguments.split(), stderr=err)
    assert ended.value.code == 2, why
    assert named in err.getvalue()


def test_decide_refuses_the_impossible_with_its_reason(kennemerland):
    with pytest.raises(CommandError, match="23e verjaardag"):
        run("decide", "--region", "kennemerland", "--category", "youth_act", "--age", "30", "--municipality", "Haarlem")


def test_the_shipped_rules_leave_no_gap(kennemerland):
    report = run("check_rules", "--region", "kennemerland")
    assert (report["gaps"], report["conflicts"], report["dead_rules"]) == ([], [], [])
    assert report["cells"] > 0


@pytest.fixture
def draft(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "draft"))


def check_draft(draft: Path) -> tuple[dict, int]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_rules", "--region", "kennemerland", "--draft", str(draft), stdout=out)
    return json.loads(out.getvalue()), ended.value.code


def test_a_draft_with_a_gap_shows_where(kennemerland, draft):
    rules = (draft / "rules.yaml").read_text()
    (draft / "rules.yaml").write_text(
        rules.replace("age: 18-120}", "age: 19-120}").replace("    after: [kenter]\n", "")
    )
    report, status = check_draft(draft)
    assert status == 1
    assert report["gaps"] or report["conflicts"]


def test_a_draft_that_cannot_be_read_says_where(kennemerland, draft):
    (draft / "rules.yaml").write_text("version: [")
    with pytest.raises(CommandError, match=r"rules\.yaml"):
        run("check_rules", "--region", "kennemerland", "--draft", str(draft))


def test_across_regions(kennemerland):
    assert run("check_rules", "--all")["conflicts"] == []


@pytest.mark.parametrize("arguments", [[], ["--region", "kennemerland", "--all"]])
def test_check_rules_needs_one_of_both(arguments, db):
    with pytest.raises(CommandError, match="--region"):
        run("check_rules", *arguments)


def test_a_municipality_that_a_draft_forgot_is_found(both_regions, draft):
    for file in draft.glob("*.yaml"):
        text = re.sub(r"\n  GM0453:.*", "", file.read_text(encoding="utf-8"))
        file.write_text(re.sub(r"Velsen, |, Velsen", "", text), encoding="utf-8")
    report, status = check_draft(draft)
    forgotten = {place for gap in report["gaps"] for place in gap["facts"]["municipality"]}
    assert (forgotten, status) == ({"GM0453"}, 1)
