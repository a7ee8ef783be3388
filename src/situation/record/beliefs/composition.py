"""One event of all the claims for it: what each field says, and by which claims, so that nothing is told that nobody told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

import attrs
from attrs import define, field

from situation.events import ActorId, Agreement, Event, Quantity, counts_people, in_measure
from situation.log.state import split_cell
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.joining.comparisons import DISPUTES, relate
from situation.record.joining.questions import Answer
from situation.record.joining.topic import facts_of, speaks, stated_fields
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Composed", "composed"]

Rank = Callable[[Claim], Any]
_Decided = Mapping[tuple[str, str], WeighedQuestion]
_DOERS = ("taken_by", "entered_by", "attacked_by", "searched_by", "civilians_killed_by", "struck_by")
"""The cells that say which units did it."""
_KILLERS = "civilians_killed_by"
"""The cell that says who did it of a kind of event of which the number is the main answer: whose number is not accepted may name
the killers all the same."""
_TERMS = ("scope", "since", "until")
"""The fields of what was agreed, which are of those reports that tell of the agreement that is accepted."""
_EMPTY: tuple[Any, ...] = (None, (), "", {})


@define
class Composed:
    """An event as it is held to have happened, and for each field that is given the claims that gave it, by id.

    `accounts`: the event as each voice tells it, where nothing decides between them on more than who it was.
    """

    event: Event
    credit: dict[str, tuple[str, ...]] = field(factory=dict)
    accounts: tuple[Event, ...] = ()


def composed(
    backed: Sequence[Claim],
    decided: _Decided,
    episode: str,
    ground: Ground,
    rank: Rank,
    voice: Mapping[str, str],
    beside: Sequence[Claim] = (),
) -> Composed:
    """Make one event of the claims for it.

    Of a number the accepted answer counts, whoever of those who tell of the event gives it; of all else the word of the heaviest
    that says anything; lists add up. Where two are as heavy and name another place, say, that of more voices counts; of as many
    nothing is said of it. Those who did it are the units that the accepted answer names, where they are of the same sides.

    Args:
        backed: the claims, the heaviest first; all of one kind of event.
        decided: the questions as decided, by cell and episode.
        episode: that of the event.
        ground: the map.
        rank: how heavy a claim is, the heaviest least.
        voice: by id, whose voice each claim is.
        beside: claims that tell of the event and name other units, say: of them only numbers that are accepted count.
    """
    first = backed[0].event
    assert first is not None
    kind: Any = type(first)
    facts = {id(claim.event): facts_of(claim.event, ground.root) for claim in backed if claim.event}
    alone = {name for it in facts.values() for name in it.actors}
    alone |= {*first.together, *_free_text(kind)}
    fields: dict[str, Any] = {}  # of the others, none says anything
    credit: dict[str, tuple[str, ...]] = {}
    said = {name for it in facts.values() for name in it.stated} | {name for it in beside for name in _counted(it)}
    for attribute in attrs.fields(kind):
        name = attribute.name
        if name not in said:
            continue
        given = [(claim, getattr(claim.content, name)) for claim in backed]
        stated = [pair for pair in given if pair[1] not in _EMPTY]
        others = [(claim, counted[name]) for claim in beside if name in (counted := _counted(claim))]
        if len(stated) > 1 and any(isinstance(value, Quantity) for _, value in stated):
            stated.sort(key=_counts_no_people)
        if name in _TERMS:
            stated = [
                (claim, value) for claim, value in stated if _tells_what_was_agreed(claim, decided, episode, ground)
            ]
        if name in first.gathers:
            fields[name] = tuple(dict.fromkeys(item for _, value in given for item in value))
            credit[name] = _ids(claim for claim, _ in stated)
        elif isinstance(attribute.default, bool):
            fields[name] = any(value for _, value in given)
            credit[name] = _ids(claim for claim, value in given if value == fields[name])
        elif any(isinstance(value, Mapping) for _, value in (*stated, *others)):
            fields[name] = _counts(name, stated, others, decided, episode, ground, credit)
        elif any(isinstance(value, Quantity) for _, value in (*stated, *others)):
            fields[name], credit[name] = _figure(name, stated, others, attribute.default, decided, episode, ground)
        else:
            empty = next((value for _, value in given if value in _EMPTY), given[0][1])
            fields[name] = stated[0][1] if stated else empty
            if attribute.default in (None, ()) and name not in alone:
                fields[name] = _word(stated, rank, voice, attribute.default) if stated else empty
            credit[name] = _ids(claim for claim, value in stated if value == fields[name])
    if first.together:
        fullest = _fullest(backed, first.together, decided, episode, ground)
        for name in first.together:
            fields[name] = getattr(fullest.event, name)
            same = [claim for claim in backed if getattr(claim.event, name) == fields[name]]
            credit[name] = _ids(same if fields[name] not in _EMPTY else ())
    by = fields.get("by", getattr(first, "by", ()))
    killers = decided.get((f"{first.place}.{_KILLERS}", episode)) if not by and _KILLERS in first.details else None
    if killers is not None and killers.accepted is not None:
        fields["by"], credit["by"] = tuple(sorted(killers.accepted.value)), _ids(killers.accepted.claims)
    elif by and (doers := _accepted_doers(first, by, decided, episode, ground)) is not None:
        fields["by"], credit["by"] = tuple(sorted(doers.value)), _ids(doers.claims)
    whole: Any = first
    changed = {name: value for name, value in fields.items() if not _is_same(getattr(first, name), value)}
    return Composed(
        attrs.evolve(whole, **changed) if changed else first, {name: ids for name, ids in credit.items() if ids}
    )


def _fullest(
    backed: Sequence[Claim], together: Iterable[str], decided: _Decided, episode: str, ground: Ground
) -> Claim:
    """Of the claims that name none but doers that are accepted, the one that says most in some fields; else of all."""
    agreed = [claim for claim in backed if _names_the_doers(claim, decided, episode, ground)] or backed
    return max(agreed, key=lambda claim: sum(getattr(claim.event, name) not in _EMPTY for name in together))


def _accepted_doers(
    event: Event, by: Iterable[ActorId], decided: _Decided, episode: str, ground: Ground
) -> Answer | None:
    """The accepted answer on which units did it, where they are of the sides that are named; None where there is none."""
    accepted = None
    for cell, units in facts_of(event, ground.root).cells.items():
        doers = decided.get((cell, episode)) if split_cell(cell)[1] in _DOERS else None
        if doers is None or doers.accepted is None or units != frozenset(getattr(event, "by", ())):
            continue
        if {ground.root(unit) for unit in doers.accepted.value} == {ground.root(unit) for unit in by}:
            accepted = doers.accepted
    return accepted


def _counted(claim: Claim) -> Mapping[str, Any]:
    """The numbers that a claim gives, by field."""
    stated = stated_fields(claim.event) if claim.event is not None else {}
    return {name: value for name, value in stated.items() if isinstance(value, Quantity | Mapping)}


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values are one, or list the same names."""
    return one is other or (isinstance(one, tuple) and one == other and all(isinstance(it, str) for it in one))


def _word(stated: list[tuple[Claim, Any]], rank: Rank, voice: Mapping[str, str], unsaid: Any) -> Any:
    """What the heaviest say; where these differ, what most voices say, and of as many nothing."""
    voices: dict[Any, set[str]] = {value: set() for claim, value in stated if rank(claim) == rank(stated[0][0])}
    for claim, value in stated:
        if value in voices:
            voices[value].add(voice[claim.id])
    most = max(map(len, voices.values()))
    chosen = [value for value, those in voices.items() if len(those) == most]
    return chosen[0] if len(chosen) == 1 else unsaid


@cache
def _free_text(kind: Any) -> tuple[str, ...]:
    """The fields of an event that hold a source's own words, of which no two need be the same."""
    return tuple(name for name, hint in get_type_hints(kind).items() if hint in (str, str | None))


def _names_the_doers(claim: Claim, decided: _Decided, episode: str, ground: Ground) -> bool:
    """Whether a claim names none but doers of the sides that are accepted."""
    for cell, units in speaks(claim, ground).items():
        doers = decided.get((cell, episode)) if split_cell(cell)[1] in _DOERS else None
        if doers is not None and doers.accepted is not None and units:
            sides = {ground.root(unit) for unit in doers.accepted.value}
            if not sides & {ground.root(unit) for unit in units}:
                return False
    return True


def _tells_what_was_agreed(claim: Claim, decided: _Decided, episode: str, ground: Ground) -> bool:
    """Whether what a claim says was agreed can stand beside what is accepted; so can whatever is no agreement."""
    for cell, agreed in speaks(claim, ground).items():
        weighed = decided.get((cell, episode)) if isinstance(agreed, Agreement) else None
        if weighed is not None and weighed.accepted is not None:
            accepted = (weighed.accepted.value, weighed.accepted.content)
            if relate(cell, (agreed, claim.event), accepted, ground) in DISPUTES:
                return False
    return True


def _ids(claims: Any) -> tuple[str, ...]:
    return tuple(sorted({claim.id for claim in claims}))


def _figure(
    name: str,
    stated: list[tuple[Claim, Any]],
    others: list[tuple[Claim, Any]],
    default: Any,
    decided: _Decided,
    episode: str,
    ground: Ground,
) -> tuple[Any, tuple[str, ...]]:
    """The number that is accepted, where a claim for the event gives it; else the heaviest one that still counts."""
    for claim, value in (*stated, *others):
        cell = _cell_of(name, value, claim, ground)
        weighed = decided.get((cell, episode))
        if weighed is None:
            break
        if weighed.accepted is None and default is None:
            return None, ()
        if weighed.accepted is not None and any(it in weighed.accepted.claims for it, _ in others):
            return weighed.accepted.value, _ids(it for it in weighed.accepted.claims if it.event is not None)
        answers = [weighed.accepted, *weighed.question.answers] if weighed.accepted else weighed.question.answers
        for answer in answers:
            mine = [it for it, number in stated if number == answer.value and it in answer.claims]
            if mine:
                return answer.value, _ids(it for it in answer.claims if it.event is not None)
    if not stated:
        return default, ()
    value = stated[0][1]
    return value, _ids(claim for claim, number in stated if number == value)


def _counts_no_people(stated: tuple[Claim, Any]) -> bool:
    """What puts numbers of horses, say, behind those of men: an event has one number, and that is of people if any is."""
    return isinstance(stated[1], Quantity) and not counts_people(stated[1].unit)


def _cell_of(name: str, value: Quantity, claim: Claim, ground: Ground) -> str:
    """The cell on which a number of an event is compared; empty where it is on none."""
    cells = [cell for cell, answer in speaks(claim, ground).items() if answer == value]
    named = [cell for cell in cells if split_cell(cell)[1] == in_measure(name, value.unit)]
    return (named or cells or [""])[0]


def _counts(
    name: str,
    backed: list[tuple[Claim, Any]],
    others: list[tuple[Claim, Any]],
    decided: _Decided,
    episode: str,
    ground: Ground,
    credit: dict[str, tuple[str, ...]],
) -> dict[Any, Quantity]:
    """Numbers by side: of each side the accepted one, by whoever gives it; else one that backs the event."""
    counts: dict[Any, Quantity] = {}
    stated, trusted = [*backed, *others], {claim.id for claim, _ in backed}
    for side in sorted({side for _, value in stated for side in value}):
        mine = sorted(((claim, value[side]) for claim, value in stated if side in value), key=_counts_no_people)
        top = ground.root(side) if side in ground.actors else side
        first = mine[0][0].event
        assert first is not None
        ending = in_measure(f".{name}.{top}", mine[0][1].unit)
        cell = next((cell for cell in facts_of(first, ground.root).cells if cell.endswith(ending)), "")
        weighed = decided.get((cell, episode))
        taken = [pair for pair in mine if pair[0].id in trusted]
        if weighed is not None:
            accepted = {claim.id for claim in weighed.accepted.claims} if weighed.accepted else set()
            current = {claim.id for answer in weighed.question.answers for claim in answer.claims}
            taken = [pair for pair in mine if pair[0].id in accepted]
            if not taken and weighed.accepted and not accepted & {claim.id for claim, _ in stated}:
                taken = [pair for pair in mine if pair[0].id in current & trusted]
        if taken:
            counts[side] = taken[0][1]
            credit[f"{name}.{side}"] = _ids(claim for claim, number in taken if number == counts[side])
    return counts
