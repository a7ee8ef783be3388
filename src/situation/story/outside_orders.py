"""The orders of doctrines from outside: they are checked, and become orders as those of the project's own doctrines do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from attrs import frozen

from situation.events import ActorId
from situation.rules import Posture
from situation.scenario.orders import Order, Verb
from situation.story.decide.council_happenings import TERM_OF_WORD, give_force, give_other
from situation.story.decide.ground_tables import GroundTables
from situation.story.rows.writer import RowWriter
from situation.story.view import Doctrine, View
from situation.story.world.cells import thing_number
from situation.story.world.staging import name_number
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = ["OutsideOrders"]

_MOVES = ("march", "withdraw", "hide")


@frozen
class OutsideOrders:
    """Gives the orders of doctrines from outside in one story. `known`: the doctrines, by name."""

    writer: RowWriter
    ground: GroundTables
    known: Mapping[str, Doctrine]

    def give(self, plan: int, doctrine: int) -> None:
        """Give the orders of a plan by a doctrine, both by their numbers.

        Raises:
            TypeError: it gave what is no order.
            ValueError: nobody could ever carry out one of them.
        """
        it, stage = self.writer.numbering, self.writer.stage
        self.writer.take_names()
        name, plan_name = it.doctrines.names[doctrine], it.plans.names[plan]
        actor = stage.ground.root(stage.scenario.doctrines[plan_name].actor)
        view = View(stage, self.writer.tables, it, self.ground, actor, plan_name)
        orders = tuple(self.known[name](view))
        for order in orders:
            if not isinstance(order, Order) or order.verb not in get_args(Verb):
                raise TypeError(f"The doctrine '{name}' gave what is no order: {order!r}.")
            if fault := self._fault(plan_name, actor, order):
                raise ValueError(f"The doctrine '{name}' ordered '{order.force}' to {order.verb}, and {fault}.")
        for order in orders:
            self._give(plan, doctrine, order)

    def _fault(self, plan: str, actor: ActorId, order: Order) -> str:
        """Why an order can never be carried out, whatever happens; empty where it can. Links and postures have no force."""
        ground, scenario = self.writer.stage.ground, self.writer.stage.scenario
        if order.verb in ("seal", "open"):
            return "" if order.object in ground.links else f"there is no link '{order.object}'"
        if order.verb == "posture":
            return "" if order.object in tuple(Posture) else f"'{order.object}' is no posture"
        if order.object not in ground.places:
            return f"there is no place '{order.object}'"
        body = self._body(order.force)
        if body is None:
            return "" if order.force in scenario.doctrines[plan].forces else f"there is no force '{order.force}'"
        own = self.writer.numbering.actors.names[self.writer.tables.actors[body.actor].root] == actor
        return "" if own else f"it is not one of {scenario.doctrines[plan].actor}'s"

    def _body(self, force: str) -> Any:
        """The body of a name, which has come; None where there is none."""
        number, tables = self.writer.numbering.forces.known(force), self.writer.tables
        return tables.forces[number] if 0 < number <= tables.story[0].bodies else None

    def _give(self, plan: int, doctrine: int, order: Order) -> None:
        it, tables = self.writer.numbering, self.writer.tables
        verb, body, number = Word[order.verb.upper()], self._body(order.force), it.orders.of(order.force)
        has_room(tables.orders, number)
        tables.story[0].order_count = max(tables.story[0].order_count, number)
        if body is not None:
            body.order = number
        if order.verb in _MOVES and body is not None:
            give_force(tables, plan, doctrine, it.forces.of(order.force), verb, it.places.of(order.object))
        else:
            who, posture = name_number(tables, it, order.force), order.verb == "posture"
            what = TERM_OF_WORD[Word[order.object.upper()]] if posture else name_number(tables, it, order.object)
            parents = (0 if body is None else body.place_by, tables.places[it.places.known(order.object)].holder_by)
            give_other(tables, plan, doctrine, number, who, verb, thing_number(it, order.object), what, parents)
        self.writer.take_names()
