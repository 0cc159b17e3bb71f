"""A whole region package: directory, rules, questions and norms, each kept by its own app, loaded as one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from dossiers.core import Norm
from dossiers.package import read_norms
from dossiers.services import load_norms
from partners.models import DirectoryRevision, Region
from partners.package import DirectoryPackage, Mistake, PackageReader, open_package, read_directory
from partners.services import Changes, load_directory, record_revision
from routing.core import InvalidDocument, compile_table
from routing.models import RuleSet
from routing.package import read_rules, refuse_directory, refuse_version, report_defects
from routing.proofs import forgotten
from routing.proving import Finding
from routing.services import RuleSetRefused, prove_ahead, publish_package_rules, settle_waivers, worsened_by
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
    norms: list[Norm]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. A revision or rule set is None when the one already there says the same."""

    region: Region
    changes: Changes
    revision: DirectoryRevision | None
    rule_set: RuleSet | None
    question_set: QuestionSet
    norms: Counter[str]


def read_package(path: Path) -> RegionPackage:
    """Reads and checks everything; raises PackageRefused with every mistake there is."""
    reader = open_package(path)
    _refuse_mistakes(reader)
    directory = read_directory(reader)
    # Without services every rule would seem to point nowhere.
    rules = read_rules(reader, directory) if directory.services else {}
    package = RegionPackage(reader, directory, rules, read_questions(reader), read_norms(reader))
    _refuse_mistakes(reader)
    report_defects(reader, directory, rules, timezone.now())
    _refuse_mistakes(reader)
    return package


@transaction.atomic
def load_package(package: RegionPackage) -> Loaded:
    """Loads all of a package, or nothing: raises PackageRefused when its rules cannot be published, or when other rules
    that hold or are planned would no longer be watertight with its directory."""
    facts = package.directory.region
    stored = Region.objects.filter(slug=facts.slug).first()
    if stored:
        _refuse_forgotten_places(package, stored)
    before = prove_ahead(stored, timezone.now()) if stored else {}
    region, changes = load_directory(None, package.directory)
    starts = datetime.combine(facts.valid_from, time(), ZoneInfo(facts.timezone))
    revision = record_revision(None, region, starts)
    rule_set = _publish_rules(package, region)
    if revision:
        _refuse_new_gaps(package, region, before)
    questions = load_question_set(None, region, package.questions)
    return Loaded(region, changes, revision, rule_set, questions, load_norms(None, region, package.norms))


def _refuse_forgotten_places(package: RegionPackage, region: Region) -> None:
    """A place that leaves the package leaves its proof as well; it may only go where another region names it."""
    now = timezone.localtime()
    table = compile_table(package.directory.document(now.date()), package.rules)
    refuse_directory(package.reader, [place["text"] for place in forgotten(region.slug, table, now)])
    _refuse_mistakes(package.reader)


def _publish_rules(package: RegionPackage, region: Region) -> RuleSet | None:
    try:
        return publish_package_rules(None, region, package.rules)
    except RuleSetRefused as refusal:
        refuse_version(package.reader, str(refusal))
        raise PackageRefused(package.reader.mistakes) from refusal


def _refuse_new_gaps(package: RegionPackage, region: Region, before: Mapping[RuleSet, Finding]) -> None:
    try:
        after = prove_ahead(region, timezone.now())
    except InvalidDocument as error:
        refuse_directory(package.reader, [str(error)])
        raise PackageRefused(package.reader.mistakes) from error
    worse = worsened_by(before, after)
    refuse_directory(package.reader, [problem["text"] for problems in worse.values() for problem in problems])
    _refuse_mistakes(package.reader)
    settle_waivers(region, after)


def _refuse_mistakes(reader: PackageReader) -> None:
    if reader.mistakes:
        raise PackageRefused(reader.mistakes)
