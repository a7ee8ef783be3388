"""What an ensemble keeps of stories, as a world begins: the ends of days, who holds what, and what questions count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from situation.dates import DAY, Minute
from situation.log.state import occupants
from situation.scenario import Question, Scenario
from situation.story.stage import Stage
from situation.story.world.numbering import Numbering
from situation.story.world.table_columns import put_values
from situation.story.world.tables import WorldTables

__all__ = ["COUNTED", "counting_questions", "keep_story", "kept_lengths", "story_days"]

COUNTED: Final = ("fighters", "places held")
"""The forms of questions that count men or places at a minute; the second counts places."""


def story_days(scenario: Scenario) -> tuple[Minute, ...]:
    """The branch, and each day's end after it up to the end of the story."""
    return (*range(scenario.at, scenario.end, DAY), scenario.end)


def counting_questions(scenario: Scenario) -> tuple[tuple[str, Question], ...]:
    """The questions of a scenario that count men or places at a minute, by name."""
    return tuple((name, it) for name, it in scenario.questions.items() if it.ask in COUNTED)


def kept_lengths(stage: Stage, numbering: Numbering, rows: int) -> Mapping[str, int]:
    """How many rows each table has in which a story is kept.

    Args:
        rows: how many rows a story has room for.
    """
    days, questions = len(story_days(stage.scenario)), len(counting_questions(stage.scenario))
    return {
        "kept": 1,
        "days": days,
        "tallies": (days + 1) * len(numbering.actors.names),
        **dict.fromkeys(("holdings", "tolls"), rows // 2),
        "counts": questions,
        "counted_in": questions * len(numbering.places.names),
    }


def keep_story(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    """Let a world keep what an ensemble needs of the story that begins in it."""
    scenario, ground = stage.scenario, stage.ground
    tables.kept[0].is_kept = True
    put_values(tables.days, "end", {at: end - numbering.origin for at, end in enumerate(story_days(scenario))})
    holders = ((numbering.places.of(it), occupants(stage.state.cells, it)) for it in stage.places)
    put_values(tables.places, "noted", {place: numbering.sides(names) for place, names in holders})
    for number, (_, question) in enumerate(counting_questions(scenario)):
        row = tables.counts[number]
        row.due = (scenario.end if question.at is None else ground.clock.moment(question.at)) - numbering.origin
        row.of_places = question.ask == COUNTED[1]
        row.actor = numbering.actors.known(question.by if row.of_places else question.actor)
        for place in ground.members(question.area):  # type: ignore[arg-type]  # the codec has checked the name
            tables.counted_in[number * len(numbering.places.names) + numbering.places.of(place)].counts = True
        tables.kept[0].count_count = number + 1
