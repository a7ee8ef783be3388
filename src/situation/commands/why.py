"""`situation why`: a value traced to the claims for and against it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text
from rich.tree import Tree

from situation.commands.options import console, lens_options, open_record, tell_errors, tell_json
from situation.commands.why_story import why_story
from situation.errors import Fault
from situation.log.entry import Reported
from situation.log.record_words import cell_in_words, value_in_words
from situation.log.story_words import event_in_words
from situation.record.answers import Lens, why_answer
from situation.record.record import Record
from situation.record.why import Voice, Why
from situation.runs.reading import is_run

__all__ = ["why"]


@click.command(short_help="Why a cell has its value: the claims for and against, with grade and line.")
@click.argument("cell")
@click.argument("situation", required=False, metavar="[SITUATION|RUN]")
@click.option("--at", metavar="T", help="When; the end of the window where left out.")
@lens_options
@click.option("--story", type=int, metavar="N", default=0, show_default=True, help="Of a RUN: which of its stories.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@tell_errors
def why(
    cell: str,
    situation: str | None,
    at: str | None,
    lens: Lens,
    without: tuple[str, ...],
    story: int,
    as_json: bool,
) -> None:
    """Trace CELL (`place.attribute`, the place in any spelling) to its entry and to each claim for and against.

    Of a RUN (a folder that `situation run` wrote) it traces one story: entry, rule, odds and draw, and its parents down
    to claims; and tells what separates the stories in which it is so from the others.

    \b
    Examples:
      situation why al-qaim.holder --at 2017-11-04
      situation why islamic-state@al-qaim.strength --at 2017-11-02
      situation why albu-kamal.holder runs/baseline-0123456789ab --at 2018-01-01 --story 17
    """
    if situation is not None and is_run(Path(situation)):
        if lens != Lens() or without:
            raise Fault(
                "A story has its own branch.",
                "Leave out --known-at, --belief, --as-carried and --without: they are the run's.",
            )
        why_story(cell, Path(situation), story, at, as_json)
        return
    record = open_record(situation, without)
    found = record.why(cell, at, **lens.keys)
    if as_json:
        tell_json(why_answer(found, record))
    else:
        console().print(_tree(found, record))


def _tree(found: Why, record: Record) -> Tree:
    ground, entry = record.ground, found.entry
    head = Text(f"{cell_in_words(found.cell, ground)}: ", "bold")
    head.append(value_in_words(found.value, ground), "bold")
    head.append(f"   at {ground.clock.text(found.at)}", "dim")
    tree = Tree(head)
    branch = tree.add(Text(found.reason))
    if found.assumed:
        branch.add(Text(f"ASSUMED: {found.assumed}", "italic"))
    if isinstance(entry.cause, Reported):
        branch.add(Text(f"belief {entry.cause.belief}; in force from {ground.clock.text(entry.time)}", "dim"))
    for name, voices in (("for", found.supporting), ("against", found.opposing)):
        side = tree.add(Text(f"{name} ({len(voices)})", "bold green" if name == "for" else "bold red"))
        for voice in voices:
            side.add(_voice(voice, record))
    if found.before:
        earlier = tree.add(Text("earlier on this cell", "bold"))
        for other in found.before[-3:]:
            earlier.add(Text(f"{ground.clock.spoken(other.span)}: {event_in_words(other.event, ground)}"))
    return tree


def _voice(voice: Voice, record: Record) -> Text:
    text = Text(f"{voice.claim.id}  ", "bold")
    text.append(voice.claim.says)
    text.append(f"\n{voice.who(record.testimony)}", "dim")
    return text.append(f"\n{voice.graded(record.ground)}; {voice.claim.at}", "dim")
