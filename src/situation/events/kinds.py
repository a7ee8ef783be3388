"""What every event type has in common, the types of ids, and the registry that `@event` fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, NewType, TypeVar

from attrs import field, frozen

from situation.errors import Fault
from situation.events.measures import common_unit

__all__ = [
    "CIVILIANS",
    "EVENTS",
    "SOMEWHERE",
    "TOGETHER",
    "UNKNOWN",
    "ActorId",
    "AreaId",
    "Day",
    "Event",
    "Holder",
    "Lane",
    "OperationId",
    "PlaceId",
    "Position",
    "Quantity",
    "Root",
    "Side",
    "Stance",
    "Values",
    "event",
    "in_hands_of",
    "not_empty",
    "roots",
    "scene",
    "sides_of",
]

ActorId = NewType("ActorId", str)
if TYPE_CHECKING:  # a place is an area, and both are written as plain text

    class AreaId(str):
        """A place or a region: whatever a claim may speak about."""

    class PlaceId(AreaId):
        """A place that somebody can hold."""
else:
    AreaId = NewType("AreaId", str)
    PlaceId = NewType("PlaceId", str)
OperationId = NewType("OperationId", str)
Side = NewType("Side", str)
"""Whose dead are counted: an actor, `civilians`, or `unknown` where no source says whose."""

Day = NewType("Day", str)
"""A date as it is written; read as its last minute where something lasts until it, as its first where it begins."""

UNKNOWN: Final = "unknown"
"""What a source writes for a side or a place that nobody names: it is read as nothing, and no map may use it as an id."""
CIVILIANS: Final = "civilians"
"""The dead of no side."""
TOGETHER: Final = "+"
"""Joins the ids of several who hold a place together, or who fought, to one word."""
SOMEWHERE: Final = "somewhere"
"""Stands in the names of cells and happenings for a place that no source names."""


class _Notes(dict[int, tuple["Event", Any]]):
    """What was worked out of events, each by its `id`, with the event, so that no other can have it; it is not pickled."""

    def __reduce__(self) -> tuple[type[_Notes], tuple[()]]:
        return _Notes, ()


@frozen
class Root:
    """From an actor to the one at the top of its hierarchy; and to the one that holds what it takes.

    Args:
        tops: from every actor to the top of its hierarchy.
        holds_for: from actors at the top to another that holds what they take: they get the credit and no share.
    """

    tops: Mapping[ActorId, ActorId] = field(hash=False)
    holds_for: Mapping[ActorId, ActorId] = field(factory=dict, hash=False)
    _units: Mapping[ActorId, tuple[ActorId, ...]] = field(init=False, hash=False, eq=False, repr=False)
    _of_some: dict[tuple[ActorId, ...], tuple[ActorId, ...]] = field(
        factory=dict, init=False, hash=False, eq=False, repr=False
    )
    notes: _Notes = field(factory=_Notes, init=False, hash=False, eq=False, repr=False)
    """What was worked out of the events of claims by this hierarchy."""

    @_units.default
    def _of_each(self) -> Mapping[ActorId, tuple[ActorId, ...]]:
        units: dict[ActorId, list[ActorId]] = {}
        for actor, top in self.tops.items():
            units.setdefault(top, []).append(actor)
        return {top: tuple(sorted(of_one)) for top, of_one in units.items()}

    def side(self, actor: ActorId) -> tuple[ActorId, ...]:
        """All who stand under the root of an actor, and the root itself."""
        return self._units[self.tops[actor]]

    def __call__(self, actor: ActorId) -> ActorId:
        return self.tops[actor]

    def of_each(self, actors: tuple[ActorId, ...]) -> tuple[ActorId, ...]:
        """The root actors of some units, each once, in their order."""
        tops = self._of_some.get(actors)
        if tops is None:
            tops = self._of_some[actors] = tuple(dict.fromkeys(self.tops[actor] for actor in actors))
        return tops

    def keeper(self, actor: ActorId) -> ActorId:
        """Who holds the ground that an actor takes."""
        top = self.tops[actor]
        return self.holds_for.get(top, top)


Holder = ActorId | frozenset[ActorId] | None
"""What a cell `holder` says: one root actor, several that hold the place together, or nobody. Also of those who do a thing
together: ring a place, announce a victory, lead an operation."""
Values = Mapping[str, Any]
"""From the name of a cell to the value it is given."""
Lane = Literal["control", "fighting", "movement", "statements"]
Stance = Literal["allied", "coordinated", "deconflicted", "tolerated", "neutral", "hostile"]
Position = Literal[
    "welcomes",
    "praises",
    "threatens",
    "accuses",
    "claims",
    "wants",
    "vows",
    "opposes",
    "undeclared",
    "conditions",
    "warns",
]


@frozen
class Quantity:
    """An amount as low / best / high with its unit; a bound that no source gives stays None.

    `words`: what the source says in place of a number, such as `dozens`; its bounds are then the lexicon's, `assumed`
    for the reason given there.

    Raises:
        Fault: no number, a negative one, or numbers out of order.
    """

    unit: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    words: str | None = None
    assumed: str | None = None

    def __attrs_post_init__(self) -> None:
        numbers = [number for number in (self.low, self.best, self.high) if number is not None]
        if not numbers:
            raise Fault("The quantity has no number.", "Give low, best or high.")
        if min(numbers) < 0:
            raise Fault("The quantity is negative.", "Amounts start at 0.")
        if numbers != sorted(numbers):
            raise Fault("The quantity is out of order.", "Write low <= best <= high.")
        if not self.unit.strip():
            raise Fault("The quantity has no unit.", "Name it, such as fighters, km or percent.")

    def plus(self, other: Quantity) -> Quantity:
        """Both together; men and civilians are persons.

        A bound that one of them does not give is not given: of "at least 5" and 3, "at least 8".

        Raises:
            Fault: they are counted in different measures.
        """
        unit = common_unit(self.unit, other.unit)
        if unit is None:
            raise Fault(f"{self.unit} and {other.unit} cannot be added up.", "Count both in one unit.")
        pair = (self, other)
        lows = [it.best if it.low is None else it.low for it in pair]
        highs = [it.best if it.high is None else it.high for it in pair]
        low = None if lows == [None, None] else sum(bound or 0 for bound in lows)
        best = None if self.best is None or other.best is None else self.best + other.best
        high = None if highs[0] is None or highs[1] is None else highs[0] + highs[1]
        assumed = next((it.assumed for it in pair if it.assumed), None)
        if best is not None and low == best == high:
            return Quantity(unit, best=best, assumed=assumed)
        return Quantity(unit, low, best, high, assumed=assumed)


def not_empty(_: Any, attribute: Any, value: tuple[Any, ...]) -> None:
    """A validator: the list names at least one.

    Raises:
        Fault: it is empty.
    """
    if not value:
        raise Fault(f"The list '{attribute.name}' is empty.", "Name at least one.", (attribute.name,))


class Event:
    """What is said to have happened. Subclasses are frozen records of plain values.

    `gathers`: lists to which every report adds, and on which reports therefore do not compete. `together`: fields
    that are taken from one report, the one that says most of them, and never mixed. `partial`: two reports
    about one subject are one happening only where they speak to the same cell. `reported`: whether a source can report
    it; no source reports the opening, or a story's own book-keeping. `lasting`: it held throughout its interval, rather
    than at one moment of it. `strikes`: it is an act of war, which an agreement forbids. `details`: attributes of its
    cells that are of the last event of its kind, and not known any more where a later one leaves them open. `noun`: what an
    event that sources report is called, such as `Capture`. `indifferent`: fields of actors whom it neither serves nor harms.
    """

    lane: ClassVar[Lane]
    noun: ClassVar[str] = ""
    gathers: ClassVar[tuple[str, ...]] = ()
    together: ClassVar[tuple[str, ...]] = ()
    partial: ClassVar[bool] = False
    lasting: ClassVar[bool] = False
    reported: ClassVar[bool] = True
    strikes: ClassVar[bool] = False
    details: ClassVar[tuple[str, ...]] = ()
    indifferent: ClassVar[tuple[str, ...]] = ()
    place: Any = None

    @property
    def subject(self) -> str:
        """The place, operation or actor by which two events of one type differ."""
        return str(self.place or SOMEWHERE)

    def speaks(self, root: Root) -> Values:
        """The cells this event speaks to, and the value it gives each. Every type defines its own."""
        raise NotImplementedError

    def detailed(self, root: Root) -> tuple[str, ...]:
        """The subjects of the cells under which its details stand: of all to which it speaks."""
        return tuple(dict.fromkeys(cell.partition(".")[0] for cell in self.speaks(root)))

    @property
    def actors(self) -> tuple[ActorId, ...]:
        """Those who did it: the units named under `by`, or the one `actor`."""
        one = getattr(self, "actor", None)
        return tuple(getattr(self, "by", ())) or (() if one is None else (one,))

    @property
    def harms(self) -> tuple[ActorId, ...]:
        """Those whose interest suffers if this is believed: those against whom it went."""
        against = getattr(self, "against", None)
        return () if against is None else (against,)

    @property
    def serves(self) -> tuple[ActorId, ...]:
        """Those whose interest it serves if this is believed: those who did it, but for whom it harms."""
        doers = self.actors if {"by", "actor"}.isdisjoint(self.indifferent) else ()
        return tuple(actor for actor in doers if actor not in self.harms)


EVENTS: dict[str, type[Event]] = {}
_E = TypeVar("_E", bound=type[Event])


def event(cls: _E) -> _E:
    """Enter an event type into the vocabulary under its class name.

    Raises:
        ValueError: another type of that name is in the vocabulary already.
    """
    known = EVENTS.setdefault(cls.__name__, cls)
    if known is not cls and known.__module__ != cls.__module__:
        raise ValueError(f"Two event types are named {cls.__name__}. Rename one of them.")
    EVENTS[cls.__name__] = cls
    return cls


def roots(root: Root, actors: tuple[ActorId, ...]) -> tuple[ActorId, ...]:
    """The root actors of some units, each once, in their order."""
    return root.of_each(actors)


def scene(place: AreaId | None, sides: Iterable[str]) -> str:
    """The subject of what an event did where it happened: the place or area, or the sides where no place is named."""
    return place or f"{TOGETHER.join(sorted(sides)) or UNKNOWN}@{SOMEWHERE}"


def in_hands_of(root: Root, actors: Iterable[ActorId]) -> Holder:
    """Who holds what some actors took: one alone, several together where they are of several sides, None for nobody known."""
    return _jointly(root.keeper(actor) for actor in actors)


def sides_of(root: Root, actors: Iterable[ActorId]) -> Holder:
    """The sides of some actors, as `Holder` has them: those that ring a place, lead an operation, announce a victory."""
    return _jointly(root(actor) for actor in actors)


def _jointly(sides: Iterable[ActorId]) -> Holder:
    known = tuple(dict.fromkeys(sides))
    return frozenset(known) if len(known) > 1 else known[0] if known else None
