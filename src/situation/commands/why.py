"""`situation why`: a value traced to the claims for and against it; in a story, through rules and draws down to claims."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.text import Text
from rich.tree import Tree

from situation.commands.cli import main
from situation.commands.options import (
    check_order,
    lens_options,
    open_record,
    release_named,
    report_errors,
)
from situation.commands.output import console, print_json, print_lens, progress_bar
from situation.commands.story_turning import opened_story, print_turning_points, run_alone, show_turning, turning_of
from situation.ensemble.answer_words import percent
from situation.ensemble.contrast import MOST_RETOLD_STORIES, contrast
from situation.ensemble.design import index_of
from situation.ensemble.rule_words import rule_in_words, rule_number
from situation.ensemble.trace import Trace, trace, trace_answer
from situation.errors import Fault
from situation.log.cell_times import timed_value
from situation.log.entry import Entry, Reported
from situation.log.story_words import entry_in_words
from situation.log.time_words import time_in_words
from situation.log.value_words import cell_in_words, cell_value_in_words, count_in_words, number_in_figures
from situation.record.answers.state import Lens
from situation.record.answers.why import why_answer
from situation.record.evidence.explanation import SIDES, Why
from situation.record.evidence.voice import Voice
from situation.record.record import Record
from situation.runs.finding import find_run_or, find_situation
from situation.runs.identity import scenario_as_run
from situation.scenario.story_numbers import number_in_words
from situation.testimony.ground import Ground

__all__ = ["shown_within"]


@main.command("why")
@click.argument("cell", metavar="[CELL]")
@click.argument("situation", required=False, metavar="[SITUATION|RUN]")
@click.option("--at", metavar="T", help="At what time; the end of the window if left out.")
@lens_options
@click.option("--story", type=int, metavar="N", help="Of a RUN: which of its stories; 0 if left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _why(
    cell: str,
    situation: str | None,
    at: str | None,
    lens: Lens,
    without: tuple[str, ...],
    story: int | None,
    as_json: bool,
) -> None:
    """Trace CELL (`place.attribute`, the place in any spelling; or a question, as `situation disputes` names it) to its
    entry, to the rule that decided, and to each claim: those that say so of that time, those that speak of another
    time, those that say otherwise, and those that were taken back.

    Of a RUN (a folder that `situation run` wrote, or its scenario) it traces one story: entry, rule, odds and draw, and
    its parents down to claims; and shows what separates the stories in which it is so from the others. Without CELL it
    shows the turning points of the story.

    \b
    Examples:
      situation why al-qaim.holder al-qaim-2017 --at 2017-11-04
      situation why islamic-state@al-qaim.strength al-qaim-2017 --at 2017-11-02
      situation why captured/omar-oil-field.occurred al-qaim-2017
      situation why albu-kamal.holder runs/baseline-0123456789ab --at 2018-01-01 --story 17
      situation why runs/baseline-0123456789ab --story 17
    """
    if situation is None and (alone := run_alone(cell, story is not None)) is not None:
        print_turning_points(alone, story or 0, as_json)
        return
    check_order("why", cell, situation)
    run = None if situation is None else find_run_or(situation, find_situation)
    if run is not None:
        if lens != Lens() or without or release_named() is not None:
            raise Fault(
                "A story has its own branch.",
                "Leave out --known-at, --belief, --view, --as-carried, --without and --release: they are the run's.",
            )
        _explain_story(cell, run, story or 0, at, as_json)
        return
    record = open_record(situation, without)
    answer = record.why(cell, at, **lens.keys)
    if as_json:
        print_json(why_answer(answer, record, lens.view))
    else:
        print_lens(lens, record)
        console().print(_tree(answer, record))


_STYLES = {"for": "bold green", "other_times": "bold yellow", "against": "bold red"}


def shown_within(entry: Entry, ground: Ground) -> str:
    """That the minute of an entry only serves to show it, where the sources give a longer time."""
    if entry.span.earliest == entry.span.latest:
        return ""
    day = ground.clock.day(entry.span.earliest) == ground.clock.day(entry.span.latest)
    time = "the day" if day else ground.clock.spoken(entry.span)
    return f"no source gives the minute: it lies within {time}, and after what came before it"


def _tree(answer: Why, record: Record) -> Tree:
    ground, entry = record.ground, answer.entry
    head = Text(f"{cell_in_words(answer.cell, answer.then)}: ", "bold")
    head.append(answer.value_in_words, "bold")
    head.append(f"   at {time_in_words(ground.clock.text(answer.at))}", "dim")
    tree = Tree(head)
    branch = tree.add(Text(answer.reason))
    for note in (answer.open_time, *answer.of_one_time, *answer.rival_times, *answer.parts_kept):
        if note:
            branch.add(Text(note))
    if answer.assumed:
        branch.add(Text(f"ASSUMED: {answer.assumed}", "italic"))
    if entry is not None and isinstance(entry.cause, Reported):
        since = entry.time if answer.since is None else answer.since
        again = f"; reported again of {time_in_words(ground.clock.text(entry.time))}" if since < entry.time else ""
        if since <= answer.at:
            branch.add(Text(f"in force from {time_in_words(ground.clock.text(since))}{again}", "dim"))
            if note := shown_within(entry, ground):
                branch.add(Text(note, "dim"))
    if answer.rule:
        branch.add(Text(answer.rule, "dim"))
    if answer.silence:
        tree.add(Text(answer.silence, "bold"))
    for group, voices in answer.groups:
        side = tree.add(Text(f"{SIDES[group]} ({len(voices)})", _STYLES[group]))
        for voice in voices:
            side.add(_voice(voice, record))
    if answer.retracted:
        back = tree.add(Text(f"taken back ({len(answer.retracted)})", "bold"))
        for one in answer.retracted:
            back.add(Text(answer.taken_back_in_words(one)))
    if answer.before:
        earlier = tree.add(Text("earlier on this cell", "bold"))
        for other in answer.before[-3:]:
            earlier.add(Text(f"{ground.clock.spoken(other.span)}: {entry_in_words(other, ground)}"))
    return tree


def _voice(voice: Voice, record: Record) -> Text:
    text = Text(f"{voice.claim.id}  ", "bold")
    text.append(voice.claim.says)
    text.append(f"\n{voice.who(record.testimony)}", "dim")
    return text.append(f"\n{voice.graded(record.ground)}; {voice.claim.at}", "dim")


def _explain_story(cell: str, run: Path, story: int, at: str | None, as_json: bool) -> None:
    """Print why a cell of one story has its value, and what separates the stories in which it has it from the others.

    Raises:
        Fault: there is no such story, or it failed.
    """
    stored, record_draws = opened_story(run, story)
    scenario, record = record_draws.scenario, record_draws.record
    minute = scenario.end if at is None else record.minute(at)
    simulated = record_draws.tell(index_of(story))
    traced = trace(simulated, cell, minute)
    turning = turning_of(simulated, stored, record, story)
    across = None
    if not traced.no_time_yet:
        with progress_bar("other stories", min(MOST_RETOLD_STORIES, stored.ensemble.about.runs)) as finished:
            across = contrast(stored.ensemble, record_draws, traced.cell, traced.value, minute, finished=finished)
    answer = {"run": str(run), "story": story, **trace_answer(traced, record, scenario), "turning_points": turning}
    if as_json:
        median = None if across is None else timed_value(traced.cell, across["median"], record.ground)
        print_json({**answer, "across": None if across is None else {**across, "median": median}})
        return
    head = Text(f"{cell_in_words(traced.cell, record.ground)}: ", "bold")
    head.append("none" if traced.no_time_yet else cell_value_in_words(traced.cell, traced.value, record.ground), "bold")
    head.append(f"   at {answer['at']}, story {story}", "dim")
    tree = Tree(head)
    if answer["entry"] is None:
        tree.add(Text("nothing has set it in this story so far, and so it reads for conditions", "italic"))
    else:
        _grow(tree, answer["entry"])
    out = console()
    show_turning(out, turning, story)
    out.print(tree)
    if traced.no_time_yet:
        return
    if across is None:
        out.print("\nThis is neither a word nor a number, so the other stories cannot be held against it.")
    else:
        _show_across(traced, across, scenario_as_run(scenario)["forces"], record.ground)


def _grow(tree: Tree, step: dict[str, Any]) -> None:
    """Add a step and below it what it follows from, indented where that is several. A battle's days become one step."""
    days = 0
    while step["event"] == "BattleDay" and len(step["parents"]) == 1 and step["parents"][0]["event"] == "BattleDay":
        step, days = step["parents"][0], days + 1
    text = Text(f"{time_in_words(step['time'], 16)}  ", "dim")
    text.append(step["text"])
    if "rule" in step:
        number = rule_number(step["rule"])
        text.append(f"\n{rule_in_words(step['rule'])}{f' ({number})' if number else ''}", "italic")
        if "prior" in step:
            text.append(f": this story has {step['prior']['drawn']:,} {step['prior']['unit']}", "italic")
        elif step["chance"] is not None:
            text.append(f": {step['chance']}", "italic")
        elif step["gave"] is not None:
            text.append(f": {step['gave']}", "italic")
        if step["attack"] is not None:
            text.append(f": {_attack(step['attack'])}", "italic")
        if step["draw"] is not None:
            figure = "; draw" if step["chance"] is not None else f", drawn {step['draw']:.4f}"
            text.append(f"{figure} at {step['address']}", "dim")
    if days:
        text.append(f"\nand {count_in_words(days, 'more day')} of this battle after it", "dim")
    if "prior" in step:
        prior = step["prior"]
        text.append(
            f"\nfrom {prior['low']:,g} (5 %) over {prior['best']:,g} (median) to {prior['high']:,g} (95 %) {prior['unit']}, "
            f"{': '.join(part for part in (prior['source'], prior['reason']) if part)}",
            "italic",
        )
    if step.get("assumed"):
        text.append(f"\nASSUMED: {step['assumed']}", "italic")
    if step["again"]:
        text.append("\nshown above", "dim")
    branch = tree.add(text)
    for claim in step.get("claims", ()):
        branch.add(Text(f"{claim['claim']}  ", "bold").append(claim["says"], "not bold"))
    below = tree if len(step["parents"]) == 1 else branch
    for parent in step["parents"]:
        _grow(below, parent)


def _attack(figures: Mapping[str, Any]) -> str:
    """Whom a force counted when it began an attack, and from which odds on it begins one."""
    friends = f" and {_men(figures['friends'])} of friends" if figures["friends"] else ""
    least = number_in_figures(figures["least"], 2)
    return (
        f"{_men(figures['own'])} of its own{friends} against an enemy it takes for {figures['enemy']:,}; "
        f"it attacks from {least} to 1 on"
    )


def _men(number: int) -> str:
    return f"{number:,} {'man' if number == 1 else 'men'}"


def _show_across(traced: Trace, across: dict[str, Any], forces: Mapping[str, Any], ground: Ground) -> None:
    out = console()
    stories = f"{count_in_words(across['runs'], 'story')}{' that were simulated again' if across['retold'] else ''}"
    if across["median"] is None:
        summary = f"It is so in {percent(across['share'])} of {stories}."
    else:
        side = "above" if traced.value > across["median"] else "at or below"
        timed = timed_value(traced.cell, across["median"], ground)
        if timed != across["median"]:
            side = "after" if side == "above" else "at or before"
        median = f"The median of {stories} is {timed if isinstance(timed, str) else f'{timed:,g}'}"
        summary = f"{median}; here it is {side} that, as in {percent(across['share'])} of them."
    if across["share"] == 1.0:
        out.print(Text(f"\n{summary}"), soft_wrap=True)
        return
    if not across["numbers"] and not across["events"]:
        out.print(Text(f"\n{summary} Nothing separates these from the others that could not be luck."), soft_wrap=True)
        return
    out.print(Text(f"\n{summary} What separates these from the others:"), soft_wrap=True)
    for row in across["numbers"]:
        low, high = percent(row["low"]), percent(row["high"])
        words = number_in_words(row["number"].removeprefix("force "), forces, ground)
        out.print(Text(f"  {words}: {low} where it is low, {high} where it is high"), soft_wrap=True)
    for row in across["events"]:
        seen, unseen = percent(row["where_seen"]), percent(row["where_not"])
        out.print(Text(f"  {row['event']} by day {row['by_day']}: {seen} where so, {unseen} where not"), soft_wrap=True)
