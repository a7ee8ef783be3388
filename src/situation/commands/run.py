"""`situation run`: many stories of one scenario, and what they answer."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from situation.commands.options import cores, main, mark_handling, release_named, release_option, report_errors
from situation.commands.output import console, print_json, print_rows, progress_bar
from situation.ensemble.words import answer_cells
from situation.log.value_words import count_in_words
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.folder import PAGE
from situation.runs.stored_run import StoredRun

__all__: list[str] = []


@main.command("run", short_help="Many stories of one scenario: its questions with odds, intervals and words.")
@click.argument("scenario")
@click.option("--runs", type=int, metavar="N", default=1000, show_default=True, help="How many stories.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same stories.")
@click.option("--workers", type=int, metavar="W", help="Processes; one a core where left out. No result depends on it.")
@click.option("--without", multiple=True, metavar="PART", help="Leave a part of the record out: background.")
@release_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder; runs/NAME-DIGEST if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _run(
    scenario: str,
    runs: int,
    seed: int,
    workers: int | None,
    without: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Tell stories of SCENARIO (a file, or a name under scenarios/, alone or as SITUATION/NAME) and answer its questions.

    Each story draws the record where it is open, the numbers from their ranges, and chance. A stopped run goes on where
    it was when the same command is given again, and ends in the same bytes; the same holds for any number of workers.
    Where no story comes to its end the exit code is 1.

    \b
    Example:
      situation run baseline --runs 400 --seed 7 --workers 2
    """
    opened, record = open_scenario(scenario, without, release=release_named())
    mark_handling(record)
    stored = stored_ensemble(opened, record, seed, runs, cores() if workers is None else workers, out, bar=progress_bar)
    if as_json:
        print_json(
            {
                "run": str(stored.folder),
                "page": str(stored.folder / PAGE),
                "digest": stored.manifest["digest"],
                **stored.answers,
            }
        )
    else:
        _show(stored)
    if len(stored.answers["failed"]) == runs:
        raise SystemExit(1)


def _show(stored: StoredRun) -> None:
    answers = stored.answers
    out = console()
    out.print(
        Text(answers["title"], "bold").append(
            f"  {count_in_words(answers['runs'], 'story')}, seed {answers['seed']}\n", "not bold dim"
        )
    )
    names = ("question", "answer", "error / spread", "outer band", "in this model")
    rows = [(answer["text"] or answer["question"], *answer_cells(answer)) for answer in answers["questions"]]
    print_rows(out, names, rows, words=True)
    out.print(
        "\nA share has its counting error (95 %); a time or a number, its median and the middle 90 % of the stories. The "
        "outer band is over the record and the assumed numbers; the words are read off it.",
        style="dim",
    )
    if answers["assumptions"]:
        out.print("\nThe assumptions that matter most", style="bold")
        for assumption in answers["assumptions"]:
            span = f"{assumption['low']:g} / {assumption['best']:g} / {assumption['high']:g} {assumption['unit']}"
            line = Text(f"  {assumption['number']}: {span}. {assumption['reason']}")
            if not assumption["beyond_luck"]:
                line.append(" (may be luck: more stories may tell)", "dim")
            out.print(line, soft_wrap=True)
    else:
        out.print("\nToo few stories to tell which assumptions matter.", style="dim")
    if answers["failed"]:
        first = answers["failed"][0]
        line = Text(f"\n{count_in_words(len(answers['failed']), 'story')} failed", "red")
        out.print(line.append(f"; the first is {first['run']}: {first['reason']}", "not red"), soft_wrap=True)
    out.print(Text(f"\nPage: {stored.folder / 'index.html'}"), soft_wrap=True)
