"""Waves of history matching, and the nearest stories of what they leave: the posterior of a scenario's numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from attrs import field, frozen

from situation.chance.vectors import Flags, Floats, Ints
from situation.ensemble.calibrate.matching import CUT, Emulator, coefficients, emulator_of, implausibility
from situation.ensemble.calibrate.rejection import distances, nearest, spreads
from situation.ensemble.calibrate.targets import Target
from situation.ensemble.sweep.designs import design_of
from situation.ensemble.sweep.points import Points
from situation.errors import Fault
from situation.log.value_words import count_in_words
from situation.rules import Prior

__all__ = ["LEAST_ACCEPTED", "MOST_NUMBERS", "Matched", "Setting", "Wave", "calibrate"]

MOST_NUMBERS: Final = 8
"""The most numbers of a calibration that does not name them. ASSUMED: a handful; more are hardly told apart by one window."""
LEAST_ACCEPTED: Final = 20
"""The fewest points of a posterior: of fewer than 19 draws even the outermost are no ends of a 90 % interval."""
_LEAST_STORIES = 4
"""The fewest stories at a point. ASSUMED: fewer tell little of the variance of luck, which is pooled over the points."""
_CANDIDATES = 10
"""Candidates of a later wave for each of its points."""
Tell = Callable[[int, Points], Floats]
"""Tells the stories of a wave, by its number and points: what they say of the targets, shape (points, stories, targets)."""


@frozen
class Setting:
    """How a calibration is done.

    Args:
        points: of each wave, an even number.
        stories: at each point.
        waves: of history matching, 1 or more.
        share: of the stories that are left, which are accepted.
        seed: of the stories and of the designs.
        leave_out: places that are not compared, such as those of a front that the scenario leaves out.
    """

    points: int = 120
    stories: int = 4
    waves: int = 2
    share: float = 0.05
    seed: int = 7
    leave_out: tuple[str, ...] = ()

    def check(self, numbers: int) -> None:
        """Refuse what could tell nothing.

        Raises:
            Fault: there are too few points or stories, no waves, or no share of the stories.
        """
        least = 2 * coefficients(numbers)
        if self.points < least or self.points % 2:
            fact = f"{self.points} points are no even number, or too few for {count_in_words(numbers, 'number')}."
            raise Fault(fact, f"Give {least} or more.", argument="points")
        if self.stories < _LEAST_STORIES:
            fact = f"{self.stories} stories at a point tell too little of luck."
            raise Fault(fact, f"Give {_LEAST_STORIES} or more.", argument="runs")
        if self.waves < 1:
            raise Fault(f"{self.waves} waves are none.", "Give 1 or more.", argument="waves")
        if not 0.0 < self.share <= 1.0:
            raise Fault(
                f"{self.share:g} is no share of the stories.", "Give more than 0, and 1 at most.", argument="share"
            )


@frozen(eq=False)
class Wave:
    """One wave.

    Args:
        shares: shape (points, numbers): where its points lie in the ranges.
        points: the same in the units of the numbers.
        values: shape (points, stories, targets).
        implausible: shape (points, targets): how far each point is from what was observed.
        left: how much of the ranges is left, by prior weight, after this wave.
    """

    shares: Floats
    points: Points
    values: Floats
    implausible: Floats
    left: float

    @property
    def plausible(self) -> Flags:
        """Which points are not ruled out, shape (points,)."""
        kept: Flags = np.all(self.implausible <= CUT, axis=1)
        return kept


@frozen(eq=False)
class Matched:
    """What is left of a scenario's numbers.

    Args:
        priors: the numbers, by name.
        waves: those that were run; a wave that leaves nothing is the last.
        wave, point, story: of each story of the points that are left, where it was simulated; each of shape (stories,).
        distance: how far each of these is from what was observed.
        accepted: which of these are draws of the posterior.
        spread: shape (targets,): the unit of the distance of each target.
    """

    priors: Mapping[str, Prior]
    waves: Sequence[Wave]
    wave: Ints
    point: Ints
    story: Ints
    distance: Floats
    accepted: Flags
    spread: Floats = field()

    @property
    def shares(self) -> Floats:
        """Where the accepted stories lie in the ranges, shape (accepted, numbers)."""
        rows = [self.waves[wave].shares[point] for wave, point in self._where()]
        return np.array(rows).reshape(-1, len(self.priors))

    @property
    def values(self) -> Floats:
        """The numbers of the accepted stories, each in its unit, shape (accepted, numbers)."""
        rows = [self.waves[wave].points.values[point] for wave, point in self._where()]
        return np.array(rows).reshape(-1, len(self.priors))

    @property
    def has_posterior(self) -> bool:
        """Whether there are enough points for a posterior."""
        return self.points_accepted >= LEAST_ACCEPTED

    @property
    def points_accepted(self) -> int:
        """At how many points the accepted stories lie: each is one draw of the prior."""
        return len({*self._where()})

    def _where(self) -> list[tuple[int, int]]:
        return list(zip(self.wave[self.accepted].tolist(), self.point[self.accepted].tolist(), strict=True))


def _observed_bounds(targets: Iterable[Target]) -> tuple[Floats, Floats, Floats]:
    """Between what each target was observed, and how far the model may be off; each of shape (targets,)."""
    low, high, discrepancy = np.array([(it.low, it.high, it.discrepancy) for it in targets]).T
    return low, high, discrepancy


def calibrate(targets: Sequence[Target], priors: Mapping[str, Prior], setting: Setting, tell: Tell) -> Matched:
    """Rule points out wave by wave, then keep the nearest stories of those that are left.

    The first wave lies all over the ranges. Each later one is drawn from them, too, but for what an emulator of all points
    before it rules out: so what is left at the end are draws of the prior within what no wave has ruled out.

    Args:
        targets: what the record says.
        priors: the numbers that are asked for.
        tell: simulates the stories of a wave.
    """
    low, high, discrepancy = _observed_bounds(targets)
    waves: list[Wave] = []
    emulators: list[tuple[Emulator, Floats]] = []
    for number in range(setting.waves):
        shares, left = _places(priors, setting, number, emulators, (low, high, discrepancy))
        if not len(shares):
            break
        points = _points_at(priors, shares)
        values = tell(number, points)
        means, own = _moments(values)
        luck = np.maximum(own, own.mean(axis=0)) * (1.0 + 1.0 / setting.stories)
        implausible = implausibility(means, luck, low, high, discrepancy)
        waves.append(Wave(shares, points, values, implausible, left * float((implausible <= CUT).all(axis=1).mean())))
        every, of_all = np.vstack([it.shares for it in waves]), np.vstack([_moments(it.values)[0] for it in waves])
        whole = ~np.isnan(of_all).any(axis=1)
        if whole.sum() > coefficients(len(priors)):
            emulators.append((emulator_of(every[whole], of_all[whole]), own.mean(axis=0)))
    return _nearest_stories(priors, waves, (low, high), setting)


def _moments(values: Floats) -> tuple[Floats, Floats]:
    """The mean and the variance of the stories at each point that came to their end; NaN and 0 where there is none."""
    ended = ~np.isnan(values)
    count, some = ended.sum(axis=1), np.where(ended, values, 0.0)
    means: Floats = np.where(count > 0, some.sum(axis=1) / np.maximum(count, 1), np.nan)
    squares = np.where(ended, (values - means[:, None]) ** 2, 0.0).sum(axis=1)
    return means, squares / np.maximum(count - 1, 1)


def _points_at(priors: Mapping[str, Prior], shares: Floats) -> Points:
    columns = [
        [prior.draw(share) for share in shares[:, place].tolist()] for place, prior in enumerate(priors.values())
    ]
    return Points(tuple(priors), np.array(columns).T)


def _places(
    priors: Mapping[str, Prior],
    setting: Setting,
    number: int,
    emulators: Sequence[tuple[Emulator, Floats]],
    observed: tuple[Floats, Floats, Floats],
) -> tuple[Floats, float]:
    """The points of a wave, and how much of the ranges no wave before it has ruled out."""
    if not number:
        return design_of("hypercube", priors, setting.points // 2, setting.seed).shares, 1.0
    size = _CANDIDATES * setting.points // 2
    shares = design_of("hypercube", priors, size, setting.seed + number).shares
    kept = np.ones(len(shares), dtype=bool)
    for emulator, luck in emulators:
        means, error = emulator.means(shares)
        kept &= (implausibility(means, luck + error, *observed) <= CUT).all(axis=1)
    return shares[kept][: setting.points], float(kept.mean())


def _nearest_stories(
    priors: Mapping[str, Prior], waves: Sequence[Wave], observed: tuple[Floats, Floats], setting: Setting
) -> Matched:
    rows, values = [], []
    for number, wave in enumerate(waves):
        ended = ~np.isnan(wave.values).any(axis=2)
        for point, story in np.argwhere(ended & wave.plausible[:, None]).tolist():
            rows.append((number, point, story))
            values.append(wave.values[point, story])
    at_wave, at_point, at_story = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    if not rows:
        nothing = np.zeros(0)
        return Matched(priors, waves, at_wave, at_point, at_story, nothing, nothing > 0.0, np.zeros(len(observed[0])))
    spread = spreads(np.array(values))
    distance = distances(np.array(values), *observed, spread)
    accepted = nearest(distance, setting.share, LEAST_ACCEPTED, at_wave * setting.points + at_point)
    return Matched(priors, waves, at_wave, at_point, at_story, distance, accepted, spread)
