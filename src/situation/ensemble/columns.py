"""An ensemble as columns: what every run came to, in arrays over the runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from situation.clock import DAY, Minute
from situation.codec import plain
from situation.ensemble.design import block_of, draws_of, index_of
from situation.ensemble.folded import Told, story_days
from situation.record import Record
from situation.scenario import Scenario

__all__ = ["About", "Ensemble", "gathered"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@define(frozen=True, slots=False)
class About:
    """What an ensemble is of: scenario, branch, end, days and questions, and the numbers that it drew from.

    Args:
        days: the branch, then each day's end, as minutes.
        questions: by name, the parts of each question that are said.
        assumed: the numbers without a source, with unit and reason.
    """

    scenario: str
    title: str
    situation: str
    assumes: str
    seed: int
    runs: int
    at: Minute
    end: Minute
    known_at: Minute
    days: tuple[Minute, ...]
    questions: Mapping[str, Mapping[str, Any]]
    assumed: Mapping[str, Mapping[str, Any]] = field(factory=dict)

    @property
    def horizon(self) -> float:
        """The length of the stories, in days."""
        return (self.end - self.at) / DAY

    @classmethod
    def of(cls, scenario: Scenario, record: Record, seed: int, runs: int) -> About:
        """What an ensemble of a scenario is of."""
        numbers = {
            name: {"unit": prior.unit, "low": prior.low, "best": prior.best, "high": prior.high, "reason": prior.reason}
            for name, prior in sorted(scenario.numbers.items())
            if prior.assumed
        }
        forces = {
            f"force {name}": {"unit": it.unit, "low": it.low, "best": it.best, "high": it.high, "reason": it.reason}
            for name, it in sorted(scenario.forces.items())
            if it.source == "ASSUMED"
        }
        return cls(
            scenario.id,
            scenario.title,
            scenario.situation,
            scenario.assumes.strip(),
            seed,
            runs,
            scenario.at,
            scenario.end,
            scenario.known_at,
            story_days(scenario),
            {name: plain(question) for name, question in scenario.questions.items()},
            {**numbers, **forces},
        )


@define(frozen=True, slots=False)
class Ensemble:
    """What the runs of an ensemble came to.

    Args:
        reasons: shape (runs,): why a run failed; empty where it did not.
        answers: by question, shape (runs,): 1 or 0, days (infinite where it never comes) or men; NaN where it failed.
        holders: (run, place, minute, holder): every place at the branch, and each change after it.
        strengths: by actor, shape (runs, days): men there, whole or wounded, in ranks or hidden.
        clashes: (run, pair, rung, minute); fired: (run, given, minute).
        numbers: by draw of the parameters, forces and believed: by drawing of the record.
        passages: shape (runs, days): digests of all that had happened by each day's end.
        told_of: the scenario and the record that it was told of, where `run` told it.
    """

    about: About
    reasons: tuple[str, ...]
    entries: Ints
    gaps: Ints
    answers: Mapping[str, Floats]
    holders: tuple[tuple[int, str, Minute, str | None], ...]
    strengths: Mapping[str, npt.NDArray[np.int32]]
    clashes: tuple[tuple[int, str, int, Minute], ...]
    fired: tuple[tuple[int, str, Minute], ...]
    numbers: Mapping[int, Mapping[str, float]]
    forces: Mapping[int, Mapping[str, int]]
    believed: Mapping[int, Mapping[str, str]]
    passages: npt.NDArray[np.uint64]
    told_of: tuple[Scenario, Record] | None = field(default=None, eq=False, repr=False)

    @property
    def ok(self) -> Flags:
        """Which runs came to their end."""
        return np.array([not reason for reason in self.reasons], dtype=bool)

    @property
    def runs(self) -> Ints:
        """The numbers of the runs."""
        return np.arange(self.about.runs)

    @property
    def block(self) -> Ints:
        """The block of each run."""
        return block_of(self.runs)

    @property
    def record(self) -> Ints:
        """The drawing of the record of each run."""
        return np.array([index_of(int(run)).record for run in self.runs], dtype=np.int64)

    @property
    def parameter(self) -> Ints:
        """The draw of the numbers of each run."""
        return np.array([index_of(int(run)).parameter for run in self.runs], dtype=np.int64)

    @property
    def draws(self) -> int:
        """How many draws of the numbers there were."""
        return draws_of(self.about.runs)

    def is_share(self, question: str) -> bool:
        """Whether a question is answered with yes or no."""
        return self.about.questions[question]["ask"] not in ("days until", "fighters")

    def held(self, place: str, at: Minute) -> list[str | None]:
        """Who holds a place in each run at a minute."""
        found: list[str | None] = [None] * self.about.runs
        for run, name, minute, holder in self.holders:
            if name == place and minute <= at:
                found[run] = holder
        return found


def gathered(about: About, told: Iterable[Told]) -> Ensemble:
    """An ensemble from its runs, in the order of their numbers."""
    runs, days = about.runs, len(about.days)
    answers = {name: np.full(runs, np.nan) for name in about.questions}
    strengths: dict[str, npt.NDArray[np.int32]] = {}
    passages = np.zeros((runs, days), dtype=np.uint64)
    reasons, holders, clashes, fired = [], [], [], []
    entries, gaps = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)
    numbers: dict[int, Mapping[str, float]] = {}
    forces: dict[int, Mapping[str, int]] = {}
    believed: dict[int, Mapping[str, str]] = {}
    for place, row in enumerate(told):
        reasons.append(row.reason)
        if row.reason:
            continue
        entries[place], gaps[place] = row.entries, row.gap
        for name, answer in row.answers.items():
            answers[name][place] = np.inf if answer is None else answer
        holders += [(place, *item) for item in row.holders]
        clashes += [(place, *item) for item in row.clashes]
        fired += [(place, *item) for item in row.fired]
        for actor, men in row.strengths.items():
            strengths.setdefault(actor, np.zeros((runs, days), dtype=np.int32))[place] = men
        passages[place] = [int(digest, 16) for digest in row.passages]
        numbers.setdefault(row.parameter, row.numbers)
        forces.setdefault(row.record, row.forces)
        believed.setdefault(row.record, row.believed)
    return Ensemble(
        about,
        tuple(reasons),
        entries,
        gaps,
        answers,
        tuple(holders),
        {actor: strengths[actor] for actor in sorted(strengths)},
        tuple(clashes),
        tuple(fired),
        numbers,
        forces,
        believed,
        passages,
    )
