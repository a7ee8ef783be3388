"""Text made harmless where it leaves the program: in errors, on terminals, pages, in JSON, tables and file names.

A record's text may hold anything: escape sequences that paint a terminal, marks that turn the direction of what follows,
cells that a spreadsheet would run as formulas.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["as_one_line", "harmless", "harmless_json", "harmless_name", "inert_cell"]

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\u2028\u2029\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_HARMFUL: Final = re.compile(f"[{_CONTROL}{_TURNING}{_UNSEEN}]")
"""Control characters but for the tab and the end of a line; marks that turn the direction of text; line ends, tags and
joiners that nobody sees; halves of characters."""
_IN_JSON: Final = re.compile(f"[\x7f-\x9f{_TURNING}{_UNSEEN}]")
_FORMULA: Final = re.compile("[\\s\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SIGN = "\ufffd"
_OVERLONG: Final = re.compile(r"(?<=')[^']{200,}(?=')|\S{200,}")
"""What is quoted, or a word, and longer than anybody reads."""
_SHOWN = 60


def harmless(text: str) -> str:
    """A text in which each harmful character is a visible sign, `�`."""
    return _HARMFUL.sub(_SIGN, text)


def as_one_line(text: str) -> str:
    """A text as one harmless line, as an error tells it: line ends and tabs as spaces, and what is overlong cut short."""
    line = harmless(" ".join(text.splitlines()).replace("\t", " "))
    return _OVERLONG.sub(lambda match: f"{match[0][:_SHOWN]}...", line)


def harmless_json(text: str) -> str:
    """JSON with each harmful character written as its escape: the same value, and nothing raw."""
    return _IN_JSON.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def harmless_name(text: str) -> str:
    """A text as part of a file's name: letters, digits, points, hyphens and underscores; a hyphen for all else."""
    return re.sub(r"[^\w.-]+", "-", text).strip(".-") or "-"


def inert_cell(cell: object) -> object:
    """A cell of CSV that no spreadsheet runs: before what begins like a formula stands an apostrophe.

    Numbers stay as they are, also those below 0.
    """
    if not isinstance(cell, str):
        return cell
    text = harmless(cell)
    return f"'{text}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else text
