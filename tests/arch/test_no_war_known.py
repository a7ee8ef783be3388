"""Nothing in `src/` knows a war: no place, actor, source or speaker of an example stands in the program.

Examples may name one, for they are run on it: those of a command's help, and `>>>` lines with what they answer.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
EXAMPLES = sorted(path.parent for path in SCENARIOS.glob("*/map.yaml"))

OF_NO_WAR = {"civilians"}
"""Names of a map that any war has."""


def _names() -> dict[str, str]:
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


def test_no_place_actor_or_source_of_an_example_stands_in_the_program() -> None:
    names = _names()
    assert {"al-qaim", "islamic-state", "stanley", "Goose Green", "argentina"} <= set(names)
    every = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![\w-])")
    found = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in (".py", ".js", ".ts", ".css", ".html", ".yaml") and path.is_file():
            for number, line in enumerate(_without_examples(path).splitlines(), 1):
                found += [f"{path.relative_to(ROOT)}:{number}: {match[0]}" for match in every.finditer(line)]
    assert not found, "\n" + "\n".join(found)
