"""What moves an answer: drawn numbers, drawn forces and disputes of the sources; and the early events that point to it.

The answer may be an ensemble's own, or the difference between twins on the same luck: both are one value a run.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from situation.chance.vectors import Flags, Floats
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import signpost_candidates
from situation.ensemble.statistics.signposts import EarlyEvents, early_events, signposts
from situation.ensemble.statistics.spread import influences, resolutions

__all__ = ["early_events_of", "round_finite", "sensitivity_of", "subjects_of"]

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


def sensitivity_of(
    ensemble: Ensemble,
    values: Floats,
    chosen: Flags,
    share: bool,
    events: EarlyEvents,
    about: frozenset[str],
) -> dict[str, Any]:
    """What moves some values, one for each chosen run: `weights`, `disputes` and `signposts`.

    Args:
        ensemble: the ensemble whose draws the values were made with.
        values: shape (chosen runs,), finite.
        chosen: shape (runs,): which runs the values are of.
        share: whether they are answers of yes or no.
        events: as `early_events_of` gives them.
        about: the places and pairs that the question is itself about.
    """
    numbers, forces, believed = ensemble.numbers, ensemble.forces, ensemble.believed
    of_numbers = influences(values, ensemble.parameter[chosen], numbers.column, tuple(sorted(numbers.names)))
    of_forces = influences(values, ensemble.record[chosen], forces.column, tuple(sorted(forces.names)))
    settled = resolutions(values, ensemble.record[chosen], believed.column, believed.names)
    posts = signposts(values, share, events.among(chosen), about)
    return {
        "weights": [
            {
                "number": it.name,
                "low": round_finite(it.low),
                "high": round_finite(it.high),
                "error": round_finite(it.error),
                "explains": round_finite(it.explains),
            }
            for it in sorted((*of_numbers, *of_forces), key=lambda it: (-abs(it.swing), it.name))[:_MOST_NUMBERS]
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
