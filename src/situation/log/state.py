"""The state: every cell with its value, and the entry that set it. Only the fold makes a state.

A cell is named `<subject>.<attribute>`; `State` gives the cells of a place, force, relation or operation together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from attrs import define, field, frozen

from situation.events import TOGETHER, ActorId, Holder, Quantity
from situation.log.agreement_state import AgreementState, agreement_state
from situation.log.cells import check_attribute
from situation.log.entry import Entry, Writing
from situation.testimony.opening import Part

__all__ = [
    "CONTROL",
    "CONTROL_ENDINGS",
    "FRIENDS",
    "HOLDING",
    "SIDE_ENDINGS",
    "ForceState",
    "OperationState",
    "PlaceState",
    "RelationState",
    "State",
    "StateView",
    "check_cell",
    "holder_word",
    "holders_in",
    "occupant",
    "occupants",
    "relation",
    "split_cell",
]


def split_cell(cell: str) -> tuple[str, str]:
    """A cell's subject and attribute. The subject of `occurred` is a happening, whose name may have a dot of its own."""
    if cell.endswith(".occurred"):
        return cell.removesuffix(".occurred"), "occurred"
    subject, _, attribute = cell.partition(".")
    return subject, attribute


@lru_cache(maxsize=65536)
def check_cell(cell: str) -> None:
    """Check that an event can write a cell of this name; a `LookupError` with the near miss where none can."""
    check_attribute(split_cell(cell)[1])


def _alone(actors: tuple[str, ...]) -> str | None:
    return actors[0] if len(actors) == 1 else None


@frozen
class PlaceState:
    """Control of a place. `holders` are the root actors that hold it, in the order of their ids: several hold it together.

    `besiegers` ring it, `announced_by` announced a victory there. `holder`: who alone holds it, is ringed in it, or of a
    mixed one has the majority. `successors`: of whom one holds it, since its holder broke up, and no claim says who.
    """

    id: str
    holders: tuple[str, ...] = ()
    status: str = "unknown"
    parts: tuple[Part, ...] = ()
    besiegers: tuple[str, ...] = ()
    announced_by: tuple[str, ...] = ()
    taken_by: frozenset[str] = frozenset()
    successors: tuple[str, ...] = ()

    @property
    def holder(self) -> str | None:
        """Who holds it alone; None where nobody does, several do, or nothing is known."""
        return _alone(self.holders)

    @property
    def besieger(self) -> str | None:
        """Who rings it alone; None where nobody does, or several."""
        return _alone(self.besiegers)

    @property
    def declared_by(self) -> str | None:
        """Who alone announced a victory there; None where nobody did, or several."""
        return _alone(self.announced_by)

    @property
    def occupants(self) -> tuple[str, ...]:
        """Those who hold it and stand there."""
        return self.holders if self.status in _STOOD_IN else ()


@frozen
class ForceState:
    """What is known of an actor's numbers at a place."""

    actor: str
    place: str
    number: Quantity


@frozen
class RelationState:
    """How one actor stands to another."""

    actor: str
    toward: str
    stance: str | None


@frozen
class OperationState:
    """An operation as far as it is known: launched when, by and against whom, for what, with whom, in which phase."""

    id: str
    leaders: tuple[str, ...] = ()
    against: str | None = None
    launched: int | None = None
    phase: str | None = None
    targets: tuple[str, ...] = ()
    participants: frozenset[str] = frozenset()
    support: Mapping[str, str] = field(factory=dict, hash=False)
    aims: tuple[str, ...] = ()
    commander: str | None = None

    @property
    def by(self) -> str | None:
        """Who leads it alone; None where it is not known, or where several do."""
        return _alone(self.leaders)


@define(frozen=True, slots=False)
class StateView:
    """Cells and what set them, to be read one by one; they may change under the reader.

    Args:
        cells: from a cell's name to its value.
        because: from a cell's name to the entry that set it; it has every cell that `cells` has.
        last: of the cells of which several entries of one time speak, all that may be what was last said.
    """

    cells: Mapping[str, Any] = field(factory=dict, hash=False)
    because: Mapping[str, Entry] = field(factory=dict, hash=False)
    last: Mapping[str, tuple[Writing, ...]] = field(factory=dict, hash=False)

    def get(self, subject: str, attribute: str, default: Any = None) -> Any:
        """The value of a cell, or `default` where nothing has set it. Raises LookupError where no event writes such a cell."""
        check_attribute(attribute)
        return self.cells.get(f"{subject}.{attribute}", default)


@define(frozen=True, slots=False)
class State(StateView):
    """All cells at one time. Nothing changes them any more, so what is read off them is worked out once."""

    @cached_property
    def _by_subject(self) -> Mapping[str, Mapping[str, Any]]:
        grouped: dict[str, dict[str, Any]] = {}
        for cell, value in self.cells.items():
            subject, attribute = split_cell(cell)
            grouped.setdefault(subject, {})[attribute] = value
        return grouped

    @cached_property
    def places(self) -> Mapping[str, PlaceState]:
        """Every place of whose control anything is known, by id."""
        return {
            subject: PlaceState(
                id=subject,
                holders=holders_in(cells.get("holder")),
                status=cells["status"],
                parts=tuple(cells.get("parts") or ()),
                besiegers=holders_in(cells.get("besieger")),
                announced_by=holders_in(cells.get("declared_by")),
                taken_by=cells.get("taken_by") or frozenset(),
                successors=tuple(cells.get("successors") or ()),
            )
            for subject, cells in self._by_subject.items()
            if "status" in cells
        }

    @cached_property
    def forces(self) -> tuple[ForceState, ...]:
        """Every force with a number that still stands, by actor and place; counted in several measures, in each."""
        return tuple(sorted(self._forces(), key=lambda force: (force.actor, force.place)))

    def _forces(self) -> Iterator[ForceState]:
        for cell, number in sorted(self.cells.items(), key=lambda item: item[0]):
            subject, attribute = split_cell(cell)
            actor, at, place = subject.partition("@")
            if at and attribute.partition(".")[0] == "strength" and number is not None:
                yield ForceState(actor, place, number)

    @cached_property
    def relations(self) -> tuple[RelationState, ...]:
        """Every stance of one actor to another."""
        stances = []
        for subject, cells in self._by_subject.items():
            actor, colon, toward = subject.partition(":")
            if colon and "stance" in cells:
                stances.append(RelationState(actor, toward, cells["stance"]))
        return tuple(sorted(stances, key=lambda relation: (relation.actor, relation.toward)))

    @cached_property
    def agreements(self) -> tuple[AgreementState, ...]:
        """The last agreement of every pair that has made one, by pair."""
        pairs = ((subject.split(":"), cells) for subject, cells in self._by_subject.items() if ":" in subject)
        rows = [row for pair, cells in pairs if (row := agreement_state((pair[0], pair[1]), cells)) is not None]
        return tuple(sorted(rows, key=lambda row: row.between))

    @cached_property
    def operations(self) -> tuple[OperationState, ...]:
        """Every operation of which anything is known."""
        rows = []
        for subject, cells in self._by_subject.items():
            known = ("phase", "participants", "targets", "aims", "commander")
            if not any(name in known or name.startswith("support.") for name in cells):
                continue
            support = {name.removeprefix("support."): cells[name] for name in cells if name.startswith("support.")}
            rows.append(
                OperationState(
                    id=subject,
                    leaders=holders_in(cells.get("by")),
                    against=cells.get("against"),
                    launched=cells.get("launched"),
                    phase=cells.get("phase"),
                    targets=tuple(cells.get("targets") or ()),
                    participants=cells.get("participants") or frozenset(),
                    support=support,
                    aims=tuple(cells.get("aims") or ()),
                    commander=cells.get("commander"),
                )
            )
        return tuple(sorted(rows, key=lambda operation: operation.id))


_STOOD_IN = ("held", "contested", "besieged", "mixed")
"""Statuses of a place in which its holder has men."""
CONTROL = ("holder", "status", "parts", "besieger", "declared_by", "taken_by", "successors")
"""The attributes of a place that say who has it."""
HOLDING = ("holder", "status", "besieger", "parts")
"""Those of them that say who holds it and how, in the order of the `answers` of `OrderUnknown`."""
CONTROL_ENDINGS = (".holder", ".status")
"""The ends of the cells that say who stands in a place."""
SIDE_ENDINGS = (".holder", ".besieger", ".declared_by")
"""The ends of the cells of a place that name one side, or several together."""


def holders_in(value: Holder) -> tuple[ActorId, ...]:
    """The actors that a cell `holder` names, in the order of their ids; several of them hold the place together."""
    if value is None:
        return ()
    return tuple(sorted(value)) if isinstance(value, frozenset) else (value,)


def holder_word(value: Holder) -> ActorId | None:
    """What a cell `holder` says as one word, `east+north` where several hold the place together; None for nobody."""
    return ActorId(TOGETHER.join(holders_in(value))) if isinstance(value, frozenset) else value


def occupants(cells: Mapping[str, Any], place: str) -> tuple[ActorId, ...]:
    """Those who hold a place and stand there, several of them together; none where nobody does, or nothing is known."""
    return holders_in(cells.get(f"{place}.holder")) if cells.get(f"{place}.status") in _STOOD_IN else ()


def occupant(cells: Mapping[str, Any], place: str) -> ActorId | None:
    """Who holds a place and stands there, as one word (`holder_word`); None where nobody does, or nothing is known."""
    return holder_word(cells.get(f"{place}.holder")) if cells.get(f"{place}.status") in _STOOD_IN else None


FRIENDS = ("allied", "coordinated")


def relation(cells: Mapping[str, Any], one: str, other: str) -> tuple[bool, bool]:
    """Whether either of two actors is the other's enemy; and whether both are one, or fight side by side."""
    stances = (cells.get(f"{one}:{other}.stance"), cells.get(f"{other}:{one}.stance"))
    hostile = one != other and "hostile" in stances
    return hostile, one == other or (not hostile and any(stance in FRIENDS for stance in stances))
