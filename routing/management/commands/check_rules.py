"""`manage.py check_rules`: the coverage proof as JSON; exit status 1 when there are gaps or conflicts."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from routing.errors import RoutingError
from routing.proofs import DraftMistakes, Report, prove_all, prove_draft, prove_loaded

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Bewijst dat de afspraken van een regio sluitend zijn, de komende 24 maanden."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", default="")
        parser.add_argument("--draft", type=Path, metavar="DIR")
        parser.add_argument("--all", action="store_true", dest="every_region")

    def handle(self, *, region: str, draft: Path | None, every_region: bool, **options: Any) -> None:
        if bool(region) == every_region or (draft and every_region):
            raise CommandError("Geef --region (met zo nodig --draft), of --all.", returncode=WRONG_INPUT)
        try:
            report = self._report(region, draft)
        except DraftMistakes as error:
            raise CommandError(str(error), returncode=WRONG_INPUT) from error
        except RoutingError as error:
            raise CommandError(error.message, returncode=WRONG_INPUT) from error
        self.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        if not report.holds:
            sys.exit(1)

    def _report(self, region: str, draft: Path | None) -> Report:
        now = timezone.localtime()
        if not region:
            return prove_all(now)
        return prove_draft(region, draft, now) if draft else prove_loaded(region, now)
