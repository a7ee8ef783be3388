"""The turning points of one story of a run, as `situation why` prints them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from situation.commands.options import mark_handling
from situation.commands.output import console, print_json
from situation.ensemble.answer_words import story_answer
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rule_words import rule_in_words
from situation.ensemble.turning import turning_points, turning_rows
from situation.errors import Fault
from situation.log.fold import history
from situation.log.time_words import time_in_words
from situation.record.record import Record
from situation.runs.finding import find_run, scenario_of
from situation.runs.folder import sound_manifest
from situation.runs.manifest import is_run
from situation.runs.stored_run import StoredRun, open_run
from situation.story.story import Story

_MARGIN = 14 * " "

__all__ = ["opened_story", "print_turning_points", "run_alone", "show_turning", "turning_of"]


def run_alone(name: str, of_story: bool) -> Path | None:
    """The run that stands where a cell could; None: it is a cell, or names nothing.

    Args:
        name: what was given.
        of_story: whether a story was named, too, so that a name without a full stop can be no cell.

    Raises:
        Fault: there is no such run, or there are several, where only a run can be meant.
    """
    try:
        folder = find_run(name)
    except Fault:
        if of_story and "." not in name:
            raise
        return None
    if not is_run(folder) and (of_story or len(Path(name).parts) > 1) and "." not in name:
        sound_manifest(folder)  # says what is wrong with it: no cell has such a name
    return folder if is_run(folder) else None


def opened_story(run: Path, story: int) -> tuple[StoredRun, RecordDraws]:
    """A run, and what simulates its stories again.

    Raises:
        Fault: it has no such story, or that failed.
    """
    stored = open_run(run)
    scenario, record = scenario_of(run, stored.manifest)
    mark_handling(record)
    stored.check_story(story)
    return stored, RecordDraws(scenario, record, int(stored.manifest["seed"]))


def turning_of(simulated: Story, stored: StoredRun, record: Record, story: int) -> list[dict[str, Any]]:
    """The turning points of a story as rows, each with what it answers of what is asked."""
    changes = history(simulated.stage.log, record.ground, simulated.entries, simulated.stage.ground)
    questions, answers = stored.ensemble.about.questions, stored.ensemble.answers
    rows = turning_rows(turning_points(simulated, changes, questions, record.ground), record.ground)
    for row in rows:
        row["answers"] = [
            {
                "question": name,
                "text": questions[name].get("text") or name,
                "answer": story_answer(float(answers[name][story]), str(questions[name]["ask"])),
            }
            for name in row.pop("questions")
        ]
    return rows


def print_turning_points(run: Path, story: int, as_json: bool) -> None:
    """Print the turning points of one story.

    Raises:
        Fault: there is no such story, or it failed.
    """
    stored, record_draws = opened_story(run, story)
    turning = turning_of(record_draws.tell(index_of(story)), stored, record_draws.record, story)
    if as_json:
        print_json({"run": str(run), "story": story, "turning_points": turning})
    elif turning:
        show_turning(console(), turning, story)
    else:
        console().print(f"Story {story} has no turning points: nothing of what is asked changes in it.")


def show_turning(out: Console, turning: list[dict[str, Any]], story: int) -> None:
    """The turning points of the story: what happened, on which step it hung most, and what it answers."""
    if not turning:
        return
    out.print(f"Turning points of story {story}", style="bold")
    for row in turning:
        beside = "" if row["in_question"] else " (not asked about)"
        out.print(Text(f"  {time_in_words(row['time'], 10)}  {row['text']}{beside}"), soft_wrap=True)
        out.print(Text(f"{_MARGIN}{_hung_on(row)}", "dim"), soft_wrap=True)
        for one in row["answers"]:
            out.print(Text(f"{_MARGIN}{one['text']} {one['answer'].capitalize()}."), soft_wrap=True)
    out.print()


def _hung_on(row: Mapping[str, Any]) -> str:
    """The least likely step on the way to a turning point, how likely it was, and by which rule."""
    choice = row["choice"]
    if choice is None:
        return "Nothing on the way was left to chance."
    what = "this step itself" if choice["entry"] == row["entry"] else f"this: {choice['text']}"
    return f"It hung most on {what}: {choice['chance']} (rule: {rule_in_words(choice['rule'])})."
