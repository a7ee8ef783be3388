"""What questions need from a story as it goes on: the state at their minute, and the men lost by each entry."""

from __future__ import annotations

from attrs import define, field

from situation.dates import Minute
from situation.ensemble.answers import FROM_STATE, Cells, Clashes, Holders, MenLost, answers_of, minute_of
from situation.errors import SituationError
from situation.events import WoundedReturned
from situation.log.cells import named_in_id
from situation.log.entry import Entry
from situation.scenario import Scenario
from situation.testimony.ground import Ground

__all__ = ["Observations"]

_LOST_FOR_GOOD = ("killed", "surrendered", "left")
"""Fates that the state counts by actor; the wounded it counts by force, and down again."""


@define
class Observations:
    """What questions need from a story as it goes on: the state at their minute, and the men lost by each entry."""

    scenario: Scenario
    ground: Ground
    _due: list[tuple[Minute, str]] = field(init=False)
    _counts: dict[str, int] = field(factory=dict, init=False)
    _tolls: list[MenLost] = field(factory=list, init=False)
    _before: dict[str, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        questions = self.scenario.questions.items()
        self._due = sorted(
            (minute_of(question, self.scenario, self.ground), name)
            for name, question in questions
            if question.ask in FROM_STATE
        )

    def before(self, minute: Minute, cells: Cells) -> None:
        """Answer what is asked of the state at minutes before this one.

        Args:
            cells: the state before anything happens in this minute.
        """
        while self._due and self._due[0][0] < minute:
            name = self._due.pop(0)[1]
            question = self.scenario.questions[name]
            self._counts[name] = FROM_STATE[question.ask](question, cells, self.ground)

    def take(self, entry: Entry, changes: Cells, cells: Cells) -> None:
        """Note the men that an entry cost, from the counts that it changed."""
        wounded: dict[str, int] = {}
        for cell, value in changes.items():
            subject, _, fate = cell.rpartition(".")
            if fate == "wounded":
                unit = cells.get(f"{subject}.actor")
            elif fate in _LOST_FOR_GOOD and subject in self.ground.actors:
                unit = subject
            else:
                continue
            if unit is None:
                continue  # of a place these are what a report counts, and not men of this story
            more = int(value or 0) - self._before.get(cell, 0)
            self._before[cell] = int(value or 0)
            if fate == "wounded":
                actor = self.ground.root(unit)
                wounded[actor] = wounded.get(actor, 0) + more
            elif more:
                self._tolls.append(MenLost(subject, fate, _place_of(entry), entry.time, more))
        self._tolls += [
            MenLost(actor, "wounded", _place_of(entry), entry.time, men) for actor, men in wounded.items() if men > 0
        ]

    def answers(self, holders: Holders, clashes: Clashes) -> dict[str, float | None]:
        """The answer to each question of the scenario, by its name.

        Args:
            holders: (place, minute, holder): who held each place at the branch, and every change after it.
            clashes: (one:other, rung, minute) for each rung when it was first reached.
        """
        return answers_of(self.scenario, self.ground, self._counts, holders, clashes, self._tolls)


def _place_of(entry: Entry) -> str:
    """Where an entry cost men: the place of its event; of wounded who never return, that of their battle.

    Raises:
        SituationError: the event has no place.
    """
    event = entry.event
    place = named_in_id(event.batch) if isinstance(event, WoundedReturned) else event.place
    if place is None:
        raise SituationError(f"{type(event).__name__} costs men, but has no place.")
    return str(place)
