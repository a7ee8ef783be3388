"""Which report an answer hangs on: the questions of a scenario with each source left out, on the same luck.

A story depends on the record through the state at the branch alone. So where a draw of the record comes to the same state
without a source, its stories are the same and are not simulated again: the difference is exactly zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import numpy as np
from attrs import field, frozen

from situation.ensemble.design import record_of
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.paired_answers import paired_answers
from situation.ensemble.pool import call_in_pool
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.sensitivity import round_finite
from situation.ensemble.workers import tell_chunk
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import without_claims
from situation.testimony.source_names import find_source

__all__ = ["LeftOut", "known_at_branch", "leave_each_out", "sources_answer", "sources_named"]


@frozen
class LeftOut:
    """What becomes of an ensemble without one source.

    Args:
        claims, known: how many claims it has, and how many of them were known at the branch.
        draws, differ: draws of the record, and in how many of them the state at the branch is another without it.
        answers: by run whose state differs and by question, the answer; None where it never comes.
        reasons: by run that failed, why.
    """

    source: str
    claims: int
    known: int
    draws: int
    differ: int = 0
    answers: Mapping[int, Mapping[str, float | None]] = field(factory=dict)
    reasons: Mapping[int, str] = field(factory=dict)


@frozen
class _Bench:
    """What all sources are held against: the ensemble's stories with all of them. States are kept, by draw of the record."""

    draws: RecordDraws
    runs: int
    _states: dict[int, Mapping[str, Any]] = field(factory=dict, init=False)

    def state(self, index: int) -> Mapping[str, Any]:
        """The cells at the branch in a draw of the record."""
        if index not in self._states:
            self._states[index] = self.draws.draw(index)[0].state.cells
        return self._states[index]

    def without(self, source: str) -> LeftOut:
        """Draw the record without a source, and simulate the stories whose branch differs."""
        scenario, record = self.draws.scenario, self.draws.record
        testimony = record.testimony
        claims = tuple(name for name, claim in testimony.claims.items() if claim.source == source)
        known = sum(testimony.known_from(testimony.claims[name]) <= scenario.known_at for name in claims)
        every = record_of(self.runs - 1) + 1
        if not known:
            return LeftOut(source, len(claims), 0, every)
        draws = RecordDraws(scenario, without_claims(record, claims), self.draws.seed)
        answers, reasons, differing = {}, {}, set()
        for run in range(self.runs):
            index = record_of(run)
            if draws.draw(index)[0].state.cells == self.state(index):
                continue
            differing.add(index)
            summary = tell_chunk(draws, run, run + 1)[0]
            if summary.reason:
                reasons[run] = summary.reason
            else:
                answers[run] = summary.answers
        return LeftOut(source, len(claims), known, every, len(differing), answers, reasons)


def sources_named(record: Record, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of the sources to leave out, one at a time: those that are named, else all that have a claim.

    Raises:
        Fault: there is no such source; with the near miss.
    """
    known = sorted({claim.source for claim in record.testimony.claims.values()})
    named = dict.fromkeys(find_source(name, record.testimony, known) for name in names)
    return tuple(named) or tuple(known)


def known_at_branch(scenario: Scenario, record: Record, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some sources of which a claim was known at the branch: without any other the stories are the same."""
    testimony = record.testimony
    known = {claim.source for claim in testimony.claims.values() if testimony.known_from(claim) <= scenario.known_at}
    return tuple(source for source in sources if source in known)


def leave_each_out(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    sources: tuple[str, ...],
    workers: int = 1,
    finished: Callable[[int], None] = lambda sources: None,
) -> tuple[LeftOut, ...]:
    """Leave out each of some sources, one at a time.

    Args:
        scenario, record, seed, runs: of the ensemble that it is held against.
        sources: ids of sources.
        workers: how many processes; no result depends on it.
        finished: called with 1 for each source that is done.

    Returns: in the order of `sources`.

    Raises:
        SituationError: a worker was ended from outside.
    """
    bench = _Bench(RecordDraws(scenario, record, seed), runs)
    done: dict[str, LeftOut] = {}

    def keep(call: tuple[str], left: LeftOut) -> None:
        done[call[0]] = left
        finished(1)

    if workers > 1 and len(sources) > 1:
        call_in_pool(bench.without, [(source,) for source in sources], workers, keep, "Give the same command again.")
    else:
        for source in sources:
            keep((source,), bench.without(source))
    return tuple(done[source] for source in sources)


def sources_answer(
    ensemble: Ensemble, every: tuple[LeftOut, ...], scenario: Scenario, record: Record
) -> dict[str, Any]:
    """The questions with each source left out, as plain values with stable keys.

    Args:
        ensemble: with all sources, of the same seed and number of runs.
        every: what became of it without each.
        scenario, record: of the ensemble.
    """
    others = [(left, _ensemble_without(ensemble, left)) for left in every]
    return {
        "scenario": ensemble.about.scenario,
        "title": ensemble.about.title,
        "seed": ensemble.about.seed,
        "stories": ensemble.about.runs,
        "questions": [
            {
                "question": name,
                "ask": terms["ask"],
                "text": terms.get("text", ""),
                "unit": ensemble.form(name).unit,
                "answer": _answer(ensemble, name),
                "without": sorted(
                    (_row(ensemble, other, name, left.source) for left, other in others),
                    key=lambda row: (-abs(row["difference"] or 0.0), row["source"]),
                ),
            }
            for name, terms in ensemble.about.questions.items()
        ],
        "sources": [
            {
                "source": left.source,
                "outlet": record.testimony.sources[left.source].outlet,
                "claims": left.claims,
                "known": left.known,
                "draws": left.draws,
                "differ": left.differ,
                "failed": len(left.reasons),
                "rests": _resting(scenario, record, left.source),
            }
            for left in every
        ],
    }


def _ensemble_without(ensemble: Ensemble, left: LeftOut) -> Ensemble:
    """The ensemble with the answers of those runs in which the branch differs without a source."""
    answers = {name: values.copy() for name, values in ensemble.answers.items()}
    for run, row in left.answers.items():
        for name, answer in row.items():
            answers[name][run] = math.inf if answer is None else answer
    reasons = tuple(
        left.reasons.get(run, "" if run in left.answers else reason) for run, reason in enumerate(ensemble.reasons)
    )
    return attrs.evolve(ensemble, answers=answers, reasons=reasons)


def _answer(ensemble: Ensemble, question: str) -> float | None:
    """The share of yes, or the median; None: half of the stories never see it, or none came to its end."""
    values = np.sort(ensemble.answers[question][ensemble.ok])
    if not len(values):
        return None
    middle = float(values.mean()) if ensemble.is_share(question) else float(values[len(values) // 2])
    return round_finite(middle)


def _row(ensemble: Ensemble, other: Ensemble, question: str, source: str) -> dict[str, Any]:
    """A question without one source: its answer, and the difference on the same luck, less that with all sources."""
    both = ensemble.ok & other.ok
    row: dict[str, Any] = {"source": source, "answer": _answer(other, question)}
    if not both.any():
        return {**row, "difference": None, "interval": None, "equal": None}
    paired = paired_answers(ensemble, other, question, both)
    return {**row, **{name: paired[name] for name in ("difference", "interval", "equal")}}


def _resting(scenario: Scenario, record: Record, source: str) -> list[str]:
    """The forces and numbers of the scenario that rest on claims of a source. They stay as they are without it."""
    claims = {name for name, claim in record.testimony.claims.items() if claim.source == source}
    cited = {f"force {name}": force.source for name, force in scenario.forces.items()}
    cited |= {f"total of {actor}": total.source for actor, total in scenario.totals.items()}
    cited |= {name: prior.source for name, prior in scenario.numbers.items()}
    return sorted(name for name, text in cited.items() if claims & {*text.replace(",", " ").split()})
