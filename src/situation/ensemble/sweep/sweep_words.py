"""What a sweep answers, in words for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.ensemble.answer_words import percent
from situation.log.value_words import number_in_figures

__all__ = ["answer_line", "box_lines", "effect_lines", "interest_line", "range_line"]

_NEARLY_ALL = 0.9
"""The share of an effect that goes one way, from which on it is said to go that way."""
_CURVED = 0.5
"""Sigma over mu* from which on an effect is said to hang on where one stands. ASSUMED, as sources on screening have it."""

_WIDE = 0.5
"""The width of an interval from which on a share of the variance is not told. ASSUMED: half of everything says nothing."""


def range_line(row: Mapping[str, Any]) -> str:
    """A number with its range, unit and source."""
    ends = " / ".join(_figures(row[end]) for end in ("low", "best", "high"))
    return f"{ends} {row['unit']}; {row['source']}"


def answer_line(answer: Mapping[str, Any]) -> str:
    """The answer over all points, and how sure one point's is."""
    unit = answer["unit"]
    lowest, highest = _value(answer["lowest"], unit), _value(answer["highest"], unit)
    bare = lowest.removesuffix(f" {unit or '%'}")
    if lowest == highest:
        return f"{highest} at every point"
    error = "" if answer["error"] is None else f" (standard error of a point: {_amount(answer['error'], unit)})"
    return f"mean {_value(answer['mean'], unit)}; points from {bare} to {highest}{error}"


def effect_lines(answer: Mapping[str, Any], method: str) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """What moves an answer, each with how far; what cannot be told apart from luck; and what changes it in no story."""
    line = {"morris": _morris_line, "sobol": _sobol_line}[method]
    moving = [(str(row["number"]), line(row, answer["unit"])) for row in answer["effects"] if row["says"] == "moves"]
    unclear, none = (
        [str(row["number"]) for row in answer["effects"] if row["says"] == says] for says in ("unclear", "none")
    )
    return moving, unclear, none


def _morris_line(row: Mapping[str, Any], unit: str | None) -> str:
    low, high = row["mu_star_interval"]
    size = f"by {_amount(row['mu_star'], unit)} from its low to its high end ({_plain(low, unit)} to {_amount(high, unit)})"
    mu, size_of = row["mu"], row["mu_star"]
    way = "up and down" if abs(mu) < _NEARLY_ALL * size_of else "up" if mu > 0 else "down"
    curved = row["sigma_interval"][0] > _CURVED * size_of
    return f"{way}, {size}{'; by how much differs within the ranges' if curved else ''}"


def _sobol_line(row: Mapping[str, Any], unit: str | None) -> str:
    first, total = row["first"], row["total"]
    low, high = row["total_interval"]
    first_low, first_high = row["first_interval"]
    if high - low > _WIDE:
        return f"how much of the variance cannot be said ({low:.2f} to {high:.2f}): give more points"
    return (
        f"{total:.2f} of the variance ({low:.2f} to {high:.2f}), "
        f"of which {first:.2f} by itself ({first_low:.2f} to {first_high:.2f})"
    )


def interest_line(answer: Mapping[str, Any]) -> str:
    """What is of interest, and in how many stories it is so."""
    unit = answer["unit"]
    side, end = ("below", answer["below"]) if answer["below"] is not None else ("above", answer["above"])
    what = ("yes" if side == "above" else "no") if unit is None else f"{side} {_figures(end)} {unit}"
    return f"of interest: {what}, in {percent(answer['of_interest'])} of all stories"


def box_lines(box: Mapping[str, Any]) -> list[str]:
    """A box: its ranges with how often luck makes them, and how it fits either half."""
    lines = []
    for it in box["restrictions"]:
        low, high = it["low"], it["high"]
        if low is not None and high is not None:
            span = f"from {_figures(low)} to {_figures(high)}"
        else:
            span = f"above {_figures(low)}" if low is not None else f"below {_figures(high)}"
        chances = f"{_chance(it['chance'])}; on the other half {_chance(it['chance_tested'])}"
        lines.append(f"{it['number']} {span} {it['unit']}  (by luck: {chances})")
    for words, fit in (("where it was found", box["found"]), ("on the other half", box["tested"])):
        lines.append(
            f"{words}: density {percent(fit['density'])} (everywhere {percent(fit['everywhere'])}), "
            f"coverage {percent(fit['coverage'])}, {fit['points']} points"
        )
    if not box["holds"]:
        lines.append("It does not hold on the other half: take it for luck.")
    return lines


def _figures(value: float) -> str:
    """A number in six digits, or all of a whole one."""
    return number_in_figures(value, 6)


def _chance(chance: float) -> str:
    return "<0.001" if chance < 0.001 else f"{chance:.3f}"


def _plain(value: float, unit: str | None) -> str:
    return f"{100.0 * value if unit is None else value:,.1f}"


def _amount(value: float, unit: str | None) -> str:
    return f"{_plain(value, unit)} {unit or 'points'}"


def _value(value: float, unit: str | None) -> str:
    return percent(value) if unit is None else f"{value:,.1f} {unit}"
