"""`manage.py verify_audit`: whether history and access log are as they were written. Exit code 1 when they are not."""

import json
import re
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.verification import Findings, Head, verify
from accounts.verification.findings import Defect, Kind

DEFECTS, WRONG_INPUT = 1, 2
# A person reads them; with --json there are more.
MOST_TOLD = 100
WORDS = {
    Kind.ROW_CHANGED: "gewijzigde rij",
    Kind.ROW_DELETED: "verwijderde rij",
    Kind.ROW_INSERTED: "rij buiten de toepassing om toegevoegd",
    Kind.ENTRY_CHANGED: "gewijzigde vermelding",
    Kind.ENTRY_REMOVED: "verwijderde vermelding",
    Kind.ENTRY_INSERTED: "later tussengevoegde vermelding",
    Kind.ENTRY_UNSEALED: "vermeldingen die al een minuut op hun zegel wachten (draait de worker?)",
    Kind.SEAL_CHANGED: "gewijzigd zegel, of een andere sleutel",
    Kind.SEAL_REMOVED: "verwijderd zegel",
    Kind.HEAD_DIFFERS: "het genoteerde zegel is er niet of is anders",
    Kind.UNGUARDED: "tabel zonder bewaking",
}


class Command(BaseCommand):
    help = "Rekent na of geschiedenis en inzagelog zijn zoals ze geschreven zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=int, default=1, metavar="ZEGEL", help="vanaf dit zegel, en wat daarna kwam")
        parser.add_argument("--expect", default="", metavar="DIGEST@ZEGEL", help="een kop die eerder is genoteerd")
        parser.add_argument("--json", action="store_true", help="één JSON-object")

    def handle(self, *, since: int, expect: str, **options: Any) -> None:
        if since < 1:
            raise CommandError("--since begint bij 1.", returncode=WRONG_INPUT)
        findings = verify(since, _noted(expect))
        self.stdout.write(_as_json(findings) if options["json"] else _in_words(findings))
        if findings.counts:
            sys.exit(DEFECTS)


def _noted(expect: str) -> Head | None:
    if not expect:
        return None
    found = re.fullmatch(r"([0-9a-f]{64})@([0-9]{1,18})", expect.strip())
    if not found:
        raise CommandError("--expect is wat dit commando eerder als kop gaf: DIGEST@ZEGEL.", returncode=WRONG_INPUT)
    return Head(found[1], int(found[2]))


def _as_json(findings: Findings) -> str:
    document = asdict(findings) | {"sound": not findings.counts, "counts": dict(findings.counts)}
    return json.dumps(document, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())


def _in_words(findings: Findings) -> str:
    told = [_defect(each) for each in findings.defects[:MOST_TOLD]]
    if more := findings.counts.total() - len(told):
        told.append(f"… en nog {more}")
    verdict = f"NIET IN ORDE: {findings.counts.total()} afwijkingen." if told else "In orde: niets wijkt af."
    return "\n".join([*told, *_what_was_checked(findings), verdict])


def _what_was_checked(findings: Findings) -> list[str]:
    rows, tables = sum(findings.rows.values()), len(findings.rows)
    if not findings.seals:
        return [f"Nagerekend: {rows} rijen in {tables} tabellen. Er is nog geen zegel."]
    return [
        f"Nagerekend: {rows} rijen in {tables} tabellen, {findings.entries} vermeldingen onder {findings.seals} zegels"
        f" ({findings.first} tot en met {findings.last}).",
        f"Kop van de keten: {findings.head}@{findings.last}",
        "Schrijf die op buiten deze server; met --expect toont u later aan dat de keten dezelfde is.",
    ]


def _defect(defect: Defect) -> str:
    moment = f"{timezone.localtime(defect.moment):%Y-%m-%d %H:%M:%S}" if defect.moment else "moment onbekend"
    parts = [f"{WORDS[defect.kind]}: {defect.table} {defect.row}".strip(), moment, defect.detail]
    return "; ".join(part for part in parts if part)
