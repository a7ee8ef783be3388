"""The wheel in a folder of its own, and nothing of the project beside it: from an empty folder the README's commands work."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed into; what it requires is found where the tests find it."""
    home = tmp_path_factory.mktemp("installed")
    builder = WheelBuilder(str(ROOT))
    wheel = next(builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"]))
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(home), wheel]
    subprocess.run(command, check=True, capture_output=True)
    return home


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def _readme_commands() -> list[str]:
    """The commands of the README, with two stories where it tells more."""
    block = re.findall(r"```sh\n(situation .*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL)[0]
    lines = [line.split("  #")[0].strip() for line in block.splitlines()]
    return [re.sub(r"--runs \d+", "--runs 2 --workers 1", line) for line in lines if line]


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the installed package, run in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "situation", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_it_is_the_installed_package_that_runs(installed: Path, empty: Path) -> None:
    code = "import situation; print(situation.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=empty, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith(str(installed))


@pytest.mark.parametrize("command", _readme_commands())
def test_a_command_of_the_readme_works_from_an_empty_folder(installed: Path, empty: Path, command: str) -> None:
    result = run(installed, empty, *shlex.split(command)[1:])
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    assert {path.name for path in empty.iterdir()} <= {"runs"}


def test_an_example_is_copied_out_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "new", "falklands-1982", "--from", "falklands-1982").returncode == 0
    assert "No problems." in run(installed, tmp_path, "check").stdout
