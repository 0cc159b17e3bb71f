"""Lets Babel find the texts of templates: Django rewrites a template as Python, and Babel reads that."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation import templatize


def extract_template(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    # The calls keep the indentation of the template, which Python would take for blocks.
    calls = [line.strip() for line in templatize(file.read().decode()).splitlines()]
    return extract_python(BytesIO("\n".join(calls).encode()), keywords, comment_tags, options)
