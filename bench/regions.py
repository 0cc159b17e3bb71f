"""The shipped region package as the decision core reads it."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from partners.package import open_package, read_directory
from routing.package import read_rules

REGIONS = Path(__file__).parent.parent / "regions"


@lru_cache
def kennemerland() -> tuple[dict, dict]:
    reader = open_package(REGIONS / "kennemerland")
    package = read_directory(reader)
    return package.document(date(2026, 11, 22)), read_rules(reader, package)
