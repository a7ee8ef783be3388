"""Which cells of the state a story keeps, by what they are about, and what each may come to.

A place has a holder; a root actor what it means to do and how many it has lost; a field force, and an actor's men at a place
(`<actor>@<place>`), how many they are; two actors how they stand, each to the other, and one rung between them. A garrison's
prior has no men under its own name, and a unit none under its own: these are counted where they stand, with their root.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, get_args

from attrs import frozen

from situation.errors import near_miss
from situation.events import ForceRaised
from situation.events.kinds import Stance
from situation.log.cells import MINUTES
from situation.rules import Posture
from situation.scenario.conditions import COUNT_ATTRIBUTES
from situation.scenario.parts import Force, Scenario
from situation.testimony.ground import Ground
from situation.testimony.opening import OPENING_POSTURES, Status

__all__ = ["CellAttributes", "armed_advice", "attributes_of", "nearest_subject", "possible_values"]


@frozen
class CellAttributes:
    """The attributes that a story keeps of something, and advice for a condition on any other."""

    attributes: tuple[str, ...]
    advice: str


def armed_advice(scenario: Scenario, ground: Ground) -> str:
    """Who has men in the stories of a scenario, as advice."""
    return f"These have: {', '.join(sorted(scenario.armed(ground))) or 'none'}."


def attributes_of(subject: str, scenario: Scenario, ground: Ground, faulty: Collection[str]) -> CellAttributes | None:
    """What a story keeps of a subject; None where there is no such thing.

    Args:
        faulty: names of faulty entries: they exist, so any attribute of them may be right.
    """
    kinds = list(_kinds(subject, scenario, ground, faulty))
    if not kinds:
        return None
    attributes = tuple(dict.fromkeys(name for one in kinds for name in one.attributes))
    return CellAttributes(attributes, next((one.advice for one in kinds if one.attributes), kinds[0].advice))


def _kinds(subject: str, scenario: Scenario, ground: Ground, faulty: Collection[str]) -> Iterator[CellAttributes]:
    """What a subject can be: one name may stand for a place and a plan."""
    if subject in faulty:
        yield CellAttributes((*COUNT_ATTRIBUTES, *sorted(MINUTES)), "")
    if subject in ground.places:
        yield CellAttributes(
            ("holder", "status", "besieger"),
            f"Ask for its holder, status or besieger; of men, '<actor>@{subject}.number'.",
        )
    if subject in ground.actors:
        yield _actor(subject, scenario, ground, faulty)
    if subject in ground.operations:
        yield CellAttributes((), "Ask of the places that the operation is for.")
    if subject in scenario.doctrines:
        yield CellAttributes(("paused_until",), "Of a plan, ask for paused_until.")
    if subject in scenario.forces:
        yield _force(scenario.forces[subject], ground)
    for event in scenario.raised:
        if event.force == subject and "@" not in subject:
            yield _coming(event)
    actor, at, place = subject.partition("@")
    if at and actor in ground.actors and place in ground.places:
        yield _garrison(actor, place, scenario, ground, faulty)
    one, colon, other = subject.partition(":")
    if colon and one == "given":
        plan = scenario.doctrines.get(other.removeprefix("plan/")) if other.startswith("plan/") else None
        if other in {*scenario.given, *faulty} or (plan is not None and plan.chance is not None):
            yield CellAttributes(("fired",), "Of what is given, ask whether it has fired.")
    elif colon and one in ground.actors and other in ground.actors:
        yield _pair(one, other, scenario, ground, faulty)


def _actor(subject: str, scenario: Scenario, ground: Ground, faulty: Collection[str]) -> CellAttributes:
    root = ground.root(subject)  # type: ignore[arg-type]
    if root != subject:
        return CellAttributes((), f"It is a unit: ask of '{root}', which it stands under.")
    if not faulty and subject not in scenario.armed(ground):
        return CellAttributes(
            ("posture", "air"), f"Ask for its posture or air; it has no men. {armed_advice(scenario, ground)}"
        )
    advice = f"Ask for its posture, air, killed, surrendered or left; of men, '{subject}@<place>.number'."
    return CellAttributes(("posture", "air", "killed", "surrendered", "left"), advice)


def _force(force: Force, ground: Ground) -> CellAttributes:
    """A field force goes by its name; the men of others are those of their actor at a place."""
    if force.kind == "field":
        return CellAttributes(
            ("number", "wounded", "resting"), "Of a field force, ask for its number, wounded or resting."
        )
    names = ", ".join(f"'{ground.root(force.actor)}@{place}'" for place in force.places[:3])
    return CellAttributes((), f"Its men are counted where they are: ask of {names}.")


def _coming(event: ForceRaised) -> CellAttributes:
    """A garrison that is raised behind an enemy's back is in hiding."""
    if event.kind == "field":
        hidden = ("hidden",) if event.hidden else ()
        return CellAttributes(
            ("number", "wounded", "resting", *hidden), "Of a field force, ask for its number, wounded or resting."
        )
    return CellAttributes(("number", "wounded", "hidden"), "Of a garrison, ask for its number, wounded or hidden.")


def _garrison(actor: str, place: str, scenario: Scenario, ground: Ground, faulty: Collection[str]) -> CellAttributes:
    root = ground.root(actor)  # type: ignore[arg-type]
    if root != actor:
        return CellAttributes((), f"Men are counted with their root: ask of '{root}@{place}'.")
    if not faulty and actor not in scenario.armed(ground):
        return CellAttributes((), f"'{actor}' has no men in these stories. {armed_advice(scenario, ground)}")
    return CellAttributes(
        ("number", "wounded", "hidden"), "Of men at a place, ask for their number, wounded or hidden."
    )


def _pair(one: str, other: str, scenario: Scenario, ground: Ground, faulty: Collection[str]) -> CellAttributes:
    """Only those clash who have men, or of whom the scenario says how they fight."""
    roots = [ground.root(actor) for actor in (one, other)]  # type: ignore[arg-type]
    if roots[0] == roots[1]:
        return CellAttributes((), "They are one side: name two actors that are none.")
    if roots != [one, other]:
        return CellAttributes((), f"Actors stand to each other by their roots: ask of '{roots[0]}:{roots[1]}'.")
    absent = [actor for actor in roots if actor not in scenario.fighting(ground)]
    if absent and not faulty:
        return CellAttributes(
            ("stance",), f"Ask for their stance; '{absent[0]}' has no men. {armed_advice(scenario, ground)}"
        )
    return CellAttributes(("stance", "rung"), "Of two actors, ask for their stance or rung.")


def possible_values(attribute: str, subject: str, scenario: Scenario, ground: Ground) -> tuple[Any, ...] | None:
    """The values that an attribute can have, where they are finitely many words; None for a number."""
    roots = tuple(sorted({ground.root(name) for name in ground.actors}))
    name = subject.removeprefix("given:")
    sure = name in scenario.given and scenario.given[name].chance is None
    postures = tuple(posture.value for posture in Posture)
    words: dict[str, tuple[Any, ...]] = {
        "holder": roots,
        "besieger": roots,
        "status": get_args(Status),
        "stance": get_args(Stance),
        "posture": postures
        if name in scenario.armed(ground)
        else tuple(dict.fromkeys((*OPENING_POSTURES.values(), *postures))),
        "air": ("none", "some", "dedicated"),
        "fired": (True,) if sure else (True, False),
    }
    return words.get(attribute)


def nearest_subject(subject: str, scenario: Scenario, ground: Ground) -> str:
    """What an unknown subject may have been meant for."""
    one, sign, other = subject.partition("@") if "@" in subject else subject.partition(":")
    known: dict[str, Collection[str]] = {"@": ground.places, ":": ground.actors}
    if sign and one == "given":
        return near_miss(other, scenario.given) or "Name an entry of 'given'."
    if sign:
        hints = [near_miss(one, ground.actors)] if one not in ground.actors else []
        hints += [near_miss(other, known[sign])] if other not in known[sign] else []
        return " ".join(hint for hint in hints if hint) or "Use ids of map.yaml."
    coming = [event.force for event in scenario.raised]
    names = {*ground.places, *ground.actors, *scenario.forces, *scenario.doctrines, *coming}
    return near_miss(subject, names) or "Cells read place.attribute."
