"""A document as an accessible PDF (PDF/UA-1). What people wrote goes in as data, never as markup.

PDF/UA refuses a sign that no font can draw: such a sign is replaced by its name, so that nothing is lost in silence.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import typst

SUMMARY = Path(__file__).resolve().parent / "documents" / "summary.typ"
# The compiler names what it misses; after that many rounds only plain letters are left.
ROUNDS = 8
LONGEST_RUN = 40
LATIN = 0x180  # every font has the letters before it
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
# A run without a place to break does not fit on a line; beyond 64 kB the writer of the PDF breaks down on it.
_RUN = re.compile(rf"(\S{{{LONGEST_RUN}}})(?=\S)")
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Control characters go; what is no sign, or one by private agreement, means nothing to the reader.
_INSTEAD = {"Cc": "", "Cs": "", "Co": "[?]", "Cn": "[?]"}
ZERO_WIDTH_SPACE = "\u200b"


class CannotBeSet(Exception):
    """The compiler broke down on a text; its own panic is no Exception, and would take the worker with it."""


def make_pdf(document: dict, template: Path = SUMMARY, *, system_fonts: bool = True) -> bytes:
    document = _each_text(document, clean)
    for _round in range(ROUNDS):
        try:
            return _compile(document, template, system_fonts)
        except CannotBeSet:
            break
        except typst.TypstError as error:
            missing = missing_in(error.diagnostic)
            if not missing:
                break
            document = _each_text(document, lambda text, gone=missing: _named(text, gone))
    return _compile(_each_text(document, _only_plain), template, system_fonts)


def clean(text: str) -> str:
    """What a page can hold: no control characters, nothing that turns the reading direction of what follows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    kept = "".join(sign if sign in "\n\t" else _INSTEAD.get(unicodedata.category(sign), sign) for sign in lines)
    return _RUN.sub(rf"\1{ZERO_WIDTH_SPACE}", kept)


def missing_in(told: str) -> set[str]:
    found = {sign for text in _MISSING.findall(told) for sign in _unescaped(text)}
    # A place to break is told together with the sign beside it, and is needed.
    return {sign for sign in found if not sign.isascii() and sign != ZERO_WIDTH_SPACE}


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def _named(text: str, missing: set[str]) -> str:
    return "".join(_name(sign) if sign in missing else sign for sign in text)


def _name(sign: str) -> str:
    if unicodedata.category(sign) in ("Cf", "Mn", "Me"):  # joins or colours the sign before it
        return ""
    return f"[{unicodedata.name(sign, '?').lower()}]"


def _only_plain(text: str) -> str:
    plain = text.replace(ZERO_WIDTH_SPACE, " ")
    return "".join(sign if ord(sign) < LATIN else _name(sign) for sign in plain)


def _compile(document: dict, template: Path, system_fonts: bool) -> bytes:
    try:
        return typst.compile(
            template,
            root=template.parent,
            format="pdf",
            sys_inputs={"data": json.dumps(document)},
            pdf_standards="ua-1",
            ignore_system_fonts=not system_fonts,
        )
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise CannotBeSet(str(error)) from error
        raise


def _each_text(value, change: Callable[[str], str]):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(each, change) for name, each in value.items()}
    return [_each_text(each, change) for each in value] if isinstance(value, list) else value
