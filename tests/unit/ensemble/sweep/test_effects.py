"""What moves an answer, held against a function whose indices are known: Ishigami's, and against SALib's own analysis."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from situation.chance.vectors import Floats
from situation.ensemble.sweep.designs import Design, design_of
from situation.ensemble.sweep.effects import WithInterval, morris_effects, sobol_effects
from situation.ensemble.sweep.luck_test import picks
from situation.rules import Family, Prior

SEED = 11
STORIES = 8
# Ishigami and Homma 1990, with a = 7 and b = 0.1: the indices as Saltelli et al. 2008, Global Sensitivity Analysis, give them.
FIRST = {"x1": 0.3139, "x2": 0.4424, "x3": 0.0, "idle": 0.0}
TOTAL = {"x1": 0.5576, "x2": 0.4424, "x3": 0.2437, "idle": 0.0}


def _prior(name: str) -> Prior:
    return Prior(name=name, family=Family.BETA, low=0.05, best=0.5, high=0.95, unit="share", source="invented")


PRIORS = {name: _prior(name) for name in ("x1", "x2", "x3", "idle")}


def _ishigami(places: Floats) -> Floats:
    """Of places from 0 to 1, shape (points, numbers), the last of which it does not ask for."""
    x = np.pi * (2.0 * places[:, :3] - 1.0)
    value: Floats = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return value


def _stories(values: Floats, noise: float) -> Floats:
    """Each value as so many stories tell it, each with luck of its own at every point; whatever moves it."""
    drawn = picks(3, "noise", len(values), STORIES) / STORIES - 0.5
    return values[:, None] + noise * drawn


def _places(design: Design) -> Floats:
    return (design.shares - 0.05) / 0.9 if design.method == "morris" else design.shares


def _near(estimate: WithInterval, truth: float) -> bool:
    """Within 3.3 standard errors, and a margin for what a computer rounds."""
    return abs(estimate.value - truth) <= 3.3 * (estimate.value - estimate.low) / 1.96 + 1e-9


def test_sobol_indices_are_those_of_a_known_function() -> None:
    design = design_of("sobol", PRIORS, 256, SEED)
    effects = {
        effect.number: effect for effect in sobol_effects(design, _stories(_ishigami(_places(design)), 0.0), SEED)
    }
    for name, effect in effects.items():
        assert effect.first.value == pytest.approx(FIRST[name], abs=0.07)
        assert effect.total.value == pytest.approx(TOTAL[name], abs=0.07)
        assert _near(effect.first, FIRST[name]) and _near(effect.total, TOTAL[name])
    idle = effects["idle"]
    assert (idle.first.value, idle.total.value, idle.total.high, idle.verdict.says) == (0.0, 0.0, 0.0, "none")
    assert [name for name, effect in effects.items() if effect.verdict.says == "moves"] == ["x1", "x2", "x3"]


def test_elementary_effects_are_those_of_every_step_on_the_grid() -> None:
    design = design_of("morris", PRIORS, 200, SEED)
    effects = {
        effect.number: effect for effect in morris_effects(design, _stories(_ishigami(_places(design)), 0.0), SEED)
    }
    for place, name in enumerate(("x1", "x2", "x3")):
        steps = []
        for rest in product((0.0, 1 / 3, 2 / 3, 1.0), repeat=2):
            for start in (0.0, 1 / 3):
                below, above = (np.insert(np.array(rest), place, at)[None, :] for at in (start, start + 2 / 3))
                steps.append(float(_ishigami(above)[0] - _ishigami(below)[0]) * 1.5)
        effect = effects[name]
        assert _near(effect.mu_star, float(np.mean(np.abs(steps)))) and _near(effect.mu, float(np.mean(steps)))
        assert effect.sigma.value == pytest.approx(np.std(steps), rel=0.2)
    assert effects["x2"].mu_star.value == pytest.approx(7.875)  # at every step of the grid
    assert effects["idle"].mu_star.high == effects["idle"].sigma.high == 0.0


def test_the_analysis_of_trajectories_is_that_of_salib() -> None:
    from SALib.analyze import morris

    design = design_of("morris", PRIORS, 20, SEED)
    answers = _stories(_ishigami(_places(design)), 4.0)
    problem = {"num_vars": 4, "names": [*PRIORS], "bounds": [[0.0, 1.0]] * 4}
    theirs = morris.analyze(problem, _places(design), answers.mean(axis=1), num_resamples=2, seed=1)
    for effect in morris_effects(design, answers, SEED):
        place = [*PRIORS].index(effect.number)
        for mine, key in ((effect.mu, "mu"), (effect.mu_star, "mu_star"), (effect.sigma, "sigma")):
            assert mine.value == pytest.approx(theirs[key][place], abs=1e-9)


@pytest.mark.long
@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_what_luck_alone_makes_is_not_called_an_effect(method: str) -> None:
    several = {f"n{place}": _prior(f"n{place}") for place in range(8)}
    design = design_of(method, several, 8, SEED)  # type: ignore[arg-type]
    analyse = morris_effects if method == "morris" else sobol_effects
    false = 0
    for seed in range(40):
        noise = picks(seed, "noise", len(design.shares), STORIES) / STORIES
        effects = analyse(design, noise, seed)
        assert len(effects) == 8
        false += any(effect.verdict.says == "moves" for effect in effects)
    assert false <= 5  # 2 of 40 are expected, and 6 or more come in one case of seventy


def test_an_effect_smaller_than_its_error_is_told_from_one_beyond_it() -> None:
    design = design_of("morris", PRIORS, 10, SEED)
    places = _places(design)
    says = {
        effect.number: effect.verdict.says
        for effect in morris_effects(design, _stories(places @ np.array([1.0, 0.02, 0.0, 0.0]), 0.5), SEED)
    }
    assert says == {"x1": "moves", "x2": "unclear", "x3": "unclear", "idle": "unclear"}


def test_answers_that_are_the_same_everywhere_are_moved_by_nothing() -> None:
    for method, analyse in (("morris", morris_effects), ("sobol", sobol_effects)):
        design = design_of(method, PRIORS, 8, SEED)  # type: ignore[arg-type]
        effects = analyse(design, np.ones((len(design.shares), STORIES)), SEED)
        assert {effect.verdict.says for effect in effects} == {"none"}
