"""Attacks and their dead: by whom, on whom, by what means, with how many killed and wounded of each side.

What a source leaves out is None, an empty list or an empty mapping: "not stated" is an answer, and never a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from situation.errors import Fault
from situation.events.kinds import (
    CIVILIANS,
    UNKNOWN,
    ActorId,
    AreaId,
    Event,
    Lane,
    Quantity,
    Root,
    Side,
    Values,
    event,
    roots,
    scene,
)
from situation.events.measures import common_unit, counts_people, in_measure

__all__ = ["Attacked", "CiviliansKilled", "Counts", "Means", "counts_by_root", "side_cells", "toll_cells"]

Means = Literal["ground", "air", "artillery", "counter-attack", "fire"]
"""By what an attack was made, where a source says so."""
Counts = Mapping[Side, Quantity]
"""How many of each side: of an actor, of `civilians`, of `unknown` where no source says whose."""


@event
@frozen
class Attacked(Event):
    """One side struck another, or two clashed, without a change of control: a raid, an air strike, a counter-attack.

    `by` attacked `against`. Where a source names two sides and not who began, they stand under `between`. One actor that is
    both fought among its own. `killed` and `wounded` are of all sides together, `killed_of` and `wounded_of` of one each.
    """

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Attack"
    indifferent: ClassVar[tuple[str, ...]] = ("between",)
    together: ClassVar[tuple[str, ...]] = ("by", "against", "between")
    strikes: ClassVar[bool] = True
    details: ClassVar[tuple[str, ...]] = ("attacked_by", "direction", "killed", "wounded", "killed_of", "wounded_of")
    place: AreaId | None = None
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    means: Means | None = None
    killed: Quantity | None = None
    wounded: Quantity | None = None
    between: tuple[ActorId, ...] = ()
    killed_of: Counts = field(factory=dict, hash=False)
    wounded_of: Counts = field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        if self.between and (self.by or self.against is not None):
            fact = "'between' stands beside 'by' or 'against'."
            raise Fault(fact, "Write by and against where it is said who attacked, else between.", ("between",))
        if len(self.between) == 1:
            raise Fault("'between' names one side.", "Name both, or write it under 'against'.", ("between",))

    @property
    def among_themselves(self) -> bool:
        """Whether the people of one actor fought each other."""
        return self.by == (self.against,)

    @property
    def sides(self) -> tuple[ActorId, ...]:
        """Every unit named on either side."""
        return (*self.by, *(() if self.against is None else (self.against,)), *self.between)

    def speaks(self, root: Root) -> Values:
        parties = frozenset(roots(root, self.sides))
        where = scene(self.place, parties)
        cells: dict[str, Any] = {}
        if self.by:
            cells[f"{where}.attacked_by"] = frozenset(self.by)
        cells[f"{where}.parties"] = parties
        if self.by and self.against is not None:
            cells[f"{where}.direction"] = (tuple(sorted(roots(root, self.by))), root(self.against))
        cells |= toll_cells(where, self.killed, self.wounded, self.killed_of, self.wounded_of, root)
        return cells


@event
@frozen
class CiviliansKilled(Event):
    """Civilians were killed, over the time of the event, not of the report; by whom and how, where a source says so."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Killing of civilians"
    details: ClassVar[tuple[str, ...]] = ("civilians_killed", "civilians_killed_by")
    place: AreaId | None = None
    by: tuple[ActorId, ...] = ()
    number: Quantity | None = None
    how: str | None = None

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return self.by

    def speaks(self, root: Root) -> Values:
        where = scene(self.place, roots(root, self.by))
        cells: dict[str, Any] = {}
        if self.number is not None:
            cells[in_measure(f"{where}.civilians_killed", self.number.unit)] = self.number
        elif not self.by:
            cells[f"{where}.civilians_killed"] = None
        if self.by:
            cells[f"{where}.civilians_killed_by"] = frozenset(self.by)
        return cells


def toll_cells(
    where: str, killed: Quantity | None, wounded: Quantity | None, killed_of: Counts, wounded_of: Counts, root: Root
) -> dict[str, Any]:
    """The cells of an event's dead and wounded: all together, and by the root of each side."""
    cells: dict[str, Any] = {}
    if killed is not None:
        cells[in_measure(f"{where}.killed", killed.unit)] = killed
    if wounded is not None:
        cells[in_measure(f"{where}.wounded", wounded.unit)] = wounded
    for name, counts in (("killed_of", killed_of), ("wounded_of", wounded_of)):
        if counts:
            cells |= side_cells(f"{where}.{name}", counts, root)
    return cells


def side_cells(cell: str, counts: Counts, root: Root) -> dict[str, Quantity]:
    """The cells of what is counted by side: of each side's root, and of each measure in which it is counted."""
    by_measure: dict[str, dict[Side, Quantity]] = {}
    for side, number in counts.items():
        by_measure.setdefault(in_measure("", number.unit), {})[side] = number
    return {
        f"{cell}.{side}{measure}": number
        for measure, counted in sorted(by_measure.items())
        for side, number in counts_by_root(counted, root).items()
    }


def counts_by_root(counts: Counts, root: Root) -> Mapping[str, Quantity]:
    """Counts by root actor, `civilians` and `unknown`: units of one root are added up, bound by bound.

    What is counted in another measure than persons is left out beside a count of persons: horses do not add to men.
    """
    sums: dict[str, Quantity] = {}
    for side, number in sorted(counts.items(), key=lambda count: not counts_people(count[1].unit)):
        top = side if side in (CIVILIANS, UNKNOWN) else str(root(ActorId(side)))
        if top not in sums:
            sums[top] = number
        elif common_unit(sums[top].unit, number.unit) is not None:
            sums[top] = sums[top].plus(number)
    return dict(sorted(sums.items()))
