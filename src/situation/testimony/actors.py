"""Actors: states, forces and bodies, the names they bore, and under whom they stood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from situation.dates import Interval, Minute
from situation.errors import Fault
from situation.events import ActorId
from situation.testimony.names import Alias, Period

__all__ = ["Actor", "Colour", "Under", "sides_from"]

_Shape = Literal[
    "circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "cross", "x", "star", "hexagon"
]


@frozen
class Colour:
    """An actor's colour on light and on dark ground; `line` where the fill is too pale for lines."""

    light: str
    dark: str
    line: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("light", "dark", "line"):
            value = getattr(self, name)
            if value is None:
                continue
            if len(value) != 7 or value[0] != "#" or any(digit not in "0123456789abcdefABCDEF" for digit in value[1:]):
                raise Fault(f"'{value}' is no colour.", "Write # and six hexadecimal digits, such as '#9154C5'.")


@frozen
class Under(Period):
    """Under whom an actor stood for a time; None: under nobody."""

    parent: ActorId | None = field(kw_only=True)


@frozen
class Actor:
    """A state, force or body; units stand under their root, which is what holds ground.

    `names`: what it was called for a time in place of `name`. `parents`: under whom it stood for a time in place of
    `parent`. `holds_for`: an ally that holds the ground which this one takes: it gets the credit and no share.
    """

    id: ActorId
    name: str
    aliases: tuple[Alias, ...] = ()
    names: tuple[Alias, ...] = ()
    parent: ActorId | None = None
    parents: tuple[Under, ...] = ()
    kind: Literal["state", "force", "group", "body", "unit", "ship"] = "group"
    colour: Colour | None = None
    shape: _Shape | None = None
    holds_for: ActorId | None = None

    def parent_at(self, minute: Minute) -> ActorId | None:
        """Under whom it stood at a minute."""
        return next((one.parent for one in self.parents if one.holds(minute)), self.parent)


def sides_from(actors: Iterable[Actor], during: Interval) -> Minute | None:
    """From which minute of a time on some actors stood under nobody, all at once; None: at no minute of it."""
    sides = tuple(actors)
    ends = {one.span.latest + 1 for actor in sides for one in actor.parents}
    starts = {one.span.earliest for actor in sides for one in actor.parents}
    inside = sorted(turn for turn in ends | starts if during.earliest < turn <= during.latest)
    turns = dict.fromkeys((during.earliest, *inside))
    return next((turn for turn in turns if all(actor.parent_at(turn) is None for actor in sides)), None)
