"""Two versions in turn on the same commands, in CPU seconds: `python -m tests.bench.before_after BEFORE RUNS PAIRS ROUNDS`.

BEFORE is the folder of another version's tree, such as one that `git worktree add` has made. Each command is given in an
empty folder, and its processes are counted with it.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def _seconds(tree: Path, words: list[str]) -> float:
    """The CPU seconds that a command takes by the code of a tree, on the situations of that tree."""
    with TemporaryDirectory() as folder:
        shutil.copytree(tree / "scenarios", Path(folder) / "scenarios")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
        command = [sys.executable, "-m", "situation", *words, "--workers", "1"]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _main(other: Path, runs: int, pairs: int, rounds: int) -> None:
    trees = {"before": other.absolute(), "now": Path(__file__).parents[2]}
    for number in range(rounds):
        for words in (
            ["run", "baseline", "--runs", str(runs)],
            ["compare", "baseline", "sdf-government-confrontation", "--runs", str(pairs)],
        ):
            order = list(trees) if number % 2 == 0 else list(trees)[::-1]
            took = {name: _seconds(trees[name], [*words, "--seed", str(7 + number)]) for name in order}
            share = took["now"] / took["before"]
            print(f"{words[0]}: before {took['before']:.1f} s, now {took['now']:.1f} s, {share:.2f} of it", flush=True)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
