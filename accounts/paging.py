"""Long lists, newest first, a page at a time."""

from urllib.parse import urlencode

PAGE_SIZE = 50


def older_than(found: list, asked: dict[str, str]) -> str:
    """The query of the next page. By id, not by page number: the list grows while it is being read."""
    if len(found) <= PAGE_SIZE:
        return ""
    return urlencode(asked | {"before": found[PAGE_SIZE - 1].id})
