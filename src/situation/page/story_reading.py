"""One story as a reading of the page: what happened in it, by which rule, at what odds and draw, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from situation.ensemble.design import index_of
from situation.ensemble.divergence import Divergence, divergence_days, first_divergence
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.examples import Example, examples, twin_examples
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rule_words import rule_gave
from situation.ensemble.turning import chance_in_words, turning_points, turning_rows
from situation.log.entry import Entry, Ruled
from situation.log.fold import history
from situation.log.story_words import MECHANICAL, entry_in_words
from situation.log.terms import repeated_beginnings
from situation.page.reading_rows import Entries, is_drawn, span_row
from situation.record.record import Record
from situation.story.story import Story

__all__ = ["example_readings", "story_reading", "twin_readings"]


def example_readings(ensemble: Ensemble, record_draws: RecordDraws, also: int | None = None) -> list[dict[str, Any]]:
    """Some stories of an ensemble, each a reading; first the story numbered `also`, where one is named."""
    chosen = examples(ensemble)
    if also is not None:
        chosen = [Example(also), *(example for example in chosen if example.run != also)]
    readings = []
    for number, example in enumerate(chosen):
        why = "requested" if number == 0 and also is not None else "otherwise" if example.question else "usual"
        story = record_draws.tell(index_of(example.run))
        readings.append(
            _with_answers(
                ensemble,
                story_reading(
                    story, record_draws.record, example, ensemble.about.runs, why, questions=ensemble.about.questions
                ),
            )
        )
    return readings


def twin_readings(
    baseline: Ensemble, scenario: Ensemble, record_draws: tuple[RecordDraws, RecordDraws]
) -> list[dict[str, Any]]:
    """Some pairs of a comparison, two readings each: the scenario's story, and the baseline's on the same luck.

    Args:
        baseline, scenario: the ensembles.
        record_draws: simulate their stories again, in the same order.
    """
    readings = []
    for example in twin_examples(baseline, scenario, divergence_days(baseline, scenario)):
        twin, story = (each.tell(index_of(example.run)) for each in record_draws)
        parting = first_divergence(example.run, twin, story)
        why = "otherwise" if example.question else "usual"
        for side, each, ensemble in (("scenario", story, scenario), ("baseline", twin, baseline)):
            reading = story_reading(
                each, record_draws[1].record, example, scenario.about.runs, why, side, parting, ensemble.about.questions
            )
            readings.append(_with_answers(ensemble, reading))
    return readings


def _with_answers(ensemble: Ensemble, reading: dict[str, Any]) -> dict[str, Any]:
    """A story's reading with its answer to each question; None for what never comes."""
    values = {name: float(answers[reading["story"]["run"]]) for name, answers in ensemble.answers.items()}
    reading["story"]["answers"] = {name: value if isfinite(value) else None for name, value in values.items()}
    return reading


def story_reading(
    story: Story,
    record: Record,
    example: Example,
    runs: int,
    why: str = "requested",
    side: str = "",
    parting: Divergence | None = None,
    questions: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The reading of one story: the record up to the branch as it was drawn, then the story's own entries.

    Mechanical steps are kept only where a visible entry follows from them.

    Args:
        story: the story.
        record: the record that it branches from.
        example: which run it is, and by which question it was picked.
        runs: the number of stories in its ensemble.
        why: `requested`, `usual`, or `otherwise`: its answer differs from the usual one, or it moves the answer.
        side: of a pair, `scenario` or `baseline`.
        parting: where the two of a pair part.
        questions: what its scenario asks, by name.
    """
    ground, stage = record.ground, story.stage
    log = list(story.log)
    changes = list(history(stage.log, ground, story.entries, stage.ground))
    spans = [change for change in changes if is_drawn(change.cell, ground)]
    turning = turning_rows(turning_points(story, changes, questions or {}, ground), ground)
    named = [row["entry"] for row in turning] + [row["choice"]["entry"] for row in turning if row["choice"]]
    kept = _with_causes(log, (*(change.entry.id for change in spans), *named))
    entries = Entries(record, lambda _: None)
    rows = [span_row(change, entries) for change in sorted(spans, key=lambda change: (change.cell, change.since))]
    for entry in log:
        if entry.id not in kept:
            continue
        row = entries.rows[entries.index(entry)]
        cause = entry.cause
        if isinstance(cause, Ruled):
            row["text"] = entry_in_words(entry, ground)
            row |= {"rule": cause.rule, "odds": entry.odds, "draw": cause.draw, "address": cause.address}
            if gave := rule_gave(entry):
                row["gave"] = gave
            if chance := chance_in_words(entry):
                row["chance"] = chance
            row["parents"] = [name for name in cause.parents if name in kept]
            if type(entry.event).__name__ in MECHANICAL:
                row["mark"] = "step"
    number = example.run
    return {
        "id": f"{'twin' if side == 'baseline' else 'story'}-{number}",
        "label": f"Story {number}",
        "hint": f"One story of {runs:,}: one way it can go, not what is expected",
        "entries": entries.rows,
        "history": rows,
        "disputes": [],
        "mismatches": [],
        "untestable": [],
        "story": {
            "run": number,
            "of": runs,
            "side": side,
            "why": why,
            "question": example.question or None,
            "answer": example.answer,
            "turning": turning,
            "parts": _parts(parting, side, record),
        },
    }


def _with_causes(log: list[Entry], wanted: Iterable[str]) -> set[str]:
    """The ids of the visible entries, of `wanted`, and of all that they follow from."""
    by_id = {entry.id: entry for entry in log}
    again = repeated_beginnings(log)
    visible = (entry.id for entry in log if type(entry.event).__name__ not in MECHANICAL and entry.id not in again)
    waiting = [*wanted, *visible]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in kept or name not in by_id:
            continue
        kept.add(name)
        cause = by_id[name].cause
        if isinstance(cause, Ruled):
            waiting += cause.parents
    return kept


def _parts(parting: Divergence | None, side: str, record: Record) -> dict[str, Any] | None:
    """Where a story parts from the other of its pair: when, its own entry, and what happens in the other instead."""
    if parting is None:
        return None
    mine, other = (parting.first, parting.second) if side == "baseline" else (parting.second, parting.first)
    return {
        "time": parting.entry.time,
        "entry": None if mine is None else mine.id,
        "text": None if mine is None else entry_in_words(mine, record.ground),
        "other": None if other is None else entry_in_words(other, record.ground),
        "other_time": None if other is None else other.time,
    }
