"""Files with claims that are no part of the record: beside it under another name, or in a folder that nothing reads."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from situation.errors import Fault, Problem, Where
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.reading import read_file, what_lies_at, why_none
from situation.testimony.documents import Document
from situation.testimony.mapkeys import is_situation

__all__ = ["holds_claims", "imported_files", "no_situation", "read_in_full", "stray_claims"]

_TOP: Final = re.compile(rb"^claims\s*:", re.MULTILINE)
_CLAIMS: Final = {".yaml": _TOP, ".yml": _TOP, ".jsonl": re.compile(rb'^\s*\{.*"source"\s*:', re.MULTILINE)}
"""By the ending of a file, by what it is known that it holds claims."""


def no_situation(home: Path) -> str:
    """Why there is no situation at all in a folder; empty where there is one, or a part of one."""
    if not home.is_dir():
        return why_none(home, "a situation's folder") or "There is no such folder."
    files = ("map.yaml", "sources.yaml", "record.yaml", "record.jsonl")
    return "" if any(os.path.lexists(home / name) for name in files) else "This folder holds no situation."


def imported_files(home: Path, shown: str, imports: str) -> tuple[list[Path], list[Problem]]:
    """The files in a situation's folder of imports, by name; and why they cannot be seen, so that nobody takes them for read.

    Args:
        home, shown, imports: as for `stray_claims`.
    """
    folder = home / imports
    try:
        there = what_lies_at(folder)
        if there in ("", "a folder"):
            inside = folder.iterdir() if there else ()
            return sorted(path for path in inside if path.suffix in (".yaml", ".jsonl")), []
        fact, advice = f"This is {there}, not the folder of what was imported.", "Put the folder there, or remove it."
    except OSError as error:
        fact, advice = f"The folder cannot be read: {error.strerror}.", advice_for(error)
    return [], [Problem(Where(f"{shown}/{imports}"), fact, advice)]


def read_in_full(path: Path, document: Document | None, faults: Sequence[Problem]) -> bool:
    """Whether all of a file could be read: a line of JSON that could not is left out of its document."""
    return document is not None and not (faults and path.suffix == ".jsonl")


def stray_claims(home: Path, shown: str, read: Collection[str], imports: str) -> list[Problem]:
    """Every such file of a situation, so that nobody takes its claims for counted.

    Args:
        home: the situation's folder.
        shown: the folder as it is named in messages.
        read: the names without ending of the files that are read.
        imports: the name of the folder of which all files are read.
    """
    beside = [path for pattern in ("*", "*/*") for ending in _CLAIMS for path in home.glob(pattern + ending)]
    move = f"Put its claims into record.yaml, or the file into {imports}/."
    followed = {os.path.realpath(path) for path in beside if path.is_symlink()}
    return [
        Problem(
            Where(f"{shown}/{path.relative_to(home)}"),
            "It holds claims, and is no part of the record.",
            "Give it the ending .yaml." if path.suffix == ".yml" else move,
        )
        for path in sorted(beside)
        if not _is_read(path, home, read, imports) and not (path.parent != home and is_situation(path.parent))
        if os.path.realpath(path) not in followed and holds_claims(path)
    ]


def _is_read(path: Path, home: Path, read: Collection[str], imports: str) -> bool:
    named = path.stem in read if path.parent == home else path.parent.name == imports
    return named and path.suffix != ".yml"


def holds_claims(path: Path) -> bool:
    """Whether a file has claims at its top, as the record has; a link, or what cannot be read, has none."""
    try:
        return not path.is_symlink() and _CLAIMS[path.suffix].search(read_file(path)) is not None
    except Fault:
        return False
