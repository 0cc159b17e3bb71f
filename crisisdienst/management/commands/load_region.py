"""`manage.py load_region DIR`: reads a region package, checks all of it, and loads all of it or nothing."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import models
from django.utils import timezone

from crisisdienst.region_packages import Loaded, PackageRefused, load_package, read_package
from partners.models import DatedHours, Municipality, Organisation, Phone, Region, Service, WeeklyHours
from partners.services import Changes

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
    help = (
        "Leest een regiopakket in: de gids, de regels, de vragen en de normen. Bij een fout wordt er niets ingelezen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            loaded = load_package(read_package(directory))
        except PackageRefused as refusal:
            for mistake in refusal.mistakes:
                self.stderr.write(str(mistake))
            self.stderr.write(f"Niets ingelezen. Fouten in {directory}: {len(refusal.mistakes)}.")
            sys.exit(1)
        self.stdout.write("\n".join(_summary(loaded)))


def _summary(loaded: Loaded) -> list[str]:
    version = f"versie {loaded.rule_set.version}, " if loaded.rule_set else ""
    return [
        f"Regio {loaded.region.name} is ingelezen.",
        *_counts(loaded.changes),
        f"  gids: {_from(loaded.revision)}",
        f"  regels: {version}{_from(loaded.rule_set)}",
        f"  normen: {_in_dutch(loaded.norms)}",
        f"  vragen: ingelezen op {timezone.localtime(loaded.question_set.loaded_at):%d-%m-%Y %H:%M}",
    ]


def _counts(changes: Changes) -> list[str]:
    lines = []
    for label, model in COUNTED.items():
        counts = _in_dutch(changes.of(model))
        if counts:
            lines.append(f"  {label}: {counts}")
    return lines


def _in_dutch(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[what]} {name}" for what, name in IN_DUTCH.items() if counts[what])


def _from(version: Any) -> str:
    return f"geldt vanaf {timezone.localtime(version.valid_from):%d-%m-%Y %H:%M}" if version else "ongewijzigd"
