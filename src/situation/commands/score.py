"""`situation score`: an ensemble held against what a later record says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from situation.commands.options import main, mark_handling, open_record, release_option, report_errors
from situation.commands.output import console, print_json
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score import score_ensemble
from situation.ensemble.score.against import FORECASTS
from situation.log.value_words import count_in_words
from situation.runs.finding import scenario_of
from situation.runs.stored_run import open_run

__all__: list[str] = []


@main.command("score", short_help="Brier, log score and CRPS of a run against a later record, beside naive forecasts.")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--against", metavar="SITUATION", help="The later record; the run's own situation where left out.")
@release_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _score(run: Path, against: str | None, as_json: bool) -> None:
    """Score RUN (a run folder) on who held what, when places fell, and how many men there were.

    The record may know more than the run's branch did: what came after it is what the run is scored on. Beside the run
    stand two forecasts without a model: nothing changes, and the trend of the month before the branch goes on.

    \b
    Example:
      situation score runs/stand-and-fight-0123456789ab --against al-qaim-2017
    """
    stored = open_run(run)
    scenario, record = scenario_of(stored)
    later = record if against is None else open_record(against, ())
    mark_handling(later)
    answer = score_ensemble(stored.ensemble, RecordDraws(scenario, record, int(stored.manifest["seed"])), later)
    if as_json:
        print_json({"run": str(run), **answer})
    else:
        _show(answer)


def _figure_or_dash(value: float | None) -> str:
    return "-" if value is None else f"{value:,.3f}"


def _show(answer: dict[str, Any]) -> None:
    out = console()
    out.print(
        Text(answer["scenario"], "bold").append(f" from {answer['from'][:10]} to {answer['to'][:10]}", "not bold")
    )
    sizes = (answer["runs"], "story"), (len(answer["contestable"]), "contestable place"), (answer["days"], "day")
    size = ", ".join(count_in_words(*size) for size in sizes)
    out.print(f"{size}\n", style="dim")
    if not answer["days"]:
        out.print("The record ends where the stories begin: there is nothing to score them on.")
        return
    silent = len(answer["contestable"]) - len(answer["reported"])
    if not answer["reported"]:
        out.print(
            "The record tells of nothing at these places after the branch. Silence is not peace: what follows holds the "
            "stories against silence, which favours the forecast that nothing changes.\n"
        )
    elif silent:
        out.print(
            f"Of {silent} of these places the record tells nothing after the branch: silence, not peace.\n", style="dim"
        )
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("score")
    for name in FORECASTS:
        table.add_column(name, justify="right")
    table.add_column("best")
    for label, part, key in (
        ("control by place and day: Brier, less is better", "control", "brier"),
        ("control by place and day: log, more is better", "control", "log"),
        ("day of loss: CRPS in days, less is better", "captures", "crps"),
        ("strength: CRPS in men, less is better", "strengths", "crps"),
    ):
        values = [answer[part][name][key] for name in FORECASTS]
        best = _best(values, more=key == "log") if answer["reported"] else "-"
        table.add_row(label, *(_figure_or_dash(value) for value in values), best)
    out.print(table)
    if not answer["strengths_by_report"]:
        out.print(
            "\nThe record has no estimate of strength after the branch that says how many and where.", style="dim"
        )
    worst = sorted(answer["control_by_place"], key=lambda row: -float(row["model"] or 0.0))[:5]
    out.print("\nWhere the model is farthest off (Brier by place):")
    for row in worst:
        if row["model"] or row["nothing changes"]:
            naive = ", ".join(f"{name} {_figure_or_dash(row[name])}" for name in FORECASTS[1:])
            out.print(Text(f"  {row['place']}: {_figure_or_dash(row['model'])} ({naive})"), soft_wrap=True)
    if answer["wrong_at_branch"]:
        places = ", ".join(answer["wrong_at_branch"])
        out.print(f"\nOf these the branch itself had another holder than is known now: {places}.")


def _best(values: list[float | None], more: bool) -> str:
    """The forecast that scores best; all that share the best, where several do."""
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    best = max(known) if more else min(known)
    names = [name for name, value in zip(FORECASTS, values, strict=True) if value == best]
    return "no difference" if len(names) == len(FORECASTS) else ", ".join(names)
