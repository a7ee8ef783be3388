"""Faults within `map.yaml`: of its spellings, words, hierarchies and opening, each at its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from situation.dates import Interval, Minute
from situation.errors import Fault, near_miss
from situation.events import ActorId
from situation.testimony.actors import Actor, sides_from
from situation.testimony.dating.clock import Clock
from situation.testimony.documents import Path_
from situation.testimony.kinds import LINK_KINDS, PLACE_KINDS
from situation.testimony.lexicon import word_key
from situation.testimony.mapkeys import MapFile
from situation.testimony.names import ALWAYS, dated_names
from situation.testimony.spelling import spelling_key

__all__ = [
    "check_dated_names",
    "check_hierarchies",
    "check_kinds",
    "check_opening",
    "check_spellings",
    "check_words",
    "spelled_names",
]

_Tell = Callable[[Path_, str, str], None]
"""Takes a path, a fact and what to do."""


def spelled_names(row: Mapping[str, Any]) -> list[str]:
    """The id, the name and the undated spellings of a row of the map, as far as they are text."""
    aliases = row["aliases"] if isinstance(row.get("aliases"), list) else []
    return [name for name in (row.get("id"), row.get("name"), *aliases) if isinstance(name, str)]


def check_spellings(value: Mapping[str, Any], tell: _Tell) -> None:
    """Report spellings that two places, or an actor and a place, share."""
    owners: dict[str, str] = {}
    for key in ("actors", "places"):
        for number, row in enumerate(value[key] if isinstance(value.get(key), list) else ()):
            if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                continue
            for name in spelled_names(row):
                if owners.setdefault(spelling_key(name), row["id"]) != row["id"]:
                    fact = f"The spelling '{name}' is taken, by '{owners[spelling_key(name)]}'."
                    tell((key, number), fact, "Give each spelling to one thing.")


def check_dated_names(plan: MapFile, tell: _Tell) -> None:
    """Report names that two things bore at one time."""
    borne: dict[str, list[tuple[Interval, str]]] = {}
    for key, things in (("actors", plan.actors), ("places", plan.places)):
        rows: Iterable[Any] = things
        for number, thing in enumerate(rows):
            dated = dated_names(thing)
            always = [] if thing.names else [thing.name]
            always += [alias.name for alias in thing.aliases if alias.span == ALWAYS]
            for name, span, _ in (*dated, *((name, ALWAYS, "") for name in always)):
                others = borne.setdefault(spelling_key(name), [])
                rival = next((other for when, other in others if other != thing.id and when.meet(span)), None)
                if rival is not None and dated:
                    fact = f"The name '{name}' was borne by '{rival}' at the same time."
                    tell((key, number), fact, "Correct its dates, or give each its own.")
                others.append((span, thing.id))


def check_words(plan: MapFile, tell: _Tell) -> None:
    """Report words that the lexicon has twice."""
    seen: set[str] = set()
    for number, word in enumerate(plan.lexicon):
        key = word_key(word.words)
        if key in seen:
            tell(("lexicon", number), f"The words '{word.words}' stand here a second time.", "Keep one.")
        seen.add(key)


def check_hierarchies(plan: MapFile, tell: _Tell) -> None:
    """Report actors, places and regions that stand under themselves, at any time."""
    within: dict[str, str | None] = {place.id: place.within for place in plan.places}
    turns = {
        turn for actor in plan.actors for one in actor.parents for turn in (one.span.earliest, one.span.latest + 1)
    }
    hierarchies: list[tuple[str, str, dict[str, str | None]]] = [("places", "within", within)]
    for minute in sorted({0, *turns}):
        hierarchies.append(("actors", "parent", {actor.id: actor.parent_at(minute) for actor in plan.actors}))
    circular: set[Path_] = set()
    for key, word, above in hierarchies:
        for number, name in enumerate(above):
            seen, here = {name}, above[name]
            while here is not None and here not in seen:
                seen.add(here)
                here = above.get(here)
            if here == name and (key, number) not in circular:
                circular.add((key, number))
                tell((key, number, word), f"'{name}' stands under itself.", f"Correct its '{word}'.")
    for path, fault in _keeper_faults(plan.actors):
        tell(path, fault.fact, fault.advice)
    regions = {region.id: region.places for region in plan.regions}
    for number, region in enumerate(plan.regions):
        waiting, seen_regions = [*region.places], set()
        while waiting:
            part = waiting.pop()
            if part == region.id:
                tell(("regions", number), f"The region '{region.id}' holds itself.", "Take it out.")
                break
            if part in regions and part not in seen_regions:
                seen_regions.add(part)
                waiting.extend(regions[part])


def check_kinds(plan: MapFile, tell: _Tell) -> None:
    """Report kinds of places and links that are not known, kinds stated twice, and seas that are held at the start."""
    rows: tuple[tuple[str, str, Iterable[Any], Iterable[Any], Mapping[str, Any]], ...] = (
        ("places", "place_kinds", plan.places, plan.place_kinds, PLACE_KINDS),
        ("links", "link_kinds", plan.links, plan.link_kinds, LINK_KINDS),
    )
    for key, own_key, things, own, general in rows:
        stated = [kind.id for kind in own]
        for number, name in enumerate(stated):
            if name in general or name in stated[:number]:
                tell(
                    (own_key, number, "id"),
                    f"The kind '{name}' is there already.",
                    "Give it another name, or leave it out.",
                )
        known = [*general, *stated]
        for number, thing in enumerate(things):
            if thing.kind not in known:
                hint = near_miss(thing.kind, known) or f"Use one of: {', '.join(known)}; or state it under '{own_key}'."
                tell((key, number, "kind"), f"There is no kind of {key[:-1]} '{thing.kind}'.", hint)
    seas = {kind.id for kind in (*PLACE_KINDS.values(), *plan.place_kinds) if kind.sea}
    for place in plan.places:
        opening = plan.opening.places.get(place.id)
        if place.kind in seas and opening is not None and (opening.holder is not None or opening.holders):
            tell(
                ("opening", "places", place.id),
                f"Nobody holds '{place.id}': it is sea.",
                "Write 'status: ungarrisoned'.",
            )


def check_opening(plan: MapFile, clock: Clock, window: Interval | None, tell: _Tell) -> None:
    """Report what the opening leaves out, or says of units in place of whole sides."""
    try:
        at = clock.interval(plan.opening.at)
        if window is not None and at.earliest != window.earliest:
            tell(("opening", "at"), "The opening is not at the window's start.", "Use the window's 'from'.")
    except Fault as fault:
        tell(("opening", "at"), fault.fact, fault.advice)
    start = window.earliest if window is not None else 0
    roots = {actor.id for actor in plan.actors if actor.parent_at(start) is None}
    for place in plan.places:
        if place.id not in plan.opening.places:
            fact = f"The opening says nothing of '{place.id}'."
            tell(("opening", "places"), fact, "Say how it stood; 'unknown' is an answer.")
    for actor in sorted(roots - set(plan.opening.actors)):
        tell(("opening", "actors"), f"The opening says nothing of '{actor}'.", "Give its posture.")
    for place_id, opening in plan.opening.places.items():
        for name in (opening.holder, *opening.holders, *opening.ring, *(part.actor for part in opening.parts)):
            if name is not None and name not in roots:
                hint = near_miss(name, roots) or "Name the actor at the top of its hierarchy."
                tell(("opening", "places", place_id), f"'{name}' is a unit, not a holder.", hint)
    seen: set[tuple[str, str]] = set()
    actors = {actor.id: actor for actor in plan.actors}
    for number, relation in enumerate(plan.opening.relations):
        pair = (relation.actor, relation.toward)
        if pair in seen:
            fact = f"The relation from '{pair[0]}' to '{pair[1]}' stands here a second time."
            tell(("opening", "relations", number), fact, "Keep one.")
        seen.add(pair)
        if pair[0] == pair[1]:
            tell(("opening", "relations", number), f"'{pair[0]}' stands to itself.", "Name two actors.")
        for key, name in zip(("from", "to"), pair, strict=True):
            if sides_from((actors[name],) if name in actors else (), window or ALWAYS) is None:
                fact = f"'{name}' is a unit; relations are between whole sides."
                advice = "Name the actor at the top; of a unit that left its side, say until when under its 'parents'."
                tell(("opening", "relations", number, key), fact, advice)
    _agreements(plan, clock, window, tell)


def _agreements(plan: MapFile, clock: Clock, window: Interval | None, tell: _Tell) -> None:
    """Report agreements of the opening that were not in force then, hold where another of the same two holds, or whose
    parties are enemies there."""
    tops = {actor.id: actor for actor in plan.actors}
    start = window.earliest if window is not None else 0
    hostile = {frozenset((it.actor, it.toward)) for it in plan.opening.relations if it.stance == "hostile"}
    seen: dict[frozenset[str], list[set[str]]] = {}
    for number, agreement in enumerate(plan.opening.agreements):
        path = ("opening", "agreements", number)
        sides = [_top(actor, tops, start) for actor in agreement.between]
        where = _places_of(agreement.scope, plan)
        for pair in map(frozenset, combinations(sides, 2)):
            names = " and ".join(f"'{name}'" for name in sorted(pair))
            if len(pair) < 2:
                tell((*path, "between"), f"Two parties of the agreement are of one side, {names}.", "Name two sides.")
            elif any(not it or not where or it <= where or where <= it for it in seen.get(pair, ())):
                fact = f"Another agreement of {names} that stands here already holds where this one does."
                advice = (
                    "Keep the one that was in force. Of two for different places each names its own under 'scope'; "
                    "a ceasefire that another took the place of later is a claim of the record."
                )
                tell(path, fact, advice)
            elif pair in hostile:
                tell(
                    path, f"{names} are hostile in 'relations'.", "Of enemies no agreement is in force: leave one out."
                )
            seen.setdefault(pair, []).append(where)
        try:
            if agreement.until is not None and window is not None and clock.moment(agreement.until) < start:
                tell((*path, "until"), "The agreement had lapsed when the window begins.", "Leave it out.")
            if agreement.since is not None and window is not None and clock.interval(agreement.since).earliest > start:
                advice = "Claim it under the record, as CeasefireAgreed or PeaceSigned."
                tell((*path, "since"), "The agreement was not in force yet when the window begins.", advice)
        except Fault as fault:
            tell(path, fault.fact, fault.advice)


def _places_of(areas: Iterable[str], plan: MapFile) -> set[str]:
    """The places that some areas cover, with those nested in them; none for none."""
    parts: dict[str, list[str]] = {region.id: [*region.places] for region in plan.regions}
    for place in plan.places:
        if place.within is not None:
            parts.setdefault(place.within, []).append(place.id)
    places, waiting = set[str](), [*areas]
    while waiting:
        area = waiting.pop()
        if area not in places:
            places.add(area)
            waiting += parts.get(area, ())
    return places - {region.id for region in plan.regions}


def _top(actor: ActorId, actors: Mapping[ActorId, Actor], at: Minute) -> ActorId:
    """The actor at the top of the hierarchy at a minute; where that runs in a circle, which is told elsewhere, the actor."""
    seen = [actor]
    while (known := actors.get(seen[-1])) is not None and (above := known.parent_at(at)) is not None:
        if above in seen:
            return actor
        seen.append(above)
    return seen[-1]


def _keeper_faults(actors: Iterable[Actor]) -> Iterator[tuple[Path_, Fault]]:
    """Every fault of `holds_for` in the actors of a map, with its path."""
    known = list(actors)
    tops = {actor.id for actor in known if actor.parent is None and actor.holds_for is None}
    for number, actor in enumerate(known):
        if actor.holds_for is None:
            continue
        path = ("actors", number, "holds_for")
        if actor.parent is not None:
            fact = f"'{actor.id}' stands under '{actor.parent}', whose side holds what it takes."
            yield path, Fault(fact, "Leave 'holds_for' out, or 'parent'.")
        elif actor.holds_for not in tops:
            advice = "Name another actor at the top, one that holds what it takes itself."
            yield path, Fault(f"'{actor.holds_for}' cannot hold for '{actor.id}'.", advice)
