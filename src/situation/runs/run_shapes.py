"""What the files of a run hold: the shape of each file of JSON, and the columns of each table that is read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from situation.events import EVENTS
from situation.record.beliefs.policies import BELIEFS
from situation.runs.manifest import BrokenRun, content_of
from situation.runs.shapes import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    By,
    Each,
    Keys,
    Maybe,
    OneOf,
    Shape,
    TableOf,
    pair_of,
)
from situation.scenario.question import FORMS, UNITS, unit_of
from situation.testimony.codec import Codec

__all__ = [
    "AS_RUN",
    "CALIBRATED",
    "COMPARISON",
    "JUDGED",
    "QUESTIONS",
    "read_json",
]

_ASK: Final = OneOf(*FORMS)
_SHARES: Final = TableOf(Maybe(NUMBER))
JUDGED: Final = Each(Keys({"kind": TEXT, "text": TEXT}, may={"shows": TEXT}))
_MOVES: Final[Mapping[str, Any]] = {
    "weights": Each(Keys({"number": TEXT, "low": NUMBER, "high": NUMBER, "error": NUMBER, "explains": NUMBER})),
    "disputes": Each(
        Keys(
            {
                "question": TEXT,
                "moves": Maybe(NUMBER),
                "error": Maybe(NUMBER),
                "answers": Each(Keys({"value": TEXT, "part": Maybe(NUMBER), "answer": Maybe(NUMBER)})),
            }
        )
    ),
    "signposts": Each(
        Keys(
            {
                "event": TEXT,
                "by_day": WHOLE,
                **dict.fromkeys(("seen", "where_seen", "where_not", "tells"), Maybe(NUMBER)),
            }
        )
    ),
}
_TRIGGERED: Final = Each(Keys({"given": TEXT, "runs": COUNT, "answer": Maybe(NUMBER), "others": Maybe(NUMBER)}))
_ENDED: Final[Mapping[str, Any]] = {"spread": _SHARES, **_MOVES, "where_triggered": _TRIGGERED}
_OF_SHARE: Final = Keys(
    {
        "share": NUMBER,
        **dict.fromkeys(("interval", "outer"), pair_of(NUMBER)),
        **dict.fromkeys(("words", "confidence", "confidence_because"), TEXT),
        "worth": Maybe(NUMBER),
        **_ENDED,
    }
)
_OF_AMOUNT: Final[Mapping[str, Any]] = {
    "mean": Maybe(NUMBER),
    **dict.fromkeys(("interval", "outer"), Maybe(pair_of(Maybe(NUMBER)))),
    **dict.fromkeys(("p05", "p25", "p50", "p75", "p95"), Maybe(NUMBER)),
    "unit": OneOf(*UNITS),
    **_ENDED,
}
_OF_TIME: Final[Mapping[str, Any]] = {"comes": NUMBER, "by_day": _SHARES}


def _answer_of(answer: Mapping[str, Any]) -> Any:
    """What an answer further holds: nothing where no story ended, or that of a share, a number or a time."""
    if not answer["runs"]:
        return Keys()
    if unit_of(answer["ask"]) is None:
        return _OF_SHARE
    return Keys({**_OF_AMOUNT, **(_OF_TIME if FORMS[answer["ask"]].waits else {})})


QUESTIONS: Final = Keys(
    {
        **dict.fromkeys(("scenario", "title", "assumes"), TEXT),
        "seed": WHOLE,
        "runs": COUNT,
        "failed": Each(Keys({"run": COUNT, "seed": WHOLE, "reason": TEXT})),
        "conserved": FLAG,
        "questions": Each(By(Keys({"question": TEXT, "ask": _ASK, "text": TEXT, "runs": COUNT}), _answer_of)),
        "assumptions": Each(
            Keys(
                {
                    **dict.fromkeys(("number", "unit", "reason", "question"), TEXT),
                    **dict.fromkeys(("low", "best", "high", "explains"), Maybe(NUMBER)),
                }
            )
        ),
    }
)
"""`questions.json`: what an ensemble answers."""
_DIFFERENCE: Final[Mapping[str, Any]] = {
    "question": TEXT,
    "ask": _ASK,
    "text": TEXT,
    "difference": NUMBER,
    "interval": Maybe(pair_of(NUMBER)),
    "means": Maybe(pair_of(NUMBER)),
    **dict.fromkeys(("less", "equal", "more"), NUMBER),
    "spread": _SHARES,
    **_MOVES,
}


def _sides_of(row: Mapping[str, Any]) -> Any:
    """The two answers: shares, or amounts, of which one that is null is never."""
    return Keys(dict.fromkeys(("first", "second"), NUMBER if unit_of(row["ask"]) is None else Maybe(NUMBER)))


COMPARISON: Final = Keys(
    {
        **dict.fromkeys(("first", "second"), TEXT),
        "seed": WHOLE,
        "pairs": COUNT,
        "questions": Each(By(Keys(_DIFFERENCE), _sides_of)),
        "parted": Keys(
            {
                "share": NUMBER,
                **dict.fromkeys(("first_day", "median_day"), Maybe(WHOLE)),
                "earliest": Maybe(Keys({"run": COUNT, "at": TEXT, "event": TEXT, "rule": TEXT, "in_first": FLAG})),
                "events": Each(Keys({"event": TEXT, "rule": TEXT, "runs": COUNT})),
                **dict.fromkeys(("others", "pairs", "retold"), COUNT),
            }
        ),
    },
    {"judgements": JUDGED, "handling": TableOf(Maybe(TEXT)), "titles": TableOf(TEXT)},
)
"""`comparison.json`: what changes from one ensemble to another."""

_ORIGIN: Final[Mapping[str, Any]] = {"unit": TEXT, "source": TEXT}
_THREE: Final = Keys(dict.fromkeys(("low", "best", "high"), NUMBER))
_POINTS: Final = By(Keys(_ORIGIN, {"reason": TEXT}), lambda row: Keys({"value": NUMBER}) if "value" in row else _THREE)
_AT: Final = Shape(
    "a place, a list of places, or shares by place",
    lambda it: (
        isinstance(it, str)
        or (isinstance(it, list) and it and all(isinstance(one, str) for one in it))
        or (isinstance(it, dict) and TableOf(NUMBER).fault(it) is None)
    ),
)


def _is_event(row: Any) -> bool:
    if not isinstance(row, dict) or row.get("event") not in EVENTS:
        return False
    try:
        Codec().plainly({key: value for key, value in row.items() if key != "event"}, EVENTS[row["event"]])
    except Exception:  # noqa: BLE001  # its reader has many ways to refuse a value
        return False
    return True


AS_RUN: Final = Keys(
    {
        **dict.fromkeys(("id", "title", "about", "situation"), TEXT),
        "branch": Keys({"at": TEXT, "belief": OneOf(*BELIEFS)}, {"known_at": TEXT}),
        "without": Each(TEXT),
        "given": TableOf(Keys({"event": Shape("an event", _is_event)})),
        "forces": TableOf(By(_POINTS, lambda _: Keys({"actor": TEXT, "at": _AT}))),
        "totals": TableOf(_POINTS),
        "numbers": TableOf(By(_POINTS, lambda _: _THREE)),
    }
)
"""`scenario.json`: a scenario as it was run, as far as it is read again."""

_POSTERIOR: Final = ("low", "best", "high", "prior_low", "prior_best", "prior_high", "width")
_CALIBRATION: Final = Keys(
    {
        **dict.fromkeys(("scenario", "title", "from", "until"), TEXT),
        "seed": WHOLE,
        **dict.fromkeys(("failed", "stories_left", "accepted", "points_accepted"), COUNT),
        "found": FLAG,
        "numbers": Each(Keys({**dict.fromkeys(("number", "unit"), TEXT), "kept": FLAG})),
        **dict.fromkeys(("not_told", "left_out"), Each(TEXT)),
        "targets": Each(
            Keys(
                {
                    **dict.fromkeys(("kind", "what", "unit"), TEXT),
                    **dict.fromkeys(("low", "before"), NUMBER),
                    **dict.fromkeys(("high", "after", "nearest"), Maybe(NUMBER)),
                    "reached": FLAG,
                }
            )
        ),
        "waves": Each(Keys({"points": COUNT, "plausible": COUNT, "left": NUMBER})),
        "together": Each(Keys({"numbers": pair_of(TEXT), "rank_correlation": NUMBER})),
    }
)
CALIBRATED: Final = By(
    _CALIBRATION,
    lambda answer: Keys({"numbers": Each(Keys(dict.fromkeys(_POSTERIOR, NUMBER)))}) if answer["found"] else Keys(),
)
"""`calibration.json`: what a calibration answers."""


def read_json(file: Path, shape: Any) -> Any:
    """What a file of a run holds, once it is of a shape.

    Raises:
        BrokenRun: the file is gone, no JSON, or of another shape.
        Fault: it may not be read.
    """
    try:
        value = orjson.loads(content_of(file))
    except orjson.JSONDecodeError:
        raise BrokenRun(file, "The file is no JSON.") from None
    fault_of: str | None = shape.fault(value)
    if fault_of is not None:
        raise BrokenRun(file, fault_of)
    return value
