"""Holds the steps of a morning as kernels to those of the fold, over stories as they go on: every row, and why it came about.

`python -m tests.oracles.mornings DAYS STORY...` prints how many rows kernels wrote. As Python or compiled
(`SITUATION_KERNELS=each`), it fails at the first row that differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from situation.dates import Interval
from situation.events import (
    Arrived,
    AttackPutOff,
    DayBegan,
    Decided,
    FellBack,
    MarchBegan,
    OrderCarriedOut,
    OrderLapsed,
    StoryBegan,
    WoundedReturned,
)
from situation.log.cells import order_id
from situation.log.entry import Entry
from situation.story.decide.arrival import arrival_due
from situation.story.decide.closed_links import lapsed_closures
from situation.story.decide.columns import columns_now
from situation.story.decide.contact import contacts_today
from situation.story.decide.council import councils_held
from situation.story.decide.counterattack import places_retaken
from situation.story.decide.face_to_face import faced_enemies
from situation.story.decide.given import given_events
from situation.story.decide.insurgency import weeks_in_hiding
from situation.story.decide.march import freed_marches
from situation.story.decide.morning import (
    begin_day,
    ceasefires_due,
    lapsed_agreements,
    postures_now,
    wounded_return_now,
)
from situation.story.decide.opening import open_story
from situation.story.decide.orders import order_due
from situation.story.decide.side_by_side import shared_places
from situation.story.decide.sighting import columns_sighted
from situation.story.decide.supply import supplies_today
from situation.story.stage import Stage
from situation.story.story import Story
from situation.story.world.columns import stored
from situation.story.world.fields import TABLES
from tests.oracles.fold.battle.counterattack import counterattacks
from tests.oracles.fold.council import councils
from tests.oracles.fold.doctrines import DOCTRINES
from tests.oracles.fold.given import agreements_lapse, ceasefires_begin, draw_numbers, given_today, opening
from tests.oracles.fold.insurgency import postures, week_in_hiding
from tests.oracles.fold.march.closures import closures_lapse
from tests.oracles.fold.march.columns import columns_part_and_meet
from tests.oracles.fold.march.contact import contacts
from tests.oracles.fold.march.march import arrival, face_to_face, quickened
from tests.oracles.fold.march.neighbours import ground_shared
from tests.oracles.fold.march.sighting import sightings
from tests.oracles.fold.march.supply import supplies
from tests.oracles.fold.morning import carry_out, day_begins, return_wounded
from tests.oracles.fold.world import Outcomes, World
from tests.oracles.ways import Ways
from tests.oracles.world_cells import story_of

Kernel = Callable[[Any, Any], None]
"""Takes a step."""
MORNING: Final[tuple[tuple[Callable[[World], Outcomes], Kernel | None], ...]] = (
    (agreements_lapse, lapsed_agreements),
    (ceasefires_begin, ceasefires_due),
    (given_today, given_events),
    (contacts, contacts_today),
    (postures, postures_now),
    (quickened, freed_marches),
    (ground_shared, shared_places),
    (face_to_face, faced_enemies),
    (sightings, columns_sighted),
    (closures_lapse, lapsed_closures),
    (supplies, supplies_today),
    (counterattacks, places_retaken),
    (week_in_hiding, weeks_in_hiding),
    (columns_part_and_meet, columns_now),
)
"""The steps of a morning in their order, each as the fold takes it and, where there is one, as a kernel."""
ROW: Final = stored(next(table for table in TABLES if table.name == "rows"))
OFFSETS: Final = ("first", "middle", "last", "first_parent", "last_parent")


def field_of(row: Any, name: str) -> Any:
    """A field of an object, or of a record, which has attributes of its own beside its fields (`real`)."""
    return row[name] if hasattr(row, "dtype") else getattr(row, name)


class Steps(Ways):
    """The world of entries, both ways, on which kernels take steps. `rows`: how many rows of each event they have written."""

    def __init__(self, stage: Stage, seed: int, index: int) -> None:
        super().__init__(stage, seed, index)
        self.rows: Counter[str] = Counter()

    def hold(self, story: Story) -> Counter[str]:
        """Take every step of a story."""
        ends = (0, *story.steps)
        for step in (story.entries[first:last] for first, last in zip(ends, story.steps, strict=False)):
            self.world.now = step[0].time
            if isinstance(step[0].event, StoryBegan):
                numbers = draw_numbers(self.stage, self.parameters)
                minute = self.world.now - self.n.origin
                outcomes = opening(self.world, numbers, self.record_luck)
                self.compare(outcomes, iter(step), lambda w, g, minute=minute: open_story(w, g, minute))  # type: ignore[misc]
            elif isinstance(step[0].event, DayBegan):
                entries = iter(step)
                self.compare(islice(day_begins(self.world), 1), entries, lambda w, _: begin_day(w))
                for of_the_fold, kernel in MORNING:
                    self.compare(of_the_fold(self.world), entries, kernel)
                assert next(entries, None) is None
            elif isinstance(step[0].event, WoundedReturned):
                batch = step[0].event.batch
                number = self.n.batches.of(batch)
                outcomes = return_wounded(self.world, batch)
                self.compare(outcomes, iter(step), lambda w, _, number=number: wounded_return_now(w, number))  # type: ignore[misc]
            elif isinstance(step[-1].event, Decided):
                self.compare(councils(self.world, DOCTRINES), iter(step), councils_held)
            elif isinstance(step[0].event, MarchBegan | OrderCarriedOut | OrderLapsed):
                self.hold_order(step[0].event.subject, step)
            elif isinstance(step[0].event, Arrived | FellBack | AttackPutOff) and not isinstance(
                step[-1].event, Decided
            ):
                self.hold_arrival(step[0].event.force, step)
            else:
                for entry in step:
                    self.take(entry)
        return self.rows

    def hold_order(self, name: str, entries: tuple[Entry, ...] | None) -> None:
        """Take the step of an order that falls due.

        Args:
            name: of the force, or of what else it is given to.
            entries: of the story; None: they are made.
        """
        order, force = self.n.orders.known(name), self.n.forces.known(name)
        outcomes = carry_out(self.world, order_id(name))
        kept = None if entries is None else iter(entries)
        self.compare(outcomes, kept, lambda w, g: order_due(w, g, order, force))

    def hold_arrival(self, name: str, entries: tuple[Entry, ...] | None) -> None:
        """Take the step of a force that reaches its goal.

        Args:
            name: of the force.
            entries: of the story; None: they are made.
        """
        force = self.n.forces.known(name)
        kept = None if entries is None else iter(entries)
        self.compare(arrival(self.world, name), kept, lambda w, g: arrival_due(w, g, force))

    def hold_now(self, minute: int) -> Counter[str]:
        """Let kernels take those steps of a morning that they can, at a minute, and return how many rows that were."""
        self.world.now = minute
        for of_the_fold, kernel in MORNING:
            if kernel is not None:
                self.compare(of_the_fold(self.world), None, kernel)
        self.compare(councils(self.world, DOCTRINES), None, councils_held)
        return self.rows

    def compare(self, outcomes: Outcomes, entries: Iterator[Entry] | None, kernel: Kernel | None) -> None:
        """Let a kernel take a step at once, and compare its rows with the outcomes of the fold's, one by one.

        Args:
            entries: of the story, in which the outcomes stand; None: they are made.
        """
        story = self.w.story[0]
        story.now = self.world.now - self.n.origin
        at = int(story.row_count) + 1
        if kernel is not None:
            kernel(self.w, self.g)
            self.replay.writer.take_names()
        last = int(story.row_count)
        for number, outcome in enumerate(outcomes):
            now = self.world.now
            made = Entry(f"{now}/{kernel}/{number}", now, Interval(now, now), outcome.event, outcome.cause)
            entry = made if entries is None else next(entries)
            assert (entry.event, entry.cause) == (outcome.event, outcome.cause)
            if kernel is None:
                self.take(entry)
                continue
            assert at <= last, f"no row for {entry}"
            self._same(at, entry)
            self.rows[type(entry.event).__name__] += 1
            at += 1
            self.world.forget(self.folding.apply(entry))
        assert kernel is None or at == last + 1, f"a row too many: {self._columns(at)}"
        assert not story.fault

    def _same(self, at: int, entry: Entry) -> None:
        """Compare a row that has been written with that of an entry, which is written behind all rows, and then taken back."""
        story, replay = self.w.story[0], self.replay
        before = [int(getattr(story, name)) for name in ("row_count", "part_count", "parts_taken", "parent_count")]
        spare = replay.write(entry)
        expected, made = self._columns(spare), self._columns(at)
        assert expected == made, (entry, {it: (expected[it], made[it]) for it in expected if expected[it] != made[it]})
        replay.writer.rows[entry.id] = at
        assert replay.cause(at) == entry.cause
        for name, number in zip(("row_count", "part_count", "parts_taken", "parent_count"), before, strict=True):
            setattr(story, name, number)
        for name, kind, count in ROW:
            zero = 0.0 if kind == "f8" else 0
            setattr(self.w.rows[spare], name, [zero] * count if count else zero)

    def _columns(self, at: int) -> dict[str, Any]:
        """What a row says: its columns as text to the last bit, its parts and its parents."""
        row = self.w.rows[at]
        said: dict[str, Any] = {
            name: [*map(int, field_of(row, name))] if count else repr(float(field_of(row, name)))
            for name, _, count in ROW
            if name not in OFFSETS
        }
        parts = (self.w.parts[it] for it in range(row.first, row.last))
        said["parts"] = [(int(it.force), int(it.one), int(it.two), float(field_of(it, "real"))) for it in parts]
        said["parents"] = [int(self.w.parents[it].entry) for it in range(row.first_parent, row.last_parent)]
        return said


def hold_steps(story: Story, seed: int, index: int) -> str:
    """How many rows of each event kernels wrote of a story, as text."""
    rows = Steps(story.stage, seed, index).hold(story)
    return " ".join(f"{event} {rows[event]}" for event in sorted(rows))


if __name__ == "__main__":
    for name in sys.argv[2:]:
        print(name, hold_steps(story_of(name, int(sys.argv[1]) or None), 3, 0))
