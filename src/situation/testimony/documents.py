"""Files read strictly: YAML and JSON lines as plain values that remember their line and column.

YAML is read in a small, safe part: text, whole numbers, decimals, true, false, null, lists and mappings with text keys.
Everything that YAML reads in surprising ways (`no`, `010`, `12:30`, `1e3`, anchors, tags, doubled keys) is a problem
with its place, never a silent conversion. Dates stay text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from attrs import Factory, define, frozen

from situation.errors import Fault, Problem, Where
from situation.testimony.disk.reading import read_file
from situation.testimony.form_words import yaml_slip
from situation.testimony.jsonlines import read_lines
from situation.testimony.yamltext import is_odd, likely_value, plain_value

__all__ = ["Document", "Path_", "read", "read_text"]

Path_ = tuple[str | int, ...]
"""The way from a document's top to a value in it: keys and list positions."""

_DEEPEST = 50
_TO_WRITE = {
    "map.yaml": "Write the map: 'situation new NAME' makes one with comments.",
    "sources.yaml": "Write its sources; where there are none yet, 'sources: []'.",
    "record.yaml": "Write its claims; where there are none yet, 'claims: []'.",
    "record.jsonl": "Write its claims, one a line.",
}
"""What belongs into a file that a situation cannot be without, where it is empty."""
_WRITE_OR_REMOVE = "Write its content, or remove it."
_LONG = re.compile(r"[-+]?[0-9]{19,}(\.[0-9]*)?")


@frozen
class Document:
    """A file's content as plain values, with the place of each.

    Args:
        file: the name by which the file is shown.
        value: dicts, lists, text, numbers, True, False and None.
        places: from the path of a value to its line and column.
        odd: the paths of words that readers of YAML do not agree on, each reported as a problem already.
    """

    file: str
    value: Any
    places: Mapping[Path_, tuple[int, int]]
    odd: frozenset[Path_] = frozenset()

    def where(self, path: Path_ = ()) -> Where:
        """The place of a value, or of the nearest thing around it that has one."""
        while path not in self.places and path:
            path = path[:-1]
        return Where(self.file, *self.places.get(path, (0, 0)))


def read(path: Path, name: str = "", inside: Path | None = None) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file, or JSON lines where the name ends in `.jsonl`, as one document.

    Args:
        path: the file.
        name: how to call it in problems; the path where left out.
        inside: the folder that it must lie in; None: anywhere.

    Returns:
        The document, and every problem of its form. The document is None where nothing could be read.
    """
    name = name or str(path)
    text, problems = read_text(path, name, inside)
    if text is None:
        return None, problems
    if path.suffix != ".jsonl":
        return _read_yaml(text, name)
    values, places, problems = read_lines(text, name, _DEEPEST)
    return Document(name, values, places) if values else None, problems


def read_text(path: Path, name: str, inside: Path | None = None) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file that is not empty, or why there is none, as problems; `inside` as for `read`."""
    try:
        raw = read_file(path, inside)
    except Fault as fault:
        return None, [Problem(Where(name), fault.fact, fault.advice)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without the mark that may stand at the file's start
        line, col = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        fact = f"Byte 0x{error.object[error.start]:02x} is not UTF-8."
        return None, [Problem(Where(name, line, col), fact, "Save the file as UTF-8.")]
    if text.count("\0") * 4 > len(text):
        at = _unread(text, text.index("\0"), name).at
        return None, [Problem(at, "Zero bytes stand between the letters, as in UTF-16.", "Save the file as UTF-8.")]
    if not text.strip():
        return None, [Problem(Where(name), "The file is empty.", _TO_WRITE.get(path.name, _WRITE_OR_REMOVE))]
    return text, []


@define
class _Open:
    """A list or mapping whose end has not been read yet."""

    value: Any
    path: Path_
    key: str | None = None
    key_end: Any = None
    dropped: int = 0


class _Stop(Exception):
    """What follows cannot be trusted: reading ends here."""


@define
class _YamlReading:
    """One pass over the events of a YAML stream, with a stack instead of recursion."""

    name: str
    problems: list[Problem] = Factory(list)
    places: dict[Path_, tuple[int, int]] = Factory(dict)
    odd: set[Path_] = Factory(set)
    stack: list[_Open] = Factory(list)
    top: Any = None
    documents: int = 0

    def problem(self, mark: Any, fact: str, advice: str) -> None:
        self.problems.append(Problem(Where(self.name, mark.line + 1, mark.column + 1), fact, advice))

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.problem(mark, "A second YAML document begins here.", "Keep one document in a file.")
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            self.problem(mark, f"'*{event.anchor}' is a YAML alias.", "Write the value out; aliases are not read.")
            raise _Stop
        elif isinstance(event, yaml.NodeEvent):
            self.node(event, mark)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.stack.pop()

    def node(self, event: Any, mark: Any) -> None:
        if event.anchor is not None:
            self.problem(mark, f"'&{event.anchor}' is a YAML anchor.", "Write each value out; anchors are not read.")
            raise _Stop
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(mark, f"'{tag}' is a YAML tag.", "Leave the tag out; values are plain.")
        over = self.stack[-1] if self.stack else None
        if over is not None and isinstance(over.value, dict) and over.key is None:
            self.key(over, event, mark)
            return
        if over is not None and over.key is not None and _same(mark, over.key_end):
            self.no_key(over)
        path = () if over is None else (*over.path, over.key if over.key is not None else len(over.value))
        self.places.setdefault(path, (mark.line + 1, mark.column + 1))
        if isinstance(event, yaml.ScalarEvent):
            self.put(over, self.scalar(event, mark, path))
            return
        value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.put(over, value)
        self.stack.append(_Open(value, path))
        if len(self.stack) > _DEEPEST:
            self.problem(mark, f"The nesting is more than {_DEEPEST} deep.", "Flatten the file.")
            raise _Stop

    def key(self, over: _Open, event: Any, mark: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.problem(mark, "A key is a list or a mapping.", "Use text as the key.")
            raise _Stop
        key = event.value
        if "\0" in key:
            self.problem(mark, "The key holds the character NUL.", "Take it out.")
            key = key.replace("\0", " ")
        if not event.style and (not isinstance(plain_value(key), str) or is_odd(key)):
            self.problem(mark, f"The key '{key}' is not text.", f'Put it in quotes: "{key}".')
        if key in over.value:
            first = self.places[(*over.path, key)]
            self.problem(mark, f"The key '{key}' stands here a second time, first in line {first[0]}.", "Keep one.")
            over.dropped += 1
            key = f"{key}\0{over.dropped}"
        over.key, over.key_end = key, event.end_mark
        self.places[(*over.path, key)] = (mark.line + 1, mark.column + 1)

    def no_key(self, over: _Open) -> None:
        """What stands between commas in braces and has no colon is no key, but the rest of a text, or of a number."""
        before, rest = list(over.value), str(over.key)
        over.dropped += 1
        over.key = f"{rest}\0{over.dropped}"
        at = Where(self.name, *self.places.pop((*over.path, rest), (0, 0)))
        self.problems = [problem for problem in self.problems if problem.at != at]
        if before and "\0" in before[-1]:
            return  # told already: a text with more than one comma
        advice = f"Write 'key: value', not '{rest}' alone."
        if before and isinstance(over.value[before[-1]], str):
            advice = f'Text with a comma in it stands in quotes: {before[-1]}: "{over.value[before[-1]]}, {rest}".'
        elif before and isinstance(over.value[before[-1]], int) and rest.isdecimal():
            advice = f"Write a number without commas: {before[-1]}: {over.value[before[-1]]}{rest}."
        self.problems.append(Problem(at, f"'{rest}' stands after a comma and has no value of its own.", advice))

    def put(self, over: _Open | None, value: Any) -> None:
        if over is None:
            self.top = value
        elif isinstance(over.value, dict):
            over.value[over.key] = value
            over.key = None
        else:
            over.value.append(value)

    def scalar(self, event: Any, mark: Any, path: Path_) -> Any:
        text = event.value
        if event.style:
            return text
        if is_odd(text):
            shown = text if len(text) < 30 else f"{text[:27]}..."
            if _LONG.fullmatch(text):
                fact = f"The number {shown} has more than 18 digits."
                self.problem(mark, fact, f'Count them again, or put it in quotes if text is meant ("{shown}").')
                self.odd.add(path)
                return text
            quoted = f'Put it in quotes if text is meant ("{shown}")'
            advice = f"{quoted}, or write it as a plain number, true, false or null."
            self.problem(mark, f"YAML readers do not agree on what '{shown}' means.", advice)
            self.odd.add(path)
            return likely_value(text)
        return plain_value(text)


_UNREAD = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that may not stand in YAML. Its reader counts in bytes where such a one stands, so it is looked for before."""
_MOST_UNREAD = 100
"""Of such characters these many are told: a file that is no text has millions."""


def _unread(text: str, position: int, name: str) -> Problem:
    """That a character may not stand in YAML."""
    at = Where(name, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))
    return Problem(at, f"The character U+{ord(text[position]):04X} may not stand in YAML.", "Take it out.")


def _same(one: Any, other: Any) -> bool:
    """Whether two marks are at one place: there a key ends, and its value has no text."""
    return (one.line, one.column) == (other.line, other.column)


def _read_yaml(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    if unread := [_unread(text, match.start(), name) for match in islice(_UNREAD.finditer(text), _MOST_UNREAD)]:
        return None, unread
    reading = _YamlReading(name)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            reading.take(event)
    except _Stop:
        return None, reading.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
        fact = f"This is not YAML: {yaml_slip(error.problem or error.context)}."
        return None, [*reading.problems, Problem(at, fact, "Check the indentation, colons and quotes here.")]
    except yaml.YAMLError:
        return None, [*reading.problems, Problem(Where(name), "This is not YAML.", "Check its characters.")]
    if reading.documents == 0 or reading.top is None:
        return None, [*reading.problems, Problem(Where(name), "The file holds no value.", "Write its content.")]
    _drop_doubled(reading.top)
    return Document(name, reading.top, reading.places, frozenset(reading.odd)), reading.problems


def _drop_doubled(value: Any) -> None:
    """Drop the values under doubled keys: the first is kept, and the problem is reported already."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            for key in [key for key in here if "\0" in key]:
                del here[key]
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
