"""Answers for a person: one figure where two ends read alike, never in words, and nothing where nothing is known."""

from __future__ import annotations

from typing import Any

import pytest

from situation.ensemble.answer_words import answer_row, difference_row, pairs_that_part, percent_range


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((0.01, 0.14), "1 to 14 %"),
        ((0.03, 0.03), "3 %"),
        ((0.031, 0.034), "3 %"),
        ((0.0, 0.0), "0 %"),
        ((0.9999, 1.0), "over 99 to 100 %"),
        ((None, None), "-"),
    ],
)
def test_a_range_of_shares_is_one_figure_where_its_ends_read_alike(
    ends: tuple[float | None, float | None], words: str
) -> None:
    assert percent_range(*ends) == words


@pytest.mark.parametrize(
    ("low", "middle", "high", "words"),
    [
        (3.0, 12.0, 40.0, ("12 days", "3 to 40", "3 to 40")),
        (1.0, 1.0, 1.0, ("1 day", "1", "1")),
        (3.0, 12.0, None, ("12 days", "3 to never", "3 to never")),
        (None, None, None, ("never", "never", "never")),
    ],
)
def test_the_range_of_a_time_is_one_figure_where_its_ends_read_alike(
    low: float | None, middle: float | None, high: float | None, words: tuple[str, str, str]
) -> None:
    row: dict[str, Any] = {"runs": 60, "unit": "days", "comes": 0.5, "outer": [low, high]}
    assert answer_row(row | {"p05": low, "p50": middle, "p95": high}) == (*words, "comes in 50 %")


def test_an_answer_without_stories_or_a_band_says_so() -> None:
    assert answer_row({"runs": 0})[-1] == "no story came to its end"
    row = {"runs": 2, "unit": "men", "outer": None, "p05": 0.0, "p50": 1.0, "p95": 2.0, "mean": 1.0}
    assert answer_row(row) == ("1 man", "-", "0 to 2", "mean 1")


@pytest.mark.parametrize(
    ("interval", "words"),
    [([0.1, 0.2], "+10 to +20"), ([0.1, 0.1], "+10"), ([-0.126, -0.1], "−12.6 to −10"), ([0.0, 0.0], "0"), (None, "-")],
)
def test_the_interval_of_a_difference_is_one_figure_where_its_ends_read_alike(
    interval: list[float] | None, words: str
) -> None:
    row = {
        "ask": "captured",
        "question": "q",
        "text": "Q?",
        "first": 0.1,
        "second": 0.2,
        "difference": 0.1,
        "means": None,
    }
    assert difference_row(row | {"interval": interval, "less": 0.0, "equal": 0.9, "more": 0.1})[4] == words


@pytest.mark.parametrize(
    ("share", "pairs", "words"),
    [(1.0, 40, "All 40 pairs part"), (1.0, 1, "The one pair parts"), (0.58, 23, "58 % of pairs part")],
)
def test_all_pairs_are_no_share_of_them(share: float, pairs: int, words: str) -> None:
    assert pairs_that_part({"share": share, "pairs": pairs}) == words


@pytest.mark.parametrize(
    ("ask", "first", "second", "difference", "shown"),
    [
        ("captured", 0.05, 0.925, 0.875, ("5 %", "92.5 %", "+87.5")),
        ("captured", 1 / 64, 2 / 64, 1 / 64, ("1.6 %", "3.1 %", "+1.5")),
        ("captured", 0.0002, 0.0004, 0.0002, ("under 0.1 %", "under 0.1 %", "+0.02")),
        ("days until", 53.3, 120.0, 66.7, ("53.3 days", "120 days", "+66.7")),
        ("days until", 53.3, None, 66.7, ("53.3 days", "never", "at least 66.7 days later")),
        ("days until", None, 53.3, -66.7, ("never", "53.3 days", "at least 66.7 days sooner")),
    ],
)
def test_a_difference_is_that_of_the_figures_beside_it(
    ask: str, first: float | None, second: float | None, difference: float, shown: tuple[str, ...]
) -> None:
    row: dict[str, Any] = {"ask": ask, "question": "q", "text": "", "first": first, "second": second, "means": None}
    row |= {"difference": difference, "interval": None, "less": 0.0, "equal": 0.0, "more": 1.0}
    assert difference_row(row)[1:4] == shown
