"""`situation sweep`: which of a scenario's numbers move its answers, and which do not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

import click
from rich.console import Console
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
from situation.commands.story_engine import engine_option, story_engine
from situation.ensemble.sweep.answer import Interest, boxes_answer, question_named
from situation.ensemble.sweep.designs import METHODS, Method
from situation.ensemble.sweep.ranged_numbers import fixed_numbers, swept_numbers
from situation.ensemble.sweep.sweep_words import answer_line, box_lines, effect_lines, interest_line, range_line
from situation.errors import Fault
from situation.log.given_names import name_in_words
from situation.log.value_words import count_in_words, number_in_figures
from situation.rules import Prior
from situation.runs.finding import open_scenario
from situation.runs.sweeps import StoredSweep, stored_sweep

__all__: list[str] = []


@main.command("sweep")
@click.argument("scenario")
@click.option("--numbers", metavar="A,...", help="Sweep these numbers; all that have a range, if none is named.")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="List the numbers with range, unit and source, then those with one value; simulate no story.",
)
@click.option("--question", "questions", multiple=True, metavar="Q", help="Show this question; all, if none is named.")
@click.option(
    "--method",
    type=click.Choice(["morris", "sobol"]),
    help="Screen the numbers (morris), or share out the variance (sobol).",
)
@click.option("--boxes", metavar="Q", help="Find boxes of the numbers in which this question is mostly answered yes.")
@click.option("--above", type=float, metavar="X", help="With --boxes: of interest are answers above this.")
@click.option("--below", type=float, metavar="X", help="With --boxes: of interest are answers below this.")
@click.option(
    "--size",
    type=int,
    metavar="N",
    help="How many trajectories (10), rows of sobol (128) or points in each half (100).",
)
@click.option("--runs", type=int, metavar="N", default=16, show_default=True, help="How many stories at each point.")
@click.option("--seed", type=int, metavar="S", default=7, show_default=True, help="Same seed, same sweep.")
@click.option(
    "--workers", type=int, metavar="W", help="How many processes; one per core if left out. It changes no result."
)
@click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background.")
@release_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Its folder; runs/sweeps/NAME-DIGEST if left out."
)
@engine_option
@whole_record_option
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _sweep(
    scenario: str,
    numbers: str | None,
    listed: bool,
    questions: tuple[str, ...],
    method: str | None,
    boxes: str | None,
    above: float | None,
    below: float | None,
    size: int | None,
    runs: int,
    seed: int,
    workers: int | None,
    without: tuple[str, ...],
    out: Path | None,
    engine: str,
    as_json: bool,
) -> None:
    """Find which numbers of SCENARIO move its answers: the same stories at many points of the numbers' ranges.

    All points have the same stories on the same luck, so a number that no story uses changes nothing, and an effect
    that could be luck is marked as such. Morris' method screens many numbers; Sobol's shares out the variance of an
    answer among a few; --boxes finds the ranges in which something happens, on one half of the points, and tests
    them on the other. The command says what it will cost before it begins. Give it again to resume a stopped sweep.
    The methods of Morris and Sobol' need the extra 'sweep'.

    \b
    Examples:
      situation sweep baseline --list
      situation sweep baseline --numbers attrition_rate,hunted --runs 8 --size 4
      situation sweep baseline --numbers attrition_rate,hunted --boxes rawa-captured
    """
    opened, record = open_scenario(scenario, without, release=release_named())
    mark_handling(record)
    names = tuple(name.strip() for name in numbers.split(",")) if numbers is not None else ()
    if listed:
        _list_numbers(scenario, swept_numbers(opened, names), {} if names else fixed_numbers(opened), as_json)
        return
    if boxes is not None and method is not None:
        raise Fault("--method: Boxes have a design of their own.", "Leave --method away.")
    if boxes is None and (above is not None or below is not None):
        raise Fault("--above and --below say what is of interest in boxes.", "Give --boxes QUESTION, too.")
    interest = None if boxes is None else Interest(boxes, above, below)
    if interest is not None:
        interest.check(opened)
    for name in questions:
        question_named(opened, name, "question")
    chosen = cast(Method, "hypercube" if boxes is not None else method or "morris")
    stored = stored_sweep(
        opened,
        record,
        chosen,
        names,
        METHODS[chosen][2] if size is None else size,
        runs,
        seed,
        cores() if workers is None else workers,
        out,
        bar=progress_bar,
        note=print_problem,
        engine=partial(story_engine, engine),
    )
    answer = _of_questions(stored, questions)
    if interest is not None:
        answer = {**answer, "boxes": boxes_answer(opened, stored.design, stored.experiments, interest)}
    if as_json:
        print_json(answer)
    else:
        _show(answer)


def _list_numbers(scenario: str, priors: Mapping[str, Prior], fixed: Mapping[str, Prior], as_json: bool) -> None:
    keys = ("unit", "low", "best", "high", "source", "reason")
    rows = [{"number": name, **{key: getattr(prior, key) for key in keys}} for name, prior in priors.items()]
    if as_json:
        kept = ("unit", "source", "reason")
        alone = [
            {"number": name, "value": prior.best, **{key: getattr(prior, key) for key in kept}}
            for name, prior in fixed.items()
        ]
        print_json({"scenario": scenario, "numbers": rows, "fixed": alone})
        return
    out = console()
    for row in rows:
        out.print(Text(row["number"], "bold").append(f"  {range_line(row)}", "not bold"))
    if fixed:
        out.print(
            Text(
                "\nThese have one value, are the same in every story, and are in no band. A scenario gives one a range with "
                "'low', 'best' and 'high' under 'parameters':",
                "dim",
            )
        )
    for name, prior in fixed.items():
        line = f"  {number_in_figures(prior.best, 6)} {prior.unit}; {prior.source}"
        out.print(Text(name, "bold").append(line, "not bold"))


def _of_questions(stored: StoredSweep, questions: tuple[str, ...]) -> dict[str, Any]:
    """What a sweep answers, with the questions that are named; all, if none is."""
    rows = [row for row in stored.answer["questions"] if not questions or row["question"] in questions]
    return {"run": str(stored.folder), **stored.answer, "questions": rows}


def _show(answer: dict[str, Any]) -> None:
    out = console()
    stories = f"{answer['points']:,} points of {count_in_words(answer['stories'], 'story')}, seed {answer['seed']}"
    out.print(Text(answer["title"], "bold").append(f"  {stories}\n", "not bold dim"))
    for question in answer["questions"]:
        out.print(Text(question["text"] or question["question"]).append(f"  {answer_line(question)}", "dim"))
        if answer["method"] != "hypercube":
            _show_effects(out, question, answer)
    if "boxes" in answer:
        _show_boxes(out, answer["boxes"])
    idle = [row["number"] for row in answer["numbers"] if row["changes"] == 0.0]
    if idle:
        out.print(Text(f"\nThese change no story: {', '.join(idle)}."))
    out.print(Text(f"\n{_NOTES[answer['method']]}", "dim"))
    if answer["left_out"]:
        out.print(Text(f"\n{count_in_words(answer['left_out'], 'story')} failed somewhere and are left out.", "red"))
    out.print(Text(f"\nTable: {Path(answer['run']) / 'experiments.csv'}"), soft_wrap=True)


_BEYOND = "An effect is listed only if luck makes one as large of any of these numbers in fewer than 5 of 100 tries."
_NOTES = {
    "morris": "An effect is the mean size of a step (mu*), as if from a number's low to its high end, with its 95 % interval. "
    + _BEYOND,
    "sobol": "Shares of the variance of a point's answer over the whole ranges, with a 95 % interval; by itself: without what "
    f"the number does together with others. {_BEYOND}",
    "hypercube": "Density: the share of stories in the box that are of interest; coverage: the share of all such stories that "
    "lie in it. By luck: how often luck makes so many of a box without that range.",
}


def _show_effects(out: Console, question: dict[str, Any], answer: dict[str, Any]) -> None:
    words = {row["number"]: _beside(row["number"], row["words"]) for row in answer["numbers"]}
    moving, unclear, none = effect_lines(question, answer["method"])
    for number, line in moving:
        out.print(
            Padding(Text(number, "bold").append(f"{words[number]}: {line}", "not bold"), (0, 0, 0, 4), expand=False)
        )
    if unclear:
        stories = count_in_words(answer["stories"] - answer["left_out"], "story")
        listed = f"Not distinguishable from luck with {stories} at a point: {', '.join(unclear)}."
        out.print(Padding(Text(listed, "dim"), (0, 0, 0, 4), expand=False))
    if none:
        out.print(Padding(Text(f"No effect in any story: {', '.join(none)}.", "dim"), (0, 0, 0, 4), expand=False))


def _beside(number: str, words: str) -> str:
    """The words for a number in brackets; nothing where they say no more than its name."""
    return "" if words == name_in_words(number.replace(".", " ")) else f" ({words})"


def _show_boxes(out: Console, answer: dict[str, Any]) -> None:
    out.print(
        Text(f"\nBoxes of {answer['text'] or answer['question']}", "bold").append(
            f"  {interest_line(answer)}", "not bold"
        )
    )
    for number, box in enumerate(answer["boxes"], start=1):
        out.print(Text(f"Box {number}"))
        for line in box_lines(box):
            out.print(Padding(Text(line), (0, 0, 0, 4), expand=False))
    if not answer["boxes"]:
        out.print(
            Padding(
                Text("No range of these numbers holds more of it than luck makes.", "dim"), (0, 0, 0, 4), expand=False
            )
        )
