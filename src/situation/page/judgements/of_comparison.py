"""What a scenario changes against its baseline: the largest difference first, and what shows none in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from situation.ensemble.answer_words import (
    answer_with_unit,
    by_difference,
    difference_range,
    no_difference_in_words,
    percent,
    percent_range,
)
from situation.page.judgements.judgement import Judgement, judgement
from situation.page.judgements.of_stories import unit_in, weightiest
from situation.page.judgements.phrases import days_in_words, number_or_none, share_words, statement_of
from situation.scenario.question import unit_of
from situation.scenario.story_numbers import number_in_words
from situation.testimony.ground import Ground

__all__ = ["comparison_judgements"]

_MOST = 5
"""Judgements at most."""


def comparison_judgements(
    difference: Mapping[str, Any],
    questions: Mapping[str, Mapping[str, Any]],
    ground: Ground,
    forces: Mapping[str, Mapping[str, Any]],
    numbers: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    answers: Sequence[Mapping[str, Any]] = (),
) -> list[Judgement]:
    """The key judgements of a comparison; none where nothing was asked or no pair came to its end.

    Args:
        difference: the paired differences, as `comparison.json` holds them.
        questions: the questions as the scenario gives them, by name.
        ground: for the names.
        forces: the forces of the scenario as it was run, for the names of numbers.
        numbers: its numbers, for the units of those that it alone names.
        answers: the questions as the scenario alone answers them, with their outer bands.
    """
    rows = difference["questions"]
    if not rows or not difference["pairs"]:
        return []
    if difference["parted"]["first_day"] is None:
        return [judgement("same", "the scenario changes nothing: every story runs as it does in the baseline")]
    clear, _ = by_difference(difference)
    shares = [it for it in clear if unit_of(it["ask"]) is None]
    amounts = [it for it in clear if unit_of(it["ask"]) is not None]
    apart = _apart(shares, questions)[:2]
    made = [_of_share(row, questions, ground) for row in apart]
    made[1:1] = _confidence(apart[0], answers) if apart else []
    hangs, same = weightiest(shares[0]) if shares else None, no_difference_in_words(difference)
    room = _MOST - len(made) - bool(hangs) - bool(same)
    made += [_of_amount(row, questions, ground) for row in amounts[: min(room, 1 if made else 2)]]
    if hangs:
        number = number_in_words(hangs["number"], forces, ground, unit_in(numbers, hangs["number"]))
        shows = f"reading=difference&question={shares[0]['question']}&panel=hangs"
        made.append(judgement("hangs", f"the size of the largest difference hangs most on {number}", shows=shows))
    if same:
        shows = "reading=difference&tab=forecast&panel=questions"
        made.append(judgement("same", f"{same[0].lower()}{same[1:]}".removesuffix("."), shows=shows))
    return made


def _apart(rows: list[Mapping[str, Any]], questions: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of several questions on the same place or the same two only that which differs most."""
    seen: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        terms = questions[row["question"]]
        seen.setdefault(str([terms.get(key) for key in ("place", "between", "area")]), row)
    return list(seen.values())


def _of_share(row: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]], ground: Ground) -> Judgement:
    statement = statement_of(questions[row["question"]], ground)
    second, first = share_words(row["second"]), share_words(row["first"])
    ends = difference_range(row["interval"], row["ask"])
    points = f"{ends} point{'' if ends in ('+1', '-1') else 's'}"
    text = f"{statement} in {second} of the stories, against {first} in the baseline"
    shorter = f"{statement} in {second} of stories (baseline {first}; {points})"
    return judgement("difference", f"{text} ({points})", shorter, text, shows=_shown(row))


def _confidence(row: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> list[Judgement]:
    """How sure the share of the scenario is: the difference's interval holds the luck of the stories alone."""
    answer = next((it for it in answers if it["question"] == row["question"] and it.get("outer")), None)
    if answer is None:
        return []
    sure, because = answer["confidence"], answer["confidence_because"]
    band = percent_range(*answer["outer"])
    begin = f"confidence in the {percent(answer['share'])} is {sure}: {because}"
    return [judgement("confidence", f"{begin} ({band})", begin, shows=_shown(row))]


def _of_amount(row: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]], ground: Ground) -> Judgement:
    """The medians of a time or a number; None is never, which is said in words."""
    terms, (first, second) = questions[row["question"]], _apart_in_figures(row["first"], row["second"])
    if first is None or second is None:
        where, other = ("baseline", "scenario") if second is None else ("scenario", "baseline")
        text = f"{statement_of(terms, ground, second or first or '')} in the median story of the {where}"
        return judgement("difference", f"{text}; in most of the {other} it never happens", text, shows=_shown(row))
    statement = statement_of(terms, ground, second)
    against = days_in_words(first) if unit_of(row["ask"]) == "days" else number_or_none(first)
    text = f"{statement} in the median story, against {against} in the baseline"
    ends = answer_with_unit(difference_range(row["interval"], row["ask"]), unit_of(row["ask"]) or "days")
    return judgement(
        "difference", f"{text} ({ends})", text, f"{statement} (median; baseline {against})", shows=_shown(row)
    )


def _apart_in_figures(*values: float | None) -> list[str | None]:
    """Figures with as few places as tell them apart, at most two."""
    rounded = [[None if it is None else f"{it:,.{places}f}" for it in values] for places in range(3)]
    return next((figures for figures in rounded if len(set(figures)) == len(set(values))), rounded[-1])


def _shown(row: Mapping[str, Any]) -> str:
    """Where the page shows the difference in one question."""
    return f"reading=difference&tab=forecast&question={row['question']}&panel=questions"
