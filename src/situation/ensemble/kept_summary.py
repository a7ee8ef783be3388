"""The summary of a story from the tables of its world, which kept what an ensemble needs while it was told."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable
from typing import Any

from situation.dates import Minute
from situation.ensemble.answers import FROM_STATE, MenLost, answers_of
from situation.ensemble.design import Index
from situation.ensemble.row_words import ROW_COLUMNS, RowWords
from situation.ensemble.summary import DAYS_BETWEEN_TALLIES, TALLY_FIELDS, Happenings, StorySummary
from situation.errors import SituationError
from situation.events import ActorId
from situation.log.entry import Entry, Ruled
from situation.log.state import holder_word, occupant
from situation.story.decide.kept import LossKind
from situation.story.rows.entries import EntryWriter
from situation.story.rows.kinds import RowKind
from situation.story.stage import Stage
from situation.story.story import Story, simulated
from situation.story.world.kept_story import COUNTED, counting_questions, story_days
from situation.story.world.numbering import Numbering
from situation.story.world.tables import WorldTables

__all__ = ["summary_of_world", "tell_summary"]


if {*COUNTED} != {*FROM_STATE}:
    raise SituationError("The questions that count are not those of `world.kept_story`. Count each form there, too.")


def tell_summary(stage: Stage, seed: int, index: Index) -> tuple[Story, StorySummary]:
    """Tell a story to its end, and summarize it from what its world kept."""
    story, going = simulated(stage, seed, index.record, index.parameter, index.chance, keep=True)
    return story, summary_of_world(stage, going.tables, going.numbering, index, story.entries)


def summary_of_world(
    stage: Stage, tables: WorldTables, numbering: Numbering, index: Index, entries: Iterable[Entry] | None = None
) -> StorySummary:
    """The summary of the story that was told in a world to its end.

    Args:
        tables: of a story without `entries`, as they are to be read (`tables_to_read`).
        index: its run, and its draws.
        entries: those of its rows, where they have been made.
    """
    summary = StorySummary(index.run, index.record, index.parameter, index.chance)
    if entries is None:
        _take_rows(stage, tables, numbering, summary)
    else:
        _take_events(stage, entries, summary)
    _take_holders(stage, tables, numbering, summary)
    _take_tallies(stage, tables, numbering, summary)
    summary.gap = _gap(tables)
    names, counts = counting_questions(stage.scenario), tables.counts
    counted = {name: int(counts[number].number) for number, (name, _) in enumerate(names)}
    summary.answers = answers_of(
        stage.scenario, stage.ground, counted, summary.holders, summary.clashes, _tolls(tables, numbering)
    )
    return summary


def _take_events(stage: Stage, entries: Iterable[Entry], summary: StorySummary) -> None:
    happenings, open_days = Happenings(stage, summary), deque(story_days(stage.scenario))
    for entry in entries:
        while open_days and entry.time > open_days[0]:
            open_days.popleft()
            happenings.close_day()
        happenings.take(entry)
    for _ in open_days:
        happenings.close_day()


def _take_rows(stage: Stage, tables: WorldTables, numbering: Numbering, summary: StorySummary) -> None:
    """The same from rows, of which few need to be made into entries."""
    happenings, open_days = Happenings(stage, summary), deque(story_days(stage.scenario))
    writer, row_words = EntryWriter(stage, tables, numbering), RowWords(stage, numbering, tables.parts)
    at, what, origin = ROW_COLUMNS["minute"], ROW_COLUMNS["happening"], numbering.origin
    for number in range(1, tables.story[0].row_count + 1):
        row = tables.rows[number]
        minute = Minute(row[at] + origin)
        while open_days and minute > open_days[0]:
            open_days.popleft()
            happenings.close_day()
        words = array("Q")
        if row_words.put(row, words):
            happenings.take_words(minute, words)
            if row[what] == RowKind.FORCE_RAISED and minute == stage.scenario.at and not row.flag:
                cause = Ruled(numbering.rules.names[row.rule])
                happenings.raise_men(cause.prior, numbering.places.names[row.place], row.number + row.more)
        else:
            happenings.take(writer.without_parents(row))
    for _ in open_days:
        happenings.close_day()


def _take_holders(stage: Stage, tables: WorldTables, numbering: Numbering, summary: StorySummary) -> None:
    summary.holders = [(it, stage.scenario.at, occupant(stage.state.cells, it)) for it in stage.ground.places]
    for row in (tables.holdings[at] for at in range(tables.kept[0].holding_count)):
        place, minute = numbering.places.names[row.place], Minute(int(row.minute) + numbering.origin)
        named = numbering.named(int(row.holders))
        holder = holder_word(frozenset(map(ActorId, named))) if len(named) > 1 else next(iter(named), None)
        summary.holders.append((place, minute, holder))


def _take_tallies(stage: Stage, tables: WorldTables, numbering: Numbering, summary: StorySummary) -> None:
    days, actors = story_days(stage.scenario), len(numbering.actors.names)
    came = dict.fromkeys(_root(tables, nth) for nth in range(1, tables.story[0].bodies + 1))
    for actor in came:
        rows = [tables.tallies[day * actors + actor] for day in range(len(days))]
        name = numbering.actors.names[actor]
        summary.strengths[name] = [int(it.present + it.wounded + it.hidden + it.in_transit) for it in rows]
    for number, day in enumerate(days):
        if number % DAYS_BETWEEN_TALLIES == 0 or day == stage.scenario.end:
            for actor in came:
                row: Any = tables.tallies[number * actors + actor]
                if row.there:
                    fates = (int(getattr(row, field)) for field in TALLY_FIELDS)
                    summary.fates.append((numbering.actors.names[actor], day, *fates))


def _root(tables: WorldTables, nth: int) -> int:
    """The root actor of the n-th body that came."""
    return int(tables.actors[tables.forces[tables.forces[nth].came].actor].root)


def _gap(tables: WorldTables) -> int:
    """Men created or lost: start and arrivals less all who are there, killed, surrendered or gone; over all actors."""
    gaps = [0] * len(tables.actors)
    for nth in range(1, tables.story[0].bodies + 1):
        body = tables.forces[tables.forces[nth].came]
        gaps[_root(tables, nth)] -= int(body.number + body.wounded + body.hidden)
    for actor in dict.fromkeys(_root(tables, nth) for nth in range(1, tables.story[0].bodies + 1)):
        it = tables.actors[actor]
        gaps[actor] += int(it.started + it.arrived - it.killed - it.surrendered - it.left)
    return sum(map(abs, gaps))


def _tolls(tables: WorldTables, numbering: Numbering) -> list[MenLost]:
    rows = (tables.tolls[at] for at in range(tables.kept[0].toll_count))
    return [
        MenLost(
            numbering.actors.names[it.actor],
            LossKind(int(it.fate)).name.lower(),
            numbering.places.names[it.place],
            Minute(int(it.minute) + numbering.origin),
            int(it.men),
        )
        for it in rows
    ]
