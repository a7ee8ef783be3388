"""The commands themselves on disks that fail: the next call ends in the bytes of one that nobody cut off."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.testimony.disk.steps import using
from tests.attack.disks import TROUBLES, FailingDisk, Journal, Killed, Trouble
from tests.attack.kills import COMMANDS, home_with_events

WORDS = {
    "run": ("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1"),
    "compare": ("compare", "push-on", "guns", "--runs", "8", "--seed", "3", "--workers", "1"),
    **{name: COMMANDS[name] for name in ("replay", "import", "new", "part", "join")},
}
MOST_STEPS = {"run": 40, "compare": 70, "replay": 20, "import": 20, "new": 20, "part": 25, "join": 45}


def told(name: str) -> Result:
    result = CliRunner().invoke(main, list(WORDS[name]))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def content(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def _attacked(name: str, seeds: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a fault struck, over some seeds; each ends in the bytes of the first call, which nobody cut off."""
    fresh, struck = home_with_events(tmp_path / "fresh", name), 0
    shutil.copytree(fresh, tmp_path / "whole")
    monkeypatch.chdir(tmp_path / "whole")
    assert told(name).exit_code == 0
    whole = content(tmp_path / "whole")
    for seed in seeds:
        rng, home = random.Random(f"{name} {seed}"), tmp_path / f"home-{seed}"
        shutil.copytree(fresh, home)
        monkeypatch.chdir(home)
        trouble = Trouble(rng.choice(TROUBLES), rng.randint(1, MOST_STEPS[name]), rng.random() < 0.5)
        disk = FailingDisk(Journal(home.resolve()), rng, trouble)
        with using(disk):
            try:
                result = told(name)
                assert result.exit_code in (0, 1), result.output
            except Killed:
                assert disk.dead
        struck += disk.steps >= trouble.at
        if content(home) != whole or disk.dead:
            again = told(name)
            assert again.exit_code == 0 or content(home) == whole, f"seed {seed}: {again.output}"
        assert content(home) == whole, f"seed {seed}, {trouble}"
        shutil.rmtree(home)
    return struck


@pytest.mark.parametrize("name", ["import", "new"])
def test_a_command_that_is_cut_off_is_made_good_by_the_next_call(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _attacked(name, range(4), tmp_path, monkeypatch) > 0


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "seeds"),
    [("run", 16), ("compare", 12), ("replay", 16), ("import", 40), ("new", 40), ("part", 16), ("join", 16)],
)
def test_every_command_that_is_cut_off_is_made_good_by_the_next_call(
    name: str, seeds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _attacked(name, range(100, 100 + seeds), tmp_path, monkeypatch) > seeds // 4
