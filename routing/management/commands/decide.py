"""`manage.py decide`: who is responsible, as one JSON object."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from routing.errors import InvalidParameters, RoutingError
from routing.parameters import FLAGS, parse
from routing.selectors import answer

VALUES = ("region", "category", "age", "born", "municipality", "at", "provider")
SWITCHES = ("related", "unrelated", *FLAGS)
WRONG_INPUT = 2


class Command(BaseCommand):
    help = "Wie is verantwoordelijk? Print één JSON-object."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in VALUES:
            parser.add_argument(f"--{name}", default="")
        for name in SWITCHES:
            parser.add_argument(f"--{name.replace('_', '-')}", action="store_true", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = parse({name: options[name] for name in (*VALUES, *SWITCHES)})
            found = answer(asked.region_slug, asked.facts, asked.moment, remarks=asked.remarks)
        except InvalidParameters as error:
            for name, messages in error.errors.items():
                self.stderr.write(f"--{name.replace('_', '-')}: {' '.join(messages)}")
            sys.exit(WRONG_INPUT)
        except RoutingError as error:
            raise CommandError(error.message) from error
        self.stdout.write(json.dumps(found.document, ensure_ascii=False, indent=2))
