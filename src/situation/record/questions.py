"""From claims to questions: which claims are of one happening, and which answers stand on one cell of the state.

A question is a cell in one episode. Claims join an episode by name, or by nearness in time to others on the same cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.clock import DAY, Interval
from situation.events import Event
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Predicate,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.log.state import split_cell
from situation.testimony.claims import Claim, happening_id
from situation.testimony.ground import Ground

__all__ = ["NEAR", "Answer", "CellQuestion", "Happening", "happenings", "questions", "span_of", "speaks"]

NEAR = 7 * DAY
"""How far apart, in minutes, two claims on one cell may lie and still be of one episode where neither names one.
ASSUMED: a week, the longest delay with which a daily paper still reports an event as news."""


@frozen
class Answer:
    """One answer to a question: its value, and the claims that give it, by id."""

    value: Any
    claims: tuple[Claim, ...]

    @property
    def content(self) -> Event | Predicate | None:
        """The event or predicate that gives the answer, of its first claim."""
        return self.claims[0].content

    @property
    def testifies(self) -> bool:
        """Whether any of its claims says so; a forecast alone does not."""
        return any(claim.kind != "forecast" for claim in self.claims)


@frozen
class CellQuestion:
    """A cell in one episode, with every answer given to it, in the order of their first claims."""

    cell: str
    episode: str
    answers: tuple[Answer, ...]

    @property
    def id(self) -> str:
        """Its name: the cell, and the episode where several share the cell."""
        return f"{self.cell} ({self.episode})"


@frozen
class Happening:
    """One thing that is said to have happened: an event type, a subject, an episode, and all who say or deny it."""

    id: str
    episode: str
    claims: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    when: CellQuestion
    occurred: CellQuestion | None


def span_of(claim: Claim, ground: Ground) -> Interval:
    """When it happened, by the claim; the whole window where it is timeless."""
    return claim.happened.span if claim.happened else ground.window


_NOT_COMPARED = (HoldsMostOf, LargestPlaceOf, BesiegedBy, DividedBetween, ShareRegained, ShareHeld, Said)
"""Predicates of which two statements are held against the state, and not against each other."""


def speaks(claim: Claim, ground: Ground) -> Mapping[str, Any]:
    """The cells that a claim answers, and its answers. A statement answers only where two such can be compared."""
    content = claim.content
    if isinstance(content, Event):
        return content.speaks(ground.root)
    if isinstance(content, LastPlaceOf) and content.area is not None:
        answer = (tuple(sorted(content.places)), content.qualifier)
        return {f"{ground.root(content.actor)}@{content.area}.last_place": answer}
    if isinstance(content, Holds) and ground.is_place(content.area):
        return {f"{content.area}.holder": ground.root(content.actor)}
    if isinstance(content, HoldsNothingIn):
        return {f"{ground.root(content.actor)}@{content.area}.holds": False}
    if content is None or isinstance(content, (*_NOT_COMPARED, LastPlaceOf, Holds)):
        return {}
    raise LookupError(f"It is not said to which cells {type(content).__name__} speaks. Say it in record.questions.")


def happenings(claims: Iterable[Claim], ground: Ground) -> tuple[Happening, ...]:
    """Every happening that some claim asserts or denies, by id."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    episodes = _episodes(ordered, ground)
    groups: dict[str, list[Claim]] = {}
    for claim in ordered:
        if claim.kind == "event" and claim.event is not None:
            groups.setdefault(_name(claim, claim.event, episodes[claim.id], ground), []).append(claim)
    forecasts: dict[str, list[Claim]] = {}
    for claim in ordered:
        if claim.kind == "forecast" and claim.event is not None and claim.episode:
            forecasts.setdefault(_name(claim, claim.event, claim.episode, ground), []).append(claim)
    return tuple(_happening(name, groups[name], forecasts.get(name, []), episodes, ground) for name in sorted(groups))


def _name(claim: Claim, event: Event, episode: str, ground: Ground) -> str:
    name = happening_id(type(event).__name__, event.subject, episode)
    if event.partial:
        name = f"{name}/{'+'.join(sorted(_parts(event, ground))) or claim.id}"
    return name


def _parts(event: Event, ground: Ground) -> set[str]:
    """What a report is about: the attributes of its subject, and the whole cells of others."""
    cells = {cell: split_cell(cell) for cell in event.speaks(ground.root)}
    named = {part.split(".")[0] if subject == event.subject else cell for cell, (subject, part) in cells.items()}
    return named - {"by", "against"} or named


def _happening(
    name: str, reports: list[Claim], forecasts: list[Claim], episodes: Mapping[str, str], ground: Ground
) -> Happening:
    claims = tuple(claim for claim in reports if claim.mode == "asserts")
    denials = tuple(claim for claim in reports if claim.mode == "denies")
    first = (claims or denials)[0]
    cell = next(iter(speaks(first, ground)), first.id)
    episode = episodes[first.id]
    spans = [(claim, span_of(claim, ground)) for claim in (*claims, *forecasts)]
    occurred = None
    if denials:
        sides = [Answer(yes, side) for yes, side in ((True, claims), (False, denials)) if side]
        occurred = CellQuestion(f"{name}.occurred", episode, tuple(sides))
    return Happening(name, episode, claims, denials, CellQuestion(f"{cell}.when", episode, _answers(spans)), occurred)


def questions(claims: Iterable[Claim], ground: Ground) -> tuple[CellQuestion, ...]:
    """Every question that some claim answers, by cell and episode."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    episodes = _episodes(ordered, ground)
    answers: dict[tuple[str, str], list[tuple[Claim, Any]]] = {}
    for claim in ordered:
        if claim.mode != "asserts" or claim.kind == "forecast":
            continue
        for cell, value in speaks(claim, ground).items():
            if not _gathered(claim, cell):
                answers.setdefault((cell, episodes[claim.id]), []).append((claim, value))
    return tuple(CellQuestion(cell, episode, _answers(answers[cell, episode])) for cell, episode in sorted(answers))


def _gathered(claim: Claim, cell: str) -> bool:
    return claim.event is not None and split_cell(cell)[1] in claim.event.gathers


def _answers(pairs: Iterable[tuple[Claim, Any]]) -> tuple[Answer, ...]:
    grouped: dict[Any, list[Claim]] = {}
    for claim, value in pairs:
        scope = getattr(claim.content, "scope", "")
        grouped.setdefault((value, scope), []).append(claim)
    return tuple(Answer(value, tuple(claims)) for (value, _), claims in grouped.items())


def _episodes(claims: list[Claim], ground: Ground) -> Mapping[str, str]:
    """The episode of every claim: its own, that of the nearest on a shared cell, or one with its unnamed neighbours."""
    named = [claim for claim in claims if claim.episode]
    episodes = {claim.id: claim.episode for claim in named}
    by_cell: dict[str, list[Claim]] = {}
    for claim in named:
        for cell in speaks(claim, ground):
            by_cell.setdefault(cell, []).append(claim)
    loose: list[Claim] = []
    for claim in claims:
        if claim.episode:
            continue
        span = span_of(claim, ground)
        near = [
            (span.gap(span_of(other, ground)), other.episode)
            for cell in speaks(claim, ground)
            for other in by_cell.get(cell, ())
            if not _successive(claim, other, ground)
        ]
        if near and min(near)[0] <= NEAR:
            episodes[claim.id] = min(near)[1]
        else:
            loose.append(claim)
    return episodes | _neighbours(loose, ground)


def _successive(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether two claims give a place to different holders at times that cannot be one: it changed hands in between."""
    holders = [
        {cell: it for cell, it in speaks(claim, ground).items() if cell.endswith(".holder")} for claim in (one, other)
    ]
    differ = any(holders[1].get(cell, value) != value for cell, value in holders[0].items())
    return differ and span_of(one, ground).meet(span_of(other, ground)) is None


def _neighbours(loose: list[Claim], ground: Ground) -> dict[str, str]:
    """Claims without an episode, joined where they share a cell and lie near each other, however long the chain."""
    head = {claim.id: claim.id for claim in loose}

    def top(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    by_cell: dict[str, list[Claim]] = {}
    for claim in loose:
        for cell in speaks(claim, ground):
            by_cell.setdefault(cell, []).append(claim)
    for sharing in by_cell.values():
        ordered = sorted(sharing, key=lambda claim: (span_of(claim, ground).earliest, claim.id))
        reach = ordered[0]
        for claim in ordered[1:]:
            if _successive(reach, claim, ground):
                reach = claim
                continue
            if span_of(reach, ground).gap(span_of(claim, ground)) <= NEAR:
                low, high = sorted((top(reach.id), top(claim.id)))
                head[high] = low
            if span_of(claim, ground).latest > span_of(reach, ground).latest:
                reach = claim
    return {claim.id: f"near {top(claim.id)}" for claim in loose}
