"""`situation engine`, and which engine `situation battle` takes: the answer is the same."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

import situation.kernel
from situation.commands.cli import main
from situation.commands.engine import Threshold, uses_compiled
from situation.errors import how_to_install
from situation.rules.engagement.days import FIGHT_KERNEL

ASSAULT = (
    "battle",
    "--attacker",
    "3000",
    "--defender",
    "1000",
    "--terrain",
    "urban",
    "--runs",
    "60",
    "--seed",
    "5",
    "--json",
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> NoReturn:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", version)


def test_few_runs_are_not_worth_compiling_and_many_are() -> None:
    threshold = Threshold(kept=10, not_kept=100)
    assert [uses_compiled("auto", FIGHT_KERNEL, count, threshold) for count in (10, 99, 100)] == [False, False, True]
    assert uses_compiled("compiled", FIGHT_KERNEL, 1, threshold)
    assert not uses_compiled("simpy", FIGHT_KERNEL, 1000, threshold)


def test_what_lies_ready_makes_compiling_worth_it_sooner() -> None:
    kept = situation.kernel.kept_in() / "engagement_0"
    kept.mkdir(parents=True)
    (kept / f"days.{FIGHT_KERNEL}-110.py310.1.nbi").touch()
    assert not situation.kernel.is_kept(FIGHT_KERNEL)  # by another Python
    tag = "".join(map(str, sys.version_info[:2]))
    (kept / f"days.{FIGHT_KERNEL}-110.py{tag}.1.nbi").touch()
    assert uses_compiled("auto", FIGHT_KERNEL, 10, Threshold(kept=10, not_kept=100))


def test_of_other_versions_the_two_that_were_compiled_last_stay_kept(tmp_path: Path) -> None:
    here = situation.kernel.kept_in()
    tag = "".join(map(str, sys.version_info[:2]))
    for age, folder in enumerate((here, *(here.with_name(f"kernels-{name}") for name in "dcba"))):
        (folder / "decide_0").mkdir(parents=True)
        (folder / "decide_0" / f"steps.{situation.kernel.STORY_KERNEL}-44.py{tag}.nbi").touch()
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    other = here.parent / "notes"
    other.mkdir()
    situation.kernel.mark_stories()
    assert situation.kernel.stories_are_kept()
    assert sorted(it.name for it in here.parent.iterdir()) == sorted((here.name, "kernels-c", "kernels-d", "notes"))


def test_without_numba_it_says_what_to_install_and_battles_are_fought_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_numba(monkeypatch)
    install = how_to_install("fast")
    assert install in " ".join(run("engine").output.split())
    for arguments in (("engine", "--compile"), (*ASSAULT, "--engine", "compiled")):
        refused = run(*arguments)
        assert refused.exit_code == 2
        assert f": Compiled kernels need numba, which is not installed. {install}" in refused.output
    assert run(*ASSAULT, "--runs", "1").exit_code == 0
    assert json.loads(run("engine", "--json").output)["numba"] is None


def test_a_law_that_is_not_compiled_runs_as_it_is() -> None:
    duel = (
        "battle",
        "--attacker",
        "9",
        "--defender",
        "8",
        "--law",
        "square",
        "--attacker-rate",
        "1",
        "--defender-rate",
        "1",
    )
    result = run(*duel, "--runs", "2", "--engine", "compiled", "--json")
    assert result.exit_code == 0
    assert (
        result.stderr
        == "The laws with rates, and an engagement without chance, are not compiled: they run as they are.\n"
    )


@pytest.mark.long
def test_compiled_ahead_it_lies_ready_and_the_answer_is_the_same() -> None:
    assert "None is kept yet." in run("engine").output
    made = json.loads(run("engine", "--compile", "--json").output)
    assert made["kept"] and made["bytes"] > 100_000 and made["seconds"] > 0
    assert "MB are kept in" in run("engine").output
    assert run(*ASSAULT, "--engine", "compiled").stdout == run(*ASSAULT, "--engine", "simpy").stdout
    for kept in situation.kernel.kept_in().rglob(f"*{FIGHT_KERNEL}*.nb*"):
        kept.write_bytes(kept.read_bytes()[:40])
    again = run(*ASSAULT, "--engine", "compiled")
    assert "What is kept of compiled kernels is damaged. It is made anew." in again.stderr
    assert again.stdout == run(*ASSAULT, "--engine", "simpy").stdout


def test_few_stories_are_simulated_under_simpy_and_compiled_ones_need_numba(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story = ("run", "falklands-1982/baseline-20-may", "--runs", "1", "--workers", "1", "--out", str(tmp_path / "one"))
    few = run(*story)
    assert few.exit_code == 0
    assert "ompiled" not in few.stderr
    without_numba(monkeypatch)
    refused = run(*story, "--engine", "compiled")
    assert refused.exit_code == 2
    assert "--engine: Compiled kernels need numba, which is not installed." in refused.stderr
