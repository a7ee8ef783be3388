"""What the stories of a run are of, and the stories of its parts: their shapes, and whether they can belong together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from situation.dates import DAY
from situation.ensemble.design import index_of
from situation.ensemble.ensemble import About
from situation.ensemble.summary import TALLY_FIELDS, StorySummary
from situation.errors import SituationError
from situation.runs.manifest import BrokenRun
from situation.runs.run_shapes import read_json
from situation.runs.shapes import COUNT, NUMBER, TEXT, WHOLE, Each, Keys, Maybe, OneOf, RowOf, Shape, TableOf
from situation.scenario.question import DEFAULT_RUNG, FORMS, Question, unit_of

__all__ = ["STORIES", "can_be_of", "read_about"]

_LATEST: Final = 1 << 33
"""The minute beyond which no story lies: some 16,000 years from 1970."""
_MINUTE: Final = Shape("a minute since 1970", lambda it: type(it) is int and abs(it) < _LATEST)
_MEN: Final = Shape("a count of men", lambda it: type(it) is int and 0 <= it < 1 << 31)
_PAIR: Final = Shape("two actors with a colon", lambda it: isinstance(it, str) and it.count(":") == 1)
_RUNG: Final = Shape("a rung of the ladder", lambda it: type(it) is int and 1 <= it <= DEFAULT_RUNG)

STORIES: Final = Each(
    Keys(
        {
            "run": COUNT,
            **dict.fromkeys(("record", "parameter", "chance", "gap"), WHOLE),
            "reason": TEXT,
            "entries": COUNT,
            "answers": TableOf(Maybe(NUMBER)),
            "holders": Each(RowOf((TEXT, _MINUTE, Maybe(TEXT)))),
            "strengths": TableOf(Each(_MEN)),
            "clashes": Each(RowOf((_PAIR, _RUNG, _MINUTE))),
            "fired": Each(RowOf((TEXT, _MINUTE))),
            "fates": Each(RowOf((TEXT, _MINUTE, *(COUNT for _ in TALLY_FIELDS)))),
            "numbers": TableOf(NUMBER),
            "forces": TableOf(WHOLE),
            "day_digests": Each(Shape("a digest", lambda it: type(it) is int and 0 <= it < 1 << 64)),
            "believed": TableOf(TEXT),
        }
    )
)
"""The stories of a part."""


def can_be_of(story: StorySummary, about: About) -> bool:
    """Whether a story can be one of an ensemble: its draws, its days, and the questions that it answers."""
    at = index_of(story.run)
    if (story.record, story.parameter, story.chance) != (at.record, at.parameter, at.chance):
        return False
    if story.reason:
        return True
    minutes = [*(row[1] for row in (*story.holders, *story.fired, *story.fates)), *(row[2] for row in story.clashes)]
    yes_or_no = [name for name, terms in about.questions.items() if unit_of(terms["ask"]) is None]
    return (
        {*story.answers} == {*about.questions}
        and all(story.answers[name] in (0, 1) for name in yes_or_no)
        and all(about.at <= minute <= about.end for minute in minutes)
        and all(len(days) == len(about.days) for days in (*story.strengths.values(), story.day_digests))
    )


_TERMS: Final = Keys(
    {"ask": OneOf(*FORMS)},
    {
        **dict.fromkeys(("text", "place", "by", "actor", "area", "at"), TEXT),
        **dict.fromkeys(("days", "times", "rung"), COUNT),
        **dict.fromkeys(("how", "between"), Each(TEXT)),
    },
)
_ABOUT: Final = Keys(
    {
        **dict.fromkeys(("scenario", "title", "situation", "assumes"), TEXT),
        "seed": WHOLE,
        "runs": COUNT,
        **dict.fromkeys(("at", "end", "known_at"), _MINUTE),
        "days": Each(_MINUTE, 2),
    },
    {
        "questions": Maybe(TableOf(_TERMS)),
        "assumed": Maybe(
            TableOf(
                Keys(
                    {
                        **dict.fromkeys(("unit", "reason"), TEXT),
                        **dict.fromkeys(("low", "best", "high"), NUMBER),
                    }
                )
            )
        ),
    },
)


def read_about(folder: Path, manifest: Mapping[str, Any]) -> About:
    """What an ensemble is of, once it is what the manifest says, and its days and questions are such.

    Raises:
        BrokenRun: the file is gone, no JSON, of another shape or of another run.
    """
    file = folder / "about.json"
    row = read_json(file, _ABOUT)
    if [row["runs"], row["seed"], row["scenario"], row["situation"]] != [
        manifest[key] for key in ("runs", "seed", "scenario", "situation")
    ]:
        raise BrokenRun(file, "The file is of another run.")
    days = row["days"]
    if not row["runs"] or days != [*range(row["at"], min(row["end"], row["at"] + len(days) * DAY), DAY), row["end"]]:
        raise BrokenRun(file, "It has no stories, or its days are not those from 'at' to 'end'.")
    questions = row.get("questions") or {}
    for name, terms in questions.items():
        try:
            given: dict[str, Any] = {key: tuple(it) if isinstance(it, list) else it for key, it in terms.items()}
            Question(**given)
        except (SituationError, TypeError) as error:
            why = error if isinstance(error, SituationError) else "Its keys or values are those of something else."
            raise BrokenRun(file, f"questions.{name} is no question: {why}") from None
    return About(
        **{key: row[key] for key in ("scenario", "title", "situation", "assumes", "seed", "runs")},
        **{key: row[key] for key in ("at", "end", "known_at")},
        days=tuple(days),
        questions=dict(questions),
        assumed=dict(row.get("assumed") or {}),
    )
