"""`situation claims`: a row a claim."""

from __future__ import annotations

from typing import Any

import click
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from situation.commands.cli import main
from situation.commands.options import lens_options, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json, print_lens
from situation.dates import Interval
from situation.errors import Fault
from situation.events import Quantity
from situation.log.time_words import time_in_words
from situation.log.value_words import amount, count_in_words, list_in_words
from situation.record.answers.claims import claims_answer
from situation.record.answers.origins import course_answer, find_course
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.testimony.ground import Ground
from situation.testimony.source_names import find_source

__all__: list[str] = []


@main.command("claims")
@situation_argument
@click.option("--source", metavar="S", help="Only the claims of one source, by its id, outlet or title.")
@click.option("--event", metavar="EVENT", help="The course of one event: who originated, repeated and changed it.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _claims(
    situation: str | None,
    source: str | None,
    event: str | None,
    lens: Lens,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the claims known by a time, in the order of the files, each with its id, paragraph, speaker and grade.

    With --event, only the claims about one event (named as kind/place, as kind/place/episode, or by one of its
    claims), by independent voice and time: who was first, who repeated it, who changed it, and who cite each other
    in a circle.

    \b
    Examples:
      situation claims al-qaim-2017 --source arab-news --known-at 2017-11-04
      situation claims al-qaim-2017 --event captured/al-qaim
    """
    record = open_record(situation, without)
    source = None if source is None else find_source(source, record.testimony)
    if event is not None:
        if source is not None:
            raise Fault("--source and --event do not go together.", "Give one of them.")
        answer = course_answer(find_course(record, event, lens), record, lens)
        if as_json:
            print_json(answer)
        else:
            print_lens(lens, record)
            _show_course(answer, record)
        return
    rows = claims_answer(record, lens, source)
    if as_json:
        print_json(rows)
        return
    out = console()
    print_lens(lens, record)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("id", "¶", "grade", "kind", "said by"):
        width = None if name == "id" else 18  # an id is there to be copied
        table.add_column(name, no_wrap=name != "said by", overflow="fold", max_width=width)
    table.add_column("says", overflow="fold", ratio=1)
    before = None
    for row in rows:
        if row["source"] != before:
            before = row["source"]
            outlet = record.testimony.sources[before].outlet
            table.add_section()
            table.add_row("", "", "", "", "", Text(outlet, "bold underline").append(f"  {before}", "not bold dim"))
        grade = f"{row['reliability']}{row['credibility']}"
        kind = row["kind"] if row["stance"] == "asserts" else row["stance"]
        paragraph = str(row["paragraph"] or "")
        table.add_row(row["id"], paragraph, grade, kind, _speaker(row["said_by"], record), row["says"])
    out.print(table)
    out.print(
        f"\n{count_in_words(len(rows), 'claim')}. Grade: reliability of outlet and speaker (A to F), credibility (1 to 6).",
        style="dim",
    )


def _speaker(name: str, record: Record) -> str:
    """Who is quoted, by name; nobody where the outlet speaks itself."""
    speaker = record.testimony.speakers.get(name)
    return speaker.name if speaker is not None else "" if name == "article" else name


def _show_course(answer: dict[str, Any], record: Record) -> None:
    """An event's voices, that which spoke first at the head, each with its reports by when they were out, and of what time."""
    out, ground = console(), record.ground
    out.print(
        Text(answer["text"] or answer["origins"][0]["reports"][0]["says"], "bold").append(
            f"  {answer['event']}", "not bold dim"
        )
    )
    claims, voices = count_in_words(answer["claims"], "claim"), count_in_words(answer["voices"], "independent voice")
    out.print(f"{claims} of {voices}.\n")
    tree = Tree("", hide_root=True)
    for origin in answer["origins"]:
        branch = tree.add(Text(origin["name"], "bold"))
        for report in origin["reports"]:
            text = Text(f"{_out(report, record)}  ", "dim")
            of = f" {report['of']}" if report["of"] else ""
            back = f", taken back by {report['retracted_by']}" if report["retracted_by"] else ""
            role = _ROLE_WORDS.get(report["role"], report["role"])
            text.append(f"{role}{of}{back}", _ROLE_STYLES[report["role"]]).append(f"  {report['outlet']}  ")
            text.append(report["claim"], "bold").append(f"\n{report['says']}")
            if (time := record.testimony.claims[report["claim"]].happened) is not None:
                text.append(f" (of {ground.clock.spoken(time.span)})", "dim")
            for name, change in report["changed"].items():
                text.append(
                    f"\n{name.replace('_', ' ')}: {_short(change['before'], ground)} became {_short(change['after'], ground)}",
                    "red",
                )
            branch.add(text)
    out.print(tree)
    if answer["retracted"]:
        out.print(f"\nTaken back ({len(answer['retracted'])})", style="bold")
        for one in answer["retracted"]:
            out.print(
                Text(
                    f"{one['claim']}  {one['says']} Taken back by {one['by']}, known from {time_in_words(one['at'], 10)}"
                )
            )
    for circle in answer["circular"]:
        out.print(Text(f"\nCircular: {circle['why']} ({', '.join(circle['claims'])}).", "bold red"))


def _out(report: dict[str, Any], record: Record) -> str:
    """When the piece of a report was out, no more exact than it is known."""
    return f"out {record.ground.clock.spoken(record.testimony.sources[report['source']].published.span)}"


_ROLE_WORDS = {"denied": "denied it"}
_ROLE_STYLES = {"originated": "bold green", "denied": "bold red", "repeated": "", "changed": "bold yellow"}


def _short(value: Any, ground: Ground) -> str:
    """A value of a report on one line: a time and an amount as sentences have them, an actor or a place by its name."""
    if isinstance(value, dict) and "unit" in value:
        return amount(Quantity(**value))
    if isinstance(value, dict) and value.keys() == {"earliest", "latest"}:
        first, last = (ground.clock.interval(value[end]) for end in ("earliest", "latest"))
        return ground.clock.spoken(Interval(first.earliest, last.latest))
    if isinstance(value, dict):
        parts = {name: _short(inner, ground) for name, inner in value.items() if inner is not None}
        return ", ".join(f"{ground.name(name)} {words}" for name, words in parts.items()) or "none"
    if isinstance(value, list):
        return list_in_words(_short(item, ground) for item in value) if value else "none"
    return ground.name(value) if isinstance(value, str) else str(value)
