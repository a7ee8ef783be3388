"""What an ensemble answers: each question with its share or its bands, where its spread comes from, and early signs.

All of it is plain values with stable keys, as `questions.json` holds them and `--json` prints them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from situation.chance.vectors import Flags, Floats
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import RunTable, grouped_by_block, in_word_order
from situation.ensemble.sensitivity import MovedAnswer, early_events_of, round_finite, sensitivities_of, subjects_of
from situation.ensemble.statistics.medians import median, median_of, up_to_median
from situation.ensemble.statistics.shares import (
    confidence,
    odds_words,
    restricted_times,
    share_by_day,
    share_of,
)
from situation.ensemble.statistics.spread import BEYOND_LUCK, split_variance
from situation.rules import Rung

__all__ = ["answer_of", "finite_answers", "results"]

_PERCENTILES = (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95))
_PASSAGE_DAYS = (7, 14, 30, 60, 90, 120)
"""Days after the branch by which the share of stories is given in which a time has come."""


def finite_answers(ensemble: Ensemble, question: str) -> Floats:
    """The answers of the runs that came to their end, shape (those runs,); a time that never comes is the horizon."""
    values = ensemble.answers[question][ensemble.ok]
    return restricted_times(values, ensemble.about.horizon) if ensemble.form(question).waits else values


def answer_of(ensemble: Ensemble, question: str) -> dict[str, Any]:
    """The answer to one question: share, intervals and words; or percentiles, mean and, of a time, how often it comes."""
    terms = ensemble.about.questions[question]
    ok = ensemble.ok
    answer: dict[str, Any] = {
        "question": question,
        "ask": terms["ask"],
        "text": terms.get("text", ""),
        "runs": int(ok.sum()),
    }
    if not ok.any():
        return {**answer, "share": None, "mean": None}
    values = finite_answers(ensemble, question)
    parts = split_variance(values, ensemble.record[ok], ensemble.parameter[ok], ensemble.block[ok])
    if ensemble.is_share(question):
        share = share_of(values, ensemble.shared_draws(ok), parts.outer)
        sure, because = confidence(share.outer_low, share.outer_high, len(values))
        answer |= {
            "share": round_finite(share.share),
            "interval": [round_finite(share.low), round_finite(share.high)],
            "outer": [round_finite(share.outer_low), round_finite(share.outer_high)],
            "words": odds_words(share.outer_low, share.outer_high),
            "confidence": sure,
            "confidence_because": because,
            "worth": round_finite(share.worth),
        }
    else:
        answer |= _amount_answer(ensemble, question, values)
    answer["spread"] = {name: round_finite(part) for name, part in parts.shares.items()}
    return answer


def _amount_answer(ensemble: Ensemble, question: str, values: Floats) -> dict[str, Any]:
    """The answer in days, men or places: percentiles, the median's intervals, mean, unit; of a time, how often it comes."""
    ok = ensemble.ok
    raw = ensemble.answers[question][ok]
    parts = split_variance(up_to_median(raw), ensemble.record[ok], ensemble.parameter[ok], ensemble.block[ok])
    middle = median_of(raw, ensemble.shared_draws(ok), parts.outer)
    form = ensemble.form(question)
    answer: dict[str, Any] = {
        "mean": round_finite(float(values.mean())),
        "interval": _ends(middle.interval),
        "outer": _ends(middle.outer),
    }
    ordered = np.sort(raw)
    for name, part in _PERCENTILES:
        answer[name] = round_finite(ordered[min(len(ordered) - 1, int(part * len(ordered)))])
    answer["unit"] = form.unit
    if form.waits:
        answer["comes"] = round_finite(np.isfinite(raw).mean())
        days = [day for day in _PASSAGE_DAYS if day <= ensemble.about.horizon]
        by_day = zip(days, share_by_day(raw, days), strict=True)
        answer["by_day"] = {str(day): round_finite(share) for day, share in by_day}
    return answer


def _ends(interval: tuple[float, float] | None) -> list[float | None] | None:
    """The ends of an interval, where None is never; None where too few stories give any."""
    return None if interval is None else [round_finite(end) for end in interval]


def _triggers(ensemble: Ensemble) -> dict[str, Flags]:
    """In which runs each trigger fired, or two who were no enemies came to a confrontation: flags of shape (runs,)."""
    flags: dict[str, Flags] = {}

    def note(name: str, rows: RunTable) -> None:
        flags.setdefault(name, np.zeros(ensemble.about.runs, dtype=bool))[rows.numbers("run")] = True

    for (given,), rows in grouped_by_block(ensemble.fired, "given"):
        note(given, rows)
    for (pair, rung), rows in grouped_by_block(ensemble.clashes, "pair", "rung"):
        if rung == Rung.CONFRONTATION:
            one, _, other = pair.partition(":")
            note(f"clash of {one} and {other} at rung {rung}", rows)
    return {name: flags[name] for name in sorted(flags)}


def _where_triggered(ensemble: Ensemble, question: str, triggers: Mapping[str, Flags]) -> list[dict[str, Any]]:
    """The answer among the runs in which each trigger fired, and among the others: a share, or the median."""
    values = ensemble.answers[question][ensemble.ok]

    def answer(chosen: Flags) -> float | None:
        if not chosen.any():
            return None
        return round_finite(float(values[chosen].mean()) if ensemble.is_share(question) else median(values[chosen]))

    rows = []
    for given, seen in triggers.items():
        chosen = seen[ensemble.ok]
        if chosen.any():
            row = {"given": given, "runs": int(chosen.sum()), "answer": answer(chosen), "others": answer(~chosen)}
            rows.append(row)
    return rows


def _assumptions(ensemble: Ensemble, answers: list[dict[str, Any]], most: int = 3) -> list[dict[str, Any]]:
    """The assumed numbers that explain most of all answers; first those that move one by more than luck does."""
    explains: dict[tuple[bool, str], float] = {}
    best: dict[tuple[bool, str], tuple[float, str]] = {}
    for answer in answers:
        for weight in answer.get("weights", ()):
            name = weight["number"]
            key = name if name in ensemble.about.assumed else f"force {name.partition(' at ')[0]}"
            if key in ensemble.about.assumed:
                ranked = (abs(weight["high"] - weight["low"]) > BEYOND_LUCK * weight["error"], key)
                explains[ranked] = explains.get(ranked, 0.0) + weight["explains"]
                best[ranked] = max(best.get(ranked, (0.0, "")), (weight["explains"], answer["question"]))
    beyond_luck: dict[str, bool] = {}
    for sure, name in sorted(explains, key=lambda it: (not it[0], -explains[it], it[1])):
        beyond_luck.setdefault(name, sure)
    return [
        {
            "number": name,
            **{
                key: round_finite(value) if isinstance(value, float) else value
                for key, value in ensemble.about.assumed[name].items()
            },
            "explains": round_finite(explains[sure, name]),
            "question": best[sure, name][1],
            "beyond_luck": sure,
        }
        for name, sure in list(beyond_luck.items())[:most]
    ]


def _conflicts(ensemble: Ensemble) -> list[dict[str, Any]]:
    """In what share of the runs two who are not enemies came to each rung: 1 incident ... 4 confrontation."""
    count = int(ensemble.ok.sum())
    runs: Counter[tuple[Any, ...]] = Counter()
    for key, rows in grouped_by_block(ensemble.clashes, "pair", "rung"):
        runs[key] += len(np.unique(rows.numbers("run")))
    return [
        {"between": pair.split(":"), "rung": rung, "share": round_finite(number / count)}
        for (pair, rung), number in in_word_order(runs)
    ]


def results(ensemble: Ensemble) -> dict[str, Any]:
    """Everything that an ensemble answers."""
    about = ensemble.about
    events, triggers = early_events_of(ensemble), _triggers(ensemble)
    answers = [answer_of(ensemble, question) for question in about.questions]
    ended = [answer for answer in answers if answer["runs"]]
    moved = [
        MovedAnswer(partial(finite_answers, ensemble, name), ensemble.is_share(name), subjects_of(ensemble, name))
        for name in (answer["question"] for answer in ended)
    ]
    for answer, moves in zip(ended, sensitivities_of(ensemble, moved, ensemble.ok, events), strict=True):
        answer.update(moves)
        answer["where_triggered"] = _where_triggered(ensemble, answer["question"], triggers)
    return {
        "scenario": about.scenario,
        "title": about.title,
        "assumes": about.assumes,
        "seed": about.seed,
        "runs": about.runs,
        "failed": [
            {"run": run, "seed": about.seed, "reason": reason} for run, reason in enumerate(ensemble.reasons) if reason
        ],
        "conserved": bool((ensemble.gaps[ensemble.ok] == 0).all()),
        "questions": answers,
        "assumptions": _assumptions(ensemble, answers),
        "conflicts": _conflicts(ensemble),
    }
