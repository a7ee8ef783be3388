"""The clock of the stories: a queue before one counter, run on it, against the recursion and the mean of the textbook."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator
from itertools import pairwise
from typing import Any, Final

from attrs import define, field

from situation.chance.luck import Luck
from situation.chance.philox import philox
from situation.chance.portable import log1p, normal_quantile
from situation.ensemble.verify.check import ERRORS, Check, mean_of, near
from situation.events import Due
from situation.story.drivers.clock import StoryClock, Wait

__all__ = ["queues"]

_ARRIVES, _SERVED = 0.05, 0.1
"""Chances a minute that the next customer comes, and that the one at the counter is done."""
_KNOWN: Final = (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B)
"""Philox4x64-10 of nothing but zeros. Source: Salmon et al. 2011, the known answers of their library."""


@define
class _Counter:
    """One counter and its line: who comes when, how long each takes, and for how long each has waited."""

    clock: StoryClock
    arrivals: list[int]
    services: list[int]
    line: deque[int] = field(factory=deque)
    busy: bool = False
    waited: dict[int, int] = field(factory=dict)

    def customer(self, number: int) -> Generator[Any, Any, None]:
        """Someone comes, and stands in line or goes to the counter at once."""
        yield Wait(self.clock, f"arrival:{number:06}", Due(self.arrivals[number], 1, 0.5, "arrival"))
        self.line.append(number)
        self.next()

    def next(self) -> None:
        """The counter takes the next one, where it is free and there is one."""
        if self.busy or not self.line:
            return
        number, now = self.line.popleft(), int(self.clock.now)
        self.busy, self.waited[number] = True, now - self.arrivals[number]
        self.clock.process(self.service(number, now))

    def service(self, number: int, now: int) -> Generator[Any, Any, None]:
        """Someone is at the counter until done."""
        yield Wait(self.clock, f"service:{number:06}", Due(now + self.services[number], 0, 0.5, "day"))
        self.busy = False
        self.next()


def _geometric(u: float, chance: float) -> int:
    """Minutes, 1 or more, until something with a chance a minute happens."""
    return max(1, math.ceil(math.log(u) / log1p(-chance)))


def queues(quick: bool) -> list[Check]:
    """A queue on the stories' clock; what falls due in one minute; the generator's known answer."""
    count = 4_000 if quick else 20_000
    draws = [Luck(31, number).uniforms("queue", "counter", 0) for number in range(count)]
    gaps = [_geometric(u, _ARRIVES) for u, *_ in draws]
    services = [_geometric(v, _SERVED) for _, v, *_ in draws]
    arrivals, now = [], 0
    for gap in gaps:
        now += gap
        arrivals.append(now)
    counter = _Counter(StoryClock(0), arrivals, services)
    for number in reversed(range(count)):  # the order in which they are made must not matter
        counter.clock.process(counter.customer(number))
    counter.clock.run(until=now + sum(services) + 1)
    expected, before = [0], 0
    for number in range(1, count):
        before = max(0, before + services[number - 1] - gaps[number])
        expected.append(before)
    wrong = sum(counter.waited.get(number) != wait for number, wait in enumerate(expected))
    return [
        near(
            "a queue on the stories' clock: customers whose wait differs from Lindley's recursion",
            0,
            wrong,
            0,
            "none may",
        ),
        _mean_wait(counter.waited),
        *_order(),
        near("Philox of zeros: words that differ from the known answer", 0, _unlike_the_known(), 0, "none may"),
        near("the normal quantile at 0.975", 1.959963984540054, normal_quantile(0.975), 1e-15, "rounding alone"),
        *_uniforms(count),
    ]


def _mean_wait(waited: dict[int, int]) -> Check:
    """With geometric gaps and services the wait is 0, or geometric: sigma / (q (1 - sigma)) on the mean."""
    busy = _ARRIVES * (1.0 - _SERVED) / (_SERVED * (1.0 - _ARRIVES))
    mean = busy / (_SERVED * (1.0 - busy))
    blocks = 40
    size = len(waited) // blocks
    means = [sum(waited[block * size + place] for place in range(size)) / size for block in range(blocks)]
    got = math.fsum(means) / blocks
    error = math.sqrt(math.fsum((one - got) ** 2 for one in means) / (blocks - 1) / blocks)
    because = f"{ERRORS} standard errors of {blocks} blocks of {size} customers"
    return near("a queue on the stories' clock: mean wait in minutes", mean, got, ERRORS * error, because)


def _order() -> list[Check]:
    """Of what falls due in one minute the phase comes first, then the drawn rank, then the name: never who asked first."""
    keys = [(phase, rank, name) for phase in (0, 1, 2) for rank in (0.25, 0.75) for name in ("a", "b")]
    wrong = 0
    for turn in range(len(keys)):
        clock = StoryClock(0)
        came: list[Any] = []

        def waiting(key: tuple[int, float, str], on: StoryClock, seen: list[Any]) -> Generator[Any, Any, None]:
            yield Wait(on, key[2], Due(60, key[0], key[1], "day"))
            seen.append(key)

        for key in (*keys[turn:], *keys[:turn]):
            clock.process(waiting(key, clock, came))
        clock.run(until=61)
        wrong += came != keys
    what = (
        f"{len(keys)} that fall due in one minute, asked for in {len(keys)} orders: orders in which they come otherwise"
    )
    return [near(what, 0, wrong, 0, "none may")]


def _unlike_the_known() -> int:
    return sum(word != known for word, known in zip(philox((0, 0, 0, 0), (0, 0)), _KNOWN, strict=True))


def _uniforms(count: int) -> list[Check]:
    """Draws at addresses that differ in nothing but the day, or nothing but the run."""
    by_day = [Luck(37, 0).uniform("draw", "subject", day) for day in range(count)]
    by_run = [Luck(37, run).uniform("draw", "subject", 0) for run in range(count)]
    return [
        mean_of("draws of successive days: mean", 0.5, 1.0 / 12.0, by_day, "draws"),
        mean_of("draws of successive runs: mean", 0.5, 1.0 / 12.0, by_run, "draws"),
        mean_of(
            "draws of successive days: product of one and the next, each less a half",
            0.0,
            1.0 / 144.0,
            [(one - 0.5) * (other - 0.5) for one, other in pairwise(by_day)],
            "draws",
        ),
    ]
