"""What texts name of the project is there: modules in messages and documents, and files and folders in documents."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "situation"
MODULE = re.compile(r"(?<!from )(?<!import )(?<![\w.])situation(?:\.\w+){2,}")
PATH = re.compile(r"`([a-z_]+/[\w./-]*)`")
OF_USERS = ("runs/", "scenarios/")
"""Folders that a user has too, of any content; of the project's own folder of this name only CONTRIBUTING.md speaks."""
DATED = ("CHANGELOG.md", "docs/adr")
"""What was so when it was written."""


def _documents() -> list[Path]:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]
    return [file for file in files if not file.relative_to(ROOT).as_posix().startswith(DATED)]


def module_faults(name: str, text: str) -> list[str]:
    """The modules and what is in them that a text names and that are not there."""
    return [f"{name}: {match[0]} is not there." for match in MODULE.finditer(text) if not _is_there(match[0])]


def _is_there(dotted: str) -> bool:
    module, rest = "situation", dotted.split(".")[1:]
    while rest and any(
        (PACKAGE.parent / f"{module}.{rest[0]}".replace(".", "/")).with_suffix(it).exists() for it in ("", ".py")
    ):
        module = f"{module}.{rest.pop(0)}"
    thing: object = importlib.import_module(module) if rest else None
    for part in rest:
        thing = getattr(thing, part, None)
        if thing is None:
            return False
    return True


def path_faults(name: str, text: str) -> list[str]:
    """The files and folders of the project that a document names and that are not there."""
    made = set(re.findall(r"^New: `([^`]+)`", text, flags=re.MULTILINE))
    faults = []
    for path in dict.fromkeys(PATH.findall(text)):
        rooms = path.split("/")[0]
        if path in made or (path.startswith(OF_USERS) and name != "CONTRIBUTING.md"):
            continue
        if not any((home / rooms).is_dir() for home in (ROOT, PACKAGE)):
            continue  # no folder of the project: an id, or a file of a user
        if not any((home / end).exists() for home in (ROOT, PACKAGE) for end in (path, f"{path.rstrip('/')}.py")):
            faults.append(f"{name}: {path} is not there.")
    return faults


def test_the_modules_that_messages_and_documents_name_are_there() -> None:
    faults = []
    for file in (*sorted(PACKAGE.rglob("*.py")), *_documents()):
        faults += module_faults(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    assert faults == []


def test_the_files_and_folders_that_documents_name_are_there() -> None:
    faults = []
    for file in _documents():
        faults += path_faults(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    assert faults == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Enter it in situation.record.weights.", ["here: situation.record.weights is not there."]),
        ("Enter it in situation.record.beliefs.weights.", []),
        ("situation.rules.DEFAULTS, situation.rules.DEFAULT", ["here: situation.rules.DEFAULT is not there."]),
        ("from situation.record.weights import it", []),
    ],
)
def test_a_module_that_is_not_there_is_told(text: str, faults: list[str]) -> None:
    assert module_faults("here", text) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("`record/why` and `record/evidence/why`", ["here: record/why is not there."]),
        ("`tests/unit/no_such.py`, `log/effects`, `docs/claims.md`", ["here: tests/unit/no_such.py is not there."]),
        ("`captured/ford`, `runs/baseline/manifest.json`", []),
        ("New: `src/situation/rules/no_such.py`:", []),
    ],
)
def test_a_path_that_is_not_there_is_told(text: str, faults: list[str]) -> None:
    assert path_faults("here", text) == faults
