"""What an ensemble and a comparison answer, as words and numbers for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, isfinite
from typing import Any, Final

from situation.log.value_words import number_in_figures, range_in_words
from situation.scenario.question import UNITS, Unit, unit_of

__all__ = [
    "DIFFERENCE_COLUMNS",
    "ESTIMATES",
    "answer_row",
    "answer_with_unit",
    "by_difference",
    "difference_range",
    "difference_row",
    "largest_difference",
    "no_difference_in_words",
    "pairs_that_part",
    "percent",
    "percent_range",
    "source_rows",
    "story_answer",
]

DIFFERENCE_COLUMNS = ("question", "first", "second", "difference", "95 %", "less/same/more")
"""The columns that `difference_row` fills."""
_MINUS: Final = "\N{MINUS SIGN}"
ESTIMATES = (
    "Times and numbers are medians over the stories, with the mean of a number in brackets; in a difference a time that "
    "never comes counts as the last day."
)


def percent(share: float | None) -> str:
    """A share for a person, as the page has it: never 0 or 100 for what some stories do or do not."""
    if share is None:
        return "-"
    hundred = 100.0 * share
    if 0.0 < hundred < 1.0 or 99.0 < hundred < 100.0:
        return "under 1 %" if hundred < 50.0 else "over 99 %"
    return f"{floor(hundred + 0.5)} %"


def percent_range(low: float | None, high: float | None) -> str:
    """Two ends of a share for a person: `1 to 14 %`, `3 %`."""
    return range_in_words(percent(low), percent(high), " %")


def _amount(value: float | None) -> str:
    return "never" if value is None else f"{value:,.0f}"


def answer_with_unit(figure: str, unit: Unit) -> str:
    """A figure with its unit, in the singular of one."""
    return f"{figure} {UNITS[unit] if figure == '1' else unit}"


def story_answer(value: float, ask: str) -> str:
    """What one story answers to a question of this form: `yes`, `5 days`, `never`."""
    unit = unit_of(ask)
    if unit is None:
        return "yes" if value else "no"
    return answer_with_unit(_amount(value), unit) if isfinite(value) else "never"


def answer_row(answer: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """A question's answer with its outer band; beside it the counting error, or the range of stories; and words for the band."""
    if not answer["runs"]:
        return "-", "-", "-", "no story came to its end"
    if "share" in answer:
        low, high = answer["interval"]
        words = f"{answer['words']} ({answer['confidence']} confidence)"
        return percent(answer["share"]), percent_range(*answer["outer"]), percent_range(low, high), words
    median = answer_with_unit(_amount(answer["p50"]), answer["unit"]) if answer["p50"] is not None else "never"
    interval = range_in_words(_amount(answer["p05"]), _amount(answer["p95"]))
    outer = range_in_words(*map(_amount, answer["outer"])) if answer["outer"] else "-"
    words = f"comes in {percent(answer['comes'])}" if "comes" in answer else f"mean {_amount(answer['mean'])}"
    return median, outer, interval, words


def difference_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    """A question with its two answers, their difference, and in how many of 100 pairs that is less, same, more."""
    ask, ends = row["ask"], row["interval"]
    interval = "-" if ends is None else difference_range(ends, ask)
    parts = "/".join(f"{100.0 * row[name]:.0f}" for name in ("less", "equal", "more"))
    sides = _side(row, 0), _side(row, 1), _change(row)
    return (str(row["text"] or row["question"]), *sides, interval, parts)


def _change(row: Mapping[str, Any]) -> str:
    """A row's difference; of shares that of the figures beside it, and of a median that is never the least that it can be."""
    change, ask = row["difference"], row["ask"]
    if not change:
        return "0"
    if _is_bound(row):
        return f"at least {_size_words(change)} {unit_of(ask)} {'later' if change > 0.0 else 'sooner'}"
    if unit_of(ask) is None:
        change = (_tenths(row["second"]) - _tenths(row["first"])) / 1000.0 or change
    return _difference(change, ask)


def _tenths(share: float) -> int:
    """A share in tenths of a per cent, as it is printed beside a difference."""
    return floor(1000.0 * share + 0.5)


def _share_beside(share: float) -> str:
    """A share beside a difference, to a tenth of a per cent as that is."""
    tenths = _tenths(share)
    if share in (0.0, 1.0) or 0 < tenths < 1000:
        return f"{tenths / 10.0:.1f}".removesuffix(".0") + " %"
    return "under 0.1 %" if tenths == 0 else "over 99.9 %"


def by_difference(comparison: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The questions whose answer differs by more than counting error, the largest difference first; and the others, likewise.

    Shares are ranked by their difference, times and numbers by theirs beside the larger of the two.
    """
    rows = sorted(comparison["questions"], key=_size, reverse=True)
    return [row for row in rows if _beyond_luck(row)], [row for row in rows if not _beyond_luck(row)]


def _beyond_luck(row: Mapping[str, Any]) -> bool:
    """Whether an answer differs by more than counting error: its interval lies on one side of no difference."""
    ends = row["interval"]
    return bool(row["difference"]) and ends is not None and (ends[0] > 0.0 or ends[1] < 0.0)


def _size(row: Mapping[str, Any]) -> float:
    size = abs(float(row["difference"]))
    if unit_of(row["ask"]) is None:
        return size
    never = min((it for it in (row["first"], row["second"]) if it is not None), default=0.0) + size
    return size / max(*(never if it is None else it for it in (row["first"], row["second"])), 1e-9)


def no_difference_in_words(comparison: Mapping[str, Any]) -> str:
    """In how many of the questions no difference can be told from luck, as a sentence; empty where there is none."""
    count, same = len(comparison["questions"]), len(by_difference(comparison)[1])
    if not same:
        return ""
    if all(row["equal"] == 1.0 for row in comparison["questions"]):
        return "No answer differs." if count > 1 else "The answer does not differ."
    if same == count:
        which = "the one question" if count == 1 else f"any of the {count} questions"
        return f"No difference can be told from luck in {which}."
    return f"In {same} of {count} questions no difference can be told from luck."


def pairs_that_part(parted: Mapping[str, Any]) -> str:
    """How many pairs of stories part: `All 40 pairs part`, `57 % of pairs part`."""
    if parted["share"] < 1.0:
        return f"{percent(parted['share'])} of pairs part"
    return "The one pair parts" if parted["pairs"] == 1 else f"All {parted['pairs']:,} pairs part"


def largest_difference(comparison: Mapping[str, Any]) -> tuple[str, str]:
    """The question whose answer differs most, and how; where none does beyond luck, that alone; empty without questions."""
    differing, same = by_difference(comparison)
    if not differing:
        return ("", no_difference_in_words(comparison)) if same else ("", "")
    row = differing[0]
    ask = row["ask"]
    change = f"{_value(row['first'], ask)} \N{RIGHTWARDS ARROW} {_value(row['second'], ask)}"
    if _is_bound(row):
        return str(row["text"] or row["question"]), change
    unit = unit_of(ask) or "points"
    return str(row["text"] or row["question"]), f"{change} ({_change(row)} {unit})"


def _is_bound(row: Mapping[str, Any]) -> bool:
    """Whether a difference is the least that it can be, since one of the two medians is never."""
    return row["first"] is None or row["second"] is None


def _side(row: Mapping[str, Any], side: int) -> str:
    """One of the two answers; of a count with its mean beside the median."""
    words = _value(row[("first", "second")[side]], row["ask"])
    return words if row["means"] is None else f"{words} ({_figure(row['means'][side])})"


def _figure(value: float) -> str:
    return f"{value:,.{0 if value >= 100.0 or value == round(value) else 1}f}"


def _value(value: float | None, ask: str) -> str:
    unit = unit_of(ask)
    if unit is not None:
        return "never" if value is None else answer_with_unit(_figure(value), unit)
    return "-" if value is None else _share_beside(value)


def _difference(value: float, ask: str) -> str:
    """A difference with its sign, a true minus: of shares in points, of other answers in their unit."""
    size = 100.0 * value if unit_of(ask) is None else value
    return f"{'+' if value > 0.0 else _MINUS}{_size_words(size)}" if value else "0"


def _size_words(value: float) -> str:
    """The size of a difference: whole from a hundred on, else to a tenth; what is less keeps one figure."""
    size = abs(value)
    text = f"{size:,.{0 if size >= 100.0 else 1}f}".removesuffix(".0")
    return number_in_figures(size, 1) if text == "0" and size else text


def difference_range(ends: Sequence[float], ask: str) -> str:
    """The ends of a difference's interval: `+75 to +99.6`; one of them where both read alike."""
    return range_in_words(*(_difference(end, ask) for end in ends))


def source_rows(question: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """A question's answer with all sources; and each source that moves it beyond counting error, with what it then is."""
    ask, unit = question["ask"], question["unit"]

    def answer(value: float | None) -> str:
        if unit is None:
            return percent(value)
        return "never" if value is None else answer_with_unit(_amount(value), unit)

    rows = []
    for row in question["without"]:
        if not row["difference"] or (row["interval"] is not None and row["interval"][0] <= 0.0 <= row["interval"][1]):
            continue
        ends = row["interval"]
        interval = "" if ends is None else f" ({difference_range(ends, ask)})"
        difference = f"{_difference(row['difference'], ask)} {unit or 'points'}"
        rows.append((str(row["source"]), f"{answer(row['answer'])}, {difference}{interval}"))
    return answer(question["answer"]), rows
