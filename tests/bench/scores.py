"""How runs score: `python -m tests.bench.scores [--runs N] [SCENARIO...]` writes docs/scores.md from the results.

Runs each scenario (those of `MEASURES` where none is named), holds it against all that its record tells, and prints the
command's own output; nothing in the page is written by hand but what stands in this file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from click.testing import CliRunner

from situation.commands.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "scores.md"
MEASURES = ("al-qaim-2017/baseline-26-october", "al-qaim-2017/stand-and-fight", "falklands-1982/baseline-20-may")
HEAD = """\
# How the runs score

Written by `python -m tests.bench.scores {command}` from what the commands print; seed 7. What the lines mean is said in
[Stories](stories.md) and, key by key, in [JSON](json.md).

Read it with care. The record of al-Qaim ends on 5 November 2017: ten days and few places. How the Falklands ended is known to
all who wrote their scenarios, so their scores show whether the model works, and never skill. No run here was sealed, and each
branch knows all that its record tells of the days before it, whenever it was told.

The Brier score runs from 0 (certain and right) to 2 (certain and wrong); of a yes or no, one half each scores 0.5. The CRPS is
how far a forecast lies from what came, less its own spread, in the unit that the table gives: days, men, or changes of hands.
Less is better in both. No number of the dead is not none: where an event of a side gives no number, or the side of some dead of
that month is not stated, the record gives the least alone, and what a forecast has above it is not held against it; where it
gives no number at all, that side and month are not scored.
"""


def page(runs: int, names: list[str]) -> str:
    """The page of some scenarios, from runs of so many stories."""
    parts = [HEAD.format(command=" ".join(["--runs", str(runs), *names]))]
    for name in names or MEASURES:
        sys.stderr.write(f"{name}\n")
        folder = f"runs/scores-{name.replace('/', '-')}-{runs}"
        told = CliRunner().invoke(main, ["run", name, "--runs", str(runs), "--seed", "7", "--out", folder])
        assert told.exit_code == 0, told.output
        scored = CliRunner().invoke(main, ["score", folder])
        assert scored.exit_code == 0, scored.output
        lines = "\n".join(line.rstrip() for line in scored.output.strip().splitlines())
        parts.append(f"## {name}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes docs/scores.md.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("names", nargs="*", metavar="SCENARIO")
    chosen = parser.parse_args()
    PAGE.write_text(page(chosen.runs, chosen.names), "utf-8")
