"""How alike two reports of one kind at one place are: in time, sides and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from situation.dates import DAY, Interval
from situation.events import (
    UNKNOWN,
    ActorId,
    Attacked,
    CeasefireAgreed,
    Event,
    PrisonersExchanged,
    StanceChanged,
    comparable,
    roots,
)
from situation.log.value_words import amount
from situation.record.joining.comparisons import EXCLUSIVE, UNCOMPARED, relate
from situation.record.joining.nearby import VICTIMS, happens_once, has_place, kind_and_place, one_victim, taken_from_one
from situation.record.joining.over_weeks import (
    is_bare_over_weeks,
    is_count_over_weeks,
    lies_within,
    numbers_given,
    outlasts,
)
from situation.record.joining.topic import EventFacts, bounds, facts_of, span_of
from situation.testimony.apart import ground_when
from situation.testimony.authority import own_body
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["JOIN_RULES", "JoinRule", "Likeness", "can_be_one", "likeness"]


@frozen
class JoinRule:
    """How near and how alike two reports without an episode must be to tell of one happening.

    Args:
        within: minutes; times that overlap, or whose ends lie less than this apart, join. ASSUMED: a day, the unit in which
            most reports are dated, so that reports of two days are two happenings.
        doubtful: minutes; what is no more than this apart is listed as possibly one. ASSUMED: three days, in which most
            papers have carried the news of an event.
        ratio: how many times the larger of two numbers may exceed the smaller. Four times, the widest at which nine of ten
            joined pairs were joined by people too, on half of the events that docs/joins-measured.md tells of.
    """

    within: int = DAY
    doubtful: int = 3 * DAY
    ratio: float = 4.0


JOIN_RULES: Final[Mapping[str, JoinRule]] = MappingProxyType(
    {"narrow": JoinRule(within=0, ratio=1.0), "default": JoinRule(), "wide": JoinRule(within=3 * DAY, ratio=10.0)}
)
"""Three settings, to see what the joins hang on."""


_ONE_VALUED: Final = EXCLUSIVE | {"stance", "agreement"}
"""Attributes that have one value at a time."""


@frozen
class Likeness:
    """How alike two reports are: whether they join, how far apart they lie in minutes, how much they agree on, and why."""

    joins: bool
    gap: int
    agreements: int
    why: str


def likeness(one: Claim, other: Claim, ground: Ground, testimony: Testimony, rule: JoinRule) -> Likeness | None:
    """Compare two claims of one kind at one place; None: they are of two happenings, and nothing suggests otherwise."""
    event, rival = one.event, other.event
    spans = span_of(one, ground), span_of(other, ground)
    nearest, farthest = _apart(*spans)
    if event is None or rival is None or nearest > rule.doubtful:
        return None
    if one.mode != other.mode and outlasts(*((one, other) if other.mode == "denies" else (other, one)), ground):
        return None
    ground = ground_when(event, _over(*spans), ground)
    sides = _sides_fit(event, rival, ground)
    answers = True if event is rival else _answers_fit(event, rival, ground)
    if nearest and taken_from_one(event, rival, ground) and not _one_piece(one, other, testimony):
        return Likeness(False, farthest, 0, f"{_days_apart(nearest)}, same place and loser")
    if sides is None or answers is None:
        return None
    if not answers and (_one_piece(one, other, testimony) or (farthest and not happens_once(event, rival, ground))):
        return None
    compared, agreements, unlike = _numbers(event, rival, rule.ratio, ground)
    befell = None if answers else VICTIMS.get(type(event))
    words = [
        befell or ("place and sides" if sides else _place_alone(event, rival, ground)),
        *(["numbers that fit"] if compared and not unlike else []),
    ]
    if unlike and _one_piece(one, other, testimony):
        return None
    if one.mode == other.mode and is_count_over_weeks(one, other, ground):
        bare = is_bare_over_weeks(one, other, ground)
        if farthest or _one_piece(one, other, testimony) or (lies_within(one, other, ground) and not bare):
            return None
        does = "goes on for weeks" if bare else "counts over weeks"
        return Likeness(False, farthest, agreements, f"times that overlap, same {words[0]}, but one {does}")
    if unlike and spans[0] == spans[1] and own_body(one, testimony) == own_body(other, testimony):
        return Likeness(True, farthest, agreements, f"same time, {words[0]}, and a later count by the same voice")
    if farthest and farthest >= rule.within:
        return Likeness(False, farthest, agreements, f"{_days_apart(nearest)}, same {words[0]}")
    when = "times that overlap" if not farthest else "less than a day apart"
    if spans[0] == spans[1]:
        when = "same time"
    if unlike:
        return Likeness(False, farthest, agreements, f"{when}, same {words[0]}, but {unlike}")
    exchange = (
        isinstance(event, PrisonersExchanged) and sides
    )  # two sides exchange prisoners once of a time, wherever it is
    if has_place(event) and event.place is None and getattr(event, "ship", None) is None and not exchange:
        sides_too = " and sides" if sides else ""
        if not farthest and _is_one_report(one, other, testimony, ground):
            return Likeness(
                True, farthest, agreements, f"{when}{sides_too}, at no stated place, and words of one voice"
            )
        return Likeness(False, farthest, agreements, f"{when}{sides_too}, at a place that is not stated")
    return Likeness(True, farthest, agreements, f"{when}, same {', '.join(words)}")


def can_be_one(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether two claims can tell of one event, whatever its time and numbers: one kind, no two places, no sides that exclude.

    A forecast tells of none.
    """
    event, rival = one.event, other.event
    if event is None or type(event) is not type(rival) or {one.kind, other.kind} != {"event"}:
        return False
    assert rival is not None
    ground = ground_when(event, _over(*(span_of(claim, ground) for claim in (one, other))), ground)
    somewhere = has_place(event) and None in (event.place, rival.place)
    shared = set(kind_and_place(event, ground)) & set(kind_and_place(rival, ground))
    return bool(somewhere or shared) and _sides_fit(event, rival, ground) is not None


def _over(one: Interval, other: Interval) -> Interval:
    """From the first minute of two spans to the last."""
    return Interval(min(one.earliest, other.earliest), max(one.latest, other.latest))


def _days_apart(minutes: int) -> str:
    days = max(1, round(minutes / DAY))
    return f"{days} day{'s' if days > 1 else ''} apart"


def _apart(one: Interval, other: Interval) -> tuple[int, int]:
    """How far apart two spans lie, in minutes, by the nearer and by the farther of their ends; 0 where they overlap."""
    if one.earliest <= other.latest and other.earliest <= one.latest:
        return 0, 0
    ends = abs(one.earliest - other.earliest), abs(one.latest - other.latest)
    return min(ends), max(ends)


def _one_piece(one: Claim, other: Claim, testimony: Testimony) -> bool:
    """Whether two claims stand in one piece and were known at once: a piece that gives two numbers tells of two events."""
    return one.source == other.source and testimony.known_from(one) == testimony.known_from(other)


def _is_one_report(one: Claim, other: Claim, testimony: Testimony, ground: Ground) -> bool:
    """Whether two pieces have the words of one voice, and no two numbers: a wire's report, told twice."""
    if own_body(one, testimony) != own_body(other, testimony) or _one_piece(one, other, testimony):
        return False
    mine, its = (dict(numbers_given(it.event, ground)) for it in (one, other) if it.event is not None)
    return all(mine[key] == its[key] for key in mine if key in its)


def _sides_fit(one: Event, other: Event, ground: Ground) -> bool | None:
    """Whether two events name the same sides (True), or one names some and the other none (False); None: others.

    What speaks of two both ways is the same from either, such as a ceasefire. A ship is one ship
    and not its side; who sank it, or to whom a garrison surrendered, is a question of its own.
    """
    facts, rival_facts = facts_of(one, ground.root), facts_of(other, ground.root)
    named, rivals = _named(facts), _named(rival_facts)
    ships, places = (named.get("ship"), rivals.get("ship")), (one.place, other.place)
    once = happens_once(one, other, ground)
    if None not in ships and (ships[0] != ships[1] or (None not in places and places[0] != places[1] and not once)):
        return None
    if _of_other_places(one, other, ground):
        return None
    if one_victim(one, other, ground) or isinstance(one, StanceChanged):
        return True
    if isinstance(one, Attacked) and isinstance(other, Attacked) and None in places:
        both = [set(roots(ground.root, it.sides)) - {UNKNOWN} for it in (one, other)]
        if min(map(len, both)) > 1 and not (both[0] <= both[1] or both[1] <= both[0]):
            return None
    fits = False
    for name in named:
        if name in rivals:
            if named[name] == rivals[name]:
                fits = True
                continue
            heads = [{ground.root(ActorId(actor)) for actor in actors} for actors in (named[name], rivals[name])]
            if not heads[0] & heads[1] or (name == "between" and not (heads[0] <= heads[1] or heads[1] <= heads[0])):
                return None
            fits = True
    return fits


def _place_alone(one: Event, other: Event, ground: Ground) -> str:
    """That two events have their place in common; and where one of them leaves the sides out, that it does."""
    named = [bool(_named(facts_of(it, ground.root))) for it in (one, other)]
    return "place" if named[0] == named[1] else "place (one names no side)"


def _of_other_places(one: Event, other: Event, ground: Ground) -> bool:
    """Whether two ceasefires are of places of which none is one of the other's."""
    if not isinstance(one, CeasefireAgreed) or not isinstance(other, CeasefireAgreed):
        return False
    scopes = [{place for area in it.scope for place in ground.members(area)} for it in (one, other)]
    return all(scopes) and scopes[0].isdisjoint(scopes[1])


def _named(facts: EventFacts) -> Mapping[str, tuple[ActorId, ...]]:
    """The actors that an event names, by field; of a ceasefire, which has no direction, all under one."""
    event = facts.event
    return {"between": event.parties} if isinstance(event, CeasefireAgreed) else facts.actors


def _answers_fit(one: Event, other: Event, ground: Ground) -> bool | None:
    """Whether no answer of two events to the same cell, numbers apart, excludes the other's; None: they are of two events.

    Where a cell has one value at a time, such as how two stand to each other, two answers of one time are a dispute over one
    event.
    """
    fit = True
    rivals = facts_of(other, ground.root).cells
    for cell, attribute, value in facts_of(one, ground.root).words:
        if cell not in rivals:
            continue
        relation = relate(cell, (value, one), (rivals[cell], other), ground)
        words = attribute.partition(".")[0] in UNCOMPARED and value != rivals[cell]
        if (relation == "contradicts" and attribute in _ONE_VALUED) or (
            (relation == "contradicts" or words) and one_victim(one, other, ground)
        ):
            fit = False
        elif relation == "contradicts" or words or (attribute == "parties" and relation == "tension"):
            return None
    return fit


def _numbers(one: Event, other: Event, ratio: float, ground: Ground) -> tuple[int, int, str]:
    """How many numbers of two events can be compared; on how many they agree; and two too far apart, in words."""
    figures, rivals = (dict(numbers_given(it, ground)) for it in (one, other))
    if one is other:
        return len(figures), len(figures), ""
    compared = agreements = 0
    for of, number in figures.items():
        name, rival = of[0], rivals.get(of)
        if rival is None or not comparable(name, rival.unit, number.unit):
            continue
        (low, high), (other_low, other_high) = bounds(number), bounds(rival)
        compared += 1
        agreements += max(low, other_low) <= min(high, other_high)
        if max(low, other_low) > ratio * max(1.0, min(high, other_high)):
            words = f"{name.replace('_', ' ')} {amount(number)} and {amount(rival)} are too far apart"
            return compared, agreements, words
    return compared, agreements, ""
