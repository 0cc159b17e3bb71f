"""A whole region package: the directory, the rules and the questions, each kept by its own app, loaded as one."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from partners.models import DirectoryRevision, Region
from partners.package import DirectoryPackage, Mistake, PackageReader, open_package, read_directory
from partners.services import Changes, load_directory, record_revision
from routing.models import RuleSet
from routing.package import read_rules, refuse_version, report_defects
from routing.services import RuleSetRefused, publish_package_rules
from triage.models import QuestionSet
from triage.package import read_questions
from triage.services import load_question_set


class PackageRefused(ValueError):
    """A package with mistakes; all of them, in the order of the files."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = sorted(set(mistakes))


@dataclass(frozen=True, slots=True)
class RegionPackage:
    """A package without mistakes, ready to load."""

    reader: PackageReader
    directory: DirectoryPackage
    rules: dict[str, Any]
    questions: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. A revision or rule set is None when the one already there says the same."""

    region: Region
    changes: Changes
    revision: DirectoryRevision | None
    rule_set: RuleSet | None
    question_set: QuestionSet


def read_package(path: Path) -> RegionPackage:
    """Reads and checks everything; raises PackageRefused with every mistake there is."""
    reader = open_package(path)
    _refuse_mistakes(reader)
    directory = read_directory(reader)
    # Without services every rule would seem to point nowhere.
    rules = read_rules(reader, directory) if directory.services else {}
    package = RegionPackage(reader, directory, rules, read_questions(reader))
    _refuse_mistakes(reader)
    report_defects(reader, directory, rules, timezone.now())
    _refuse_mistakes(reader)
    return package


@transaction.atomic
def load_package(package: RegionPackage) -> Loaded:
    """Loads all of a package, or nothing: raises PackageRefused when its rules cannot be published."""
    region, changes = load_directory(None, package.directory)
    facts = package.directory.region
    starts = datetime.combine(facts.valid_from, time(), ZoneInfo(facts.timezone))
    revision = record_revision(None, region, starts)
    try:
        rule_set = publish_package_rules(None, region, package.rules)
    except RuleSetRefused as refusal:
        refuse_version(package.reader, str(refusal))
        raise PackageRefused(package.reader.mistakes) from refusal
    return Loaded(region, changes, revision, rule_set, load_question_set(None, region, package.questions))


def _refuse_mistakes(reader: PackageReader) -> None:
    if reader.mistakes:
        raise PackageRefused(reader.mistakes)
