"""`situation sources`: the questions of a scenario with each source left out."""

from __future__ import annotations

from typing import Any

import click
from rich.padding import Padding
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
from situation.ensemble.answer_words import source_rows
from situation.ensemble.leave_one_out import known_at_branch, leave_each_out, sources_answer, sources_named
from situation.log.value_words import count_in_words
from situation.record.record import Record
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario

__all__: list[str] = []


@main.command("sources")
@click.argument("scenario")
@click.option(
    "--source", "names", multiple=True, metavar="S", help="Leave out this source; all, one by one, if none is named."
)
@click.option("--runs", type=int, metavar="N", default=80, show_default=True, help="How many stories.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same stories.")
@click.option(
    "--workers", type=int, metavar="W", help="How many processes; one per core if left out. It changes no result."
)
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@whole_record_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _sources(
    scenario: str,
    names: tuple[str, ...],
    runs: int,
    seed: int,
    workers: int | None,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show which reports the answers of SCENARIO depend on: its questions with each source left out, on the same
    luck.

    If the state at the branch is the same without a source, so are the stories, and they are not repeated; each
    other source takes as long as a run of that many stories. The command says before it begins how many these are at
    most. The scenario stays as it is written: its numbers that
    rest on a source left out are named.

    \b
    Examples:
      situation sources baseline --runs 80 --source arab-news
      situation sources baseline --runs 80 --without background
    """
    opened, record = open_scenario(scenario, without, release=release_named())
    mark_handling(record)
    chosen = sources_named(record, names)
    processes = cores() if workers is None else workers
    known = len(known_at_branch(opened, record, chosen))
    print_problem(
        f"{count_in_words(len(chosen), 'source')}, {known:,} known at the branch: {count_in_words(runs, 'story')} with all, and "
        f"as many again without each of these whose state at the branch differs: {runs * (1 + known):,} stories in all at most."
    )
    stored = stored_ensemble(opened, record, seed, runs, processes, bar=progress_bar, note=print_problem)
    with progress_bar("sources", len(chosen)) as finished:
        every = leave_each_out(opened, record, seed, runs, chosen, processes, finished)
    answer = sources_answer(stored.ensemble, every, opened, record)
    if as_json:
        print_json({"run": str(stored.folder), **answer})
    else:
        _show(answer, record)


def _show(answer: dict[str, Any], record: Record) -> None:
    def outlet(source: str) -> str:
        return f"{record.testimony.sources[source].outlet} ({source})"

    out = console()
    stories = f"  {count_in_words(answer['stories'], 'story')}, seed {answer['seed']}\n"
    out.print(Text(answer["title"], "bold").append(stories, "not bold dim"))
    for question in answer["questions"]:
        with_all, rows = source_rows(question)
        out.print(Text(question["text"] or question["question"]).append(f"  {with_all}", "bold"))
        for source, cells in rows:
            out.print(Padding(Text(f"without {outlet(source)}: {cells}"), (0, 0, 0, 4), expand=False))
        if not rows:
            out.print(
                Padding(Text("No source moves it by more than the counting error.", "dim"), (0, 0, 0, 4), expand=False)
            )
    out.print(
        "\nA share of the stories, or the median of a time or a number; then the difference on the same luck (a time "
        "that never comes counts as the last day), with its counting error (95 %). Of twenty sources without effect about "
        "one appears here by luck.",
        style="dim",
    )
    same = [row["source"] for row in answer["sources"] if row["known"] and not row["differ"]]
    unknown = [row["source"] for row in answer["sources"] if not row["known"]]
    for words, sources in (
        ("The state at the branch is the same without any one of these, and so is every story", same),
        ("None of these was known at the branch", unknown),
    ):
        if sources:
            out.print(Text(f"\n{words}: {', '.join(map(outlet, sources))}."))
    for row in answer["sources"]:
        if row["rests"]:
            out.print(
                Text(f"\nOn {outlet(row['source'])} rest these of the scenario, which stay: {', '.join(row['rests'])}.")
            )
        if row["failed"]:
            out.print(Text(f"\nWithout {row['source']} {count_in_words(row['failed'], 'story')} failed.", "red"))
