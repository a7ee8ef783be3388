"""What the cells of stories are about, in plain words: forces, plans, ways, orders, battles, and what a scenario gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from situation.events import CIVILIANS, SOMEWHERE, UNKNOWN
from situation.log.given_names import name_in_words
from situation.log.name_words import at_place, named, whose_in_words
from situation.testimony.ground import Ground

__all__ = ["force_in_words", "subject_in_words", "way_in_words"]

_OF_PLANS: Final = frozenset({"doctrine", "turned", "paused_until", "hub", "columns"})
_OF_FORCES: Final = frozenset(
    {
        *(
            "actor",
            "kind",
            "place",
            "from",
            "to",
            "number",
            "wounded",
            "hidden",
            "at_start",
            "lost",
            "fought",
            "musters",
        ),
        *("operations", "at_rest", "resting", "parent", "goal", "put_off", "sighted", "cut_since", "due"),
    }
)
"""Attributes of what has no name on the map: whoever bears one is a plan, or a force."""
_NO_FORCES: Final = frozenset({"day", "story", "numbers", SOMEWHERE, UNKNOWN, CIVILIANS})


def force_in_words(force: str, ground: Ground) -> str:
    """A body of men: `the South's men at the Ford` for a garrison, `the force "ford assault"` for one with a name."""
    if force.startswith(("column/", "raid/")):
        kind, actor, place, *_ = force.split("/")
        whence = (
            f"who fled {named(place, ground)}" if kind == "column" else f"who strike back {at_place(place, ground)}"
        )
        return f"{whose_in_words(ground.name(actor))} men {whence}"
    whole, detached, goal = force.partition("~")
    if detached:
        return f"the column of {force_in_words(whole, ground)} for {ground.name(goal)}"
    actor, at, place = force.partition("@")
    men = f"{whose_in_words(ground.name(actor))} men"
    return f"{men} {at_place(place, ground)}" if at else f'the force "{name_in_words(force, ground)}"'


def way_in_words(link: str, ground: Ground) -> str:
    """A link by the names of its ends: `from Aven to Keld`."""
    known = ground.links.get(link)
    return f"from {ground.name(known.ends[0])} to {ground.name(known.ends[1])}" if known else name_in_words(link)


def _given(name: str, _ground: Ground) -> str:
    if name.startswith("plan/"):
        return f'the plan "{name_in_words(name)}", whether it goes ahead'
    return f'the scenario\'s condition "{name_in_words(name)}", whether it was met'


_SUBJECTS: Final[Mapping[str, Callable[[str, Ground], str]]] = {
    "given": _given,
    "order": lambda force, ground: f"the order to {force_in_words(force, ground)}",
    "battle": lambda place, ground: f"the battle for {named(place, ground)}",
    "search": lambda place, ground: f"the search of {named(place, ground)}",
    "return": lambda batch, ground: f"the wounded of {named(batch.partition(':')[0], ground)}",
}
"""By what an id of a story begins with, before the colon."""


def subject_in_words(subject: str, attribute: str, ground: Ground) -> str:
    """What a cell that only stories have is about; of what is given, with what is asked; empty of any other cell."""
    kind, _, rest = subject.partition(":")
    if rest and kind in _SUBJECTS and kind not in ground.actors:
        return _SUBJECTS[kind](rest, ground)
    actor, bar, link = subject.partition("|")
    if bar:
        return f"the way {way_in_words(link, ground)}, to {ground.name(actor)}"
    attribute = attribute.partition(".")[0]
    if subject in _NO_FORCES or any(
        subject in table for table in (ground.actors, ground.places, ground.operations, ground.regions, ground.links)
    ):
        return ""
    if attribute in _OF_PLANS:
        return f'the plan "{name_in_words(subject)}"'
    apart = subject.startswith(("column/", "raid/")) or "~" in subject
    is_force = attribute in _OF_FORCES and not any(sign in subject for sign in ":@/+")
    return force_in_words(subject, ground) if apart or is_force else ""
