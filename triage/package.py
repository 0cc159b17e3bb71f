"""Reads `questions.yaml` of a region package; every mistake is reported with its file, line and key."""

import yaml

from partners.package.reader import Entry, PackageReader

from .core import InvalidQuestionSet, question_set_of

FILE = "questions.yaml"


def read_questions(reader: PackageReader) -> dict[str, object]:
    """The question set as a document. Mistakes gather in the reader; the document only holds when there are none."""
    form = reader.form(FILE, required=("urgencies", "questions"))
    entries: dict[tuple[str | int, ...], Entry] = {}
    document = _document(form.entry, (), entries)
    if not isinstance(document, dict) or not document:
        return {}
    try:
        question_set_of(document)
    except InvalidQuestionSet as invalid:
        for mistake in invalid.mistakes:
            _nearest(mistake.path, entries).wrong(mistake.text)
    return document


def _document(entry: Entry, path: tuple[str | int, ...], entries: dict[tuple[str | int, ...], Entry]) -> object:
    """The entry as plain text, lists and groups, noting where each part stands."""
    entries[path] = entry
    if isinstance(entry.node, yaml.MappingNode):
        return {name: _document(child, (*path, name), entries) for name, child in entry.children().items()}
    if isinstance(entry.node, yaml.SequenceNode):
        return [_document(item, (*path, index), entries) for index, item in enumerate(entry.items())]
    return " ".join(entry.node.value.split())


def _nearest(path: tuple[str | int, ...], entries: dict[tuple[str | int, ...], Entry]) -> Entry:
    """Something that is missing has no place of its own: its group has."""
    while path not in entries:
        path = path[:-1]
    return entries[path]
