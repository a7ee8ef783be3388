"""What an ensemble answers: each question with its share or its bands, where its spread comes from, and what tells early.

All of it is plain values with stable keys, as `questions.json` holds them and `--json` prints them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from situation.chance.vectors import Flags, Floats
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.sensitivity import early_events_of, round_finite, sensitivity_of, subjects_of
from situation.ensemble.statistics.shares import (
    clustered_mean,
    confidence,
    odds_words,
    restricted_times,
    share_by_day,
    share_of,
)
from situation.ensemble.statistics.spread import BEYOND_LUCK, VarianceSplit, split_variance
from situation.rules import Rung

__all__ = ["answer_of", "finite_answers", "results"]

_PERCENTILES = (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95))


def finite_answers(found: Ensemble, question: str) -> Floats:
    """The answers of the runs that came to their end, with what never comes cut off at the horizon."""
    values = found.answers[question][found.ok]
    return restricted_times(values, found.about.horizon) if found.form(question).waits else values


def answer_of(found: Ensemble, question: str) -> dict[str, Any]:
    """One question's answer: share, intervals and words; or mean, percentiles and, of a time, how often it comes."""
    asked = dict(found.about.questions[question])
    told: dict[str, Any] = {"question": question, "ask": asked["ask"], "text": asked.get("text", "")}
    ok = found.ok
    told["runs"] = int(ok.sum())
    if not ok.any():
        return {**told, "share": None, "mean": None}
    values = finite_answers(found, question)
    block = found.block[ok]
    parts = split_variance(values, found.record[ok], found.parameter[ok], block)
    if found.is_share(question):
        share = share_of(values, block, len(np.unique(found.parameter[ok])), parts.outer)
        sure, because = confidence(share.outer_low, share.outer_high, len(values))
        told |= {
            "share": round_finite(share.share),
            "interval": [round_finite(share.low), round_finite(share.high)],
            "outer": [round_finite(share.outer_low), round_finite(share.outer_high)],
            "words": odds_words(share.outer_low, share.outer_high),
            "confidence": sure,
            "confidence_because": because,
            "worth": round_finite(share.worth),
        }
    else:
        told |= _numbers(found, question, values, parts)
    told["spread"] = {name: round_finite(part) for name, part in parts.shares.items()}
    return told


def _numbers(found: Ensemble, question: str, values: Floats, parts: VarianceSplit) -> dict[str, Any]:
    ok = found.ok
    mean = clustered_mean(values, found.block[ok])
    raw = found.answers[question][ok]
    half = 1.6448536269514722 * float(np.sqrt(parts.outer))
    low, high = max(float(values.min()), mean.mean - half), min(float(values.max()), mean.mean + half)
    form = found.form(question)
    most = found.about.horizon if form.waits else math.inf
    told: dict[str, Any] = {
        "mean": round_finite(mean.mean),
        "interval": _ends(mean.low, mean.high, most),
        "outer": _ends(min(low, mean.low), max(high, mean.high), most),
    }
    ordered = np.sort(raw)
    for name, part in _PERCENTILES:
        told[name] = round_finite(ordered[min(len(ordered) - 1, int(part * len(ordered)))])
    told["unit"] = form.unit
    if form.waits:
        told["comes"] = round_finite(np.isfinite(raw).mean())
        days = [day for day in (7, 14, 30, 60, 90, 120) if day <= found.about.horizon]
        by_day = zip(days, share_by_day(raw, days), strict=True)
        told["by_day"] = {str(day): round_finite(share) for day, share in by_day}
    return told


def _ends(low: float, high: float, most: float) -> list[float | None] | None:
    """The ends of an interval of what is neither negative nor above `most`; None where too few stories tell of any."""
    return [round_finite(max(0.0, low)), round_finite(min(high, most))] if math.isfinite(high) else None


def _came(found: Ensemble) -> dict[str, Flags]:
    """In which runs each trigger fired, or two who were no enemies came to a confrontation."""
    came = {given: rows.numbers("run") for (given,), rows in found.fired.grouped("given")}
    for (pair, rung), rows in found.clashes.grouped("pair", "rung"):
        if rung == Rung.CONFRONTATION:
            one, _, other = pair.partition(":")
            came[f"clash of {one} and {other} at rung {rung}"] = rows.numbers("run")
    flags = {name: np.zeros(found.about.runs, dtype=bool) for name in sorted(came)}
    for name, seen in flags.items():
        seen[came[name]] = True
    return flags


def _triggered(found: Ensemble, question: str, came: Mapping[str, Flags]) -> list[dict[str, Any]]:
    """The answer among the runs in which each of these came about."""
    told = []
    values = finite_answers(found, question)
    for given, seen in came.items():
        chosen = seen[found.ok]
        if chosen.any():
            told.append(
                {"given": given, "runs": int(chosen.sum()), "answer": round_finite(float(values[chosen].mean()))}
            )
    return told


def _assumptions(found: Ensemble, told: list[dict[str, Any]], most: int = 3) -> list[dict[str, Any]]:
    """The assumed numbers that matter most, by what they explain of all answers: first those that luck does not explain."""
    matters: dict[tuple[bool, str], float] = {}
    moved: dict[tuple[bool, str], tuple[float, str]] = {}
    for answer in told:
        for weight in answer.get("weights", ()):
            name = weight["number"]
            key = name if name in found.about.assumed else f"force {name.partition(' at ')[0]}"
            if key in found.about.assumed:
                it = (abs(weight["high"] - weight["low"]) > BEYOND_LUCK * weight["error"], key)
                matters[it] = matters.get(it, 0.0) + weight["explains"]
                moved[it] = max(moved.get(it, (0.0, "")), (weight["explains"], answer["question"]))
    ranked: dict[str, bool] = {}
    for sure, name in sorted(matters, key=lambda it: (not it[0], -matters[it], it[1])):
        ranked.setdefault(name, sure)
    return [
        {
            "number": name,
            **found.about.assumed[name],
            "explains": round_finite(matters[sure, name]),
            "question": moved[sure, name][1],
            "beyond_luck": sure,
        }
        for name, sure in list(ranked.items())[:most]
    ]


def _conflicts(found: Ensemble) -> list[dict[str, Any]]:
    """In what share of the runs two who are not enemies came to each rung: 1 incident ... 4 confrontation."""
    count = int(found.ok.sum())
    return [
        {"between": pair.split(":"), "rung": rung, "share": round_finite(len(np.unique(rows.numbers("run"))) / count)}
        for (pair, rung), rows in found.clashes.grouped("pair", "rung")
    ]


def results(found: Ensemble) -> dict[str, Any]:
    """Everything that an ensemble answers."""
    about = found.about
    events, came = early_events_of(found), _came(found)
    failures = [
        {"run": run, "seed": about.seed, "reason": reason} for run, reason in enumerate(found.reasons) if reason
    ]
    told = []
    for question in about.questions:
        answer = answer_of(found, question)
        if answer["runs"]:
            values, share = finite_answers(found, question), found.is_share(question)
            answer |= sensitivity_of(found, values, found.ok, share, events, subjects_of(found, question))
            answer["where_triggered"] = _triggered(found, question, came)
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
