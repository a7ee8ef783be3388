"""Files with claims that are no part of the record: beside it under another name, or in a folder that nothing reads."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from situation.errors import Fault, Problem, Where
from situation.testimony.disk.reading import read_file

__all__ = ["holds_claims", "stray_claims"]


def stray_claims(home: Path, shown: str, read: Collection[str], imports: str) -> list[Problem]:
    """Every such file of a situation, so that nobody takes its claims for counted.

    Args:
        home: the situation's folder.
        shown: the folder as it is named in messages.
        read: the names without ending of the files that are read.
        imports: the name of the folder of which all files are read.
    """
    beside = [*home.glob("*.yaml"), *home.glob("*/*.yaml")]
    followed = {os.path.realpath(path) for path in beside if path.is_symlink()}
    stray = [
        path
        for path in beside
        if path.stem not in read and path.parent.name != imports and not (path.parent != home and _is_situation(path))
        if os.path.realpath(path) not in followed
    ]
    advice = f"Put its claims into record.yaml, or the file into {imports}/."
    return [
        Problem(Where(f"{shown}/{path.relative_to(home)}"), "It holds claims, and is no part of the record.", advice)
        for path in sorted(stray)
        if holds_claims(path)
    ]


def _is_situation(path: Path) -> bool:
    return (path.parent / "map.yaml").exists()


def holds_claims(path: Path) -> bool:
    """Whether a file has claims at its top, as the record has; a link, or what cannot be read, has none."""
    try:
        return not path.is_symlink() and re.search(rb"^claims\s*:", read_file(path), re.MULTILINE) is not None
    except Fault:
        return False
