"""A table as a file that a Dutch spreadsheet opens as it is meant."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

# A spreadsheet takes a cell that begins with one of these for a formula, and would run what somebody typed here.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(filename: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    # Dutch spreadsheets split on the semicolon, and need the mark to read UTF-8.
    response.write("\ufeff")
    csv.writer(response, delimiter=";").writerows([as_cell(value) for value in row] for row in rows)
    return response


def as_cell(value: object) -> object:
    """Text stays text: an apostrophe before what would be a formula. Numbers are ours."""
    text = str(value)
    return f"'{text}" if not isinstance(value, int | float) and text.startswith(BEGINS_A_FORMULA) else value
