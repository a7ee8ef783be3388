"""Runs the probes and writes what came out beside what was expected, to docs/probes.md: `python -m tests.probes`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

import situation as sit
from situation.commands.cli import main
from situation.ensemble.ensemble import Ensemble
from tests.probes.probes import PROBES, BattleProbe, Probe, StoryProbe

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "probes.md"
SCENARIOS = Path("tests/probes/scenarios")
HOMES = {"probe-measure": "al-qaim-2017", "probe-island-measure": "falklands-1982"}
RUNS, SEED, BATTLES = 200, 7, 2000

HEAD = """# Probes

What a reader who knows combat modelling would try first, and what he would expect. The list and what is expected of each were
committed before the first was run; `python -m tests.probes` runs them all and writes this page ({runs} stories a scenario,
{battles} engagements, seed {seed}). Differences are against the measure of the situation, story by story on the same luck; a time
that never comes counts as the horizon.

{summary}

"""


@lru_cache
def ensemble(name: str, measure: str) -> Ensemble:
    """The stories of a scenario of the probes, or of a measure."""
    record = sit.load(ROOT / "scenarios" / HOMES[measure])
    scenario = sit.load_scenario(ROOT / SCENARIOS / f"{name}.yaml", record)
    return sit.run(scenario, RUNS, SEED, workers=os.cpu_count() or 1, record=record)


def results_of(probe: Probe) -> Any:
    """What the figures of a probe are read off."""
    if isinstance(probe, BattleProbe):
        return tuple(_battle(options) for options in probe.engagements)
    return ensemble(probe.measure, probe.measure), ensemble(probe.name, probe.measure)


def _battle(options: str) -> dict[str, Any]:
    arguments = ["battle", *options.split(), "--runs", str(BATTLES), "--seed", str(SEED), "--json"]
    answer: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).output)
    return answer


def commands_of(probe: Probe) -> tuple[str, ...]:
    """The commands that give the figures of a probe."""
    if isinstance(probe, StoryProbe):
        files = " ".join(f"{SCENARIOS}/{name}.yaml" for name in (probe.measure, probe.name))
        return (f"situation compare {files} --runs {RUNS} --seed {SEED}",)
    return tuple(f"situation battle {options} --runs {BATTLES} --seed {SEED}" for options in probe.engagements)


def page(result: Callable[[Probe], Any], notes: dict[str, str]) -> str:
    """The page; of a probe without results, what is expected alone."""
    parts, failed, total, waiting = [], 0, 0, 0
    for number, probe in enumerate(PROBES, start=1):
        lines = [f"## {number}. {probe.title}", "", probe.why, "", *(f"    {it}" for it in commands_of(probe)), ""]
        lines += ["| expected | got | holds |", "|---|---|---|"]
        results = result(probe)
        for expected in probe.expected:
            total += 1
            if results is None:
                waiting += 1
                lines.append(f"| {expected.words} | not run yet | |")
                continue
            value = expected.figure(results)
            failed += not expected.holds(value)
            lines.append(f"| {expected.words} | {value:.3g} | {'yes' if expected.holds(value) else '**no**'} |")
        lines += ["", notes[probe.name], ""] if probe.name in notes else [""]
        parts.append("\n".join(lines))
        click.echo(parts[-1])
    summary = f"{total} expectations of {len(PROBES)} probes"
    summary += f": {total - failed - waiting} hold, {failed} do not, {waiting} were not run yet."
    return HEAD.format(runs=RUNS, battles=BATTLES, seed=SEED, summary=summary) + "\n".join(parts)


@click.command()
@click.option("--battles-only", is_flag=True, help="Run the engagements, and of the others write what is expected.")
def _main(battles_only: bool) -> None:
    """Run all probes and write docs/probes.md."""
    notes = json.loads((Path(__file__).parent / "notes.json").read_text("utf-8"))

    def result(probe: Probe) -> Any:
        return None if battles_only and isinstance(probe, StoryProbe) else results_of(probe)

    PAGE.write_text(page(result, notes).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    _main()
