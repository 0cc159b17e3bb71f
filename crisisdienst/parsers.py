"""What another system sends as JSON: only text that can be stored and sent back."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class StorableJSONParser(JSONParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict | None = None) -> Any:
        try:
            return _storable(super().parse(stream, media_type, parser_context))
        except RecursionError as error:
            raise ParseError from error


def _storable(data: Any) -> Any:
    """Half of a surrogate pair is valid JSON, but no text: neither PostgreSQL nor an answer can hold it."""
    return json.loads(json.dumps(data, ensure_ascii=False).encode(errors="replace"))
