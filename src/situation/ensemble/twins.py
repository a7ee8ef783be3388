"""Comparing two ensembles twin by twin: run 17 of one and run 17 of the other share record, numbers and luck.

Where both make the same draw on the same day they get the same value, so a difference between twins comes from what
differs between the scenarios; a change without effect leaves every twin the same, to the last digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

import attrs
import numpy as np

from situation.chance.vectors import Flags, Floats
from situation.ensemble.divergence import Parting, divergence_days, some_partings
from situation.ensemble.draw_table import merge_columns
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.paired_answers import paired_answers, paired_values
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.sensitivity import MovedAnswer, early_events_of, round_finite, sensitivities_of, subjects_of
from situation.ensemble.statistics.spread import split_variance
from situation.errors import Fault, SituationError
from situation.scenario import Scenario
from situation.testimony.ground import Ground

__all__ = [
    "compare_twins",
    "comparison_of",
    "differences",
    "require_twins",
    "twin_of",
]

_MOST_EVENTS = 8
"""Events at which twins diverge that are named."""


def twin_of(baseline: Scenario, other: Scenario) -> Scenario:
    """The baseline as it must be run to be compared with another scenario: from the same branch, with its questions.

    Where the branches differ, the branch, what is left out of the record, the end, and the forces of that date are the
    other's; what the actors do, what is given and the numbers stay the baseline's.
    """
    questions = {**other.questions, **baseline.questions}
    if questions != dict(baseline.questions):
        baseline = attrs.evolve(baseline, questions=questions, twin=other.text)
    here, there = (_branch_of(it) for it in (baseline, other))
    if here == there:
        return baseline
    return attrs.evolve(
        baseline,
        branch=other.branch,
        at=other.at,
        known_at=other.known_at,
        horizon=other.horizon,
        without=other.without,
        forces={**baseline.forces, **other.forces},
        totals={**baseline.totals, **other.totals},
        twin=other.text,
    )


def _branch_of(scenario: Scenario) -> tuple[object, ...]:
    """Where a scenario leaves the record, by which belief and account, and where it ends."""
    branch = scenario.branch
    return scenario.at, scenario.known_at, branch.belief, branch.account, scenario.without, scenario.end


def _change(first: Ensemble, second: Ensemble, question: str, both: Flags) -> Floats:
    """The paired difference of the answers to a question; `both`: shape (runs,), the runs without failure."""
    one, other = paired_values(first, second, question, both)
    return other - one


def _difference(first: Ensemble, second: Ensemble, question: str, moves: dict[str, Any], both: Flags) -> dict[str, Any]:
    """The answers to one question in both, their paired difference, and what moves it."""
    change = _change(first, second, question, both)
    parts = split_variance(change, first.record[both], first.parameter[both], first.block[both])
    terms, unit = first.about.questions[question], first.form(question).unit
    return {
        "question": question,
        "ask": terms["ask"],
        "text": terms.get("text", ""),
        "unit": unit,
        **paired_answers(first, second, question, both),
        "spread": {name: round_finite(part) for name, part in parts.shares.items()},
        **moves,
    }


def _with_numbers_of(first: Ensemble, second: Ensemble) -> Ensemble:
    """The second ensemble, with the numbers and forces that only the first drew.

    Of a number that both drew it has its own, whose draws rank the same, since both take it at the same luck.
    """
    numbers, forces = merge_columns(first.numbers, second.numbers), merge_columns(first.forces, second.forces)
    return attrs.evolve(second, numbers=numbers, forces=forces)


def require_twins(first: Ensemble, second: Ensemble) -> None:
    """Refuse two ensembles that do not share their luck.

    Raises:
        Fault: they differ in seed, number of runs, branch or end.
    """
    for name, one, other in (
        ("seed", first.about.seed, second.about.seed),
        ("number of stories", first.about.runs, second.about.runs),
        ("branch", (first.about.at, first.about.known_at), (second.about.at, second.about.known_at)),
        ("end", first.about.end, second.about.end),
    ):
        if one != other:
            raise Fault(
                f"The two runs differ in their {name}, so their stories share no luck.", "Name the scenarios instead."
            )


def differences(first: Ensemble, second: Ensemble) -> list[dict[str, Any]]:
    """The paired difference of each question that both answer, and what moves it.

    Raises:
        SituationError: they are not twins.
    """
    require_twins(first, second)
    both = first.ok & second.ok
    if not both.any():
        raise SituationError("No story came to its end in both. See the reasons in questions.json.")
    shared = [question for question in first.about.questions if question in second.about.questions]
    events = early_events_of(second)
    moved = [
        MovedAnswer(partial(_change, first, second, question, both), False, subjects_of(second, question))
        for question in shared
    ]
    moves = sensitivities_of(_with_numbers_of(first, second), moved, both, events)
    return [_difference(first, second, *one, both) for one in zip(shared, moves, strict=True)]


def compare_twins(
    first: Ensemble, second: Ensemble, record_draws: tuple[RecordDraws, RecordDraws] | None, ground: Ground
) -> dict[str, Any]:
    """What changes from one ensemble to another, with the events at which their twins diverge.

    Args:
        first, second: ensembles of the same seed, runs, branch and end.
        record_draws: simulate the stories of each again; None: the events are left out.
        ground: the ground, for words.

    Raises:
        SituationError: they are not twins.
    """
    require_twins(first, second)
    partings = [] if record_draws is None else some_partings(first, second, record_draws)
    return comparison_of(first, second, partings, ground)


def comparison_of(first: Ensemble, second: Ensemble, partings: Sequence[Parting], ground: Ground) -> dict[str, Any]:
    """What changes from one ensemble to another, as plain values with stable keys.

    Args:
        first, second: ensembles of the same seed, runs, branch and end.
        partings: where twins diverge, of all of them or of some.
        ground: the ground, for words.

    Raises:
        SituationError: they are not twins.
    """
    questions = differences(first, second)
    both = first.ok & second.ok
    days = divergence_days(first, second)
    diverging = days[both & (days >= 0)]
    counts = Counter((it.alike, it.rule) for it in partings)
    events = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    earliest = min(partings, key=lambda it: (it.minute, it.run), default=None)
    return {
        "first": first.about.scenario,
        "second": second.about.scenario,
        "seed": first.about.seed,
        "pairs": int(both.sum()),
        "questions": questions,
        "parted": {
            "share": round(float((days[both] >= 0).mean()), 6),
            "first_day": int(diverging.min()) if len(diverging) else None,
            "median_day": int(np.median(diverging)) if len(diverging) else None,
            "earliest": None
            if earliest is None
            else {
                "run": earliest.run,
                "at": ground.clock.text(earliest.minute),
                "event": earliest.event,
                "rule": earliest.rule,
                "in_first": earliest.in_first,
            },
            "events": [{"event": event, "rule": rule, "runs": count} for (event, rule), count in events[:_MOST_EVENTS]],
            "others": sum(count for _, count in events[_MOST_EVENTS:]),
            "pairs": len(diverging),
            "retold": len(partings),
        },
    }
