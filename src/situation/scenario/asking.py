"""Whether the questions of a scenario can be answered by its stories: actors who are in them, days that come in them."""

from __future__ import annotations

from situation.clock import DAY
from situation.events import ForceRaised
from situation.ground import Ground
from situation.scenario.conditions import satisfiable
from situation.scenario.faults import Faults
from situation.scenario.named import root_named
from situation.scenario.parts import Condition, Scenario

__all__ = ["questions_checked"]


def questions_checked(told: Faults, scenario: Scenario, ground: Ground) -> None:
    """Tell what is wrong with the questions of a scenario."""
    armed = _armed(scenario, ground)
    for name, question in scenario.questions.items():
        path = ("questions", name)
        for key in ("by", "actor"):
            actor = getattr(question, key)
            root_named(told, (*path, key), actor, ground)
            if actor is not None and ground.root(actor) not in armed and not told.lost("forces", "given"):
                told((*path, key), f"'{actor}' has no men in these stories.", "Give it a force, or ask of another.")
        for number, actor in enumerate(question.between):
            root_named(told, (*path, "between", number), actor, ground)
        if question.days is not None and not 0 < question.days * DAY <= scenario.horizon:
            told((*path, "days"), f"{question.days} days do not fit the horizon.", "Ask for fewer, and at least 1.")
        if question.at is not None:
            for fact, advice in satisfiable(Condition(at=question.at), scenario, ground):
                told((*path, "at"), fact, advice)


def _armed(scenario: Scenario, ground: Ground) -> frozenset[str]:
    """Who has men in the stories of a scenario, at the branch or later."""
    coming = [given.event.actor for given in scenario.given.values() if isinstance(given.event, ForceRaised)]
    return frozenset(ground.root(actor) for actor in (*(force.actor for force in scenario.forces.values()), *coming))
