"""`manage.py deadline`: when a norm is due and why then, as JSON."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dossiers.core import NORMS, Norm
from dossiers.deadline_parameters import answer
from dossiers.deadline_words import norm_in_words
from dossiers.selectors import norms_in_force
from routing.errors import InvalidParameters


class Command(BaseCommand):
    help = "Wanneer moet het af zijn, en waarom dan? Print één JSON-object; met --list de normen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--norm", default="", help="5 werkdagen, 6 weken, 72 uur, of een norm uit --list")
        parser.add_argument("--start", default="", help="2026-11-23, of bij een norm in uren 2026-11-23T10:15")
        parser.add_argument("--suspended", action="append", default=[], help="2026-12-01/2026-12-15; mag vaker")
        parser.add_argument("--region", default="", help="de normen van deze regio; anders die met de software komen")
        parser.add_argument("--list", action="store_true", help="de normen, als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            norms = norms_in_force(options["region"]) if options["region"] else NORMS
            if options["list"]:
                self._print([_as_document(norm) for norm in norms.values()])
                return
            found = answer(options["norm"], options["start"], options["suspended"], norms)
        except InvalidParameters as error:
            for name, messages in error.errors.items():
                self.stderr.write(f"--{name}: {' '.join(messages)}")
            sys.exit(1)
        self._print({"due": found.due.isoformat(), "because": found.because})

    def _print(self, document: object) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))


def _as_document(norm: Norm) -> dict[str, object]:
    return {
        "norm": norm.slug,
        "name": norm.name,
        "duration": str(norm.duration),
        "starts": norm.starts,
        "ends": norm.ends,
        "source": norm.source.value,
        "moves": norm.moves,
        "text": norm_in_words(norm),
    }
