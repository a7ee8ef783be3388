"""The summary of a story from the tables of its world, which kept what an ensemble needs while it was told."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, Final

from situation.dates import Minute
from situation.ensemble.answers import FROM_STATE, MenLost, answers_of
from situation.ensemble.design import Index
from situation.ensemble.summary import DAYS_BETWEEN_TALLIES, TALLY_FIELDS, UNTOLD, Happenings, StorySummary
from situation.errors import SituationError
from situation.events import ActorId
from situation.log.entry import Entry, Ruled
from situation.log.state import holder_word
from situation.story.decide.kept import LossKind
from situation.story.rows.entries import EntryWriter
from situation.story.stage import Stage
from situation.story.story import Story, simulated
from situation.story.world.kept_story import COUNTED, counting_questions, story_days
from situation.story.world.numbering import Numbering
from situation.story.world.table_columns import values_in
from situation.story.world.tables import WorldTables

__all__ = ["summary_of_world", "tell_summary"]

_WITH_THEIR_SIDE: Final = ("present", "wounded", "hidden", "in_transit")
"""The fields of a tally in which men are still with their side."""

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
    bodies = _bodies(tables)
    _take_tallies(stage, tables, numbering, bodies, summary)
    summary.gap = _gap(tables, bodies)
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
    from situation.ensemble.row_words import RowWords

    happenings, writer = Happenings(stage, summary), EntryWriter(stage, tables, numbering)
    row_words = RowWords(stage, tables, numbering)
    for at in row_words.apart:
        entry = writer.without_parents(tables.rows[at + 1])
        happenings.keep(entry)
        if not isinstance(entry.event, UNTOLD):
            row_words.put(at, entry.event)
    for rule, place, men in row_words.raised():
        happenings.raise_men(Ruled(numbering.rules.names[rule]).prior, numbering.places.names[place], men)
    actors, givens = numbering.actors.names, numbering.givens.names
    for one, other, rung, minute in row_words.climbed():
        happenings.climb(actors[one], actors[other], rung, Minute(minute))
    summary.fired += [(givens[given], Minute(minute)) for given, minute in row_words.fired()]
    words, ends = row_words.written()
    by_day = row_words.rows_until(story_days(stage.scenario))
    happenings.take_words(words, [int(ends[count - 1]) if count else 0 for count in by_day], len(ends))


def _take_holders(stage: Stage, tables: WorldTables, numbering: Numbering, summary: StorySummary) -> None:
    summary.holders = [*stage.occupied]
    for row in tables.holdings[: int(tables.kept[0].holding_count)]:
        place, minute = numbering.places.names[row.place], Minute(int(row.minute) + numbering.origin)
        named = numbering.named(int(row.holders))
        holder = holder_word(frozenset(map(ActorId, named))) if len(named) > 1 else next(iter(named), None)
        summary.holders.append((place, minute, holder))


def _take_tallies(
    stage: Stage, tables: WorldTables, numbering: Numbering, bodies: list[tuple[int, int]], summary: StorySummary
) -> None:
    days, actors = story_days(stage.scenario), len(numbering.actors.names)
    counts = [values_in(tables.tallies, name, 0, len(days) * actors) for name in _WITH_THEIR_SIDE]
    for actor in dict.fromkeys(root for root, _ in bodies):
        by_day = zip(*(count[actor::actors] for count in counts), strict=True)
        summary.strengths[numbering.actors.names[actor]] = [*map(sum, by_day)]
    for number, day in enumerate(days):
        if number % DAYS_BETWEEN_TALLIES == 0 or day == stage.scenario.end:
            for name in summary.strengths:
                row: Any = tables.tallies[number * actors + numbering.actors.of(name)]
                if row.there:
                    fates = (int(getattr(row, field)) for field in TALLY_FIELDS)
                    summary.fates.append((name, day, *fates))


def _bodies(tables: WorldTables) -> list[tuple[int, int]]:
    """The bodies in the order in which they came, each as the root of its actor and all its men."""
    roots, forces, count = values_in(tables.actors, "root"), tables.forces, int(tables.story[0].bodies)
    actor_of, *men = (values_in(forces, name, 0, count + 1) for name in ("actor", "number", "wounded", "hidden"))
    came = values_in(forces, "came", 1, count + 1)
    return [(roots[actor_of[body]], sum(it[body] for it in men)) for body in came]


def _gap(tables: WorldTables, bodies: list[tuple[int, int]]) -> int:
    """Men created or lost: start and arrivals less all who are there, killed, surrendered or gone; over all actors."""
    gaps: dict[int, int] = {}
    for root, men in bodies:
        gaps[root] = gaps.get(root, 0) - int(men)
    for actor in gaps:
        it = tables.actors[actor]
        gaps[actor] += int(it.started + it.arrived - it.killed - it.surrendered - it.left)
    return sum(map(abs, gaps.values()))


def _tolls(tables: WorldTables, numbering: Numbering) -> list[MenLost]:
    fates, count = ["", *(it.name.lower() for it in LossKind)], int(tables.kept[0].toll_count)
    actors, places, origin = numbering.actors.names, numbering.places.names, numbering.origin
    columns = (values_in(tables.tolls, name, 0, count) for name in ("actor", "fate", "place", "minute", "men"))
    return [
        MenLost(actors[actor], fates[fate], places[place], Minute(minute + origin), men)
        for actor, fate, place, minute, men in zip(*columns, strict=True)
    ]
