"""The wheel in an empty environment, with what it requires and nothing else: from an empty folder the README's commands work."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement

from tests.arch.audit import needed_by

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of the wheel and what it states that it requires, with neither extras nor anything else: its folder of
    programs. What it requires is taken from where the tests are, so it needs no network."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    for needed in needed_by(map(Requirement, stated)).values():
        names = {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}
        for name in names:
            (packages / name).symlink_to(Path(str(needed.locate_file(name))))
    builder = WheelBuilder(str(ROOT))
    wheel = next(builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"]))
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", *options, wheel]
    subprocess.run(command, check=True, capture_output=True)
    return home / "bin"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def _readme_commands() -> list[str]:
    """The commands of the README, with two stories where it tells more."""
    block = re.findall(r"```sh\n(situation .*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)[0]
    lines = [line.split("  #")[0].strip() for line in block.splitlines()]
    return [re.sub(r"--runs \d+", "--runs 2 --workers 1", line) for line in lines if line]


def run(installed: Path, folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A program of the environment, run in a folder; nothing of the caller's environment leads it elsewhere."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    command = [str(installed / program), *words]
    return subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True, check=False)


def test_it_is_the_installed_package_that_runs_and_nothing_that_it_does_not_require_is_there(
    installed: Path, empty: Path
) -> None:
    code = "import importlib.util as u, situation; print(situation.__file__, u.find_spec('uvicorn'), u.find_spec('pytest'))"
    told = run(installed, empty, "python", "-c", code)
    file, *others = told.stdout.split()
    assert Path(file).is_relative_to(installed.parent), told.stderr
    assert others == ["None", "None"]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, marks=[pytest.mark.long] if command.split()[1] in ("compare", "run", "brief") else [])
        for command in _readme_commands()
    ],
)
def test_a_command_of_the_readme_works_from_an_empty_folder(installed: Path, empty: Path, command: str) -> None:
    result = run(installed, empty, *shlex.split(command))
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    assert {path.name for path in empty.iterdir()} <= {"runs"}


def test_an_example_is_copied_out_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "situation", "new", "falklands-1982", "--from", "falklands-1982").returncode == 0
    assert "No problems." in run(installed, tmp_path, "situation", "check").stdout


def test_what_needs_an_extra_says_which(installed: Path, empty: Path) -> None:
    told = run(installed, empty, "situation", "serve", "al-qaim-2017")
    assert told.returncode == 1
    assert "The served edition needs starlette and uvicorn, which are not here." in told.stderr
