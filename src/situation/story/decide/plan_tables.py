"""The plans of a scenario as tables of numbers, for kernels: their forces, goals, axes and links, and the weeks of a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from situation.story.stage import Stage
from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering

__all__ = ["PLAN_TABLES", "plan_lengths", "take_plans"]

PLAN_TABLES: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "plans",
        "",
        (
            Field("commander", Kind.ACTOR),
            Field("doctrine", Kind.DOCTRINE),
            Field("first_leg", Kind.NUMBER),
            Field("hub", Kind.PLACE),
            Field("posture", Kind.COUNT),  # the number of the orders about its actor's posture
            Field("posture_name", Kind.NAME),
            Field("chance", Kind.NUMBER),
            Field("start", Kind.NUMBER),
            Field("given", Kind.COUNT),  # of what says whether it happens at all; 0: it does
            Field("ranked", Kind.PLAN),
            Field("first_force", Kind.COUNT),  # in `members`
            Field("last_force", Kind.COUNT),
            Field("first_goal", Kind.COUNT),  # in `goals`
            Field("last_goal", Kind.COUNT),
            Field("first_link", Kind.COUNT),  # in `about`
            Field("last_link", Kind.COUNT),
        ),
    ),
    WorldTable("members", "", (Field("force", Kind.FORCE), Field("name", Kind.NAME), Field("axis", Kind.COUNT))),
    WorldTable(
        "goals",
        "",
        (
            Field("place", Kind.PLACE),
            Field("axis", Kind.COUNT),
            Field("turn", Kind.COUNT),  # of the force that chooses
            Field("leg", Kind.PLACE),  # with which its road to it begins
            Field("km", Kind.REAL, "km"),
        ),
    ),
    WorldTable("about", "", (Field("link", Kind.LINK), Field("order", Kind.COUNT), Field("name", Kind.NAME))),
)
"""The plans with their forces, goals and links, which begin at row 1; axes count from 1, and 0 is none. `force`: noted when
plans look at their forces. `order`, `name`: of the orders of a plan's actor about a link. `turn`, `leg`, `km`: what a force notes
of its goals while it chooses."""


def plan_lengths(stage: Stage, numbering: Numbering) -> Mapping[str, int]:
    """How many rows the tables of plans have."""
    plans = stage.scenario.doctrines.values()
    return {
        "plans": len(numbering.plans.names),
        "members": 1 + sum(len(plan.forces) for plan in plans),
        "goals": 1 + sum(len(plan.goals) for plan in plans),
        "about": 1 + sum(len(plan.links) for plan in plans),
    }


def take_plans(stage: Stage, numbering: Numbering, ground: Any) -> None:
    """Fill in the plans of a scenario."""
    force = goal = link = 1
    for name, plan in stage.scenario.doctrines.items():
        row, commander = ground.plans[numbering.plans.of(name)], stage.ground.root(plan.actor)
        row.commander, row.doctrine = numbering.actors.of(commander), numbering.doctrines.of(plan.doctrine)
        row.first_leg, row.hub = numbering.numbers.known(plan.first_leg), numbering.places.of(plan.hub)
        row.chance, row.start = numbering.numbers.known(plan.chance), numbering.numbers.known(plan.start)
        row.given = numbering.givens.of(f"plan/{name}") if plan.chance is not None else 0
        row.posture = numbering.orders.of(f"{commander}/posture")
        row.posture_name = numbering.names.of(f"{commander}/posture")
        row.first_force, row.first_goal, row.first_link = force, goal, link
        for body in plan.forces:
            axes = (number for number, axis in enumerate(plan.axes, 1) if body in axis.forces)
            ground.members[force].name, ground.members[force].axis = numbering.names.of(body), next(axes, 0)
            force += 1
        for place in plan.goals:
            axes = (number for number, axis in enumerate(plan.axes, 1) if place in axis.objectives)
            ground.goals[goal].place, ground.goals[goal].axis = numbering.places.of(place), next(axes, 0)
            goal += 1
        for about in plan.links:
            ground.about[link].link = numbering.links.of(about)
            ground.about[link].order = numbering.orders.of(f"{commander}/{about}")
            ground.about[link].name = numbering.names.of(f"{commander}/{about}")
            link += 1
        row.last_force, row.last_goal, row.last_link = force, goal, link
