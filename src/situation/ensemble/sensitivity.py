"""What moves an answer: drawn numbers, drawn forces, disputes of the sources; and the early events that tell of it.

The answer may be an ensemble's own, or the difference between twins on the same luck: both are one value a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.ensemble.columns import Ensemble
from situation.ensemble.statistics.signposts import early_events, signposts
from situation.ensemble.statistics.spread import resolutions, weights
from situation.ensemble.tables import happenings

__all__ = ["explained", "rounded", "seen_early", "told_of"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
EARLY = (14, 30)
"""Days after the branch by which a signpost must have been seen; those beyond half the horizon are left out."""
MOST = 12
"""How many numbers are told of at most."""


def rounded(value: float) -> float | None:
    """A value as the answers hold it: to six digits after the point; None where it is not finite."""
    return round(float(value), 6) if np.isfinite(value) else None


def told_of(found: Ensemble, question: str) -> frozenset[str]:
    """The places, areas and pairs that a question is itself about."""
    asked = found.about.questions[question]
    return frozenset(
        {str(asked.get("place")), str(asked.get("area")), ":".join(sorted(asked.get("between") or ()))} - {"None", ""}
    )


def seen_early(found: Ensemble) -> dict[tuple[str, str, int], Flags]:
    """Which runs have seen what soon after the branch: from (event, what it is about, day) to a flag for each run."""
    about = found.about
    days = [day for day in EARLY if day <= about.horizon / 2] or [max(1, int(about.horizon / 2))]
    happened = happenings(found.holders, found.clashes, found.fired, about.at)
    return early_events(about.at, days, happened, about.runs)


def explained(
    found: Ensemble,
    values: Floats,
    chosen: Flags,
    share: bool,
    events: Mapping[tuple[str, str, int], Flags],
    about: frozenset[str],
) -> dict[str, Any]:
    """What moves some values, one of each chosen run: `weights`, `disputes` and `signposts`.

    Args:
        found: the ensemble whose draws they go with.
        values: shape (chosen runs,), finite.
        chosen: shape (runs,): which runs the values are of.
        share: whether they are answers of yes or no.
        events: as `seen_early` gives them.
        about: the places and pairs that the question is itself about.
    """
    numbers, forces, believed = found.numbers, found.forces, found.believed
    of_numbers = weights(values, found.parameter[chosen], numbers.column, tuple(sorted(numbers.names)))
    of_forces = weights(values, found.record[chosen], forces.column, tuple(sorted(forces.names)))
    moved = resolutions(values, found.record[chosen], believed.column, believed.names)
    posts = signposts(values, share, {key: seen[chosen] for key, seen in events.items()}, about)
    return {
        "weights": [
            {
                "number": it.name,
                "low": rounded(it.low),
                "high": rounded(it.high),
                "error": rounded(it.error),
                "explains": rounded(it.explains),
            }
            for it in sorted((*of_numbers, *of_forces), key=lambda it: (-abs(it.swing), it.name))[:MOST]
        ],
        "disputes": [
            {
                "question": it.question,
                "moves": rounded(it.moves),
                "error": rounded(it.error),
                "answers": [
                    {"value": value, "part": rounded(part), "answer": rounded(mean)} for value, part, mean in it.answers
                ],
            }
            for it in moved
        ],
        "signposts": [
            {
                "event": post.event,
                "by_day": post.by_day,
                "seen": rounded(post.seen),
                "where_seen": rounded(post.where_seen),
                "where_not": rounded(post.where_not),
                "tells": rounded(post.tells),
            }
            for post in posts
        ],
    }
