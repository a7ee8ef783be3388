"""The plans of a story: which forces a plan has, columns among them, and which places it is to take (R10)."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.decide.rows import lay_part

__all__ = ["is_goal", "is_of_plan", "lay_forces"]


@world_kernel
def is_goal(w: Any, plan: int, place: int) -> bool:
    """Whether a place is among the objectives of a plan."""
    return bool(w.goals[plan * len(w.places) + place].chosen)


@world_kernel
def is_of_plan(w: Any, plan: int, force: int) -> bool:
    """Whether a force is of a plan, or a column that was detached from one."""
    terms, among = w.plans[plan], False
    for index in range(terms.assigned_count):
        among = among or terms.assigned[index] == w.forces[force].name
    for index in range(terms.columns_count):
        among = among or terms.columns[index] == force
    return among


@world_kernel
def lay_forces(w: Any, plan: int) -> None:
    """Lay out the forces of a plan and its columns as parts."""
    terms = w.plans[plan]
    for index in range(terms.assigned_count):
        for force in range(1, w.story[0].bodies + 1):
            if w.forces[force].name == terms.assigned[index]:
                lay_part(w, force, 0, 0, 0.0)
    for index in range(terms.columns_count):
        lay_part(w, terms.columns[index], 0, 0, 0.0)
