"""`situation run --from RUN --story N --at T`: one story of a run goes on from a minute, under other orders or as it was."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from situation.commands.options import mark_handling
from situation.commands.output import console, print_json, print_rows, progress_bar
from situation.ensemble.answer_words import percent
from situation.ensemble.continuations import continued
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rule_words import rule_in_words
from situation.errors import Fault
from situation.log.time_words import time_in_words
from situation.log.value_words import count_in_words
from situation.runs.finding import find_run, find_scenario, scenario_of
from situation.runs.stored_run import open_run
from situation.scenario import load_scenario
from situation.scenario.plugins import outside_doctrines

__all__ = ["refuse_beside_from", "take_up_story"]

_MOST_SHOWN = 40
"""Events that are printed; all are in the answer as JSON."""


def take_up_story(run: str, story: int | None, at: str | None, scenario: str | None, count: int, as_json: bool) -> None:
    """Go on with a story, and print what comes of it.

    Args:
        run: the run folder, or the beginning of its name.
        story: its number.
        at: the last minute that stays; a date is its end.
        scenario: under which it goes on, a file or a name; None: its own.
        count: how many continuations.

    Raises:
        Fault: an option is missing, or the story cannot be taken up there.
    """
    if story is None or at is None:
        raise Fault("--from: Which story is taken up, and when, is not said.", "Add --story N and --at T.")
    if count < 1:
        raise Fault(f"{count} is no number of continuations.", "Give 1 or more.", argument="runs")
    folder = find_run(run)
    stored = open_run(folder)
    own, record = scenario_of(folder, stored.manifest)
    mark_handling(record)
    stored.check_story(story)
    then = own if scenario is None else load_scenario(find_scenario(scenario), record, outside_doctrines())
    minute = record.minute(at)
    draws = RecordDraws(own, record, int(stored.manifest["seed"]))
    with progress_bar("continuations", count) as finished:
        digests = stored.ensemble.day_digests[story].tolist()
        answer = continued(draws, story, minute, then, count, finished, digests)
    if as_json:
        print_json({"run": str(folder), **answer})
    else:
        _show(str(folder.name), answer)


def refuse_beside_from(**options: object) -> None:
    """Options that have no meaning where one story is taken up.

    Raises:
        Fault: one was given.
    """
    for name, value in options.items():
        if value:
            raise Fault(
                f"--{name}: With --from one story is simulated, and kept in no folder.", f"Leave --{name} away."
            )


def _show(run: str, answer: dict[str, Any]) -> None:
    out = console()
    head = Text(f"Story {answer['story']} of {run}", "bold")
    day = time_in_words(answer["at"], 16)
    out.print(
        head.append(f", as it was until {day}, then under {answer['scenario']}\n", "not bold dim"), soft_wrap=True
    )
    count = answer["continuations"]
    now = "now" if count == 1 else f"of {count_in_words(count, 'continuation')}"
    rows = [
        (
            row["text"] or row["question"],
            _in_words(row["before"], row["unit"]),
            _in_words(row["middle"], row["unit"], count),
        )
        for row in answer["questions"]
    ]
    print_rows(out, ("question", "as it was", now), rows)
    parts = answer["parts"]
    if parts is None:
        out.print("\nNothing differs from the story as it was.")
        return
    who = "was" if parts["in_first"] else "is now"
    rule = f" (rule: {rule_in_words(parts['rule'])})" if parts["rule"] else ""
    since = time_in_words(parts["at"], 16)
    out.print(Text(f"\nFrom {since} on it goes otherwise; as it {who}: {parts['event']}{rule}"), soft_wrap=True)
    entries = answer["entries"]
    for entry in entries[:_MOST_SHOWN]:
        out.print(
            Text(f"  {time_in_words(entry['time'], 16)}  ", "dim").append(entry["text"], "not dim"), soft_wrap=True
        )
    if len(entries) > _MOST_SHOWN:
        out.print(f"  and {len(entries) - _MOST_SHOWN} more events: --json has all.", style="dim")


def _in_words(value: float | None, unit: str | None, count: int = 1) -> str:
    """An answer: yes or no, or of several continuations the share of yes; else an amount, or never."""
    if unit is None:
        return ("yes" if value else "no") if count == 1 else percent(value)
    return "never" if value is None else f"{value:,.0f} {unit}"
