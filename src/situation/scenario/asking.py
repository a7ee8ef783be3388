"""Whether the questions of a scenario can be answered by its stories: actors who are in them, days that come in them."""

from __future__ import annotations

from situation.clock import DAY
from situation.ground import Ground
from situation.scenario.cells import armed, have_men
from situation.scenario.conditions import satisfiable
from situation.scenario.faults import Faults, Path, legible
from situation.scenario.named import root_named
from situation.scenario.parts import Condition, Scenario
from situation.scenario.question import Question

__all__ = ["questions_checked"]


def questions_checked(told: Faults, scenario: Scenario, ground: Ground) -> None:
    """Tell what is wrong with the questions of a scenario."""
    sure = not told.lost("forces", "given")
    question: Question
    for name, question in told.beside("questions", scenario.questions).items():
        path = ("questions", name)
        for key in ("by", "actor"):
            actor = getattr(question, key)
            root_named(told, (*path, key), actor, ground)
            if sure:
                _armed(told, (*path, key), actor, scenario, ground)
        for number, actor in legible(question.between):
            root_named(told, (*path, "between", number), actor, ground)
            if sure:
                _armed(told, (*path, "between", number), actor, scenario, ground)
        if question.days is not None and not 0 < question.days * DAY <= scenario.horizon:
            told((*path, "days"), f"{question.days} days do not fit the horizon.", "Ask for fewer, and at least 1.")
        if question.at is not None:
            for fact, advice in satisfiable(Condition(at=question.at), scenario, ground):
                told((*path, "at"), fact, advice)


def _armed(told: Faults, path: Path, actor: str | None, scenario: Scenario, ground: Ground) -> None:
    """Who is asked of has men in the stories."""
    if actor is not None and ground.root(actor) not in armed(scenario, ground):  # type: ignore[arg-type]
        fact = f"'{actor}' has no men in these stories."
        told(path, fact, f"Give it a force, or ask of another. {have_men(scenario, ground)}")
