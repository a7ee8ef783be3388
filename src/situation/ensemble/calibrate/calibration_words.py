"""What a calibration compares and finds, in words for a person."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from situation.log.value_words import number_in_figures
from situation.testimony.ground import Ground

__all__ = ["compared_row", "number_row", "pair_line"]


def compared_row(row: Mapping[str, Any], ground: Ground) -> tuple[str, str, str, str, str]:
    """What is compared; what the record has; the means of the stories before and after; and whether any point reaches it."""
    words, number = _WORDS[row["kind"]]
    names = [ground.name(name) for name in _parts(row["what"])]
    after = "" if row["after"] is None else number(row["after"])
    far = (
        ""
        if row["reached"]
        else f"{number_in_figures(row['nearest'], 3)} standard deviations away at the nearest point"
    )
    return words.format(*names), _recorded(row, number), number(row["before"]), after, far


def _parts(what: str) -> list[str]:
    for between in (" before ", " for each of "):
        if between in what:
            return what.split(between)
    return [what]


def _recorded(row: Mapping[str, Any], number: Callable[[float], str]) -> str:
    low = number(row["low"])
    if row["high"] is None:
        return f"{low} or more"
    high = number(row["high"])
    return low if low == high else f"{low} to {high}"


def _days(value: float) -> str:
    return f"{value:.1f}"


def _share(value: float) -> str:
    return f"{100.0 * value:.0f} %"


def _count(value: float) -> str:
    return f"{value:.2f}".removesuffix(".00")


def _ratio(logarithm: float) -> str:
    ratio = math.exp(logarithm)
    return f"{ratio:,.0f}" if ratio >= 10.0 else f"{ratio:.2g}"


_WORDS: Final[Mapping[str, tuple[str, Callable[[float], str]]]] = {
    "captures": ("{} taken, on day", _days),
    "order": ("{} taken before {}", _share),
    "changes_of_hands": ("{} changes hands, times", _count),
    "loss_ratios": ("Dead of {} for each of {}", _ratio),
}
"""By kind of what is compared: what it is, of one or two names, and how its numbers are written."""


def number_row(row: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    """A number that was calibrated: its name, its unit, its range before and after, low / best / high, and the width left.

    Of one that is kept as it was, the range after is told as `kept`.
    """
    before, after = (
        " / ".join(number_in_figures(row[f"{prefix}{end}"], 3) for end in ("low", "best", "high"))
        for prefix in ("prior_", "")
    )
    if row["kept"]:
        after = "kept"
    return row["number"], row["unit"], before, after, f"{100.0 * row['width']:.0f} %"


def pair_line(pair: Mapping[str, Any]) -> str:
    """Two numbers of which the data tell only how they go together."""
    one, other = pair["numbers"]
    correlation = pair["rank_correlation"]
    way = "high" if correlation > 0 else "low"
    return f"The data tie two numbers together: where {one} is high, {other} is {way} (rank correlation {correlation:.2f})."
