"""What a sweep answers, as plain values with stable keys: its numbers, and what each question hangs on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats
from situation.ensemble.sensitivity import round_finite
from situation.ensemble.sweep.boxes import Box, BoxFit, find_boxes
from situation.ensemble.sweep.designs import Design
from situation.ensemble.sweep.effects import MorrisEffect, SobolEffect, WithInterval, morris_effects, sobol_effects
from situation.ensemble.sweep.points import Experiments
from situation.errors import Fault, SituationError, near_miss
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.question import Question, unit_of
from situation.scenario.story_numbers import number_in_words

__all__ = ["Interest", "boxes_answer", "question_named", "sweep_answer"]


@frozen
class Interest:
    """Which answers to a question are of interest: those above a number, or below one; of yes or no, a yes."""

    question: str
    above: float | None = None
    below: float | None = None

    def check(self, scenario: Scenario) -> None:
        """Check that it says what is of interest, before any story is simulated.

        Raises:
            Fault: there is no such question, two ends, or none where the question is not answered with yes or no.
        """
        unit = unit_of(question_named(scenario, self.question, "boxes").ask)
        if self.above is not None and self.below is not None:
            raise Fault("The cases of interest lie above a number or below one.", "Leave one away.", argument="below")
        if unit is not None and self.above is None and self.below is None:
            fact = f"'{self.question}' is answered in {unit}, not with yes or no."
            raise Fault(fact, "Say above or below what an answer is of interest.", argument="boxes")

    def of(self, values: Floats) -> Floats:
        """The share of each point's stories that are of interest, shape (points,); `values`: shape (points, stories)."""
        limit = 0.5 if self.above is None else self.above
        chosen = values > limit if self.below is None else values < self.below
        shares: Floats = chosen.mean(axis=1)
        return shares


def question_named(scenario: Scenario, name: str, argument: str) -> Question:
    """A question of a scenario by its name.

    Raises:
        Fault: there is none; with the near miss.
    """
    if name not in scenario.questions:
        hint = near_miss(name, scenario.questions) or f"Name one of: {', '.join(scenario.questions)}."
        raise Fault(f"There is no question '{name}'.", hint, argument=argument)
    return scenario.questions[name]


def sweep_answer(
    scenario: Scenario, record: Record, design: Design, experiments: Experiments, seed: int
) -> dict[str, Any]:
    """What moves the answers of a scenario, and what does not.

    Raises:
        Fault: SALib is not installed, and the design is of Sobol'.
        SituationError: no story came to its end at every point.
    """
    ended = experiments.ok
    if not ended.any():
        reason = next(reason for row in experiments.reasons for reason in row if reason)
        raise SituationError(f"No story came to its end at every point. The first that failed: {reason}.")
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "method": design.method,
        "size": design.size,
        "seed": seed,
        "points": len(experiments.points),
        "stories": len(ended),
        "left_out": int((~ended).sum()),
        "numbers": _numbers(scenario, record, design, experiments),
        "questions": [
            _answer(name, question, design, experiments.finite(name, scenario), seed)
            for name, question in scenario.questions.items()
        ],
    }


def _numbers(scenario: Scenario, record: Record, design: Design, experiments: Experiments) -> list[dict[str, Any]]:
    """Every number that was swept: in words, with unit, range and source; and how many stories it changed, of any kind."""
    courses = np.array(experiments.courses, dtype=object)
    rows = []
    for name, prior in design.priors.items():
        moved, others = design.pairs(name)
        changed = round_finite((courses[moved] != courses[others]).mean()) if len(moved) else None
        rows.append(
            {
                "number": name,
                "words": _in_words(name, scenario, record),
                "unit": prior.unit,
                "low": float(prior.low),
                "best": float(prior.best),
                "high": float(prior.high),
                "source": prior.source,
                "reason": prior.reason,
                "changes": changed,
            }
        )
    return rows


def _in_words(name: str, scenario: Scenario, record: Record) -> str:
    ground = record.ground
    if name.startswith("total of "):
        return f"all men of {ground.name(name.removeprefix('total of '))}"
    forces = {key: {"actor": force.actor, "at": force.at, "kind": force.kind} for key, force in scenario.forces.items()}
    return number_in_words(name.removeprefix("force "), forces, ground)


def _answer(name: str, question: Question, design: Design, values: Floats, seed: int) -> dict[str, Any]:
    """One question: its answer over all points, and what each number does to it."""
    means = values.mean(axis=1)
    error = math.sqrt(float(values.var(axis=1, ddof=1).mean()) / values.shape[1]) if values.shape[1] > 1 else None
    return {
        "question": name,
        "ask": question.ask,
        "text": question.text,
        "unit": unit_of(question.ask),
        "mean": round_finite(float(means.mean())),
        "lowest": round_finite(float(means.min())),
        "highest": round_finite(float(means.max())),
        "error": None if error is None else round_finite(error),
        "effects": _effects(design, values, seed),
    }


def _effects(design: Design, values: Floats, seed: int) -> list[dict[str, Any]]:
    match design.method:
        case "morris":
            return [_of_morris(effect) for effect in morris_effects(design, values, seed)]
        case "sobol":
            return [_of_sobol(effect) for effect in sobol_effects(design, values, seed)]
        case "hypercube":
            return []


def _of_morris(effect: MorrisEffect) -> dict[str, Any]:
    return {
        "number": effect.number,
        "says": effect.verdict.says,
        **_estimate("mu_star", effect.mu_star),
        "luck": round_finite(effect.verdict.luck),
        **_estimate("mu", effect.mu),
        **_estimate("sigma", effect.sigma),
    }


def _of_sobol(effect: SobolEffect) -> dict[str, Any]:
    return {
        "number": effect.number,
        "says": effect.verdict.says,
        **_estimate("total", effect.total),
        "luck": round_finite(effect.verdict.luck),
        **_estimate("first", effect.first),
    }


def _estimate(name: str, estimate: WithInterval) -> dict[str, Any]:
    ends = [round_finite(estimate.low), round_finite(estimate.high)]
    return {name: round_finite(estimate.value), f"{name}_interval": ends}


def boxes_answer(scenario: Scenario, design: Design, experiments: Experiments, interest: Interest) -> dict[str, Any]:
    """The boxes of the numbers in which most stories of interest lie.

    Raises:
        Fault: there is no such question, or what is of interest is not said.
    """
    interest.check(scenario)
    question = scenario.questions[interest.question]
    unit = unit_of(question.ask)
    cases = interest.of(experiments.finite(interest.question, scenario))
    boxes = find_boxes(experiments.points.names, experiments.points.values, cases, design.group == 0)
    return {
        "question": interest.question,
        "ask": question.ask,
        "text": question.text,
        "unit": unit,
        "above": 0.5 if interest.above is None and interest.below is None else interest.above,
        "below": interest.below,
        "of_interest": round_finite(float(cases.mean())),
        "boxes": [_box(box, design) for box in boxes],
    }


def _box(box: Box, design: Design) -> dict[str, Any]:
    return {
        "holds": box.holds,
        "restricted": len(box.restrictions),
        "found": _fit(box.fit),
        "tested": {**_fit(box.tested), "chance": round_finite(box.chance)},
        "restrictions": [
            {
                "number": it.number,
                "unit": design.priors[it.number].unit,
                "low": round_finite(it.low),
                "high": round_finite(it.high),
                "chance": round_finite(it.chance),
                "chance_tested": round_finite(it.tested),
            }
            for it in box.restrictions
        ],
        "path": [
            {
                "points": step.points,
                "coverage": round_finite(step.coverage),
                "density": round_finite(step.density),
                "restricted": len(step.limits),
                "limits": _limits(step.limits),
            }
            for step in box.path
        ],
    }


def _fit(fit: BoxFit) -> dict[str, Any]:
    return {
        "points": fit.points,
        "coverage": None if fit.coverage is None else round_finite(fit.coverage),
        "density": None if fit.density is None else round_finite(fit.density),
        "everywhere": round_finite(fit.everywhere),
    }


def _limits(limits: Mapping[str, tuple[float, float]]) -> dict[str, list[float | None]]:
    return {name: [round_finite(low), round_finite(high)] for name, (low, high) in sorted(limits.items())}
