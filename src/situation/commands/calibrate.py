"""`situation calibrate`: a scenario's numbers, narrowed by what the record says of a window after the branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import (
    cores,
    mark_handling,
    release_named,
    release_option,
    report_errors,
    whole_record_option,
)
from situation.commands.output import console, print_json, print_problem, progress_bar
from situation.commands.story_engine import engine_option, story_engine
from situation.ensemble.calibrate.calibration_words import compared_row, number_row, pair_line
from situation.ensemble.calibrate.waves import LEAST_ACCEPTED, Setting
from situation.log.value_words import count_in_words
from situation.runs.calibration_files import POSTERIOR
from situation.runs.calibrations import stored_calibration
from situation.runs.finding import open_scenario
from situation.testimony.ground import Ground

__all__: list[str] = []


@main.command("calibrate")
@click.argument("scenario")
@click.option("--until", required=True, metavar="T", help="The end of the window; nothing said of later times is used.")
@click.option(
    "--numbers",
    metavar="A,...",
    help="Calibrate these numbers; if left out, all that have a range, if they are few.",
)
@click.option(
    "--points", type=int, metavar="N", default=120, show_default=True, help="Points of each wave, an even number."
)
@click.option("--runs", type=int, metavar="N", default=4, show_default=True, help="How many stories at each point.")
@click.option("--waves", type=int, metavar="N", default=2, show_default=True, help="Waves of history matching.")
@click.option(
    "--share", type=float, metavar="X", default=0.05, show_default=True, help="The share of stories that is accepted."
)
@click.option(
    "--leave-out",
    multiple=True,
    metavar="PLACE",
    help="Do not compare a place, as of a front that the scenario leaves out; may be given again.",
)
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same calibration.")
@click.option(
    "--workers", type=int, metavar="W", help="How many processes; one per core if left out. It changes no result."
)
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Its folder; runs/calibrations/NAME-DIGEST if left out.",
)
@engine_option
@whole_record_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _calibrate(
    scenario: str,
    until: str,
    numbers: str | None,
    points: int,
    runs: int,
    waves: int,
    share: float,
    leave_out: tuple[str, ...],
    seed: int,
    workers: int | None,
    without: tuple[str, ...],
    out: Path | None,
    engine: str,
    as_json: bool,
) -> None:
    """Narrow the numbers of SCENARIO by what the record says of the days from its branch until T.

    It compares capture dates, their order, changes of hands and loss ratios. Points of the numbers' ranges that
    cannot have produced them, whatever the luck, are ruled out first (history matching); of the stories at the
    remaining points the nearest are kept (rejection ABC). The result is a scenario, posterior.yaml, that another
    can extend, and a table of the accepted stories. Numbers on which the data are silent are named, and keep their
    ranges. Score the
    result only on days after T.

    \b
    Examples:
      situation calibrate baseline-26-october --until 2017-11-02 --numbers quality.iraq,quality.syria,qaim-approach
    """
    opened, record = open_scenario(scenario, without, release=release_named())
    mark_handling(record)
    stored = stored_calibration(
        opened,
        record,
        until,
        tuple(name.strip() for name in numbers.split(",")) if numbers is not None else (),
        Setting(points, runs, waves, share, seed, tuple(sorted({_place(it, record.ground) for it in leave_out}))),
        cores() if workers is None else workers,
        out,
        bar=progress_bar,
        note=print_problem,
        engine=partial(story_engine, engine),
    )
    answer = {"run": str(stored.folder), **stored.answer}
    if as_json:
        print_json(answer)
    else:
        _show(answer, record.ground)


def _place(written: str, ground: Ground) -> str:
    """The id of a place that is written in any of its spellings; else what is written."""
    return written if written in ground.places else ground.find(written) or written


def _show(answer: Mapping[str, Any], ground: Ground) -> None:
    out = console()
    window = f"from {answer['from']} until {answer['until']}, seed {answer['seed']}"
    out.print(Text(answer["title"], "bold").append(f"  {window}\n", "not bold dim"))
    _show_targets(out, answer["targets"], ground)
    if answer["left_out"]:
        out.print(Text(f"Not compared, as asked: {', '.join(answer['left_out'])}."))
    for number, wave in enumerate(answer["waves"], start=1):
        points = f"{wave['plausible']} of {count_in_words(wave['points'], 'point')} not ruled out"
        out.print(Text(f"Wave {number}: {points}; {_percent(wave['left'])} of the ranges left."))
    if answer["failed"]:
        out.print(Text(f"{count_in_words(answer['failed'], 'story')} failed and are left out.", "red"))
    if answer["found"]:
        _show_posterior(out, answer)
    else:
        _show_none(out, answer)
    out.print(Text(f"\nTable: {Path(answer['run']) / 'experiments.csv'}"), soft_wrap=True)


def _show_targets(out: Console, targets: list[dict[str, Any]], ground: Ground) -> None:
    rows = [compared_row(row, ground) for row in targets]
    heading = f"{count_in_words(len(targets), 'observation')}, with the means of all stories and of those accepted"
    out.print(Text(heading))
    heads = ("compared", "record", "all", "accepted", *(("out of reach",) if any(row[-1] for row in rows) else ()))
    _print_table(out, heads, (row[: len(heads)] for row in rows))
    out.print()


def _print_table(out: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, head in enumerate(heads):
        table.add_column(head, justify="left" if number == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)


def _show_posterior(out: Console, answer: Mapping[str, Any]) -> None:
    points = count_in_words(answer["points_accepted"], "point")
    out.print(
        Text(f"\n{count_in_words(answer['accepted'], 'story')} of {answer['stories_left']:,} accepted, at {points}:")
    )
    heads = ("number", "unit", "range before", "range after", "width left")
    _print_table(out, heads, map(number_row, answer["numbers"]))
    if answer["not_told"]:
        kept = "its range is" if len(answer["not_told"]) == 1 else "their ranges are"
        out.print(
            Text(
                f"\nThe data say next to nothing of: {', '.join(answer['not_told'])}. In the posterior {kept} as before: "
                "an interval 85 % as wide or wider, of so few stories, narrows nothing."
            ),
            soft_wrap=True,
        )
    for pair in answer["together"]:
        out.print(Text(pair_line(pair)))
    out.print(Text(f"\nPosterior: {Path(answer['run']) / POSTERIOR}"), soft_wrap=True)


def _show_none(out: Console, answer: Mapping[str, Any]) -> None:
    if answer["stories_left"]:
        left = (
            f"{count_in_words(answer['stories_left'], 'story')} at {count_in_words(answer['points_accepted'], 'point')}"
        )
        fact = (
            f"No posterior: {left} are left, and it takes {LEAST_ACCEPTED} points. Give more points, or other numbers."
        )
    else:
        fact = "No posterior: no point agrees with the record. The model is wrong, or the ranges are."
    out.print(Text(f"\n{fact}", "red"))


def _percent(share: float) -> str:
    return f"{100.0 * share:.3g} %"
