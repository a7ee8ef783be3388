"""Comparing two ensembles twin by twin: run 17 of one and run 17 of the other share record, numbers and luck.

Where both ask the same question of chance on the same day they get the same answer, so what differs between twins is
the doing of what differs between the scenarios; a change of no account leaves every twin the same, to the last digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from situation.chance.vectors import Flags
from situation.ensemble.divergence import Divergence, divergence_days, divergences
from situation.ensemble.draw_table import merge_columns
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import finite_answers
from situation.ensemble.sensitivity import early_events_of, round_finite, sensitivity_of, subjects_of
from situation.ensemble.statistics.shares import Difference, paired_difference
from situation.ensemble.statistics.spread import split_variance
from situation.ensemble.trace import entry_in_words
from situation.errors import Fault, SituationError
from situation.events import ForceRaised
from situation.log.entry import Entry
from situation.scenario import Scenario, unit_of
from situation.testimony.ground import Ground

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "compare",
    "compare_twins",
    "comparison_of",
    "differences",
    "require_twins",
    "twin_of",
]

_MOST_EVENTS = 8
"""Events that part twins of which are told."""


def twin_of(baseline: Scenario, other: Scenario) -> Scenario:
    """The baseline as it must be run to be compared with another scenario: from its branch, with its questions.

    Where the branches differ, the branch, what is left out of the record, the end, and the forces of that date are the
    other's; what the actors do, what is given and the numbers stay the baseline's.
    """
    questions = {**other.questions, **baseline.questions}
    if questions != dict(baseline.questions):
        baseline = attrs.evolve(baseline, questions=questions, twin=other.text)
    here, there = ((it.at, it.known_at, it.branch.belief, it.without, it.end) for it in (baseline, other))
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


def _difference(first: Ensemble, second: Ensemble, question: str, both: Flags, events: Any) -> dict[str, Any]:
    mine, other = (np.full(len(both), np.nan) for _ in range(2))
    mine[first.ok], other[second.ok] = finite_answers(first, question), finite_answers(second, question)
    apart = other[both] - mine[both]
    found = paired_difference(mine[both], other[both], first.block[both])
    parts = split_variance(apart, first.record[both], first.parameter[both], first.block[both])
    asked = first.about.questions[question]
    return {
        "question": question,
        "ask": asked["ask"],
        "text": asked.get("text", ""),
        "unit": unit_of(asked["ask"]),
        "first": round(float(mine[both].mean()), 6),
        "second": round(float(other[both].mean()), 6),
        "difference": round(found.mean, 6),
        "interval": _interval(found, unit_of(asked["ask"])),
        "less": round(found.less, 6),
        "equal": round(found.equal, 6),
        "more": round(found.more, 6),
        "spread": {name: round_finite(part) for name, part in parts.shares.items()},
        **sensitivity_of(_with_numbers_of(first, second), apart, both, False, events, subjects_of(second, question)),
    }


def _interval(found: Difference, unit: str | None) -> list[float] | None:
    """The interval of a difference; None where a single group of runs tells nothing of it. Shares differ by 1 at most."""
    if not np.isfinite(found.low):
        return None
    most = np.inf if unit else 1.0
    return [round(max(-most, found.low), 6), round(min(most, found.high), 6)]


def _with_numbers_of(first: Ensemble, second: Ensemble) -> Ensemble:
    """The second ensemble, knowing too what only the first drew. Of a number that both drew it has its own: its draws
    lie in the same order, since both take it at the same luck.
    """
    numbers, forces = merge_columns(first.numbers, second.numbers), merge_columns(first.forces, second.forces)
    return attrs.evolve(second, numbers=numbers, forces=forces)


def compare(first: Ensemble, second: Ensemble) -> pd.DataFrame:
    """The paired differences of two ensembles, a row a question: shares, difference, interval, less, equal, more.

    Raises:
        SituationError: they share no luck: another seed, number of runs, branch or end.
    """
    import pandas as pd

    rows = differences(first, second)
    frame = pd.DataFrame(rows).set_index("question")
    frame[["low", "high"]] = [row["interval"] or (np.nan, np.nan) for row in rows]
    return frame.drop(columns=["interval", "spread", "weights", "disputes", "signposts"])


def require_twins(first: Ensemble, second: Ensemble) -> None:
    """Make sure that two ensembles share their luck.

    Raises:
        Fault: they differ in seed, number of runs, branch or end.
    """
    for name, mine, other in (
        ("seed", first.about.seed, second.about.seed),
        ("number of stories", first.about.runs, second.about.runs),
        ("branch", (first.about.at, first.about.known_at), (second.about.at, second.about.known_at)),
        ("end", first.about.end, second.about.end),
    ):
        if mine != other:
            raise Fault(
                f"The two runs differ in their {name}, so their stories share no luck.", "Name the scenarios instead."
            )


def differences(first: Ensemble, second: Ensemble) -> list[dict[str, Any]]:
    """The paired difference of each question that both were asked, and what it hangs on.

    Raises:
        SituationError: they are not twins.
    """
    require_twins(first, second)
    both = first.ok & second.ok
    if not both.any():
        raise SituationError("No story came to its end in both. See the reasons in questions.json.")
    shared = [question for question in first.about.questions if question in second.about.questions]
    events = early_events_of(second)
    return [_difference(first, second, question, both, events) for question in shared]


def compare_twins(
    first: Ensemble, second: Ensemble, record_draws: tuple[RecordDraws, RecordDraws] | None, ground: Ground
) -> dict[str, Any]:
    """What changes from one ensemble to another, with the events that part their twins.

    Args:
        first, second: ensembles of the same seed, runs, branch and end.
        record_draws: what tells the stories of each again; None: the events are left out.
        ground: the ground, for words.

    Raises:
        SituationError: they are not twins.
    """
    require_twins(first, second)
    days = np.where(first.ok & second.ok, divergence_days(first, second), -1)
    found = [] if record_draws is None else divergences(days, *record_draws)
    return comparison_of(first, second, found, {"ground": ground})


def comparison_of(
    first: Ensemble, second: Ensemble, parting: list[Divergence], names: Mapping[str, Any]
) -> dict[str, Any]:
    """What changes from one ensemble to another, as plain values with stable keys.

    Args:
        first, second: ensembles of the same seed, runs, branch and end.
        parting: the partings of some twins.
        names: the ground, under `ground`, for words.

    Raises:
        SituationError: they are not twins.
    """
    questions = differences(first, second)
    both = first.ok & second.ok
    days = divergence_days(first, second)
    apart = days[both & (days >= 0)]
    ground = names["ground"]
    told = Counter((_parts_them(it.entry, ground), getattr(it.entry.cause, "rule", "")) for it in parting)
    named = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    earliest = min(parting, key=lambda it: (it.entry.time, it.run), default=None)
    return {
        "first": first.about.scenario,
        "second": second.about.scenario,
        "seed": first.about.seed,
        "pairs": int(both.sum()),
        "questions": questions,
        "parted": {
            "share": round(float((days[both] >= 0).mean()), 6),
            "first_day": int(apart.min()) if len(apart) else None,
            "median_day": int(np.median(apart)) if len(apart) else None,
            "earliest": None
            if earliest is None
            else {
                "run": earliest.run,
                "at": ground.clock.text(earliest.entry.time),
                "event": entry_in_words(earliest.entry, ground),
                "rule": getattr(earliest.entry.cause, "rule", ""),
                "in_first": earliest.entry is earliest.first,
            },
            "events": [{"event": event, "rule": rule, "runs": count} for (event, rule), count in named[:_MOST_EVENTS]],
            "others": sum(count for _, count in named[_MOST_EVENTS:]),
            "pairs": len(apart),
            "retold": len(parting),
        },
    }


def _parts_them(entry: Entry, ground: Ground) -> str:
    """What parts a pair, in words under which like is counted with like: of a drawn force, not its number."""
    event = entry.event
    if isinstance(event, ForceRaised):
        return f"how many men of {ground.name(event.actor)} are at {ground.name(event.place)}"
    return entry_in_words(entry, ground)
