"""Numbers in words: what `check` advises to write is the number that was said, or no number at all."""

from __future__ import annotations

import pytest

from situation.testimony.numerals import figures_of


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("two dozen", {"best": 24}),
        ("half a dozen", {"best": 6}),
        ("three score", {"best": 60}),
        ("about forty", {"best": 40}),
        ("forty-two", {"best": 42}),
        ("Seven Hundred", {"best": 700}),
        ("a hundred and twelve", {"best": 112}),
        ("one thousand two hundred and five", {"best": 1205}),
        ("twenty thousand", {"best": 20_000}),
        ("3 million", {"best": 3_000_000}),
        ("1,200", {"best": 1200}),
        ("at least three hundred", {"low": 300}),
        ("more than 20", {"low": 20}),
        ("up to 9", {"high": 9}),
        ("fewer than sixty", {"high": 60}),
        ("30-40", {"low": 30, "high": 40}),
        ("thirty to forty", {"low": 30, "high": 40}),
        ("between 1,500 and 2,000", {"low": 1500, "high": 2000}),
        ("two to three hundred", {"low": 200, "high": 300}),
        ("three or four dozen", {"low": 36, "high": 48}),
        ("ninety to two hundred", {"low": 90, "high": 200}),
        ("forty to thirty", {}),
        ("forty thirty", {}),
        ("two three", {}),
        ("three hundreds", {}),
        ("nine lives", {}),
        ("at least", {}),
        ("dozens and dozens", {}),
        ("one of the two", {}),
        ("", {}),
    ],
)
def test_a_number_in_words_is_read_whole_or_not_at_all(words: str, figures: dict[str, int]) -> None:
    assert figures_of(words) == figures


@pytest.mark.parametrize("number", [*range(1, 131), 199, 200, 219, 999, 1000, 1001, 1200, 4321, 10_019, 250_000])
def test_every_number_that_is_spelled_out_is_read_as_it_is(number: int) -> None:
    assert figures_of(spelled(number)) == {"best": number}


ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905
ONES += ["sixteen", "seventeen", "eighteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    """A number from 1 to a million in English words."""
    if number >= 1000:
        return f"{spelled(number // 1000)} thousand {spelled(number % 1000)}".removesuffix(" none")
    if number >= 100:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100 - 1]} hundred{rest}"
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")
    return "none" if not number else "nineteen" if number == 19 else ONES[number - 1]
