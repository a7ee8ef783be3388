"""What is wrong with the form of a file of YAML or JSON, in words of our own: the parsers' name tokens and not slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["json_slip", "yaml_slip"]

_QUOTES: Final = "quotes are opened and not closed"
_BACKSLASH: Final = "a backslash stands before what it cannot escape"
_ELSE: Final = "its form breaks off here"

_YAML: Final[Mapping[str, str]] = {
    "mapping values are not allowed": "a colon stands where no key ends",
    "unexpected ':'": "a colon stands where no key ends",
    "',' or ']'": "a list that '[' begins lacks a comma or its ']'",
    "',' or '}'": "a mapping that '{' begins lacks a comma or its '}'",
    "cannot start any token": "no value can begin with this character",
    "tab character": "a tab stands where spaces have to indent",
    "unexpected end of stream": _QUOTES,
    "unexpected document": _QUOTES,
    "unknown escape character": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
    "hexadecimal": _BACKSLASH,
    "character escape code": _BACKSLASH,
    "expected ':'": "a key has no colon",
    "expected '-' indicator": "the indentation does not fit the lines above",
    "expected key": "the indentation does not fit the lines above",
    "expected <block end>": "the indentation does not fit the lines above",
    "sequence entries are not allowed": "the '-' of a list stands where none can begin",
    "mapping keys are not allowed": "a '?' stands where no key can begin",
    "document start": "text follows the end of the document",
    "node content": "a value is missing",
    "alphabetic or numeric character": "a '&' or '*' has no name",
    "tag": "a '!' stands where text belongs",
    "expected '!'": "a '!' stands where text belongs",
    "indentation indicator": "a wrong number follows '|' or '>'",
    "comment or line break": "text follows '|' or '>' on its line",
    "comment or a line break": "text follows '|' or '>' on its line",
    "directive": "no line of a file begins with '%'",
    "expected a digit": "no line of a file begins with '%'",
    "version number": "no line of a file begins with '%'",
}
"""By a part of what either parser of PyYAML says, the first that fits."""

_JSON: Final[Mapping[str, str]] = {
    "Expecting value": "a value is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "a key in double quotes is missing",
    "Expecting ':'": "a colon is missing",
    "Expecting ','": "a comma is missing",
    "Extra data": "something follows its end",
    "Invalid control character": "a control character stands in a text",
    "Invalid \\": _BACKSLASH,
    "Unterminated string": _QUOTES,
}
"""By the beginning of what Python's parser says."""


def yaml_slip(said: str | None) -> str:
    """What is wrong, by what PyYAML says of it."""
    return next((ours for theirs, ours in _YAML.items() if theirs in (said or "")), _ELSE)


def json_slip(said: str) -> str:
    """What is wrong, by what Python's parser says of it."""
    return next((ours for theirs, ours in _JSON.items() if said.startswith(theirs)), _ELSE)
