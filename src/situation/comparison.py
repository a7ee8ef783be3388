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
import numpy.typing as npt
from attrs import frozen

from situation import odds
from situation.clock import DAY
from situation.ensemble.columns import Ensemble
from situation.ensemble.design import index_of
from situation.ensemble.drawing import Drawings
from situation.ensemble.results import usable
from situation.errors import Fault, SituationError
from situation.events import NumbersDrawn, StoryBegan
from situation.log import Entry
from situation.scenario import Scenario
from situation.story import Story
from situation.tracing import entry_in_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Parting",
    "compare",
    "compared",
    "differences",
    "first_parting",
    "parted",
    "partings",
    "twin_of",
    "twins_only",
]

Ints = npt.NDArray[np.int64]
RETOLD = 24
"""How many twins that part are told again, to name the event that parted them."""


def twin_of(baseline: Scenario, other: Scenario) -> Scenario:
    """The baseline as it must be run to be compared with another scenario: from its branch, with its questions.

    Where the branches differ, the branch, what is left out of the record, the end, and the forces of that date are the
    other's; what the actors do, what is given and the numbers stay the baseline's.
    """
    questions = {**other.questions, **baseline.questions}
    if questions != dict(baseline.questions):
        baseline = attrs.evolve(baseline, questions=questions, prepared={})
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
        prepared={},
    )


@frozen
class Parting:
    """Where the twins of a run part: the first entry of each that the other does not have; None where it ends."""

    run: int
    first: Entry | None
    second: Entry | None

    @property
    def entry(self) -> Entry:
        """The earlier of the two; the second's where both stand at one minute."""
        if self.second is None or (self.first is not None and self.first.time < self.second.time):
            assert self.first is not None
            return self.first
        return self.second


def parted(first: Ensemble, second: Ensemble) -> Ints:
    """The day by whose end the twins of each run have parted, counted from the branch; -1 where they never do."""
    length = min(first.passages.shape[1], second.passages.shape[1])
    apart = first.passages[:, :length] != second.passages[:, :length]
    days: Ints = np.argmax(apart, axis=1).astype(np.int64)
    days[~apart.any(axis=1)] = -1
    return days


def first_parting(run: int, first: Story, second: Story) -> Parting | None:
    """The first entries at which two stories differ in what happened, or when; None where they are the same."""
    mine, other = ([entry for entry in story.entries if _tells(entry)] for story in (first, second))
    for place in range(max(len(mine), len(other))):
        here = mine[place] if place < len(mine) else None
        there = other[place] if place < len(other) else None
        if here is None or there is None or (here.time, here.event) != (there.time, there.event):
            return Parting(run, here, there)
    return None


def _tells(entry: Entry) -> bool:
    return not isinstance(entry.event, NumbersDrawn | StoryBegan)


def partings(days: Ints, first: Drawings, second: Drawings, most: int = RETOLD) -> list[Parting]:
    """The events that parted some of the twins, told again up to the day on which they part."""
    found = []
    for run in np.flatnonzero(days >= 0)[:most]:
        index = index_of(int(run))
        until = min(first.scenario.end, first.scenario.at + int(days[run]) * DAY)
        parting = first_parting(int(run), first.tell(index, until), second.tell(index, until))
        if parting is not None:
            found.append(parting)
    return found


def _difference(first: Ensemble, second: Ensemble, question: str, both: npt.NDArray[np.bool_]) -> dict[str, Any]:
    mine, other = (np.full(len(both), np.nan) for _ in range(2))
    mine[first.ok], other[second.ok] = usable(first, question), usable(second, question)
    found = odds.paired(mine[both], other[both], first.block[both])
    asked = first.about.questions[question]
    return {
        "question": question,
        "ask": asked["ask"],
        "text": asked.get("text", ""),
        "first": round(float(mine[both].mean()), 6),
        "second": round(float(other[both].mean()), 6),
        "difference": round(found.mean, 6),
        "interval": [round(found.low, 6), round(found.high, 6)] if np.isfinite(found.low) else None,
        "less": round(found.less, 6),
        "equal": round(found.equal, 6),
        "more": round(found.more, 6),
    }


def compare(first: Ensemble, second: Ensemble) -> pd.DataFrame:
    """The paired differences of two ensembles, a row a question: shares, difference, interval, less, equal, more.

    Raises:
        SituationError: they share no luck: another seed, number of runs, branch or end.
    """
    import pandas as pd

    rows = differences(first, second)
    frame = pd.DataFrame(rows).set_index("question")
    frame[["low", "high"]] = [row["interval"] or (np.nan, np.nan) for row in rows]
    return frame.drop(columns="interval")


def twins_only(first: Ensemble, second: Ensemble) -> None:
    """Make sure that two ensembles share their luck.

    Raises:
        Fault: they differ in seed, number of runs, branch or end.
    """
    for name, mine, other in (
        ("seed", first.about.seed, second.about.seed),
        ("number of runs", first.about.runs, second.about.runs),
        ("branch", (first.about.at, first.about.known_at), (second.about.at, second.about.known_at)),
        ("end", first.about.end, second.about.end),
    ):
        if mine != other:
            raise Fault(
                f"The two runs differ in their {name}, so their stories share no luck.", "Name the scenarios instead."
            )


def differences(first: Ensemble, second: Ensemble) -> list[dict[str, Any]]:
    """The paired difference of each question that both were asked.

    Raises:
        SituationError: they are not twins.
    """
    twins_only(first, second)
    both = first.ok & second.ok
    if not both.any():
        raise SituationError("No story came to its end in both. See the reasons in questions.json.")
    shared = [question for question in first.about.questions if question in second.about.questions]
    return [_difference(first, second, question, both) for question in shared]


def compared(first: Ensemble, second: Ensemble, parting: list[Parting], names: Mapping[str, Any]) -> dict[str, Any]:
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
    days = parted(first, second)
    apart = days[both & (days >= 0)]
    ground = names["ground"]
    told = Counter((entry_in_words(it.entry, ground), getattr(it.entry.cause, "rule", "")) for it in parting)
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
            "events": [
                {"event": event, "rule": rule, "runs": count}
                for (event, rule), count in sorted(told.items(), key=lambda item: (-item[1], item[0]))[:8]
            ],
            "retold": len(parting),
        },
    }
