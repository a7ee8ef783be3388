"""One story of a run gone on with from a minute: under its own scenario or another, on its own luck or on several others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np

from situation.chance.luck import mixed
from situation.dates import Minute
from situation.ensemble.design import index_of
from situation.ensemble.divergence import Parting, first_divergence, parting_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rule_words import rule_gave
from situation.ensemble.summary import StorySummary, summary_of
from situation.errors import Fault
from situation.log.entry import Ruled
from situation.log.story_words import MECHANICAL, entry_in_words
from situation.log.terms import repeated_beginnings
from situation.scenario import Scenario
from situation.scenario.question import FORMS
from situation.story.story import Story
from situation.story.taking_up import check_point, take_up
from situation.story.world.kept_story import story_days
from situation.testimony.ground import Ground

__all__ = ["continued"]


def continued(
    draws: RecordDraws,
    run: int,
    at: Minute,
    scenario: Scenario,
    count: int,
    finished: Callable[[int], None] = lambda stories: None,
    digests: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Go on with a story from a minute, as plain values.

    Args:
        draws: simulates the stories of the run.
        run: the number of the story.
        at: the last minute that stays as it was.
        scenario: how it goes on.
        count: how many continuations. The first is on the story's own luck, each further one on luck of its own.
        finished: called with 1 for each that is told.
        digests: of what had happened in the story by each day's end, as its run has them; None: they are not held against it.

    Raises:
        Fault: the minute lies outside the story, the scenario does not fit it, or it is not the story of the run any more.
    """
    index, ground = index_of(run), draws.record.ground
    check_point(draws.scenario, scenario, at, ground.clock)
    story = draws.tell(index, scenario.end)
    if digests is not None and not _is_the_same(summary_of(story, index), digests, draws.scenario, scenario):
        fact = f"Story {run} is not what it was: the program has changed since the run was made."
        raise Fault(fact, "Make the run again, and take up a story of that.")
    stories: list[Story] = []
    for number in range(count):
        luck = index.chance if number == 0 else mixed(index.chance, number)
        stories.append(take_up(story, at, scenario, draws.seed, index.record, index.parameter, luck))
        finished(1)
    before = attrs.evolve(story, stage=story.stage.under(scenario))
    rows = [summary_of(it, index).answers for it in (before, *stories)]
    divergence = first_divergence(run, story, stories[0])
    parting = None if divergence is None else parting_of(divergence, ground)
    return {
        "story": run,
        "at": ground.clock.text(at),
        "scenario": scenario.id,
        "continuations": count,
        "questions": [
            {
                "question": name,
                "ask": question.ask,
                "text": question.text or "",
                "unit": FORMS[question.ask].unit,
                "before": rows[0][name],
                "answers": [row[name] for row in rows[1:]],
                "middle": _middle([row[name] for row in rows[1:]], FORMS[question.ask].unit is None),
            }
            for name, question in scenario.questions.items()
        ],
        "parts": None if parting is None else _parting_row(parting, ground),
        "entries": _entries(stories[0], at, ground),
    }


def _is_the_same(summary: StorySummary, digests: Sequence[int], own: Scenario, scenario: Scenario) -> bool:
    """Whether a story that was simulated to the end of another scenario is the one of its run, as far as both go."""
    if len(digests) != len(story_days(own)):
        return False
    days = zip(story_days(own), story_days(scenario), digests, summary.day_digests, strict=False)
    return all(before == now for day, other, before, now in days if day == other)


def _parting_row(parting: Parting, ground: Ground) -> dict[str, Any]:
    row = {name: getattr(parting, name) for name in ("event", "rule", "in_first")}
    return {"at": ground.clock.text(parting.minute), **row}


def _middle(answers: list[float | None], share: bool) -> float | None:
    """The share of yes, or the median, in which never is later than any time; None: never."""
    if share:
        return float(np.mean([float(it or 0.0) for it in answers]))
    middle = float(np.median([np.inf if it is None else it for it in answers]))
    return middle if np.isfinite(middle) else None


def _entries(story: Story, at: Minute, ground: Ground) -> list[dict[str, Any]]:
    """What happens in a story after a minute, without mechanical steps: each by which rule, at what odds, on which draw."""
    rows, again = [], repeated_beginnings(story.entries)
    for entry in story.entries:
        if entry.time <= at or type(entry.event).__name__ in MECHANICAL or entry.id in again:
            continue
        row: dict[str, Any] = {
            "id": entry.id,
            "time": ground.clock.text(entry.time),
            "event": type(entry.event).__name__,
        }
        cause = entry.cause
        rows.append(
            row
            | {"text": entry_in_words(entry, ground)}
            | (
                {"rule": cause.rule, "odds": entry.odds, "gave": rule_gave(entry)}
                | {"draw": cause.draw, "address": cause.address}
                if isinstance(cause, Ruled)
                else {}
            )
        )
    return rows
