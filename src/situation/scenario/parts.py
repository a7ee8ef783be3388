"""A scenario as its file says it: the branch, what is given, forces, conduct, plans, numbers and questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import define, field, frozen

from situation.dates import Duration, Minute
from situation.errors import Fault
from situation.events import ActorId, Event, ForceRaised, OperationId, PlaceId
from situation.log.state import split_cell
from situation.rules import Family, Prior, RuleError
from situation.scenario.plugins import OutsideDoctrine
from situation.scenario.question import Question
from situation.testimony.ground import Ground
from situation.testimony.tour import TourStop

__all__ = [
    "Axis",
    "Branch",
    "Condition",
    "Conduct",
    "Force",
    "Given",
    "Inflow",
    "Number",
    "Plan",
    "Scenario",
    "Switch",
    "Total",
]


@frozen
class Branch:
    """Where a story leaves the record: the state at a time, as known at another, by a belief.

    `account`: the belief whose one account of the record all stories take; None: each story draws the record where it
    is open, rival answers by their weight.
    """

    at: str
    known_at: str | None = None
    belief: str = "graded"
    account: str | None = None


@frozen
class Number:
    """A number with its range, unit and source: `value`, or `low`, `best` and `high`."""

    unit: str
    source: str
    reason: str = ""
    value: float | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    family: Literal["lognormal", "beta", "fixed"] | None = None

    def prior(self, name: str, family: Family | None = None) -> Prior:
        """The number as a prior; a family that is not said is `family`, else lognormal, or fixed for a single value.

        Raises:
            Fault: it has no unit or source, or its points do not rise.
        """
        if self.value is not None and (self.low, self.best, self.high) == (None, None, None):
            points: tuple[float, float, float] = (self.value, self.value, self.value)
            kind = Family.FIXED
        elif self.value is None and self.low is not None and self.best is not None and self.high is not None:
            points = (self.low, self.best, self.high)
            kind = Family(self.family) if self.family else family or Family.LOGNORMAL
            if kind is Family.FIXED and not self.low == self.best == self.high:
                kind = Family.LOGNORMAL
        else:
            raise Fault("The number is not whole.", "Give 'value' alone, or 'low', 'best' and 'high'.")
        try:
            return Prior(
                name=name,
                family=kind,
                low=points[0],
                best=points[1],
                high=points[2],
                unit=self.unit,
                source=self.source,
                reason=self.reason,
            )
        except RuleError as error:
            fact, _, advice = error.fact.partition(". ")
            raise Fault(f"The number '{name}' {fact.rstrip('.')}.", advice) from None


@frozen
class Force(Number):
    """A prior for a body of men: whose it is, where it stands, and how many it may be.

    `at`: one place; several, each with a draw of its own; or shares of one draw by place.
    """

    actor: ActorId = field(kw_only=True)
    at: Any = field(kw_only=True)
    kind: Literal["field", "garrison", "hidden"] = field(default="garrison", kw_only=True)

    @property
    def places(self) -> tuple[PlaceId, ...]:
        """Where it stands, in the order in which that is written."""
        if isinstance(self.at, str):
            return (PlaceId(self.at),)
        return tuple(PlaceId(str(place)) for place in self.at) if isinstance(self.at, list | dict) else ()


@frozen
class Total(Number):
    """A prior for all men of an actor, to which its forces are scaled."""


@frozen
class Inflow:
    """What reaches an actor's men over open links from places of its own, and who says so.

    `places`: where it comes from, while no enemy holds them. `mutual`: these places live on each other, so that none
    feeds itself. `over`: the kinds of links that it goes over; none: all. `source`: claims, or ASSUMED and a `reason`.
    """

    places: tuple[PlaceId, ...]
    source: str
    reason: str = ""
    mutual: bool = False
    over: tuple[str, ...] = ()


@frozen
class Conduct:
    """How an actor fights: its posture, and the names of the numbers that are its own.

    `surrender_to`: the share of beaten enemies that gives itself up to it. `supply_from`: what its supply comes from;
    none: it lives on its stock from the branch on. `last_stand`: one name, or one for each posture.
    """

    posture: Literal["hold", "delay", "insurgency"] = "hold"
    position: Literal["none", "hasty", "prepared", "fortified"] = "hasty"
    quality: str = "quality"
    last_stand: Any = "last_stand"
    stock: str = "stock"
    supply_floor: str = "supply_floor"
    surrender_to: str = "surrender.trusted"
    melt: str = "melt.none"
    holding: str = "holding_force"
    supply_from: tuple[Inflow, ...] = ()
    air_by: ActorId | None = None
    air: Literal["none", "some", "dedicated"] = "none"

    def stands(self, posture: str) -> str:
        """The name of the number that says how often it stands to the last in a posture."""
        return str(self.last_stand[posture] if isinstance(self.last_stand, dict) else self.last_stand)


def _in_order(cell: str | None) -> str | None:
    """A cell as the state keeps it: a pair has one rung, under the two in alphabetical order."""
    subject, attribute = split_cell(cell or "")
    one, colon, other = subject.partition(":")
    return f"{other}:{one}.{attribute}" if colon and attribute == "rung" and other < one else cell


@frozen
class Condition:
    """Something that the state may come to: a cell with a value, above or below a number; or a time."""

    cell: str | None = field(default=None, converter=_in_order)
    equals: Any = None
    differs: Any = None
    above: float | None = None
    below: float | None = None
    after: Duration | None = None
    at: str | None = None


@frozen
class Given:
    """What a scenario lets happen: an event, when its conditions all hold for the first time, with some chance."""

    event: Event
    when: tuple[Condition, ...] = ()
    at: str | None = None
    chance: str | None = None


@frozen
class Switch:
    """From when on a plan follows another doctrine."""

    when: tuple[Condition, ...]
    to: str


@frozen
class Axis:
    """One of several lines on which a plan advances at once: its objectives in their order, and who says so.

    `forces`: those of the plan's forces that keep to it while it has an objective left; none: whoever finds no room on
    the axes before it (R10). `source`: claims, or ASSUMED and a `reason`.
    """

    objectives: tuple[PlaceId, ...]
    source: str
    reason: str = ""
    forces: tuple[str, ...] = ()


@frozen
class Plan:
    """An assignment: an actor follows a doctrine with some forces, toward objectives in their order.

    `axes`: several lines of objectives at once, the main one first, in place of `objectives`;
    `start`: the number of days before it begins; `chance`: the number that says whether it happens at all;
    `first_leg`: the km still to go on the first leg, where it has been begun before the branch; `hub`: the place that
    its supply runs from; `holds_for`: the friend to whom it hands over the objectives that
    it takes.
    """

    actor: ActorId
    doctrine: str
    forces: tuple[str, ...] = ()
    objectives: tuple[PlaceId, ...] = ()
    axes: tuple[Axis, ...] = ()
    links: tuple[str, ...] = ()
    operation: OperationId | None = None
    start: str | None = None
    regroup: str = "regroup"
    chance: str | None = None
    first_leg: str | None = None
    hub: PlaceId | None = None
    holds_for: ActorId | None = None
    switch: tuple[Switch, ...] = ()

    @property
    def goals(self) -> tuple[PlaceId, ...]:
        """Every objective in its order, axis by axis."""
        along = (goal for axis in self.axes for goal in getattr(axis, "objectives", None) or ())
        return tuple(dict.fromkeys((*self.objectives, *along)))


@define(frozen=True, slots=False, eq=False)
class Scenario:
    """A scenario, read and found right. `numbers` holds every number that its stories use, as priors by name."""

    id: str
    title: str
    about: str
    situation: str
    branch: Branch
    at: Minute
    known_at: Minute
    horizon: Duration
    suggested_by: tuple[str, ...]
    assumes: str
    without: tuple[str, ...]
    given: Mapping[str, Given]
    actors: Mapping[ActorId, Conduct]
    forces: Mapping[str, Force]
    totals: Mapping[ActorId, Total]
    doctrines: Mapping[str, Plan]
    numbers: Mapping[str, Prior]
    own_numbers: tuple[str, ...]
    questions: Mapping[str, Question]
    extends: str | None
    file: str
    text: str = field(default="", repr=False)
    """What its file says, to the letter, so that a run folder can keep it."""
    twin: str = field(default="", repr=False)
    """The same of the scenario that it is the baseline of, where that lent it questions or the day of its branch."""
    outside: Mapping[str, OutsideDoctrine] = field(factory=dict)
    """Doctrines from outside, by the names that its plans give them."""
    tour: tuple[TourStop, ...] = ()
    """A guided tour of its page; of none its page has none."""

    @property
    def end(self) -> Minute:
        """The last minute of its stories."""
        return self.at + self.horizon

    @property
    def raised(self) -> tuple[ForceRaised, ...]:
        """The forces that are raised in its stories, after the branch."""
        return tuple(given.event for given in self.given.values() if isinstance(given.event, ForceRaised))

    def armed(self, ground: Ground) -> frozenset[ActorId]:
        """The root actors that have men in its stories, at the branch or later."""
        bodies: tuple[Force | ForceRaised, ...] = (*self.forces.values(), *self.raised)
        return frozenset(ground.root(body.actor) for body in bodies)

    def fighting(self, ground: Ground) -> frozenset[ActorId]:
        """The root actors that may come to blows: those that have men, and those that it says how to fight."""
        return self.armed(ground) | frozenset(self.actors)
