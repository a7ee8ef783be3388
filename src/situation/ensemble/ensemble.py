"""An ensemble as columns: the outcome of every run, in arrays over the runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from situation.chance.vectors import Flags, Floats, Ints
from situation.dates import DAY, Minute
from situation.ensemble.by_day import Days
from situation.ensemble.design import block_of, draws_of, parameter_of, record_of
from situation.ensemble.draw_table import Draws, DrawTableBuilder
from situation.ensemble.run_table import Rows, RunTableBuilder
from situation.ensemble.statistics.shared_draws import SharedDraws
from situation.ensemble.summary import TALLY_FIELDS, StorySummary
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.question import FORMS, Form
from situation.story.world.kept_story import story_days
from situation.testimony.codec import plain

__all__ = [
    "About",
    "Ensemble",
    "ensemble_of",
]

_HOLDER_COLUMNS = ("place", "minute", "holder")
_CLASH_COLUMNS = ("pair", "rung", "minute")
_TRIGGER_COLUMNS = ("given", "minute")
_FATE_COLUMNS = ("actor", "minute", *TALLY_FIELDS)
"""The columns, after `run`, of the tables of what happened, in the order in which a summary has them."""

_WORD_COLUMNS = frozenset({"place", "holder", "pair", "given", "actor"})
"""Those of them that hold words."""


@define(frozen=True, slots=False)
class About:
    """What an ensemble is of: scenario, branch, end, days, questions, and the assumed numbers.

    Args:
        days: the branch, then each day's end, as minutes.
        questions: by name, the keys that each question has.
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
        forces = {f"force {name}": force.prior(name) for name, force in sorted(scenario.forces.items())}
        assumed = {
            name: {"unit": prior.unit, "low": prior.low, "best": prior.best, "high": prior.high, "reason": prior.reason}
            for name, prior in (*sorted(scenario.numbers.items()), *forces.items())
            if prior.assumed
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
            assumed,
        )


@define(frozen=True, slots=False)
class Ensemble:
    """The outcome of every run of an ensemble. That of `run` is in memory; of one that is read from its folder, what
    happened and what is counted by day stays there, and is read when it is asked for.

    Args:
        reasons: shape (runs,): why a run failed; empty where it did not.
        answers: by question, shape (runs,): 1 or 0, or an amount in the unit of its form; a time that never comes is
            infinite; NaN where the run failed.
        holders: rows of `run`, `place`, `minute`, `holder`: every place at the branch, and each change after it.
        strengths: by actor, shape (runs, days): men in the ranks, wounded or in hiding.
        clashes: rows of `run`, `pair`, `rung`, `minute`; fired: of `run`, `given`, `minute`.
        numbers: by draw of the numbers; forces, believed: by draw of the record.
        day_digests: shape (runs, days): digests of all that had happened by each day's end.
        fates: rows of `run`, `actor`, `minute` and the men in each of `TALLY_FIELDS` by then.
        origin: the scenario and the record that it was simulated from, where `run` made it.
    """

    about: About
    reasons: tuple[str, ...]
    entries: Ints
    gaps: Ints
    answers: Mapping[str, Floats]
    holders: Rows
    strengths: Mapping[str, Days]
    clashes: Rows
    fired: Rows
    numbers: Draws
    forces: Draws
    believed: Draws
    day_digests: Days
    fates: Rows = field(factory=lambda: RunTableBuilder(_FATE_COLUMNS, _WORD_COLUMNS).table())
    origin: tuple[Scenario, Record] | None = field(default=None, eq=False, repr=False)

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
        """The draw of the record of each run."""
        return record_of(self.runs)

    @property
    def parameter(self) -> Ints:
        """The draw of the numbers of each run."""
        return parameter_of(self.runs)

    @property
    def draws(self) -> int:
        """How many draws of the numbers there were."""
        return draws_of(self.about.runs)

    def shared_draws(self, chosen: Flags) -> SharedDraws:
        """Which of some runs share draws; `chosen`: shape (runs,)."""
        return SharedDraws.of(self.record[chosen], self.parameter[chosen])

    def form(self, question: str) -> Form:
        """The form of a question."""
        return FORMS[self.about.questions[question]["ask"]]

    def is_share(self, question: str) -> bool:
        """Whether a question is answered with yes or no."""
        return self.form(question).unit is None

    def held(self, place: str, at: Minute) -> list[str | None]:
        """Who holds a place in each run at a minute."""
        last: list[str | None] = [None] * self.about.runs
        for block in self.holders.blocks():
            rows = block.only(block.where(place=place) & (block.numbers("minute") <= at))
            holder = rows.words("holder")
            for run, code in zip(rows.numbers("run").tolist(), holder.codes.tolist(), strict=True):
                last[run] = holder.words[code]  # of several the last counts
        return last


def ensemble_of(about: About, summaries: Iterable[StorySummary]) -> Ensemble:
    """An ensemble from its runs, in the order of their numbers."""
    runs, days = about.runs, len(about.days)
    answers = {name: np.full(runs, np.nan) for name in about.questions}
    strengths: dict[str, npt.NDArray[np.int32]] = {}
    day_digests = np.zeros((runs, days), dtype=np.uint64)
    reasons = []
    holders, clashes, fired, fates = (
        RunTableBuilder(names, _WORD_COLUMNS)
        for names in (_HOLDER_COLUMNS, _CLASH_COLUMNS, _TRIGGER_COLUMNS, _FATE_COLUMNS)
    )
    entries, gaps = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)
    numbers, forces, believed = DrawTableBuilder("numbers"), DrawTableBuilder("counts"), DrawTableBuilder("words")
    for place, row in enumerate(summaries):
        reasons.append(row.reason)
        if row.reason:
            continue
        entries[place], gaps[place] = row.entries, row.gap
        for name, answer in row.answers.items():
            answers[name][place] = np.inf if answer is None else answer
        holders.add(place, row.holders)
        clashes.add(place, row.clashes)
        fired.add(place, row.fired)
        fates.add(place, row.fates)
        for actor, men in row.strengths.items():
            strengths.setdefault(actor, np.zeros((runs, days), dtype=np.int32))[place] = men
        day_digests[place] = row.day_digests
        numbers.add(row.parameter, row.numbers)
        forces.add(row.record, row.forces)
        believed.add(row.record, row.believed)
    return Ensemble(
        about,
        tuple(reasons),
        entries,
        gaps,
        answers,
        holders.table(),
        {actor: strengths[actor] for actor in sorted(strengths)},
        clashes.table(),
        fired.table(),
        numbers.table(),
        forces.table(),
        believed.table(),
        day_digests,
        fates.table(),
    )
