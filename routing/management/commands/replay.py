"""`manage.py replay`: what a draft would have changed in the decisions of the past, as JSON."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.models import Region
from routing.errors import RoutingError, unknown_region
from routing.models import RuleSet
from routing.proofs import DraftMistakes
from routing.replays import Draft, Report, draft_of_package, draft_of_rule_set, replay_decisions

WRONG_INPUT = 2
NOTE = "Kleine aantallen kunnen naar personen leiden: deel deze uitvoer niet buiten de regio."


class Command(BaseCommand):
    help = "Speelt beslissingen uit het verleden na met een concept: hoeveel, en van wie naar wie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True)
        parser.add_argument("--draft", type=Path, metavar="DIR", help="de map van een regiopakket")
        parser.add_argument("--rule-set", default="", metavar="VERSIE", help="een versie die al is ingelezen")
        parser.add_argument("--since", default="", metavar="DATUM", help="eerste dag, zoals 2026-01-31")
        parser.add_argument("--until", default="", metavar="DATUM", help="laatste dag")

    def handle(self, *, region: str, draft: Path | None, rule_set: str, since: str, until: str, **options: Any) -> None:
        first, last = _day("since", since), _day("until", until)
        if first and last and first > last:
            raise CommandError("--since is later dan --until.", returncode=WRONG_INPUT)
        try:
            found = _region(region)
            tried = _draft(found, draft, rule_set)
            report = replay_decisions(found, tried, first, last)
        except DraftMistakes as error:
            raise CommandError(str(error), returncode=WRONG_INPUT) from error
        except RoutingError as error:
            raise CommandError(error.message, returncode=WRONG_INPUT) from error
        document = {"region": region, "draft": tried.name, **_document(report), "note": NOTE}
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))


def _document(report: Report) -> dict[str, Any]:
    document = asdict(report)
    for change in document["changes"]:
        change |= {"from": change.pop("before"), "to": change.pop("after")}
    return document


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"--{name}: «{text}» is geen datum; schrijf 2026-01-31.", returncode=WRONG_INPUT) from error


def _region(slug: str) -> Region:
    found = Region.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(unknown_region(slug), returncode=WRONG_INPUT)
    return found


def _draft(region: Region, directory: Path | None, version: str) -> Draft:
    if bool(directory) == bool(version):
        raise CommandError("Geef --draft of --rule-set, één van beide.", returncode=WRONG_INPUT)
    if directory:
        return draft_of_package(region, directory)
    rule_set = RuleSet.objects.filter(region=region, version=version).first()
    if rule_set is None:
        known = ", ".join(region.rule_sets.values_list("version", flat=True)) or "geen"
        raise CommandError(f"--rule-set: «{version}» is er niet. Wel: {known}.", returncode=WRONG_INPUT)
    return draft_of_rule_set(rule_set)
