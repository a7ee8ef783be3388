"""Chance in kernels: draws at the addresses of `chance.luck`, made of names and numbers, and what falls due by rank.

What a draw is about is given as the names of its parts, up to five: `w.places[place].name`, a `Term`, or `number_part(3)`.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from situation.chance.digits import to_twelve_digits
from situation.chance.luck import Stream, mixed_pair, question_word
from situation.chance.philox import number_word, uniform_at, uniforms_at
from situation.chance.quantiles import beta_on_side
from situation.kernel import world_kernel
from situation.rules.priors import lognormal_value
from situation.story.decide.calendar import day_of
from situation.story.world.reasons import Purpose
from situation.story.world.staging import BETA, LOGNORMAL
from situation.story.world.tables import number_at

__all__ = [
    "ATTACKER_PAUSE",
    "ONCE",
    "SPEED_UNOPPOSED",
    "Four",
    "NextDue",
    "RowDraw",
    "draw",
    "falls_due",
    "four",
    "never",
    "no_draw",
    "number_part",
    "uniform",
    "value_at",
    "varied",
]

ONCE: Final = -(1 << 62)
"""When a question is asked that is asked once for a story."""
ATTACKER_PAUSE: Final = number_at("attacker_pause")
SPEED_UNOPPOSED: Final = number_at("speed.unopposed")
_WORDS: Final = tuple(question_word(Stream.CHANCE.value, question.text) for question in Purpose)


class RowDraw(NamedTuple):
    """A number of chance, the question that it decides, when, and what that is about. `question` 0: nothing was drawn."""

    value: float
    question: int
    when: int
    about: tuple[int, int, int, int, int]


class Four(NamedTuple):
    """Four numbers at one address; `draw` has the first of them."""

    draw: RowDraw
    values: tuple[float, float, float, float]


class NextDue(NamedTuple):
    """When something falls due, and its rank among others of that minute; minute 0: never."""

    minute: int
    rank: float


@world_kernel
def number_part(number: int) -> int:
    """A number as a part of what a draw is about."""
    return -1 - number


@world_kernel
def _part(w: Any, part: int) -> Any:
    return w.names[part].word if part > 0 else number_word(-1 - part)


@world_kernel
def _subject_of(w: Any, one: int, two: int, three: int, four: int, five: int) -> Any:
    """The word of what a draw is about."""
    word = _part(w, one)
    if two != 0:
        word = mixed_pair(word, _part(w, two))
    if three != 0:
        word = mixed_pair(word, _part(w, three))
    if four != 0:
        word = mixed_pair(word, _part(w, four))
    if five != 0:
        word = mixed_pair(word, _part(w, five))
    return word


@world_kernel
def _moment(w: Any, day: int) -> int:
    """The day of an address: counted from 1970, and 0 where it is asked once."""
    moment: int = 0 if day == ONCE else day + w.stage[0].first_day
    return moment


@world_kernel
def uniform(
    w: Any, question: Purpose, day: int, one: int, two: int = 0, three: int = 0, four: int = 0, five: int = 0
) -> float:
    """The number that decides a question about something, on a day or `ONCE`."""
    luck, subject = w.stage[0], _subject_of(w, one, two, three, four, five)
    return uniform_at((luck.seed, luck.index), _WORDS[question.value], subject, _moment(w, day))


@world_kernel
def draw(
    w: Any, question: Purpose, day: int, one: int, two: int = 0, three: int = 0, four: int = 0, five: int = 0
) -> RowDraw:
    """The same with its address, for a cause."""
    value = uniform(w, question, day, one, two, three, four, five)
    return RowDraw(value, question.value, _moment(w, day), (one, two, three, four, five))


@world_kernel
def four(w: Any, question: Purpose, day: int, one: int, two: int = 0, three: int = 0) -> Four:
    """Four numbers at one address."""
    luck, subject = w.stage[0], _subject_of(w, one, two, three, 0, 0)
    values = uniforms_at((luck.seed, luck.index), _WORDS[question.value], subject, _moment(w, day))
    return Four(RowDraw(values[0], question.value, _moment(w, day), (one, two, three, 0, 0)), values)


@world_kernel
def no_draw() -> RowDraw:
    """Nothing was drawn."""
    return RowDraw(0.0, 0, 0, (0, 0, 0, 0, 0))


@world_kernel
def never() -> NextDue:
    """Nothing falls due."""
    return NextDue(0, 0.0)


@world_kernel
def varied(w: Any, number: int, u: float) -> float:
    """A number that differs from case to case within its prior."""
    return value_at(w.numbers[number], u)


@world_kernel
def value_at(prior: Any, u: float) -> float:
    """The value of a prior at a uniform draw."""
    if prior.family == LOGNORMAL:
        return lognormal_value(u, prior.low, prior.best, prior.high)
    if prior.family == BETA:
        if u < 0.5:
            return to_twelve_digits(beta_on_side(u, prior.best, prior.low, prior.below_a, prior.below_b))
        return to_twelve_digits(beta_on_side(u, prior.best, prior.high, prior.above_a, prior.above_b))
    return float(prior.best)


@world_kernel
def falls_due(w: Any, question: Purpose, minute: int, one: int, two: int = 0, three: int = 0) -> NextDue:
    """What falls due at a minute, by the rank that is drawn for it: `RANK_BATTLE` of a battle at its place."""
    return NextDue(minute, uniform(w, question, day_of(w, minute), one, two, three))
