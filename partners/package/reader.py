"""Reads the YAML files of a region package: every value as text, every mistake with the place where it stands.

YAML would read `17:00` as 1020 and `nee` as False; a domain expert means what is written. So only the structure of
YAML is used, and the text of a value goes to a parser that says in Dutch what is wrong with it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml

T = TypeVar("T")


class _Loader(yaml.BaseLoader):
    """Plain YAML: an alias (`*`) hides what stands where, and could refer to itself."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "een waarde met * hoort tussen aanhalingstekens", mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong, and where: file, line and key path such as `organisations.kenter.email`."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a file, and the place where it stands."""

    node: yaml.Node
    file: str
    key: str
    mistakes: list[Mistake] = field(repr=False)

    def wrong(self, message: str) -> None:
        self.mistakes.append(Mistake(self.file, self.node.start_mark.line + 1, self.key, message))

    def parsed(self, parse: Callable[[str], T], default: T) -> T:
        """The value of this text, or the default when the parser objects to it."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.wrong("hier hoort één waarde te staan, geen lijst of groep")
            return default
        text = " ".join(self.node.value.split())
        if not text:
            self.wrong("is leeg; vul een waarde in of haal de regel weg")
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.wrong(str(error))
            return default

    def items(self) -> list["Entry"]:
        """The parts of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("hier hoort een lijst te staan, zoals [een, twee]")
            return []
        return [
            Entry(node, self.file, f"{self.key}[{index}]", self.mistakes) for index, node in enumerate(self.node.value)
        ]

    def children(self) -> dict[str, "Entry"]:
        """The parts of a group, by name; a name that occurs twice is a mistake."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("hier hoort een groep `naam: waarde` te staan")
            return {}
        children: dict[str, Entry] = {}
        for name_node, node in self.node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else "?"
            path = f"{self.key}.{name}" if self.key else name
            if name in children:
                Entry(name_node, self.file, path, self.mistakes).wrong(f"`{name}` staat hier al; een naam mag één keer")
            else:
                children[name] = Entry(node, self.file, path, self.mistakes)
        return children

    def form(self, required: Collection[str], optional: Collection[str] = ()) -> "Form":
        """A group with fixed names: an unknown name and a missing one are mistakes."""
        children = self.children()
        for name, child in children.items():
            if name not in required and name not in optional:
                child.wrong(f"`{name}` is hier onbekend{suggestion(name, [*required, *optional])}")
        if isinstance(self.node, yaml.MappingNode):
            for name in required:
                if name not in children:
                    self.wrong(f"`{name}` ontbreekt")
        return Form(self, children)


@dataclass(frozen=True, slots=True)
class Form:
    """A group with fixed names, read name by name; what is absent gives the default."""

    entry: Entry
    children: dict[str, Entry]

    def __contains__(self, name: str) -> bool:
        return name in self.children

    def __getitem__(self, name: str) -> Entry:
        """The entry of a name; the group itself when it is absent, so that a mistake always has a place."""
        return self.children.get(name, self.entry)

    def value(self, name: str, parse: Callable[[str], T], default: T) -> T:
        child = self.children.get(name)
        return default if child is None else child.parsed(parse, default)

    def values(self, name: str, parse: Callable[[str], T | None]) -> list[T]:
        """The parts of a list, without those that the parser objects to."""
        child = self.children.get(name)
        parsed = [item.parsed(parse, None) for item in child.items()] if child else []
        return [value for value in parsed if value is not None]

    def groups(self, name: str) -> Iterator[tuple[str, Entry]]:
        child = self.children.get(name)
        return iter(child.children().items() if child else ())


@dataclass(frozen=True, slots=True)
class PackageReader:
    """The directory of a region package, and the mistakes found in it so far."""

    directory: Path
    mistakes: list[Mistake] = field(default_factory=list)

    def form(self, file: str, required: Collection[str], optional: Collection[str] = ()) -> Form:
        """The whole of one file. A file that cannot be read gives an empty form and one mistake."""
        root = self._root(file)
        if root is None:
            return Form(Entry(yaml.MappingNode("", [], _START), file, "", self.mistakes), {})
        return Entry(root, file, "", self.mistakes).form(required, optional)

    def _root(self, file: str) -> yaml.Node | None:
        try:
            text = (self.directory / file).read_text(encoding="utf-8-sig")
            root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        except UnicodeDecodeError:
            self._unreadable(file, 0, "is niet in UTF-8 geschreven; bewaar het bestand opnieuw als UTF-8")
        except OSError as error:
            self._unreadable(file, 0, f"kan niet worden gelezen ({error.strerror})")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "onleesbaar teken"
            hint = "let op het inspringen, dubbele punten en aanhalingstekens"
            self._unreadable(file, mark.line + 1 if mark else 0, f"is geen geldige YAML ({problem}); {hint}")
        else:
            if root is None:
                self._unreadable(file, 0, "is leeg")
            return root
        return None

    def _unreadable(self, file: str, line: int, message: str) -> None:
        self.mistakes.append(Mistake(file, line, "", message))


_START = yaml.Mark("", 0, 0, 0, None, None)


def open_package(directory: Path) -> PackageReader:
    reader = PackageReader(directory)
    if not directory.is_dir():
        reader.mistakes.append(Mistake(str(directory), 0, "", "deze map bestaat niet"))
    return reader


def suggestion(given: str, allowed: Collection[str]) -> str:
    """`; bedoelt u ...?`, or all that is allowed when nothing is near and the list is short."""
    near = get_close_matches(given, allowed, n=1)
    if near:
        return f"; bedoelt u `{near[0]}`?"
    return f"; kies uit: {', '.join(allowed)}" if allowed and len(allowed) <= 30 else ""


def entry_of(value: object, mistakes: list[Mistake]) -> Entry:
    """What a form or a program gives, as if it stood in a file: so that it meets the same parsers and messages."""
    return Entry(_node(value), "", "", mistakes)


def _node(value: object) -> yaml.Node:
    if isinstance(value, Mapping):
        return yaml.MappingNode("", [(_node(name), _node(part)) for name, part in value.items()], _START)
    if isinstance(value, list | tuple):
        return yaml.SequenceNode("", [_node(part) for part in value], _START)
    return yaml.ScalarNode("", str(value), _START)


def messages_by_field(mistakes: Collection[Mistake]) -> dict[str, str]:
    """Per key what is wrong with it; what is wrong with one of a list is said of the list."""
    found: dict[str, list[str]] = {}
    for mistake in mistakes:
        found.setdefault(re.sub(r"\[\d+\]", "", mistake.key), []).append(mistake.message)
    return {key: "; ".join(dict.fromkeys(messages)) for key, messages in found.items()}
