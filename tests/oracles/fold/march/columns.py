"""Columns (R10): what a force can spare goes for a second objective at once, and joins it again where they meet."""

from __future__ import annotations

from collections.abc import Iterator

from situation.events import ColumnDetached, ColumnRejoined, PlaceId
from situation.rules import attack_has_hope, second_column
from situation.scenario import Plan
from situation.scenario.orders import DOCTRINE_NEEDS
from tests.oracles.fold.estimate import of_a_part, room_before
from tests.oracles.fold.holding import holding_of
from tests.oracles.fold.march.axes import doctrine_of, forces_of
from tests.oracles.fold.view import View
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["columns_part_and_meet"]


def columns_part_and_meet(world: World) -> Outcomes:
    """Before the councils: columns that stand beside their force join it, and forces that can spare men divide."""
    for name, plan in world.ranks.plans:
        if world.get(f"given:plan/{name}.fired") is False or world.to_come(f"{name}.paused_until"):
            continue
        if "objectives" in DOCTRINE_NEEDS.get(doctrine_of(world, name), ()):
            view = View(world, world.stage.ground.root(plan.actor), name)
            yield from _meet(world, view)
            yield from _part(world, view, name, plan)


def _meet(world: World, view: View) -> Outcomes:
    """A column whose errand is done, beside the force that it came from."""
    free = dict(view.free_forces())
    for column, place in free.items():
        whole = world.get(f"{column}.parent")
        goal = world.get(f"{column}.goal")
        hurt = world.get(f"{column}.wounded")  # they come back to the column, which waits for them
        if (
            whole is None
            or hurt
            or free.get(whole) != place
            or (view.may_take(goal) and view.next_leg(place, goal) is not None)
        ):
            continue
        cause = world.by("columns meet", None, None, world.last(f"{column}.place"), world.last(f"{goal}.holder"))
        yield Outcome(ColumnRejoined(whole, world.get(f"{whole}.actor"), place, column, world.men(column)), cause)


def _part(world: World, view: View, name: str, plan: Plan) -> Outcomes:
    """Each force that can spare men sends them for one more objective; a column does not divide again."""
    for force, place in tuple(view.free_forces()):
        begun = plan.first_leg is not None and world.get(f"{force}.from") is None
        if force not in plan.forces or begun:  # who is on its first road already goes on as it is
            continue
        lines = tuple(_lines(world, view, plan, force, place))
        for second in lines[1:]:
            number, odds = _spared(world, force, lines[0], second)
            if number:
                actor, column = world.get(f"{force}.actor"), f"{force}~{second}"
                parents = (world.last(cell) for cell in (f"{force}.place", f"{lines[0]}.holder", f"{second}.holder"))
                parted = ColumnDetached(force, actor, place, column, second, name, number)
                yield Outcome(parted, world.by("R10 second_column", odds, None, *parents))
                break


def _lines(world: World, view: View, plan: Plan, force: str, place: PlaceId) -> Iterator[PlaceId]:
    """The main objective of a force, then those that another column could go for from here on another road.

    Of a plan with axes the first objective of each; of one without, the first two.
    """
    goals = [goal for goal in view.in_turn(force, plan.goals) if goal != place and view.may_take(goal)]
    if plan.axes:
        heads = {next((goal for goal in axis.objectives if goal in goals), None) for axis in plan.axes}
        goals = [goal for goal in goals if goal in heads]
    else:
        goals = goals[:2]
    others = [other for other in forces_of(world, view.plan) if other != force and world.men(other)]
    busy = {world.get(f"{other}.{cell}") for other in others for cell in ("to", "place", "goal")}
    roads: list[PlaceId] = []
    for goal in goals:
        leg = view.next_leg(place, goal)
        if leg is None and not roads:
            return
        if leg is not None and (not roads or (leg not in roads and goal not in busy)):
            roads.append(leg)
            yield goal


def _spared(world: World, force: str, main: PlaceId, second: PlaceId) -> tuple[int, float | None]:
    """How many a force spares for a second objective, and at what odds by its own estimate; None where nobody stands."""
    least, men = world.number("second_column"), world.men(force)
    needs, second_needs = (_takes(world, force, goal, least) for goal in (main, second))
    number = second_column(men, room=room_before(world, main), needs=needs, second_needs=second_needs)
    odds = of_a_part(world, force, second, number)
    holding = holding_of(world, world.root(force), second)
    if number < holding or (odds is not None and not attack_has_hope(odds, least=world.number("hopeless_below"))):
        return 0, odds
    return number, odds


def _takes(world: World, force: str, goal: PlaceId, least: float) -> float:
    """The men that an objective takes at some odds by a force's estimate, and no fewer than hold it afterwards."""
    men, holding = world.men(force), holding_of(world, world.root(force), goal)
    beyond = men + 1.0  # more than there are
    odds = of_a_part(world, force, goal, men)
    if odds is None:
        return max(1.0, holding)
    room = room_before(world, goal)
    engaged = float(men) if room is None else min(float(men), room)
    takes = least * engaged / odds if odds > 0.0 else beyond
    return max(1.0, holding, takes if room is None or takes <= room else beyond)
