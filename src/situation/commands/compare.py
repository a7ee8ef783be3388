"""`situation compare`: two scenarios on the same luck, question by question, and where their stories part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import cores, release_named, release_option, report_errors, whole_record_option
from situation.commands.output import (
    console,
    note_handling,
    print_json,
    print_judgements,
    print_problem,
    print_rows,
    progress_bar,
)
from situation.commands.story_engine import engine_option, story_engine
from situation.ensemble.answer_words import (
    DIFFERENCE_COLUMNS,
    ESTIMATES,
    by_difference,
    difference_row,
    largest_difference,
    no_difference_in_words,
    pairs_that_part,
)
from situation.ensemble.rule_words import rule_in_words
from situation.log.value_words import count_in_words
from situation.runs.comparisons import stand_in_note, stored_comparison
from situation.runs.finding import find_run_or, find_scenario

__all__: list[str] = []


@main.command("compare")
@click.argument("first", metavar="SCENARIO-OR-RUN")
@click.argument("second", metavar="SCENARIO-OR-RUN")
@click.option("--runs", type=int, metavar="N", default=1000, show_default=True, help="How many pairs of stories.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same stories.")
@click.option("--workers", type=int, metavar="W", help="How many processes; one per core if left out.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The comparison's folder; runs/A-vs-B-DIGEST if left out. Both runs stay in runs/.",
)
@engine_option
@click.option("--pages", is_flag=True, help="Also write the pages of the two runs.")
@click.option("--all", "every", is_flag=True, help="Also the questions in which no difference can be told from luck.")
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@whole_record_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _compare(
    first: str,
    second: str,
    runs: int,
    seed: int,
    workers: int | None,
    out: Path | None,
    engine: str,
    pages: bool,
    every: bool,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show what changes from the first to the second, story by story on the same luck.

    Each is a scenario (a file, or a name) or the run folder of one, for which the beginning of its name is enough.
    Of two scenarios that leave the record at different times, the first is run again from the branch of the second,
    to the same end; or the scenario that the second extends takes its place, if that leaves the record on the same
    day.

    The page shows both beside each other. The two runs have none of their own without --pages; 'situation dashboard
    RUN' makes it later.

    \b
    Example:
      situation compare baseline sdf-government-confrontation --runs 400
    """
    with story_engine(engine, 2 * runs):
        answer = stored_comparison(
            first,
            second,
            runs,
            seed,
            cores() if workers is None else workers,
            without,
            bar=progress_bar,
            release=release_named(),
            note=print_problem,
            out=out,
            pages=pages,
        )
    if "handling" in answer:
        note_handling(answer["handling"])
    if as_json:
        print_json(answer)
    else:
        _show(answer, every)
        named = str(answer["first"]) if find_run_or(first, find_scenario) else find_scenario(first).stem
        if words := stand_in_note(named, str(answer["first"]), str(answer["second"])):
            console().print(f"\n{words}", soft_wrap=True)


def _show(answer: dict[str, Any], every: bool) -> None:
    out = console()
    differing, same = by_difference(answer)
    unchanged = no_difference_in_words(answer)
    titles = answer["titles"]
    out.print(Text.assemble((titles["second"], "bold"), ", against: ", (titles["first"], "bold")), soft_wrap=True)
    out.print(f"first: {answer['first']}; second: {answer['second']}", style="dim", soft_wrap=True)
    out.print(
        f"{count_in_words(answer['pairs'], 'pair of stories')} on the same luck, seed {answer['seed']}\n", style="dim"
    )
    shown = [*differing, *(same if every else ())]
    all_shown = "" if every or not same else " Show them with --all."
    if differing:
        question, change = largest_difference(answer)
        out.print(Text(f"Largest difference: {question} {change}", "bold"), soft_wrap=True)
    else:
        out.print(Text(unchanged, "bold").append(all_shown, "not bold"))
    if shown:
        out.print()
        print_rows(out, DIFFERENCE_COLUMNS, [difference_row(row) for row in shown])
    if differing and unchanged:
        out.print(f"\n{unchanged}{all_shown}")
    if shown:
        _show_notes(out)
    if any(row["interval"] is None for row in answer["questions"]):
        few = "-: too few" if any(row["interval"] is None for row in shown) else "Too few"
        out.print(f"{few} stories for an interval; ask for more with --runs.", style="dim")
    _show_parted(out, answer["parted"], all(row["equal"] == 1.0 for row in answer["questions"]))
    print_judgements(out, answer["judgements"])
    out.print(Text(f"\nPage: {answer['page']}"), soft_wrap=True)


def _show_notes(out: Console) -> None:
    out.print(
        f"\n{ESTIMATES} Differences are second less first, of shares in points. Less, same, more: of 100 pairs, in how many "
        "the second has it so.",
        style="dim",
    )


def _show_parted(out: Console, parted: dict[str, Any], alike: bool) -> None:
    if parted["first_day"] is None:
        out.print("\nNo pair parts: nothing in which the two scenarios differ has any effect.")
    else:
        yet = "; yet no answer differs" if alike else ""
        out.print(
            f"\n{pairs_that_part(parted)}, first on day {parted['first_day']}, "
            f"half by day {parted['median_day']}{yet}. What parts these {parted['pairs']}:"
        )
        for event in parted["events"]:
            rule = f" (rule: {rule_in_words(event['rule'])})" if event["rule"] else ""
            out.print(Text(f"  {event['runs']} of {parted['retold']}: {event['event']}{rule}"), soft_wrap=True)
        if parted["others"]:
            out.print(f"  {parted['others']} of {parted['retold']}: other events")
