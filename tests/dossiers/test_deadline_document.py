"""docs/deadlines.md tells what the command answers."""

import json
import re
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from dossiers.core import NORMS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "deadlines.md"

EXAMPLE = re.compile(r"^(--norm .+)\n(\"due\": .+(?:\n .+)*)$", re.MULTILINE)
ROW = re.compile(r"^\| `(--norm [^`]+)` \| ([\dT:+-]+) \|", re.MULTILINE)


def run(*arguments: str) -> dict[str, str]:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out)
    return json.loads(out.getvalue())


def words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]


def test_every_example_of_the_document_is_true():
    text = DOCUMENT.read_text(encoding="utf-8")
    examples = [(line, json.loads("{" + " ".join(answer.split()) + "}")) for line, answer in EXAMPLE.findall(text)]
    rows = [(line, {"due": due}) for line, due in ROW.findall(text)]
    assert len(examples) + len(rows) == text.count("--norm ") - text.count("deadline --norm ")
    for line, told in [*examples, *rows]:
        answered = run(*words(line))
        assert {key: answered[key] for key in told} == told, line


def test_the_document_lists_every_norm():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [slug for slug in NORMS if f"| `{slug}` |" not in text] == []
