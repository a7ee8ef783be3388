"""What is committed names no path of one machine and no address of a package index."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each rule: what it looks for, and what to write instead.
HOMES = "|".join(("work", "root", "home", "tmp"))
INDEXES = "|".join(name + dot for name, dot in (("pypi", r"\.org"), ("pythonhosted", r"\.org"), ("npmjs", r"\.org")))
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<![\w.:/~-])/(?:{HOMES})/\w"), "a path of one machine: say where in the project it is"),
    (re.compile(r"(?<![\w/-])(?:\.\./)*shared/(?:\w|\*)"), "a folder outside the project: name what is meant"),
    (re.compile(rf"\b(?:{INDEXES})\b"), "an address of a package index: a name and a version are enough"),
)

# This file holds examples of what it forbids.
EXEMPT = {"tests/arch/test_prose.py"}


def prose_faults(name: str, text: str) -> list[str]:
    """The lines of `text` that break a rule, as `file:line: "words" is <rule>.`"""
    return [
        f'{name}:{number}: "{found.group()}" is {advice}.'
        for number, line in enumerate(text.splitlines(), start=1)
        for pattern, advice in RULES
        for found in pattern.finditer(line)
    ]


def _files() -> list[str]:
    """The project's files, committed or about to be; where git cannot say so, those of its folders."""
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        homes = [path for name in ("docs", "scenarios", "src", "tests") for path in (ROOT / name).rglob("*")]
        every = [path for path in (*ROOT.iterdir(), *homes) if path.is_file() and "__pycache__" not in path.parts]
        return sorted(str(path.relative_to(ROOT)) for path in every)
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    return sorted(name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file())


def test_committed_text_names_no_machine_and_no_index() -> None:
    faults = []
    for name in _files():
        if name not in EXEMPT:
            raw = (ROOT / name).read_bytes()
            if b"\0" not in raw:  # pictures and tables have no prose
                faults.extend(prose_faults(name, raw.decode("utf-8", errors="replace")))
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "text",
    [f"see /{home}/someone/notes" for home in HOMES.split("|")]
    + ["read ../shared/facts.csv", "found on " + ".".join(("https://pypi", "org")) + "/simple"],
)
def test_a_planted_path_or_address_is_reported(text: str) -> None:
    assert prose_faults("a.md", f"first line\n{text}\n")[0].startswith("a.md:2: ")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/home/news/2017",
        "a shared border; shared by Iraq and Syria",
        "docs/shared/place",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert prose_faults("a.md", text) == []
