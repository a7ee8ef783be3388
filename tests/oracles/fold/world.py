"""The world that a story's mechanisms read: the state now, and chance by address. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import define, field, frozen

from situation.chance.luck import Luck, Subject
from situation.dates import DAY, Minute
from situation.events import TOGETHER, ActorId, Due, Event, Fight, PlaceId
from situation.events.story import DUE_KINDS, DueKind
from situation.log.cells import UNSET_WORDS, battle_id
from situation.log.entry import Ruled
from situation.log.state import StateView, check_cell, occupant, occupants, relation
from situation.scenario.story_numbers import pair_number
from situation.testimony.ground import Link
from tests.oracles.fold.derived import Derived
from tests.oracles.fold.ground import FoldStage, on_the_fold
from tests.oracles.fold.ranks import Ranks

__all__ = ["EVENING", "MORNING", "Draw", "Outcome", "Outcomes", "World"]

MORNING, EVENING = 6, 18
"""Hours, local time: when a day's councils are held; when a day's fighting is counted."""
_UNSET: Final = object()


@frozen
class Draw:
    """One number of chance, and the question, subject and time that it was drawn for."""

    value: float
    question: str
    subject: Subject
    when: int


@frozen
class Outcome:
    """An event that comes about now, and by which rule."""

    event: Event
    cause: Ruled


Outcomes = Iterator[Outcome]


@define
class World:
    """The state of a story and its chance, at a minute."""

    stage: FoldStage = field(converter=on_the_fold)
    state: StateView
    luck: Luck
    now: Minute
    cells: Mapping[str, Any] = field(init=False)
    ranks: Ranks = field(init=False)
    _derived: Derived = field(factory=Derived, init=False)

    def __attrs_post_init__(self) -> None:
        self.cells, self.ranks = self.state.cells, Ranks(self.stage, self.luck)

    # -- the state

    def get(self, cell: str, default: Any = None) -> Any:
        """A cell's value, or `default` where nothing has set it.

        Raises:
            LookupError: no event writes a cell of that attribute.
        """
        value = self.cells.get(cell, _UNSET)
        if value is _UNSET:
            check_cell(cell)
            return default
        return value

    def number(self, name: str) -> float:
        """A number of this story."""
        return float(self.cells["numbers.drawn"][name])

    def between(self, name: str, one: str, other: str) -> float:
        """A number of this story for two actors: their own, where the scenario gives one, else everyone's."""
        numbers = self.cells["numbers.drawn"]
        own = numbers.get(pair_number(name, one, other))
        return float(numbers[name] if own is None else own)

    @property
    def day(self) -> int:
        """The local calendar day."""
        return self.stage.day_of(self.now)

    def root(self, force: str) -> ActorId:
        """The root actor of a force."""
        root = self._derived.roots.get(force)
        if root is None:
            root = self._derived.roots[force] = self.stage.ground.root(self.cells[f"{force}.actor"])
        return root

    def men(self, force: str) -> int:
        """A force's men in the ranks."""
        return int(self.cells.get(f"{force}.number") or 0)

    def hidden(self, actor: str, place: str) -> int:
        """An actor's men in hiding at a place."""
        return int(self.cells.get(f"{actor}@{place}.hidden") or 0)

    def bodies(self, place: str) -> tuple[str, ...]:
        """The forces at a place that have men in their ranks."""
        bodies = self._derived.bodies.get(place)
        if bodies is None:
            there = self.cells.get(f"{place}.bodies") or ()
            bodies = tuple([force for force in there if self.cells.get(f"{force}.number")])
            self._derived.bodies[place] = bodies
        return bodies

    def holder(self, place: str, seen_by: str) -> ActorId | None:
        """Whom an actor finds as the holder of a place; None where nobody stands in it.

        Of several who hold it together an actor finds itself, if it is one of them; else its enemy, else a stranger, else
        a friend. Which of several enemies, strangers or friends is drawn once for the story.
        """
        if not self._derived.holder:
            self._look()
        holder = self._derived.holder.get(place)
        if holder is None or TOGETHER not in holder:
            return holder
        return min(occupants(self.cells, place), key=lambda one: self._meets(place, seen_by, one))

    def _meets(self, place: str, actor: str, holder: str) -> tuple[int, float]:
        """In which order an actor has to do with those who hold a place together."""
        hostile, friend = self._relation(actor, holder)
        nearness = 0 if holder == actor else 1 if hostile else 3 if friend else 2
        return nearness, self.luck.uniform("holder met", (place, actor, holder), 0)

    def holders(self) -> tuple[ActorId | None, ...]:
        """Who holds each place, in the map's order; several who hold one together as one word."""
        if not self._derived.holder:
            self._look()
        return self._derived.holders

    def _look(self) -> None:
        self._derived.holder |= {place: occupant(self.cells, place) for place in self.stage.places}
        self._derived.holders = tuple(self._derived.holder.values())

    def forget(self, cells: Iterable[str]) -> None:
        """Drop what was derived from cells that have changed."""
        self._derived.forget(cells)

    def fight(self, place: str) -> Fight | None:
        """The battle for a place, if there is one."""
        fight: Fight | None = self.cells.get(f"{battle_id(place)}.fight")
        return fight

    def battles(self) -> Iterator[PlaceId]:
        """The places that are being fought for."""
        return (place for place in self.stage.places if self.fight(place) is not None)

    def to_come(self, cell: str) -> bool:
        """Whether the minute that a cell holds is still to come; it is not where nothing has set the cell."""
        minute = self.get(cell)
        return minute is not None and int(minute) > self.now

    def stance(self, one: str, other: str) -> str:
        """How one actor stands to another; neutral where nothing is said."""
        return str(self.cells.get(f"{one}:{other}.stance") or UNSET_WORDS["stance"])

    def _relation(self, one: str, other: str) -> tuple[bool, bool]:
        pair = (one, other)
        if pair not in self._derived.relations:
            self._derived.relations[pair] = relation(self.cells, one, other)
        return self._derived.relations[pair]

    def hostile(self, one: str, other: str) -> bool:
        """Whether either is the other's enemy."""
        return self._relation(one, other)[0]

    def friends(self, one: str, other: str) -> bool:
        """Whether both are one, or fight side by side."""
        return self._relation(one, other)[1]

    def barred(self, actor: str, enemies: bool) -> frozenset[str]:
        """The places that an actor's men cannot pass: those of others who are no friends; with `enemies`, theirs too.

        Args:
            enemies: whether the enemy's places bar the way, or may be fought through.
        """
        barred = self._derived.barred.get((actor, enemies))
        if barred is None or not self._derived.holder:
            barred = self._derived.barred[(actor, enemies)] = frozenset(
                place
                for place, word in zip(self.stage.places, self.holders(), strict=True)
                if word is not None
                and (holder := self.holder(place, actor) if TOGETHER in word else word) is not None
                and not self.friends(actor, holder)
                and (enemies or not self.hostile(actor, holder))
            )
        return barred

    def side(self, place: str, chosen: Callable[[str], bool]) -> tuple[str, ...]:
        """The forces at a place whose root actor passes a test."""
        return tuple(force for force in self.bodies(place) if chosen(self.root(force)))

    def enemies(self, place: str, actor: str) -> tuple[str, ...]:
        """The forces at a place that are hostile to an actor."""
        return self.side(place, lambda other: self.hostile(actor, other))

    def ways_out(self, place: str, actor: str) -> Iterator[tuple[Link, PlaceId]]:
        """The open ways from a place for an actor's men: not sealed, and not into an enemy's hands.

        Open ground is never sealed, whoever is said to hold it.
        """
        for link, end in self.stage.ways.get(place, ()):
            there = self.holder(end, actor)
            free = there is None or self.friends(actor, there)
            if self.stage.is_open(end) or (free and link.id not in self.shut(actor)):
                yield link, end

    def capacity(self, link: Link) -> float:
        """How much a way out carries: its kind's capacity over its length in km."""
        return self.number(f"capacity.{link.kind}") / link.km

    def openness(self, place: str, actor: str) -> float:
        """The share of the ways out, by what they carry, that nobody has sealed: 1 where none is; 0 without any way."""
        ways = {link.id: link for link, _ in self.ways_out(place, actor)}
        shut = [
            link for link, _ in self.stage.ways.get(place, ()) if link.id in self.shut(actor) and link.id not in ways
        ]
        if not shut or not ways:
            return 1.0 if ways else 0.0
        carried = sealed = 0.0
        for link in ways.values():
            carried = carried + self.capacity(link)
        for link in shut:
            sealed = sealed + self.capacity(link)
        return carried / (carried + sealed)

    def shut(self, actor: str) -> frozenset[str]:
        """The links that are closed to an actor: they carry neither its goods nor its men."""
        if actor not in self._derived.shut:
            links = self.stage.ground.links
            self._derived.shut[actor] = frozenset(link for link in links if self.cells.get(f"{actor}|{link}.sealed"))
        return self._derived.shut[actor]

    def encircled(self, place: str, actor: str) -> bool:
        """Whether no way out is open to an actor's men that carries more than a trickle."""
        return self.openness(place, actor) < self.number("enclosed_below")

    def last(self, cell: str) -> str:
        """The id of the entry that set a cell; empty where none did."""
        entry = self.state.because.get(cell)
        return entry.id if entry is not None else ""

    # -- chance

    def draw(self, question: str, subject: Subject, when: int | None = None) -> Draw:
        """The number that decides a question about a subject, today unless said otherwise."""
        moment = self.day if when is None else when
        return Draw(self.luck.uniform(question, subject, moment), question, subject, moment)

    def four(self, question: str, subject: Subject, when: int | None = None) -> tuple[Draw, tuple[float, ...]]:
        """Four numbers at one address, and the first of them with it."""
        moment = self.day if when is None else when
        values = self.luck.uniforms(question, subject, moment)
        return Draw(values[0], question, subject, moment), values

    def vary(self, name: str, draw: Draw) -> float:
        """A number that differs from case to case within its prior."""
        return self.stage.numbers[name].draw(draw.value)

    def by(self, rule: str, odds: float | None = None, draw: Draw | None = None, *parents: str) -> Ruled:
        """A cause: the rule, its odds, the draw with its address, and the parents that are known."""
        known = tuple(dict.fromkeys(parent for parent in parents if parent))
        if draw is None:
            return Ruled(rule, odds, "", None, known)
        address = self.luck.address(draw.question, draw.subject, draw.when)
        return Ruled(rule, odds, address, draw.value, known)

    # -- time

    def after(self, days: float) -> Minute:
        """The minute that lies some days ahead, at least one minute."""
        return self.now + max(1, round(days * DAY))

    def due(self, kind: DueKind, minute: Minute, subject: Subject) -> Due:
        """Something to fall due. Its rank among others of its kind is drawn by its subject; days and councils need none."""
        alone = kind in ("day", "council")
        rank = 0.0 if alone else self.luck.uniform(f"rank.{kind}", subject, self.stage.day_of(minute))
        return Due(minute, DUE_KINDS.index(kind), rank, kind)

    def evening(self) -> Minute:
        """The next evening: today's, if it is still to come."""
        tonight = self.stage.at_hour(self.day, EVENING)
        return tonight if tonight > self.now else tonight + DAY
