"""Finds what of an example's war the program knows: a place, an actor, a source or a speaker, by name or id.

Examples may name one, for they are run on it: those of a command's help, and `>>>` lines with what they answer.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
__all__ = ["OF_NO_WAR", "war_faults", "war_names"]

EXAMPLES = sorted(path.parent for path in SCENARIOS.glob("*/map.yaml"))

OF_NO_WAR = {"civilians"}
"""Names of a map that any war has."""


def war_names() -> dict[str, str]:
    """From a name of a map, or an id of its sources, to where it is from; those of four letters or more."""
    names: dict[str, str] = {}
    for folder in EXAMPLES:
        ground = yaml.safe_load((folder / "map.yaml").read_text("utf-8"))
        sources = yaml.safe_load((folder / "sources.yaml").read_text("utf-8"))
        rows = [row for key in ("actors", "places", "regions", "operations") for row in ground.get(key, ())]
        rows += [row for key in ("sources", "speakers", "origins") for row in sources.get(key, ())]
        for row in rows:
            for name in (row["id"], row.get("name", ""), *row.get("aliases", ())):
                if len(name) >= 4 and name.casefold() not in OF_NO_WAR:
                    names[name] = folder.name
        names[folder.name] = folder.name
    return names


def _without_examples(path: Path) -> str:
    """The text of a file without its examples: `>>>` lines with their answer, and those of a command's help."""
    text = re.sub(r"(?m)^ *>>> .*\n(?: *[^\s>\"].*\n)?", "", path.read_text("utf-8"))
    if path.parent.name == "commands":
        text = re.sub(r"(?m)^ +\\b\n +Examples?:\n(?: {6}.*\n)+", "", text)
    return text


def war_faults(names: dict[str, str]) -> list[str]:
    """Where a name of an example stands in `src/`."""
    texts = {
        path.relative_to(ROOT).as_posix(): _without_examples(path)
        for path in sorted((ROOT / "src").rglob("*"))
        if path.suffix in (".py", ".js", ".ts", ".css", ".html", ".yaml") and path.is_file()
    }
    together = "\n".join(texts.values())
    faults = []
    for name in (name for name in sorted(names) if name in together):
        whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        for file, text in texts.items():
            if name in text:
                lines = enumerate(text.splitlines(), 1)
                faults += [
                    f"{file}:{number}: {name} is of {names[name]}." for number, line in lines if whole.search(line)
                ]
    return faults
