"""The text of a scenario's file as a run keeps it: without what it says of claims that are under embargo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from situation.testimony.disk.reading import read_file
from situation.testimony.yamltext import yaml_lines

__all__ = ["text_as_written"]

_CLAIMS: Final = ("suggested_by", "without")
"""The keys under which a scenario lists claims by id."""
_DEEP: Final = 3


def text_as_written(file: Path, inside: Path | None, value: Mapping[str, Any], withheld: frozenset[str]) -> str:
    """The text of a scenario's file, with line ends of one kind; written anew where it names a claim that is withheld.

    Args:
        file, inside: the file, and the folder that it may not lead out of.
        value: what was read from it.
        withheld: the claims that are left out for a release.
    """
    text = read_file(file, inside).decode().replace("\r\n", "\n").replace("\r", "\n")
    kept = dict(value)
    for key in _CLAIMS:
        if isinstance(named := value.get(key), list):
            kept[key] = [name for name in named if name not in withheld]
    if isinstance(stops := value.get("tour"), list):
        kept["tour"] = [stop for stop in stops if withheld.isdisjoint(stop.get("claims", ()))]
    return text if kept == value else "".join(f"{line}\n" for _, line in yaml_lines(kept, _DEEP))
