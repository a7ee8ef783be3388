"""What is installed is what is here: the wheel holds the whole package, and every requirement is pinned."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WRITTEN = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in WRITTEN if line and not line.startswith("#")]


def _requirements() -> list[Requirement]:
    """Every requirement that the project states: to run, to be tested, to be built."""
    stated = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        stated.extend(extra)
    read = [Requirement(text) for text in stated]
    return [requirement for requirement in read if requirement.name != PROJECT["project"]["name"]]


@pytest.mark.parametrize("requirement", _requirements(), ids=str)
def test_a_requirement_is_pinned_to_a_version_that_meets_it(requirement: Requirement) -> None:
    pins = {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in PINS)}
    pinned = pins.get(canonicalize_name(requirement.name))
    assert pinned is not None, f"{requirement.name} has no pin in constraints.txt. Install it and run: make pins"
    assert requirement.specifier.contains(pinned), f"{requirement.name}=={pinned} does not meet {requirement}"


def test_a_pin_is_a_name_and_a_version() -> None:
    assert [pin for pin in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin)] == []


def _files(folder: Path) -> set[str]:
    """The files under a folder, by their paths from it."""
    every = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    return {path.relative_to(folder).as_posix() for path in every}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    builder = WheelBuilder(str(ROOT))
    return Path(next(builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])))


def test_the_wheel_holds_the_whole_package_the_example_situations_and_nothing_else(wheel: Path) -> None:
    here = {f"situation/{name}" for name in _files(ROOT / "src" / "situation")}
    here |= {f"situation/examples/{name}" for name in _files(ROOT / "scenarios")}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == here


def test_an_extra_is_installed_in_one_way_and_is_one_that_there_is() -> None:
    """In the project's folder, with the pins: messages by `errors.how_to_install`, and documents in the same words."""
    code = [file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py")]
    documents = [file.read_text("utf-8") for file in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))]
    named = [re.findall(r"how_to_install\([\"'](\w+)[\"']\)", text) for text in code]
    named += [
        match.split(",") for text in documents for match in re.findall(r"-c constraints\.txt -e '\.\[([\w,]+)\]'", text)
    ]
    assert {name for names in named for name in names} == {*PROJECT["project"]["optional-dependencies"]} - {"test"}
    assert not [text for text in (*code, *documents) if f"{PROJECT['project']['name']}[" in text]
