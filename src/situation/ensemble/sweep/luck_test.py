"""Whether what a number does to an answer is more than luck makes: the stories' own effects, with their signs flipped.

A number that moves nothing on average helps one story and hurts another alike. So its effects may change sign, story by
story, and what they come to in all is as before (a randomization test: Fisher 1935, The Design of Experiments). The signs of
all numbers are flipped together, and an effect counts only beyond the largest that flipping makes of any number in 95 of 100
tries (Westfall and Young 1993, Resampling-Based Multiple Testing): of a hundred numbers without an effect none is called one,
in 95 of 100 sweeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import numpy as np
from attrs import frozen

from situation.chance.luck import Luck, Stream
from situation.chance.vectors import Floats, Ints, philox_arrays, unit_array

__all__ = ["LuckVerdict", "picks", "tell_from_luck"]

_FLIPS: Final = 999
_SURE: Final = 0.95
Statistic = Callable[[Floats], Floats]


@frozen
class LuckVerdict:
    """What a number does to an answer, held against luck.

    Args:
        says: `none`: not one story has another answer; `moves`: more than luck; `unclear`: no more than luck may make.
        luck: the most that luck makes of it in 95 of 100 tries; 0 where there is none.
    """

    says: Literal["none", "moves", "unclear"]
    luck: float


def tell_from_luck(effects: Mapping[str, Floats], statistic: Statistic, seed: int) -> dict[str, LuckVerdict]:
    """Hold the effects of some numbers on one answer against luck.

    Args:
        effects: by number, shape (pairs of points, stories): the difference of a story's answer between the two points.
        statistic: what they come to: from the means over stories, shape (tries, pairs), to shape (tries,); even in their sign.
        seed: of the flips.
    """
    stories = next(iter(effects.values())).shape[1]
    signs = np.where(_uniforms(seed, "flip", _FLIPS, stories) < 0.5, -1.0, 1.0)
    verdicts: dict[str, LuckVerdict] = {}
    beyond: dict[str, float] = {}
    largest = np.full(_FLIPS, -np.inf)
    for name, of_number in effects.items():
        if not of_number.any():
            verdicts[name] = LuckVerdict("none", 0.0)
            continue
        by_luck = statistic(signs @ of_number.T / stories)
        verdicts[name] = LuckVerdict("unclear", float(np.quantile(by_luck, _SURE)))
        spread = float(by_luck.std())
        if spread > 1e-9 * float(by_luck.max()):  # where one story alone is another, flipping it tells nothing
            here = float(statistic(of_number.mean(axis=1)[None, :])[0])
            beyond[name] = (here - float(by_luck.mean())) / spread
            largest = np.maximum(largest, (by_luck - by_luck.mean()) / spread)
    limit = float(np.quantile(largest, _SURE)) if beyond else np.inf
    for name, much in beyond.items():
        if much > limit:
            verdicts[name] = LuckVerdict("moves", verdicts[name].luck)
    return verdicts


def picks(seed: int, what: str, tries: int, count: int) -> Ints:
    """Draws with replacement from `count` things, `count` at a time, as a bootstrap takes them; shape (tries, count)."""
    chosen: Ints = np.minimum((_uniforms(seed, what, tries, count) * count).astype(np.int64), count - 1)
    return chosen


def _uniforms(seed: int, what: str, tries: int, count: int) -> Floats:
    """Uniform draws by address, shape (tries, count): the first columns do not hang on how many there are."""
    luck, numbers = Luck(seed, 0, Stream.CHANCE), np.arange(tries, dtype=np.uint64)
    columns = [
        unit_array(philox_arrays(luck.counter(f"sweep.{what}", "story", place), seed, numbers)[0])
        for place in range(count)
    ]
    return np.stack(columns, axis=1)
