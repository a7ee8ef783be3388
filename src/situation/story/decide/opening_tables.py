"""What a story opens with, as tables of numbers, for kernels: the forces of a scenario, place by place, and totals of actors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from situation.chance.luck import Stream, mixed, word_of
from situation.chance.philox import as_word
from situation.log.entry import Ruled
from situation.scenario import Scenario
from situation.scenario.parts import Force
from situation.story.stage import Stage
from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.other_fields import PRIOR
from situation.story.world.staging import take_prior
from situation.story.world.words import WORD_OF_TEXT, Word

__all__ = ["OPENING_TABLES", "number_opening", "opening_lengths", "take_opening", "take_values"]

OPENING_TABLES: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "opening",
        "",
        (
            *PRIOR,
            Field("name", Kind.NAME),
            Field("actor", Kind.ACTOR),
            Field("root", Kind.ACTOR),
            Field("place", Kind.PLACE),
            Field("kind", Kind.WORD),
            Field("hides", Kind.FLAG),
            Field("shares", Kind.FLAG),  # one number with other places
            Field("share", Kind.REAL),
            Field("word", Kind.CHANCE),  # of its place among others of the opening
            Field("rule", Kind.COUNT),
            Field("question", Kind.COUNT),
            Field("men", Kind.REAL, "persons"),
            Field("number", Kind.COUNT, "persons"),
            Field("rank", Kind.REAL),
            Field("ranked", Kind.COUNT),
        ),
    ),
    WorldTable("totals", "", (*PRIOR, Field("actor", Kind.ACTOR), Field("word", Kind.CHANCE))),
    WorldTable("manner", "", (Field("posture", Kind.WORD), Field("air", Kind.WORD), Field("flyer", Kind.ACTOR))),
)
"""`opening`: a row for each force and place, from 1 on, in an order that no text decides; `men` and what follows is noted as a
story begins, and in row n of `ranked` stands which is the n-th. `totals`: the men of an actor, to which its forces are scaled.
`manner`: the posture of an actor as a scenario says it, and who flies for it."""


_QUESTION: Final = f"{Stream.RECORD.value}/force"


def _rows(stage: Stage) -> list[tuple[str, Force, str, float | None]]:
    """The forces place by place, in the order of their words; with their share, where several places have one number."""
    rows: list[tuple[str, Force, str, float | None]] = []
    for name, force in sorted(stage.scenario.forces.items(), key=_by_word):
        if isinstance(force.at, dict):
            rows += [(name, force, str(place), share) for place, share in sorted(force.at.items(), key=_by_word)]
        else:
            rows += [(name, force, str(place), None) for place in force.places]
    return rows


def _by_word(item: tuple[str, object]) -> int:
    return word_of(item[0])


def opening_lengths(stage: Stage, numbering: Numbering) -> Mapping[str, int]:
    """How many rows the tables of the opening have."""
    rows = 1 + len(_rows(stage))
    return {
        "opening": rows,
        "totals": 1 + len(stage.scenario.totals),
        "manner": len(numbering.actors.names),
    }


def number_opening(stage: Stage, numbering: Numbering) -> None:
    """Number why the forces of a scenario have as many men as they have, in the order of their rows."""
    for name, _, _, _ in _rows(stage):
        numbering.rules.of(_rule(name))
    numbering.questions.of(_QUESTION)


def _rule(name: str) -> str:
    return Ruled.of_prior(name, None, "", 0.0).rule


def take_values(stage: Stage, before: Scenario, ground: Any) -> None:
    """Fill in what another scenario says of the numbers of men, where it says something else of the same forces."""
    for at, (name, force, _, _) in enumerate(_rows(stage), 1):
        if force is not before.forces[name]:
            take_prior(ground.opening[at], force.prior(name))
    for at, (actor, total) in enumerate(stage.scenario.totals.items(), 1):
        if total is not before.totals[actor]:
            take_prior(ground.totals[at], total.prior(f"total of {actor}"))


def take_opening(stage: Stage, numbering: Numbering, ground: Any) -> None:
    """Fill in what a scenario says of the opening."""
    for at, (name, force, place, share) in enumerate(_rows(stage), 1):
        row, root = ground.opening[at], stage.ground.root(force.actor)
        take_prior(row, force.prior(name))
        field = force.kind == "field"
        row.name, row.place = numbering.names.of(name), numbering.places.of(place)
        row.root = numbering.actors.of(root)
        row.actor = numbering.actors.of(force.actor) if field else row.root
        row.kind, row.hides = (Word.FIELD if field else Word.GARRISON).value, force.kind == "hidden"
        row.shares, row.share = share is not None, 1.0 if share is None else share
        row.word = as_word(word_of(f"{name}@{place}"))
        row.rule = numbering.rules.of(_rule(name))
        row.question = numbering.questions.of(_QUESTION)
    for at, (actor, total) in enumerate(stage.scenario.totals.items(), 1):
        take_prior(ground.totals[at], total.prior(f"total of {actor}"))
        ground.totals[at].actor = numbering.actors.of(actor)
        ground.totals[at].word = as_word(mixed(word_of("total"), word_of(actor)))
    for name in numbering.actors.names[1:]:
        conduct, row = stage.conduct(name), ground.manner[numbering.actors.of(name)]
        row.posture, row.air = WORD_OF_TEXT[conduct.posture], WORD_OF_TEXT[conduct.air]
        row.flyer = numbering.actors.of(conduct.air_by) if conduct.air != "none" else 0
