"""Warnings on the ways of a scenario: a closure that nobody keeps, and a siege that the map leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from situation.errors import Problem
from situation.events import RouteSealed
from situation.log.state import State, occupants, relation
from situation.log.value_words import list_in_words
from situation.record.record import Record
from situation.scenario.branch import branch_state
from situation.scenario.parts import Given, Scenario
from situation.testimony.documents import Document
from situation.testimony.ground import Ground, Link

__all__ = ["ways_doubts"]

_ENCLOSED: Final = "enclosed_below"


def ways_doubts(document: Document, scenario: Scenario, record: Record) -> Iterator[Problem]:
    """Every closure of a scenario's own file that nobody keeps at the branch, and every besieged place with a way out."""
    ground, state = record.ground, branch_state(scenario, record)
    here = document.value.get("given") or {}
    for name, given in scenario.given.items():
        if name in here and isinstance(given.event, RouteSealed):
            yield from _closure(document, name, given, state, ground)
    if "branch" in document.value:
        for place in ground.places:
            if state.cells.get(f"{place}.status") == "besieged":
                yield from _siege(document, place, scenario, state, ground)


def _closure(document: Document, name: str, given: Given, state: State, ground: Ground) -> Iterator[Problem]:
    """A way stays closed while one of those who closed it, or a friend of his, holds an end of it."""
    event = given.event
    assert isinstance(event, RouteSealed)
    link = ground.links[event.link]
    by = [ground.root(actor) for actor in event.by]
    waits = any(condition.cell in {f"{end}.holder" for end in link.ends} for condition in given.when)
    holders = [holder for end in link.ends for holder in occupants(state.cells, end)]
    if not by or waits or any(relation(state.cells, one, holder)[1] for one in by for holder in holders):
        return
    ends, who = " nor ".join(map(ground.name, link.ends)), list_in_words(map(ground.name, by))
    fact = (
        f"'{link.id}' is to be closed by {who}, and at the branch neither {ends} is in the hands of {who} or a friend: "
        "unless that changes before, it is open again within a day."
    )
    advice = (
        "Name under 'by' who holds an end, let it wait under 'when' until one is taken, or leave out 'by' for a way that "
        "nobody has to hold closed."
    )
    yield Problem(document.where(("given", name, "event")), fact, advice)


def _siege(document: Document, place: str, scenario: Scenario, state: State, ground: Ground) -> Iterator[Problem]:
    """A siege lasts while no way out is open to the garrison that carries more than a trickle (R5)."""
    for holder in occupants(state.cells, place):
        ways = [link for link in ground.links.values() if place in link.ends]
        shut = [link for link in ways if _is_closed(link, holder, scenario, state, ground)]
        free = [link for link in ways if _is_open(link, place, holder, link in shut, state, ground)]
        carried, closed = _carry(free, ground), _carry([link for link in shut if link not in free], ground)
        if not free or carried < scenario.numbers[_ENCLOSED].best * (carried + closed):
            continue
        out = list_in_words(f"{ground.name(_end(link, place))} ('{link.id}')" for link in free)
        ways_out = "way" if len(free) == 1 else "ways"
        fact = (
            f"{ground.name(place)} is besieged at the branch, and by the map the {ways_out} to {out} "
            f"{'is' if len(free) == 1 else 'are'} open to the men of {ground.name(holder)} there: stories lift the siege "
            "with the first day of battle, and let them leave."
        )
        advice = "Where the garrison could not leave, close what it could take by a 'RouteSealed' under 'given'."
        yield Problem(document.where(("branch",)), fact, advice)


def _end(link: Link, place: str) -> str:
    return next(end for end in link.ends if end != place)


def _carry(links: Iterable[Link], ground: Ground) -> float:
    return sum(ground.link_kinds[link.kind].capacity / link.km for link in links)


def _is_closed(link: Link, actor: str, scenario: Scenario, state: State, ground: Ground) -> bool:
    """Whether a way is closed to an actor at the branch, or by what is given."""
    given = (given.event for given in scenario.given.values())
    return bool(state.cells.get(f"{actor}|{link.id}.sealed")) or any(
        isinstance(event, RouteSealed) and event.link == link.id and ground.root(event.against) == actor
        for event in given
    )


def _is_open(link: Link, place: str, actor: str, closed: bool, state: State, ground: Ground) -> bool:
    """Whether a way out is open to an actor's men: not closed, and into no other hands. Into open ground each is.

    One into another besieged place is none: nobody flees there (R5), and a pocket of several places has no way out by it.
    """
    end = _end(link, place)
    if state.cells.get(f"{end}.status") == "besieged":
        return False
    if ground.kind_of(end).open:
        return True
    holders = occupants(state.cells, end)
    return not closed and (not holders or any(relation(state.cells, actor, holder)[1] for holder in holders))
