"""A file of a run that may not be read: it is named, nothing is set aside for it, and the other runs are listed and read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from tests.unit.valley_stories import GUNS, valley_home

NOBODY = 65534
HIDDEN = ("manifest.json", "questions.json", "runs.parquet", "index.html")
CHILD = """
import json, os, sys
from pathlib import Path
from click.testing import CliRunner
from situation.commands.cli import main
from situation.serving.shelf import Shelf

RUN = ("run", "push-on", "--runs", "4", "--seed", "3", "--workers", "1")

def answers(own):
    read = CliRunner().invoke(main, ["score", own])
    again = CliRunner().invoke(main, RUN)
    listed = {run.name: (run.title, run.problem) for run in Shelf(Path("runs")).page_of_runs()}
    return {"listed": listed, "read": (read.exit_code, read.output), "run": (again.exit_code, again.output)}

own = Path(sys.argv[1])
answers(str(own))  # all that is imported later is at hand, whatever this user may read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
told = {}
for name in sys.argv[2:]:
    os.chmod(own / name, 0)
    told[name] = answers(str(own))
    if (own / name).exists():
        os.chmod(own / name, 0o644)
print(json.dumps(told))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """The valley with two runs, in a folder that nobody else than the user of the child has to pass through."""
    with TemporaryDirectory() as folder:
        home = valley_home(Path(folder), guns=GUNS)
        there = home / "scenarios" / "tarn-valley"
        for name in ("push-on", "guns"):
            stored_ensemble(*open_scenario(str(there / f"{name}.yaml"), (), there), 3, 4, 1, folder=home / "runs")
        if os.getuid() == 0:
            for path in (home, *home.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield home


@pytest.mark.long
def test_a_file_that_may_not_be_read_is_named_and_breaks_neither_the_list_nor_another_run(home: Path) -> None:
    own, other = (next(home.glob(f"runs/{name}-*")).name for name in ("push-on", "guns"))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, f"runs/{own}", *HIDDEN], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    for name in HIDDEN[:-1]:
        words = f"runs/{own}/{name}: The file cannot be read: Permission denied. Check its permissions."
        assert told[name]["listed"][own] == ["", words]
        assert told[name]["read"] == [2, f"{words}\n"]
        assert told[name]["run"] == [2, f"{words}\n"]
        assert told[name]["listed"][other] == ["The North pushes on", ""]
    page = told["index.html"]
    assert page["listed"][own] == page["listed"][other] == ["The North pushes on", ""]
    assert page["read"][0] == page["run"][0] == 0
    assert f"runs/{own}/index.html: The file was changed. It is made anew." in page["run"][1]
    assert not (home / "runs" / ".broken").exists()
