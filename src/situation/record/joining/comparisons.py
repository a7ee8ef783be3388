"""How two answers to one question stand to each other, decided by small written tests.

| relation | test |
|---|---|
| `agrees` | the same |
| `refines` | one is a part of the other: narrower in time or number, a unit of the actor, a weaker "last" |
| `stage` | both happened, one after the other: entered, then captured |
| `tension` | they overlap but differ: the vicinity and the town, one unit's credit and another's |
| `contradicts` | they cannot both be so |
| `untestable` | words that no test can compare |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from situation.dates import Interval
from situation.events import ActorId, Agreement, PlaceDescribed, Quantity, StrengthAssessed, comparable
from situation.events.kinds import Position
from situation.events.predicates import LastPlaceOf
from situation.log.state import holders_in, split_cell
from situation.record.joining.topic import bounds
from situation.testimony.ground import Ground

__all__ = [
    "COMPARISONS",
    "DISPUTES",
    "EXCLUSIVE",
    "NAMES_ACTORS",
    "ORDER",
    "UNCOMPARED",
    "AnswerRelation",
    "leaves_out_doers",
    "names_units",
    "relate",
    "relate_spans",
]

AnswerRelation = Literal["agrees", "refines", "stage", "untestable", "tension", "contradicts"]
ORDER: tuple[AnswerRelation, ...] = ("agrees", "refines", "stage", "untestable", "tension", "contradicts")
"""From the mildest to the gravest: a question is as disputed as its gravest pair."""
DISPUTES: frozenset[AnswerRelation] = frozenset({"tension", "contradicts"})

EXCLUSIVE = {
    *("holder", "status", "occurred", "holds", "successors"),
    *("blockaded", "condition", "violated", "ended", "exchanged"),
    *("posture", "air", "rung"),
}
"""Attributes of which two values cannot both be so."""
UNCOMPARED = {
    *("bank", "length", "rank", "role", "route", "claimed_by", "name", "composition", "holdings"),
    *("against", "targets", "aims", "commander", "support", "proclaimed", "vote", "location", *get_args(Position)),
    *(
        "doctrine",
        "turned",
        "fired",
        "air_by",
        "sealed",
        "closed_by",
        "searched",
        "incidents",
        "conceded",
    ),
    *("civilians_killed", "strength", "killed", "wounded", "killed_of", "wounded_of"),
    *("prisoners", "released", "crew_killed", "crew_taken", "fled", "km"),
}
"""Attributes whose values no test compares: words, and what only stories change; quantities where one side gives none."""

_UNITS = (
    *("taken_by", "participants", "entered_by", "attacked_by", "searched_by", "civilians_killed_by"),
    *("blockaded_by", "prisoners_of", "struck_by", "violated_by"),
)
_DOERS = ("besieger", "declared_by", "by")
"""Attributes that name those who do a thing, alone or together: a report that names one of several says less."""
NAMES_ACTORS = frozenset(
    {"holder", *_UNITS, *_DOERS, "against", "air_by", "closed_by", "successors", "parties", "direction"}
)
"""Attributes whose values name actors: of two of them, the letters of a name never choose."""
_STAGES = frozenset({"status", "besieger", "blockaded", "condition", "air", "air_by"})
"""Attributes that reports of two kinds give one after the other: entered, then captured."""
_SIDES = {"allied": 0, "coordinated": 0, "deconflicted": 1, "tolerated": 1, "neutral": 1, "hostile": 2}


def relate(cell: str, one: tuple[Any, Any], other: tuple[Any, Any], ground: Ground) -> AnswerRelation:
    """The relation of two answers on a cell.

    Args:
        cell: the cell both speak to.
        one: the value, and the event or predicate that gives it.
        other: likewise.
        ground: for the hierarchy of actors.

    Raises:
        LookupError: nothing says how answers on this attribute compare.
    """
    attribute = split_cell(cell)[1]
    (value, content), (rival, rival_content) = one, other
    if attribute.endswith("when"):
        return relate_spans(value, rival)
    if attribute == "last_place":
        return _last(content, rival_content)
    if isinstance(value, Quantity) and isinstance(rival, Quantity):
        same_measure = comparable(attribute, value.unit, rival.unit)
        return _amounts(value, rival, _scope(content) == _scope(rival_content)) if same_measure else "untestable"
    if attribute == "location" and isinstance(content, PlaceDescribed) and isinstance(rival_content, PlaceDescribed):
        return _locations(content, rival_content)
    if value == rival:
        return "agrees"
    if leaves_out_doers(content, value) or leaves_out_doers(rival_content, rival):
        return "refines"
    if attribute in _STAGES and type(content) is not type(rival_content):
        return "stage"
    name = attribute.partition(".")[0]
    if name not in COMPARISONS:
        raise LookupError(
            f"It is not said how two answers on '{name}' compare. Enter it in EXCLUSIVE (both cannot be so), UNCOMPARED, or "
            "COMPARISONS of situation.record.joining.comparisons."
        )
    return COMPARISONS[name](value, rival, ground)


def leaves_out_doers(content: Any, value: Any) -> bool:
    """Whether an answer is only that nobody is named: who took a place, say, and so who holds it, and how."""
    return getattr(content, "by", None) == () and value in (None, "unknown", frozenset())


def relate_spans(one: Interval, other: Interval) -> AnswerRelation:
    """Two times: the same, one inside the other, overlapping, or apart."""
    if one == other:
        return "agrees"
    if one.contains(other) or other.contains(one):
        return "refines"
    return "tension" if one.meet(other) else "contradicts"


def _scope(content: Any) -> str:
    return content.scope if isinstance(content, StrengthAssessed) else ""


def _amounts(one: Quantity, other: Quantity, same_scope: bool) -> AnswerRelation:
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    if high < other_low or other_high < low:
        return "contradicts"
    if not same_scope:
        return "tension"
    if (low, high) == (other_low, other_high):
        return "agrees"
    nested = (low <= other_low and other_high <= high) or (other_low <= low and high <= other_high)
    return "refines" if nested else "tension"


def _holders(one: Any, other: Any, ground: Ground) -> AnswerRelation:
    """Who holds a place: several together may be told of one by one."""
    together = isinstance(one, frozenset) | isinstance(other, frozenset)
    return "tension" if together and set(holders_in(one)) & set(holders_in(other)) else "contradicts"


def _doers(one: Any, other: Any, ground: Ground) -> AnswerRelation:
    return _parties(frozenset(holders_in(one)), frozenset(holders_in(other)), ground)


def _units(one: frozenset[str], other: frozenset[str], ground: Ground) -> AnswerRelation:
    """Credit: a unit refines its parent; other units of the same side are in tension; other sides contradict."""

    def covered(inner: frozenset[str], outer: frozenset[str]) -> bool:
        return all(any(ground.under(ActorId(unit), ActorId(above)) for above in outer) for unit in inner)

    if covered(one, other) != covered(other, one):
        wider = other if covered(one, other) else one
        if all(ground.actors[ActorId(unit)].parent is None for unit in wider):
            return "refines"
    roots = [{ground.root(ActorId(unit)) for unit in units} for units in (one, other)]
    return "tension" if roots[0] & roots[1] else "contradicts"


def _parties(one: frozenset[str], other: frozenset[str], ground: Ground) -> AnswerRelation:
    """Who fought: a report that leaves a side out says less; two that share a side may speak of one fight."""
    if one <= other or other <= one:
        return "refines"
    return "tension" if one & other else "contradicts"


def _agreements(one: Agreement, other: Agreement, ground: Ground) -> AnswerRelation:
    """What was agreed: its kind, where it holds and until when; one that names less says less."""
    dates = ((one.since, other.since), (one.until, other.until))
    if one.kind != other.kind or any(mine and theirs and mine != theirs for mine, theirs in dates):
        return "contradicts"
    return _areas(one.scope, other.scope, ground) if one.scope != other.scope else "refines"


def _direction(one: tuple[tuple[str, ...], str], other: tuple[tuple[str, ...], str], ground: Ground) -> AnswerRelation:
    """Who attacked whom: the other way round contradicts; more or other attackers of the same side do not."""
    (attackers, target), (others, rival) = one, other
    if target in others or rival in attackers:
        return "contradicts"
    if target != rival:
        return "tension"
    return _parties(frozenset(attackers), frozenset(others), ground)


def _stance(one: str, other: str, ground: Ground) -> AnswerRelation:
    return "contradicts" if 2 in (_SIDES[one], _SIDES[other]) else "tension"


def _phase(one: str, other: str, ground: Ground) -> AnswerRelation:
    return "refines" if "running" in (one, other) and "ended" not in (one, other) else "contradicts"


def names_units(cell: str, finer: Any, than: Any, ground: Ground) -> bool:
    """Whether an answer says more than another by naming units of the actor that the other names."""
    if split_cell(cell)[1] not in _UNITS or finer == than:
        return False
    inside = all(any(ground.under(unit, above) for above in than) for unit in finer)
    return inside and _units(finer, than, ground) == "refines"


def _areas(one: frozenset[Any], other: frozenset[Any], ground: Ground) -> AnswerRelation:
    places = [{place for area in areas for place in ground.members(area)} for areas in (one, other)]
    if places[0] == places[1]:
        return "agrees"
    if not places[0] or not places[1] or places[0] <= places[1] or places[1] <= places[0]:
        return "refines"
    return "tension" if places[0] & places[1] else "contradicts"


def _last(one: LastPlaceOf, other: LastPlaceOf) -> AnswerRelation:
    """The last, the last of size, one of the last: "the last" leaves no room for another place or for others."""
    same = set(one.places) == set(other.places)
    if same and one.qualifier == other.qualifier:
        return "agrees"
    absolute = [said.qualifier == "the last" for said in (one, other)]
    if "one of the last" in (one.qualifier, other.qualifier):
        return "contradicts" if any(absolute) else "refines"
    if same:
        return "refines"
    nested = set(one.places) <= set(other.places) or set(other.places) <= set(one.places)
    if one.qualifier == other.qualifier or all(absolute):
        return "tension" if nested else "contradicts"
    return "contradicts" if any(absolute) and not nested else "tension"


def _locations(one: PlaceDescribed, other: PlaceDescribed) -> AnswerRelation:
    if one == other:
        return "agrees"
    if one.of == other.of and (one.km is None or other.km is None):
        return "refines"
    return "untestable"


_Comparison = Callable[[Any, Any, Ground], AnswerRelation]
COMPARISONS: Final[Mapping[str, _Comparison]] = MappingProxyType(
    {
        **dict.fromkeys(sorted(EXCLUSIVE), lambda one, other, ground: "contradicts"),
        **dict.fromkeys(sorted(UNCOMPARED), lambda one, other, ground: "untestable"),
        **dict.fromkeys(sorted(_UNITS), _units),
        **dict.fromkeys(sorted(_DOERS), _doers),
        "holder": _holders,
        "parties": _parties,
        "agreement": _agreements,
        "direction": _direction,
        "fled_toward": _areas,
        "stance": _stance,
        "phase": _phase,
    }
)
"""From an attribute to how two different answers on it compare, where neither is a mere amount, a time or a description."""
