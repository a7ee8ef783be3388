"""Stories at the points of a design: at each point some numbers of a scenario have a value, and all else is as it was.

At every point the same stories are simulated: story 3 takes the same draw of the record, of the numbers that are not set, and of
chance wherever it is simulated (common random numbers). So two points differ by their numbers alone, and where a number is not
asked for in a story, its answers are the same to the last digit. Different stories share nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
from attrs import field, frozen

from situation.chance.vectors import Flags, Floats
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import Index
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.statistics.shares import restricted_times
from situation.ensemble.summary import StorySummary
from situation.ensemble.sweep.ranged_numbers import scenario_at
from situation.ensemble.workers import fill_chunks, summary_or_reason
from situation.errors import Fault
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.question import FORMS
from situation.testimony.disk.scratch import laid_out

__all__ = ["Experiments", "Points", "experiments_of", "stories_at", "tell_points"]

_ALWAYS = ("run", "record", "parameter", "chance", "reason")
"""What is kept of every story."""
_KEPT = ("answers", "day_digests")
"""What a sweep needs of a story beside that."""


@frozen(eq=False)
class Points:
    """The points of a design.

    Args:
        names: the numbers that are set, as `ranged_numbers` has them.
        values: shape (points, names): the value of each at each point, in its unit.
    """

    names: tuple[str, ...]
    values: Floats = field()

    def __attrs_post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.names):
            raise ValueError(f"{self.values.shape}: a row a point and a column a number are needed.")

    def __len__(self) -> int:
        return len(self.values)

    def at(self, point: int) -> dict[str, float]:
        """The values of the numbers at a point, by name."""
        return dict(zip(self.names, self.values[point].tolist(), strict=True))


@frozen(eq=False)
class Experiments:
    """What came of the stories at the points of a design.

    Args:
        points: the design.
        reasons: shape (points, stories): why a story failed; empty where it did not.
        answers: by question, shape (points, stories): 1 or 0, or an amount in the unit of its form; a time that never comes
            is infinite; NaN where the story failed.
        courses: shape (points, stories): a digest of all that happened: equal ones are the same story.
    """

    points: Points
    reasons: tuple[tuple[str, ...], ...]
    answers: Mapping[str, Floats]
    courses: tuple[tuple[str, ...], ...]

    @property
    def ok(self) -> Flags:
        """Which stories came to their end at every point, shape (stories,): with the others no two points are compared."""
        failed = np.array([[bool(reason) for reason in row] for row in self.reasons], dtype=bool)
        ended: Flags = np.logical_not(failed.any(axis=0))
        return ended

    def finite(self, question: str, scenario: Scenario) -> Floats:
        """The answers of the stories of `ok`, shape (points, those stories); a time that never comes is the horizon."""
        values = self.answers[question][:, self.ok]
        days = scenario.horizon / (24 * 60)
        return restricted_times(values, days) if FORMS[scenario.questions[question].ask].waits else values


@frozen
class _PointStories:
    """Tells the stories of a design, story by story, each at one point after another; a worker process gets it pickled.

    The number of a run is `story * points + point`: neighbours share the draw of the record.
    """

    draws: RecordDraws
    points: Points
    kept: tuple[str, ...]
    own_luck: bool = False

    def __call__(self, start: int, stop: int) -> list[StorySummary]:
        """Tell the runs from one number up to another, and keep of each what is asked for."""
        return [self._summary(run) for run in range(start, stop)]

    def _summary(self, run: int) -> StorySummary:
        story, point = divmod(run, len(self.points))
        luck = run if self.own_luck else story
        index = Index(run, story, luck, luck)
        summary = summary_or_reason(index, partial(self._at_point, index, point))
        summary.day_digests = summary.day_digests[-1:]
        known = {name: getattr(summary, name) for name in (*_ALWAYS, *self.kept)}
        return StorySummary(**known)

    def _at_point(self, index: Index, point: int) -> StorySummary:
        scenario = scenario_at(self.draws.scenario, self.points.at(point))
        stage = self.draws.draw(index.record)[0].under(scenario)
        return self.draws.on_stage(stage, index)[1]


def tell_points(
    scenario: Scenario,
    record: Record,
    points: Points,
    seed: int,
    chunks: Chunks,
    workers: int = 1,
    finished: Callable[[int], None] = lambda stories: None,
    kept: tuple[str, ...] = _KEPT,
    own_luck: bool = False,
) -> None:
    """Tell the stories at the points of a design that are not kept yet: `stories_at`, with a place on the disk.

    Args:
        scenario, record, seed: what the stories are of.
        points: the design.
        chunks: where the stories are kept, of `points * stories` runs; a stopped sweep goes on there.
        workers: how many processes; no result depends on it.
        finished: called with a number of stories when they are done.
        kept: the fields of `StorySummary` that are kept; the others are empty.
        own_luck: whether each story has luck and other numbers of its own at each point; only the draw of the record is then
            shared.

    Raises:
        Fault: a number of the design is none of the scenario, or cannot have a value of it.
        SituationError: a worker was ended from outside; what was finished is kept.
    """
    for point in range(len(points)):
        scenario_at(scenario, points.at(point))
    fill_chunks(_PointStories(RecordDraws(scenario, record, seed), points, kept, own_luck), chunks, workers, finished)


def experiments_of(scenario: Scenario, points: Points, stories: int, summaries: Iterable[StorySummary]) -> Experiments:
    """What came of the stories of a design, from their summaries in the order of their numbers."""
    shape = (stories, len(points))
    answers = {name: np.full(shape, np.nan) for name in scenario.questions}
    reasons, courses = ([[""] * len(points) for _ in range(stories)] for _ in range(2))
    for run, row in enumerate(summaries):
        story, point = divmod(run, len(points))
        reasons[story][point], courses[story][point] = (
            row.reason,
            "".join(f"{digest:016x}" for digest in row.day_digests),
        )
        for name, answer in row.answers.items():
            answers[name][story, point] = np.inf if answer is None else answer
    return Experiments(
        points,
        tuple(zip(*reasons, strict=True)),
        {name: np.ascontiguousarray(values.T) for name, values in answers.items()},
        tuple(zip(*courses, strict=True)),
    )


def stories_at(
    scenario: Scenario,
    record: Record,
    points: Points,
    stories: int,
    seed: int = 7,
    workers: int = 1,
    finished: Callable[[int], None] = lambda stories: None,
) -> Experiments:
    """Tell the same stories at every point of a design, in a temporary folder.

    Args:
        scenario, record: what the stories are of; its questions are answered.
        points: the numbers that are set, and their values at each point.
        stories: how many at each point, 1 or more; a larger number begins with the stories of a smaller one.
        seed: the seed of all chance.
        workers: how many processes; no result depends on it.
        finished: called with a number of stories when they are done.

    Raises:
        Fault: there are no points or no stories, or a number of the design is none of the scenario.
    """
    if not len(points) or stories < 1:
        raise Fault("There are no points, or no stories at them.", "Give one or more of each.")
    with laid_out({}) as folder:
        chunks = Chunks(folder, len(points) * stories)
        tell_points(scenario, record, points, seed, chunks, workers, finished)
        return experiments_of(scenario, points, stories, chunks.read())
