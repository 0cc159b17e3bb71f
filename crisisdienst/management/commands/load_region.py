"""`manage.py load_region DIR`: reads a region package, checks all of it, and loads all of it or nothing."""

import sys
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandParser
from django.db import models, transaction
from django.utils import timezone

from partners.models import DatedHours, Municipality, Organisation, Phone, Region, Service, WeeklyHours
from partners.package import DirectoryPackage, PackageReader, open_package, read_directory
from partners.services import Changes, load_directory, record_revision
from routing.package import read_rules, refuse_version, report_conflicts
from routing.rule_sets import RuleSetRefused, publish_package_rules
from triage.package import read_questions
from triage.services import load_question_set

COUNTED: dict[str, type[models.Model]] = {
    "regio": Region,
    "gemeenten": Municipality,
    "organisaties": Organisation,
    "diensten": Service,
    "nummers": Phone,
    "weekuren": WeeklyHours,
    "uitzonderingen": DatedHours,
}
IN_DUTCH = {"new": "nieuw", "changed": "gewijzigd", "unchanged": "ongewijzigd", "withdrawn": "vervallen"}


class Command(BaseCommand):
    help = "Leest een regiopakket in: de gids, de regels en de vragen. Bij een fout wordt er niets ingelezen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *, directory: Path, **options: Any) -> None:
        reader = open_package(directory)
        if reader.mistakes:
            self._refuse(reader)
        package, rules, questions = self._read(reader)
        with transaction.atomic():
            if not reader.mistakes:
                summary = self._load(reader, package, rules, questions)
            transaction.set_rollback(bool(reader.mistakes))
        if reader.mistakes:
            self._refuse(reader)
        self.stdout.write("\n".join(summary))

    def _read(self, reader: PackageReader) -> tuple[DirectoryPackage, dict[str, Any], dict[str, object]]:
        package = read_directory(reader)
        # Without services every rule would seem to point nowhere.
        rules = read_rules(reader, package) if package.services else {}
        questions = read_questions(reader)
        if not reader.mistakes:
            report_conflicts(reader, package, rules, timezone.now())
        return package, rules, questions

    def _load(
        self, reader: PackageReader, package: DirectoryPackage, rules: dict[str, Any], questions: dict[str, object]
    ) -> list[str]:
        region, changes = load_directory(None, package)
        starts = datetime.combine(package.region.valid_from, time(), ZoneInfo(package.region.timezone))
        revision = record_revision(None, region, starts)
        try:
            rule_set = publish_package_rules(None, region, rules)
        except RuleSetRefused as refusal:
            refuse_version(reader, str(refusal))
            return []
        question_set = load_question_set(None, region, questions)
        return [
            f"Regio {region.name} is ingelezen.",
            *_counts(changes),
            f"  gids: {_from(revision)}",
            f"  regels: {f'versie {rule_set.version}, ' if rule_set else ''}{_from(rule_set)}",
            f"  vragen: ingelezen op {timezone.localtime(question_set.loaded_at):%d-%m-%Y %H:%M}",
        ]

    def _refuse(self, reader: PackageReader) -> None:
        """Raises SystemExit: mistakes are an answer to the editor, not a failure of the program."""
        for mistake in sorted(set(reader.mistakes)):
            self.stderr.write(str(mistake))
        self.stderr.write(f"Niets ingelezen: {len(set(reader.mistakes))} fout(en) in {reader.directory}.")
        sys.exit(1)


def _counts(changes: Changes) -> list[str]:
    lines = []
    for label, model in COUNTED.items():
        counts = [f"{number} {IN_DUTCH[what]}" for what, number in changes.of(model).items() if number]
        if counts:
            lines.append(f"  {label}: {', '.join(counts)}")
    return lines


def _from(version: Any) -> str:
    return f"geldt vanaf {timezone.localtime(version.valid_from):%d-%m-%Y %H:%M}" if version else "ongewijzigd"
