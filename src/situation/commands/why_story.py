"""`situation why CELL RUN`: a value of one story traced through rules and draws down to claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text
from rich.tree import Tree

from situation.archive import open_run
from situation.commands.ensembles import scenario_of
from situation.commands.options import console, tell_json
from situation.commands.run import percent
from situation.ensemble.design import index_of
from situation.ensemble.drawing import Drawings
from situation.errors import Fault
from situation.tracing import separates, trace, trace_answer
from situation.wording import cell_in_words, value_in_words

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
    told = Drawings(scenario, record, int(kept.manifest["seed"])).tell(index_of(story))
    found = trace(told, cell, minute)
    answer = {
        "run": str(run),
        "story": story,
        **trace_answer(found, record, scenario),
        "across": separates(kept.ensemble, found.cell, found.value, minute),
    }
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
    if answer["across"] is not None:
        _show_across(answer["across"])


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
            text.append(f", odds {step['odds']:.4g}", "italic")
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


def _show_across(across: dict[str, Any]) -> None:
    out = console()
    out.print(
        f"\nSo it is in {percent(across['share'])} of {across['runs']} stories. What separates them from the others:"
    )
    for it in across["numbers"]:
        low, high = percent(it["low"]), percent(it["high"])
        out.print(Text(f"  {it['number']}: {low} where it is low, {high} where it is high"), soft_wrap=True)
    for it in across["events"]:
        seen, unseen = percent(it["where_seen"]), percent(it["where_not"])
        out.print(Text(f"  {it['event']} by day {it['by_day']}: {seen} where so, {unseen} where not"), soft_wrap=True)
    if not across["numbers"] and not across["events"]:
        out.print("  nothing that these stories can tell from luck")
