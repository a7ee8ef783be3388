"""What moves an answer: drawn numbers, drawn forces and disputes of the sources; and the early events that point to it.

The answer may be an ensemble's own, or the difference between twins on the same luck: both are one value a run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from situation.chance.vectors import Flags, Floats
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import signpost_candidates
from situation.ensemble.statistics.signposts import EarlyEvents, Signpost, early_events, signposts
from situation.ensemble.statistics.spread import (
    Influence,
    Resolution,
    influences_on_each,
    means_by_draw,
    resolutions_on_each,
)

__all__ = ["MovedAnswer", "early_events_of", "round_finite", "sensitivities_of", "subjects_of"]

_SIGNPOST_DAYS = (14, 30)
"""Days after the branch by which a signpost must have been seen; those beyond half the horizon are left out."""
_MOST_NUMBERS = 12
"""How many drawn numbers and forces are listed at most."""


def round_finite(value: float) -> float | None:
    """A value as the answers hold it: to six digits after the point; None where it is not finite."""
    return round(float(value), 6) if np.isfinite(value) else None


def subjects_of(ensemble: Ensemble, question: str) -> frozenset[str]:
    """The place, area and pair that a question is about: what happens there is no early sign, but the answer itself."""
    row = ensemble.about.questions[question]
    subjects = (str(row.get("place")), str(row.get("area")), ":".join(sorted(row.get("between") or ())))
    return frozenset(subjects) - {"None", ""}


def early_events_of(ensemble: Ensemble) -> EarlyEvents:
    """Which runs saw what soon after the branch."""
    about = ensemble.about
    days = [day for day in _SIGNPOST_DAYS if day <= about.horizon / 2] or [max(1, int(about.horizon / 2))]
    candidates = signpost_candidates(ensemble.holders, ensemble.clashes, ensemble.fired, about.at)
    return early_events(about.at, days, candidates, about.runs)


@frozen(eq=False)
class MovedAnswer:
    """An answer of which is asked what moves it.

    Args:
        values: gives its values, one for each chosen run, finite: shape (chosen runs,).
        share: whether they are answers of yes or no.
        about: the places and pairs that its question is itself about.
    """

    values: Callable[[], Floats]
    share: bool
    about: frozenset[str]


def sensitivities_of(
    ensemble: Ensemble, answers: Sequence[MovedAnswer], chosen: Flags, events: EarlyEvents
) -> list[dict[str, Any]]:
    """What moves each of some answers: `weights`, `disputes` and `signposts`.

    Args:
        ensemble: the ensemble whose draws the answers were made with.
        answers: the answers.
        chosen: shape (runs,): which runs the values are of.
        events: as `early_events_of` gives them.
    """
    numbers, forces, believed = ensemble.numbers, ensemble.forces, ensemble.believed
    seen, parameter, record = events.among(chosen), ensemble.parameter[chosen], ensemble.record[chosen]
    by_parameter, by_record, posts = [], [], []
    for answer in answers:
        values = answer.values()
        by_parameter.append(means_by_draw(values, parameter))
        by_record.append(means_by_draw(values, record))
        posts.append(signposts(values, answer.share, seen, answer.about))
    of_numbers = influences_on_each(by_parameter, numbers.column, tuple(sorted(numbers.names)))
    of_forces = influences_on_each(by_record, forces.column, tuple(sorted(forces.names)))
    settled = resolutions_on_each(by_record, believed.column, believed.names)
    each = zip(of_numbers, of_forces, settled, posts, strict=True)
    return [_row([*one, *other], disputes, early) for one, other, disputes, early in each]


def _row(influential: Sequence[Influence], settled: Sequence[Resolution], posts: Sequence[Signpost]) -> dict[str, Any]:
    """What moves an answer, as plain values."""
    return {
        "weights": [
            {
                "number": it.name,
                "low": round_finite(it.low),
                "high": round_finite(it.high),
                "error": round_finite(it.error),
                "explains": round_finite(it.explains),
            }
            for it in sorted(influential, key=lambda it: (-abs(it.swing), it.name))[:_MOST_NUMBERS]
        ],
        "disputes": [
            {
                "question": it.question,
                "moves": round_finite(it.moves),
                "error": round_finite(it.error),
                "answers": [
                    {"value": value, "part": round_finite(part), "answer": round_finite(mean)}
                    for value, part, mean in it.answers
                ],
            }
            for it in settled
        ],
        "signposts": [
            {
                "event": post.event,
                "by_day": post.by_day,
                "seen": round_finite(post.seen),
                "where_seen": round_finite(post.where_seen),
                "where_not": round_finite(post.where_not),
                "tells": round_finite(post.tells),
            }
            for post in posts
        ],
    }
