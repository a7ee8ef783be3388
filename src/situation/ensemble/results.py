"""What an ensemble answers: each question with its share or its bands, where its spread comes from, and what tells early.

All of it is plain values with stable keys, as `questions.json` holds them and `--json` prints them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from situation import odds
from situation.ensemble.columns import Ensemble
from situation.signposts import early_events, signposts
from situation.spread import Split, resolutions, split, weights

__all__ = ["answer_of", "results", "usable"]

Floats = npt.NDArray[np.float64]
POINTS = (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95))
SURE = 3.3
"""Standard errors beyond which a number is said to matter: so many numbers are looked at that two would not do."""
EARLY = (14, 30)
"""Days after the branch by which a signpost must have been seen; those beyond half the horizon are left out."""


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def usable(found: Ensemble, question: str) -> Floats:
    """The answers of the runs that came to their end, with what never comes cut off at the horizon."""
    return (
        odds.restricted(found.answers[question][found.ok], found.about.horizon)
        if (found.about.questions[question]["ask"] == "days until")
        else found.answers[question][found.ok]
    )


def answer_of(found: Ensemble, question: str) -> dict[str, Any]:
    """One question's answer: share, intervals and words; or mean, percentiles and, of a time, how often it comes."""
    asked = dict(found.about.questions[question])
    told: dict[str, Any] = {"question": question, "ask": asked["ask"], "text": asked.get("text", "")}
    ok = found.ok
    told["runs"] = int(ok.sum())
    if not ok.any():
        return {**told, "share": None, "mean": None}
    values = usable(found, question)
    block = found.block[ok]
    parts = split(values, found.record[ok], found.parameter[ok], block)
    if found.is_share(question):
        share = odds.share_of(values, block, len(np.unique(found.parameter[ok])), parts.outer)
        told |= {
            "share": _number(share.share),
            "interval": [_number(share.low), _number(share.high)],
            "outer": [_number(share.outer_low), _number(share.outer_high)],
            "words": odds.words(share.outer_low, share.outer_high),
            "confidence": odds.confidence(share.outer_low, share.outer_high),
            "worth": _number(share.worth),
        }
    else:
        told |= _numbers(found, question, values, parts)
    told["spread"] = {name: _number(part) for name, part in parts.shares.items()}
    return told


def _numbers(found: Ensemble, question: str, values: Floats, parts: Split) -> dict[str, Any]:
    ok = found.ok
    mean = odds.clustered_mean(values, found.block[ok])
    raw = found.answers[question][ok]
    half = 1.6448536269514722 * float(np.sqrt(parts.outer))
    low, high = max(0.0, mean.mean - half), mean.mean + half
    told: dict[str, Any] = {
        "mean": _number(mean.mean),
        "interval": [_number(max(0.0, mean.low)), _number(mean.high)],
        "outer": [_number(max(0.0, min(low, mean.low))), _number(max(high, mean.high))],
    }
    ordered = np.sort(raw)
    for name, part in POINTS:
        told[name] = _number(ordered[min(len(ordered) - 1, int(part * len(ordered)))])
    if found.about.questions[question]["ask"] == "days until":
        told["unit"] = "days"
        told["comes"] = _number(np.isfinite(raw).mean())
        days = [day for day in (7, 14, 30, 60, 90, 120) if day <= found.about.horizon]
        by_day = zip(days, odds.passage(raw, days), strict=True)
        told["by_day"] = {str(day): _number(share) for day, share in by_day}
    else:
        told["unit"] = "men"
    return told


def _about(found: Ensemble, question: str) -> frozenset[str]:
    asked = found.about.questions[question]
    return frozenset(
        {str(asked.get("place")), str(asked.get("area")), ":".join(sorted(asked.get("between") or ()))} - {"None", ""}
    )


def _explained(found: Ensemble, question: str, events: Any) -> dict[str, Any]:
    """What moves an answer: drawn numbers, drawn forces, disputes of the sources; and its signposts."""
    ok = found.ok
    values = usable(found, question)
    names = tuple(sorted({name for drawn in found.numbers.values() for name in drawn}))
    forces = tuple(sorted({name for drawn in found.forces.values() for name in drawn}))
    of_numbers = weights(values, found.parameter[ok], found.numbers, names)
    of_forces = weights(values, found.record[ok], found.forces, forces)
    moved = resolutions(values, found.record[ok], found.believed)
    posts = signposts(
        values, found.is_share(question), {key: seen[ok] for key, seen in events.items()}, _about(found, question)
    )
    return {
        "weights": [
            {
                "number": it.name,
                "low": _number(it.low),
                "high": _number(it.high),
                "error": _number(it.error),
                "explains": _number(it.explains),
            }
            for it in sorted((*of_numbers, *of_forces), key=lambda it: (-abs(it.swing), it.name))[:12]
        ],
        "disputes": [
            {
                "question": it.question,
                "moves": _number(it.moves),
                "noise": _number(it.noise),
                "answers": [
                    {"value": value, "part": _number(part), "answer": _number(mean)} for value, part, mean in it.answers
                ],
            }
            for it in moved
        ],
        "signposts": [
            {
                "event": post.event,
                "by_day": post.by_day,
                "seen": _number(post.seen),
                "where_seen": _number(post.where_seen),
                "where_not": _number(post.where_not),
                "tells": _number(post.tells),
            }
            for post in posts
        ],
    }


def _triggered(found: Ensemble, question: str) -> list[dict[str, Any]]:
    """The answer among the runs in which each trigger fired."""
    ok = found.ok
    told = []
    for given in sorted({name for _, name, _ in found.fired}):
        fired = np.zeros(found.about.runs, dtype=bool)
        fired[[run for run, name, _ in found.fired if name == given]] = True
        chosen = fired[ok]
        if chosen.any():
            values = usable(found, question)
            told.append({"given": given, "runs": int(chosen.sum()), "answer": _number(float(values[chosen].mean()))})
    return told


def _assumptions(found: Ensemble, told: list[dict[str, Any]], most: int = 3) -> list[dict[str, Any]]:
    """The assumed numbers that matter most: by what they explain of all answers together, where it is beyond luck."""
    matters: dict[str, float] = {}
    moved: dict[str, tuple[float, str]] = {}
    for answer in told:
        for weight in answer.get("weights", ()):
            name = weight["number"]
            key = name if name in found.about.assumed else f"force {name.partition(' at ')[0]}"
            if key in found.about.assumed and abs(weight["high"] - weight["low"]) > SURE * weight["error"]:
                matters[key] = matters.get(key, 0.0) + weight["explains"]
                moved[key] = max(moved.get(key, (0.0, "")), (weight["explains"], answer["question"]))
    ranked = sorted(matters, key=lambda name: (-matters[name], name))[:most]
    return [
        {"number": name, **found.about.assumed[name], "explains": _number(matters[name]), "question": moved[name][1]}
        for name in ranked
    ]


def _conflicts(found: Ensemble) -> list[dict[str, Any]]:
    """In what share of the runs two who are not enemies came to each rung: 1 incident ... 4 confrontation."""
    count = int(found.ok.sum())
    runs: dict[tuple[str, int], set[int]] = {}
    for run, pair, rung, _ in found.clashes:
        runs.setdefault((pair, rung), set()).add(run)
    return [
        {"between": pair.split(":"), "rung": rung, "share": _number(len(seen) / count)}
        for (pair, rung), seen in sorted(runs.items())
    ]


def results(found: Ensemble) -> dict[str, Any]:
    """Everything that an ensemble answers."""
    about = found.about
    days = [day for day in EARLY if day <= about.horizon / 2] or [max(1, int(about.horizon / 2))]
    events = early_events(about.at, days, found.holders, found.clashes, found.fired, about.runs)
    failures = [{"run": run, "reason": reason} for run, reason in enumerate(found.reasons) if reason]
    told = []
    for question in about.questions:
        answer = answer_of(found, question)
        if answer["runs"]:
            answer |= _explained(found, question, events)
            answer["where_triggered"] = _triggered(found, question)
        told.append(answer)
    return {
        "scenario": about.scenario,
        "title": about.title,
        "assumes": about.assumes,
        "seed": about.seed,
        "runs": about.runs,
        "failed": failures,
        "conserved": bool((found.gaps[found.ok] == 0).all()),
        "questions": told,
        "assumptions": _assumptions(found, told),
        "conflicts": _conflicts(found),
    }
