"""`situation beliefs`: every question under every belief, and the share of cells that hang on the choice."""

from __future__ import annotations

from typing import Any

import click
from rich.text import Text
from rich.tree import Tree

from situation.commands.cli import main
from situation.commands.options import check_order, known_options, names_situation, open_record, report_errors
from situation.commands.output import console, print_json, print_lens
from situation.ensemble.answer_words import percent
from situation.errors import Fault, near_miss
from situation.log.time_words import time_in_words
from situation.log.value_words import claim_answer_in_words, count_in_words
from situation.record.alternatives.flips import CellSpan, UnderBeliefs, cell_spans, flips_by_day, under_beliefs
from situation.record.answers.flips import flips_answer
from situation.record.answers.state import Lens
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.cell_names import find_query
from situation.record.disputes import ground_of_question, heading_of
from situation.record.joining.questions import Answer
from situation.record.record import Record
from situation.runs.finding import packaged_situations, situation_folders
from situation.testimony.ground import Ground

__all__: list[str] = []


@main.command("beliefs")
@click.argument("cell", required=False)
@click.argument("situation", required=False)
@click.option("--all", "everything", is_flag=True, help="Also the questions on which all beliefs agree.")
@known_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON: all questions, whether or not they differ.")
@report_errors
def _beliefs(
    cell: str | None, situation: str | None, everything: bool, lens: Lens, without: tuple[str, ...], as_json: bool
) -> None:
    """Compare all beliefs: the answer that each accepts to every question, and the cells of the state whose value
    depends on the belief, with the time. With CELL, only that cell or question. A single argument is read as a
    situation if it names one.

    \b
    Examples:
      situation beliefs al-qaim-2017
      situation beliefs al-qaim.holder al-qaim-2017 --known-at 2017-11-03
    """
    check_order("beliefs", cell, situation)
    if situation is None and cell is not None and names_situation(cell):
        cell, situation = None, cell
    elif situation is None and cell is not None and len(situation_folders()) != 1:
        names = [*(folder.name for folder in situation_folders()), *packaged_situations()]
        hint = near_miss(cell, names) or f"Name one behind the cell: {', '.join(dict.fromkeys(names))}."
        raise Fault(f"'{cell}' is no situation, and none stands after it.", hint)
    record = open_record(situation, without)
    questions = under_beliefs(record, lens.known_at, lens.carried)
    cells = cell_spans(record, lens.known_at, lens.carried)
    if cell is not None:
        witnesses = record.witnesses(lens.known_at, "graded", lens.carried)
        query = find_query(cell, witnesses.changes, witnesses.reading, record.testimony, record.ground)
        questions = [one for one in questions if one.cell in (query.cell, f"{query.cell}.when")]
        cells = [span for span in cells if span.cell == query.cell]
    if as_json:
        print_json(flips_answer(record, lens, questions, cells))
    else:
        print_lens(lens, record, belief=False)
        _show(questions, cells, record, everything or cell is not None)


def _show(questions: list[UnderBeliefs], cells: list[CellSpan], record: Record, everything: bool) -> None:
    out, ground = console(), record.ground
    differing = [one for one in questions if one.differs]
    shown = questions if everything else [one for one in differing if one.answers_differ]
    out.print(
        "Questions" if everything else "Questions to which beliefs accept different answers", style="bold underline"
    )
    tree = Tree("", hide_root=True)
    for one in shown:
        question = next(iter(one.answers.values())).question
        then = ground_of_question(question, ground)
        branch = tree.add(
            Text(heading_of(question, one.cell, ground), "bold").append(f"  {one.question}", "not bold dim")
        )
        for words, beliefs in _by_answer(one, then).items():
            branch.add(Text(f"{words}  ").append(", ".join(beliefs), "dim"))
    out.print(tree)
    verb = "hangs" if 1 in (len(differing), len(questions)) else "hang"
    out.print(f"\n{len(differing)} of {count_in_words(len(questions), 'question')} {verb} on the belief.")
    if len(shown) < len(differing) and not everything:
        more = len(differing) - len(shown)
        out.print(f"Of these, {more} hang only on whether any answer is accepted at all: see --all.")
    out.print("\nCells of the state that flip, at the end of each day on which that changes", style="bold underline")
    days = flips_by_day(cells)
    for day in days:
        out.print(f"  {time_in_words(ground.clock.day(day.at))}  {day.flipping} of {day.cells}  {percent(day.share)}")
    if not days:
        out.print("  none")
    out.print()
    for belief, rule in BELIEF_RULES.items():
        out.print(Text(f"{belief}: {rule}", "dim"))


def _in_words(answer: Answer, value: Any, ground: Ground) -> str:
    return claim_answer_in_words(value, answer.claims[0], ground)


def _by_answer(one: UnderBeliefs, ground: Ground) -> dict[str, list[str]]:
    """From an answer in words to the beliefs that accept it."""
    by_answer: dict[str, list[str]] = {}
    for belief, value in one.values.items():
        weighed = one.answers[belief]
        words = "no answer" if weighed.accepted is None else _in_words(weighed.accepted, value, ground)
        if weighed.tied:
            rivals = sorted(_in_words(answer, answer.value, ground) for answer in weighed.tied)
            words = f"no answer: as much speaks for {' as for '.join(rivals)}"
        by_answer.setdefault(words, []).append(belief)
    return by_answer
