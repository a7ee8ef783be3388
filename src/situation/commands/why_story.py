"""`situation why CELL RUN`: a value of one story traced through rules and draws down to claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text
from rich.tree import Tree

from situation.commands.options import console, tell_json
from situation.commands.progress import progress_bar
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.trace import MOST_RETOLD_STORIES, contrast, trace, trace_answer
from situation.ensemble.words import percent
from situation.errors import Fault
from situation.log.record_words import cell_in_words, count_in_words, value_in_words
from situation.runs.finding import scenario_of
from situation.runs.reading import open_run

__all__ = ["why_story"]


def why_story(cell: str, run: Path, story: int, at: str | None, as_json: bool) -> None:
    """Tell why a cell of one story of a run has its value, and what separates the stories in which it has it.

    Raises:
        Fault: there is no such story, or it failed.
    """
    kept = open_run(run)
    scenario, record = scenario_of(kept)
    if not 0 <= story < kept.ensemble.about.runs:
        raise Fault(f"--story: There is no story {story}.", f"They run from 0 to {kept.ensemble.about.runs - 1}.")
    if kept.ensemble.reasons[story]:
        raise Fault(f"--story: Story {story} failed: {kept.ensemble.reasons[story]}.", "Name another.")
    minute = scenario.end if at is None else record.minute(at)
    record_draws = RecordDraws(scenario, record, int(kept.manifest["seed"]))
    found = trace(record_draws.tell(index_of(story)), cell, minute)
    with progress_bar("other stories", min(MOST_RETOLD_STORIES, kept.ensemble.about.runs)) as finished:
        across = contrast(kept.ensemble, record_draws, found.cell, found.value, minute, finished=finished)
    answer = {"run": str(run), "story": story, **trace_answer(found, record, scenario), "across": across}
    if as_json:
        tell_json(answer)
        return
    head = Text(f"{cell_in_words(found.cell, record.ground)}: ", "bold")
    head.append(value_in_words(found.value, record.ground), "bold")
    head.append(f"   at {answer['at']}, story {story}", "dim")
    tree = Tree(head)
    _grow(tree, answer["entry"])
    out = console()
    out.print(tree)
    if across is None:
        out.print("\nThis is neither a word nor a number, so the other stories cannot be held against it.")
    else:
        _show_across(found.value, across)


def _grow(tree: Tree, step: dict[str, Any]) -> None:
    """Add a step and, below it, what it follows from; indented where that is several. A battle's days are drawn together."""
    days = 0
    while step["event"] == "BattleDay" and len(step["parents"]) == 1 and step["parents"][0]["event"] == "BattleDay":
        step, days = step["parents"][0], days + 1
    text = Text(f"{step['time'][:16].replace('T', ' ')}  ", "dim")
    text.append(step["text"])
    if "rule" in step:
        text.append(f"\n{step['rule']}", "italic")
        if step["odds"] is not None:
            chance = step["draw"] is not None and 0.0 <= step["odds"] <= 1.0
            text.append(f", {'odds' if chance else 'which gave'} {step['odds']:.4g}", "italic")
        if step["draw"] is not None:
            text.append(f", drawn {step['draw']:.4f} at {step['address']}", "dim")
    if days:
        text.append(f"\nand {days} more days of this battle after it", "dim")
    if "prior" in step:
        it = step["prior"]
        text.append(
            f"\n{it['low']:g} / {it['best']:g} / {it['high']:g} {it['unit']}, {it['source']}: {it['reason']}", "italic"
        )
    if step.get("assumed"):
        text.append(f"\nASSUMED: {step['assumed']}", "italic")
    if step["again"]:
        text.append("\ntold above", "dim")
    branch = tree.add(text)
    for claim in step.get("claims", ()):
        branch.add(Text(f"{claim['claim']}  ", "bold").append(claim["says"], "not bold"))
    below = tree if len(step["parents"]) == 1 else branch
    for parent in step["parents"]:
        _grow(below, parent)


def _show_across(value: Any, across: dict[str, Any]) -> None:
    out = console()
    told = f"{count_in_words(across['runs'], 'story')}{' that were told again' if across['retold'] else ''}"
    if across["median"] is None:
        so = f"So it is in {percent(across['share'])} of {told}."
    else:
        side = "above" if value > across["median"] else "at or below"
        so = f"The median of {told} is {across['median']:,g}; here it is {side} that, as in {percent(across['share'])} of them."
    out.print(Text(f"\n{so} What separates these from the others:"), soft_wrap=True)
    for it in across["numbers"]:
        low, high = percent(it["low"]), percent(it["high"])
        out.print(Text(f"  {it['number']}: {low} where it is low, {high} where it is high"), soft_wrap=True)
    for it in across["events"]:
        seen, unseen = percent(it["where_seen"]), percent(it["where_not"])
        out.print(Text(f"  {it['event']} by day {it['by_day']}: {seen} where so, {unseen} where not"), soft_wrap=True)
    if not across["numbers"] and not across["events"]:
        nothing = (
            "nothing: it is so in all of them" if across["share"] == 1.0 else "nothing that they can tell from luck"
        )
        out.print(f"  {nothing}")
