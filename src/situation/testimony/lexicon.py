"""Words of time and of number: what "swiftly", "about 1900" or "dozens" may mean, each ASSUMED with its reason.

A situation's `lexicon` adds words, and replaces those that stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from situation.dates import DAY, HOUR, Duration
from situation.errors import Fault
from situation.events import Quantity

__all__ = ["ABOUT", "COUNTS", "CountWord", "TimeWord", "counted", "word_key"]


def word_key(words: str) -> str:
    """Words without case and doubled spaces: `Several  hundred` is `several hundred`."""
    return " ".join(words.casefold().split())


@frozen
class TimeWord:
    """What a word of time means in minutes: between `least` and `most` before or after its anchor."""

    words: str
    least: Duration
    most: Duration
    assumed: str

    def __attrs_post_init__(self) -> None:
        if self.most < self.least:
            raise Fault(f"'{self.words}' has a least that is above its most.", "Swap least and most.")


@frozen
class CountWord:
    """What a word of number means: between `low` and `high` of whatever is counted."""

    words: str
    low: float = field()
    high: float = field()
    assumed: str

    @high.validator
    def _in_order(self, _: object, high: float) -> None:
        if high < self.low or self.low < 0:
            raise Fault(f"'{self.words}' is out of order.", "Write 0 <= low <= high.")


def _about(unit: str, most: int) -> TimeWord:
    reason = f"How far 'about' a {unit} reaches is a judgement: one who is sure of more writes more."
    return TimeWord(f"~ {unit}", Duration(0), Duration(most), reason)


ABOUT: Final[Mapping[str, TimeWord]] = MappingProxyType(
    {
        word.words: word
        for word in (
            _about("minute", 2 * HOUR),
            _about("day", 3 * DAY),
            _about("month", 31 * DAY),
            _about("year", 365 * DAY),
            _about("decade", 1826 * DAY),
            _about("century", 9131 * DAY),
        )
    }
)
"""How far `~` widens a date, before and after it, by the part that it stands at. ASSUMED: two hours; three days; a
month; a year; five years; twenty-five years."""


def _count(words: str, low: float, high: float, reason: str) -> CountWord:
    return CountWord(words, low, high, reason)


_PLURAL = "A plural: two of them or more, and not yet the next word up."
_SEVERAL = "'Several' is taken as three to nine."
_FEW = "'A few' is taken as two to six."
COUNTS: Final[Mapping[str, CountWord]] = MappingProxyType(
    {
        word.words: word
        for word in (
            _count("one or two", 1, 2, "As it says."),
            _count("a couple", 2, 3, "Two, said loosely."),
            _count("two or three", 2, 3, "As it says."),
            _count("a few", 2, 6, _FEW),
            _count("a handful", 3, 7, "Five, said loosely."),
            _count("several", 3, 9, _SEVERAL),
            _count("a dozen", 10, 14, "Twelve, said loosely."),
            _count("about a dozen", 10, 14, "Twelve, said loosely."),
            _count("a score", 16, 24, "Twenty, said loosely."),
            _count("tens", 20, 99, _PLURAL),
            _count("dozens", 24, 99, _PLURAL),
            _count("a few dozen", 24, 72, _FEW),
            _count("several dozen", 36, 108, _SEVERAL),
            _count("scores", 40, 199, _PLURAL),
            _count("a hundred", 90, 120, "A round number, said loosely."),
            _count("about a hundred", 80, 120, "A round number, said loosely."),
            _count("hundreds", 200, 999, _PLURAL),
            _count("a few hundred", 200, 600, _FEW),
            _count("several hundred", 300, 900, _SEVERAL),
            _count("a thousand", 900, 1200, "A round number, said loosely."),
            _count("thousands", 2000, 9999, _PLURAL),
            _count("a few thousand", 2000, 6000, _FEW),
            _count("several thousand", 3000, 9000, _SEVERAL),
            _count("tens of thousands", 20000, 99999, _PLURAL),
            _count("hundreds of thousands", 200000, 999999, _PLURAL),
        )
    }
)
"""Words of number, with their bounds. ASSUMED, each with its reason: nobody who writes "dozens" has counted."""


def counted(word: CountWord, unit: str) -> Quantity:
    """A word of number as an amount: its bounds and no best, the word itself, and why it is read so."""
    return Quantity(unit, low=word.low, high=word.high, words=word.words, assumed=word.assumed)
