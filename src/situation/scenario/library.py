"""The scenarios of a situation: every YAML file of its folder that is not part of the record."""

from __future__ import annotations

from pathlib import Path

from situation.loading import PARTS

__all__ = ["scenario_files"]

RECORD = frozenset({"map", "sources", *PARTS})


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """The files of a situation's scenarios, by name."""
    return tuple(sorted(path for path in folder.glob("*.yaml") if path.stem not in RECORD))
