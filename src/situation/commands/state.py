"""`situation state`: who held what at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click
from rich.table import Table
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import lens_options, open_record, report_errors, situation_argument
from situation.commands.output import console, lens_in_words, print_json
from situation.events import PlaceId, Quantity
from situation.log.name_words import is_many, named
from situation.log.record_words import STANCES, STANCES_OF_MANY
from situation.log.time_words import time_in_words
from situation.log.value_words import amount, count_in_words, day_in_words, in_places, list_in_words
from situation.record.answers.state import Lens, state_answer
from situation.record.record import Record
from situation.testimony.ground import Ground

__all__: list[str] = []

_MANY: Final = 100
"""Places of which nothing is known that are told one by one at most."""


@main.command("state")
@situation_argument
@click.option("--at", metavar="T", help="At what time; the end of the window if left out.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _state(situation: str | None, at: str | None, lens: Lens, without: tuple[str, ...], as_json: bool) -> None:
    """Show the state of every place, force, relation and operation at a time, and what each rests on.

    \b
    Examples:
      situation state al-qaim-2017 --at 2017-10-30
      situation state al-qaim-2017 --at 2017-11-03 --known-at 2017-11-02
    """
    record = open_record(situation, without)
    answer = state_answer(record, at, lens)
    if as_json:
        print_json(answer)
    else:
        _print(answer, record, lens)


def _print(answer: dict[str, Any], record: Record, lens: Lens) -> None:
    ground, out = record.ground.at(record.inside(answer["at"])), console()
    out.print(ground.title, style="bold")
    out.print(f"At {time_in_words(answer['at'])}, {lens_in_words(lens, record)}.\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("place", 28), ("status", 24), ("holder", 28), ("because", None)):
        table.add_column(name, max_width=width)
    silent = _silent(answer["places"])
    for name, depth in _nested(answer["places"], ground):
        if name in silent:
            continue
        place = answer["places"][name]
        besiegers = list_in_words(map(ground.name, place["besiegers"]))
        status = place["status"] + (f" by {besiegers}" if place["besiegers"] else "")
        if place["uncertain"]:
            unsure = place["uncertain"]
            if len(unsure["answers"]) > 1:
                status += f" (uncertain then: {_possible(unsure['answers'], ground)})"
            else:
                days = [unsure[end].partition("T")[0] for end in ("earliest", "latest")]
                letters = 16 if days[0] == days[1] else 10
                since, until = (time_in_words(unsure[end], letters) for end in ("earliest", "latest"))
                status += f" (changed at some time from {since} to {until})"
        status += " ≠" if place["disputed"] else ""
        nobody = "not known" if place["status"] == "unknown" else "nobody"
        holder = " and ".join(map(ground.name, place["holders"])) or nobody
        if "successors" in place:
            others = f"{holder}, and with it: " if place["holders"] else ""
            holder = f"{others}successor not stated: {' or '.join(map(ground.name, place['successors']))}"
        if len(place["parts"]) > 1:
            holder = ", ".join(f"{ground.name(part['actor'])} ({part['part']})" for part in place["parts"])
        table.add_row(f"{'  ' * depth}{ground.name(name)}", status, holder, _few(place["because"]))
    if len(silent) < len(answer["places"]):
        out.print(table)
    if silent:
        where = "any" if len(silent) == len(answer["places"]) else "the others"
        out.print(f"Who holds {where} of {count_in_words(len(silent), 'place')} is not known.", style="dim")
    if any(place["disputed"] for place in answer["places"].values()):
        out.print("≠ the sources disagree on who holds it: situation disputes", style="dim")
    if answer["forces"]:
        out.print("\nForces", style="bold")
        for force in answer["forces"]:
            number = amount(Quantity(force["unit"], force["low"], force["best"], force["high"]))
            line = Text(f"  {ground.name(force['actor'])} at {ground.name(force['place'])}: {number}")
            for other in force["beside"]:
                estimate = amount(Quantity(force["unit"], other["low"], other["best"], other["high"]))
                scope = " in the vicinity" if other["scope"] == "vicinity" else ""
                line.append(f"; beside it {estimate}{scope} ({other['claim']})", "dim")
            line.append(f"  {_few(force['because'])}", "dim")
            out.print(line)
    out.print("\nOperations", style="bold")
    for operation in answer["operations"]:
        facts = ["under way" if operation["phase"] == "running" else operation["phase"] or "phase not stated"]
        if operation["leaders"]:
            against = f" against {ground.name(operation['against'])}" if operation["against"] else ""
            facts.append(f"by {list_in_words(map(ground.name, operation['leaders']))}{against}")
        if operation["launched"]:
            facts.append(f"launched on {ground.clock.spoken_day(ground.clock.moment(operation['launched']))}")
        if operation["targets"]:
            facts.append(f"aimed at {list_in_words(named(target, ground) for target in operation['targets'])}")
        if operation["participants"]:
            facts.append(f"carried out by {list_in_words(map(ground.name, operation['participants']))}")
        out.print(Text(f"  {ground.name(operation['id'])}: {'; '.join(facts)}"))
    for title, lines in (("Agreements", _agreements(answer, ground)), ("At sea", _at_sea(answer, ground))):
        if lines:
            out.print(f"\n{title}", style="bold")
        for row in lines:
            out.print(Text(f"  {row}"))
    out.print("\nRelations", style="bold")
    for actor, stances in _relations(answer["relations"]).items():
        many = is_many(actor, ground)
        parts = (_stance(stance, list_in_words(map(ground.name, others)), many) for stance, others in stances.items())
        out.print(Text(f"  {ground.name(actor)}: {'; '.join(parts)}"))
    out.print("\nWhy: situation why PLACE.holder --at T. All of it with claims: --json", style="dim")


def _nested(places: dict[str, Any], ground: Ground) -> Iterator[tuple[str, int]]:
    """The places in the map's order, each with those that lie within it after it, and how deep each lies."""
    inner: dict[str | None, list[str]] = {}
    for name in places:
        parent = ground.places[PlaceId(name)].within
        inner.setdefault(parent if parent in places else None, []).append(name)
    waiting = [(name, 0) for name in reversed(inner.get(None, []))]
    while waiting:
        name, depth = waiting.pop()
        yield name, depth
        waiting += [(one, depth + 1) for one in reversed(inner.get(name, []))]


def _silent(places: dict[str, Any]) -> frozenset[str]:
    """The places of which nothing is known but that they are there, where they are more than a reader wants to read of."""
    blank = [
        name
        for name, place in places.items()
        if place["status"] == "unknown"
        and not (place["holders"] or place["uncertain"] or place["disputed"])
        and "successors" not in place
    ]
    return frozenset(blank if len(blank) > _MANY else ())


def _stance(stance: str | None, others: str, many: bool) -> str:
    """How an actor stands to others, in words, `many` by a plural name; None: nothing decides between what is said of it."""
    if stance is None:
        return f"how {'they stand' if many else 'it stands'} to {others} is not known"
    return f"{STANCES_OF_MANY[stance] if many else STANCES[stance]} {others}"


def _possible(holders: list[Any], ground: Ground) -> str:
    """Who may have held a place, in words; several in a list held it together."""
    words = [
        list_in_words(map(ground.name, it)) if isinstance(it, list) else ground.name(it) if it else "nobody"
        for it in holders
    ]
    return " or ".join(words)


def _agreements(answer: dict[str, Any], ground: Ground) -> list[str]:
    """Each agreement in a line: who, what, whether it stands and who broke it."""
    lines = []
    for it in answer["agreements"]:
        by = f" by {list_in_words(map(ground.name, it['violated_by']))}" if it["violated_by"] else ""
        broken = f"; violated{by}" if it["violated"] else ""
        where = f" {in_places(it['scope'], ground)}" if it["scope"] else ""
        until = f" until {day_in_words(it['until'], ground)}" if it["until"] else ""
        since = f" from {day_in_words(it['since'], ground)}" if it["standing"] == "not yet" else ""
        terms = f"{it['kind']}{where}{since}{until}, {it['standing']}"
        lines.append(f"{list_in_words(map(ground.name, it['between']))}: {terms}{broken}")
    return lines


def _at_sea(answer: dict[str, Any], ground: Ground) -> list[str]:
    """Each blockade, and each ship struck that has a name, in a line."""
    lines = []
    for it in answer["blockades"]:
        by = f" by {list_in_words(map(ground.name, it['by']))}" if it["by"] else ""
        lines.append(f"{ground.name(it['place'])}: blockaded{by}")
    for it in (it for it in answer["ships"] if it["ship"]):
        rivals = [f"{rival['condition']} by {' '.join(rival['claims'])}" for rival in it["disputed"]]
        disputed = f" (disputed: {', '.join(rivals)})" if rivals else ""
        lines.append(f"{ground.name(it['ship'])}: {it['condition']}{disputed}")
    return lines


def _relations(relations: list[dict[str, Any]]) -> dict[str, dict[str | None, list[str]]]:
    """From an actor and a stance to the actors toward whom it is."""
    by_actor: dict[str, dict[str | None, list[str]]] = {}
    for relation in relations:
        by_actor.setdefault(relation["from"], {}).setdefault(relation["stance"], []).append(relation["to"])
    return by_actor


def _few(reasons: list[str], most: int = 4) -> str:
    more = len(reasons) - most
    return " ".join(reasons[:most]) + (f" +{more}" if more > 0 else "")
