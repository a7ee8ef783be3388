"""Statements about the state as sentences in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from situation import events as ev
from situation.events import predicates as pr
from situation.log.name_words import in_place, is_many, named, verb_of
from situation.log.value_words import amount
from situation.log.war_words import areas_in_words, names_in_words
from situation.testimony.ground import Ground

__all__ = ["STATEMENT_SENTENCES"]


def _places(qualifier: str, number: int) -> str:
    """What a "last" qualifies: `the last place`, `the last major places`, `the last towns`, `one of the last places`."""
    noun = "town" if qualifier == "the last urban" else "place"
    plural = "s" if number > 1 or qualifier == "one of the last" else ""
    return f"{qualifier.removesuffix(' urban')} {noun}{plural}"


def _last(said: pr.LastPlaceOf, ground: Ground) -> str:
    where = in_place(said.area, ground) if said.area else "within bounds that are not stated"
    many = len(said.places) > 1 or is_many(said.places[0], ground)
    verb, what = ("are" if many else "is"), _places(said.qualifier, 2 if many else 1)
    what = what.replace("one of", "among") if many else what
    holds = f"{ground.name(said.actor)} {verb_of(said.actor, ground, 'hold', 'holds')}"
    return f"{areas_in_words(said.places, ground)} {verb} {what} that {holds} {where}"


STATEMENT_SENTENCES: Mapping[type[ev.Event | pr.Predicate], Callable[[Any, Ground], str]] = {
    pr.Holds: lambda p, g: f"{g.name(p.actor)} {verb_of(p.actor, g, 'hold', 'holds')} {named(p.area, g)}",
    pr.HoldsMostOf: lambda p, g: f"{g.name(p.actor)} {verb_of(p.actor, g, 'hold', 'holds')} most of {named(p.area, g)}",
    pr.HoldsNothingIn: lambda p, g: (
        f"{g.name(p.actor)} {verb_of(p.actor, g, 'hold', 'holds')} nothing {in_place(p.area, g)}"
    ),
    pr.LastPlaceOf: _last,
    pr.LargestPlaceOf: lambda p, g: (
        f"{named(p.place, g)} is the largest place that {g.name(p.actor)} "
        f"{verb_of(p.actor, g, 'hold', 'holds')} {in_place(p.area, g)}"
    ),
    pr.BesiegedBy: lambda p, g: f"{named(p.place, g)} is besieged by {g.name(p.actor)}",
    pr.DividedBetween: lambda p, g: f"{named(p.place, g)} is divided between {names_in_words(p.actors, g)}",
    pr.ShareRegained: lambda p, g: (
        f"{g.name(p.actor)} {verb_of(p.actor, g, 'have', 'has')} regained {amount(p.share)} of what "
        f"{g.name(p.against)} once held {in_place(p.area, g)}"
    ),
    pr.ShareHeld: lambda p, g: f"{g.name(p.actor)} held {amount(p.share)} of {named(p.area, g)}",
    pr.Said: lambda p, g: f"said of {names_in_words((*p.actors, *p.about), g)}",
}
"""From a type of statement to its sentence."""
