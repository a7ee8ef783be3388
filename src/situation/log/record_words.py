"""Events that sources report, and statements, as sentences in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from situation import events as ev
from situation.events import predicates as pr
from situation.log.value_words import amount, cell_in_words, list_in_words, value_in_words
from situation.log.war_words import WAR_SENTENCES, doers_in_words, toll_in_words
from situation.testimony.ground import Ground

__all__ = ["SENTENCES", "STANCES", "sentence"]


STANCES: Mapping[str, str] = {
    "allied": "is allied with",
    "coordinated": "coordinates with",
    "deconflicted": "keeps clear of",
    "tolerated": "tolerates",
    "neutral": "is neutral to",
    "hostile": "is hostile to",
}
"""How one actor stands to another, as a verb."""


def sentence(content: ev.Event | pr.Predicate | None, ground: Ground) -> str:
    """An event that sources report, or a statement, as a short sentence.

    Raises:
        LookupError: its type has no sentence.
    """
    if content is None:
        return "takes back an earlier claim"
    words = SENTENCES.get(type(content))
    if words is None:
        raise LookupError(
            f"{type(content).__name__} has no sentence. Enter one in situation.log.record_words.SENTENCES."
        )
    return words(content, ground)


def _names(ids: Iterable[str], ground: Ground) -> str:
    return list_in_words([ground.name(name) for name in ids])


def _from(event: Any, ground: Ground) -> str:
    return f" from {ground.name(event.against)}" if event.against else ""


def _against(event: Any, ground: Ground) -> str:
    return f" against {ground.name(event.against)}" if event.against else ""


def _toward(event: Any, ground: Ground) -> str:
    return f" toward {_names(event.toward, ground)}" if event.toward else ""


_PHASES = {
    "planned": "was planned",
    "running": "was running",
    "first stage": "was in its first stage",
    "last stage": "was in its last stage",
    "paused": "was paused",
    "ended": "ended",
}


def _report(event: ev.OperationReported, ground: Ground) -> str:
    clauses = []
    if event.phase:
        clauses.append(_PHASES[event.phase])
    if event.participants:
        clauses.append(f"was fought by {_names(event.participants, ground)}{_against(event, ground)}")
    elif event.by:
        clauses.append(f"was led by {_names(event.by, ground)}{_against(event, ground)}")
    if event.targets:
        clauses.append(f"was for {_names(event.targets, ground)}")
    clauses += [f"had {part.means} from {ground.name(part.by)}" for part in event.support]
    if event.aims:
        clauses.append(
            f"had as its aims: {list_in_words(event.aims)}"
            if len(event.aims) > 1
            else f"had as its aim: {event.aims[0]}"
        )
    if event.commander:
        clauses.append(f"was commanded by {event.commander}")
    return f"{ground.name(event.operation)} {'; '.join(clauses) or 'went on'}"


def _position(event: ev.PositionTaken, ground: Ground) -> str:
    whom = f" {ground.name(event.toward)}" if event.toward else ""
    verb = "has not said" if event.position == "undeclared" else event.position
    return f"{ground.name(event.actor)} {verb}{whom}: {event.about}"


def _described(event: ev.PlaceDescribed, ground: Ground) -> str:
    of = f" ({ground.name(event.of)})" if event.of else ""
    km = f", {amount(event.km)}" if event.km else ""
    return f"{ground.name(event.place)}, {event.attribute}: {event.value}{of}{km}"


def _fled(event: ev.Fled, ground: Ground) -> str:
    many = f"{amount(event.number)} of " if event.number else f"{event.amount} of " if event.amount else "fighters of "
    return f"{many}{ground.name(event.actor)} fled {ground.name(event.place)}{_toward(event, ground)}"


def _last(said: pr.LastPlaceOf, ground: Ground) -> str:
    area = ground.name(said.area) if said.area else "bounds it does not name"
    return f"{_names(said.places, ground)}: {said.qualifier} that {ground.name(said.actor)} holds in {area}"


def _order_unknown(event: ev.OrderUnknown, ground: Ground) -> str:
    if not event.answers:
        return f"Whatever the order, this is how it ended at {ground.name(event.place)}"
    holders = list(dict.fromkeys(value_in_words(answer[0], ground) for answer in event.answers))
    text = f"In what order this happened at {ground.name(event.place)} is not known"
    if event.rivals:
        text = f"Which of the accounts of {ground.name(event.place)} is right is not known"
    return f"{text}: held after it by {' or '.join(holders)}" if len(holders) > 1 else text


def _opening(event: ev.OpeningAssumed, ground: Ground) -> str:
    agreed = next((value for value in event.values.values() if isinstance(value, ev.Agreement)), None)
    if agreed is not None:
        return f"{value_in_words(agreed, ground)}: in force at the start"
    return f"{cell_in_words(f'{event.subject_id}.start', ground).removesuffix(', start')} at the start"


SENTENCES: dict[type[ev.Event | pr.Predicate], Callable[[Any, Ground], str]] = {
    ev.OpeningAssumed: _opening,
    ev.OrderUnknown: _order_unknown,
    **WAR_SENTENCES,
    ev.Captured: lambda e, g: (
        f"{doers_in_words(e.by, g)} took {'all of ' * e.wholly}{g.name(e.place)}{_from(e, g)}{toll_in_words(e, g)}"
    ),
    ev.Entered: lambda e, g: f"{doers_in_words(e.by, g)} entered {g.name(e.place)}{_against(e, g)}",
    ev.HandedOver: lambda e, g: f"{_names(e.by, g)} handed {g.name(e.place)} over to {g.name(e.to)}",
    ev.Besieged: lambda e, g: f"{doers_in_words(e.by, g)} surrounded {g.name(e.place)}{_against(e, g)}",
    ev.SiegeBroken: lambda e, g: (
        f"{doers_in_words(e.by, g, 'somebody')} broke the ring around {g.name(e.place)}{_against(e, g)}"
    ),
    ev.Repelled: lambda e, g: (
        f"{doers_in_words(e.by, g, 'the defenders')} threw back an attack"
        f"{f' by {g.name(e.against)}' if e.against else ''} on {g.name(e.place)}"
    ),
    ev.Withdrew: lambda e, g: f"{_names(e.by, g)} left {g.name(e.place)}{_toward(e, g)}",
    ev.VictoryDeclared: lambda e, g: (
        f"{doers_in_words(e.by, g, 'somebody')} declared victory at {g.name(e.place)}{_against(e, g)}"
    ),
    ev.AreaSearched: lambda e, g: (
        f"{doers_in_words(e.by, g, 'somebody')} searched {'all of ' * e.wholly}{g.name(e.place)}"
        f"{f' for {e.looking_for}' if e.looking_for else ''}"
    ),
    ev.Fled: _fled,
    ev.RouteUsed: lambda e, g: f"{g.name(e.actor)} moved {e.carries} through {g.name(e.place)}",
    ev.OperationLaunched: lambda e, g: (
        f"{doers_in_words(e.by, g, 'somebody')} launched {g.name(e.operation)}{_against(e, g)}"
        f"{f', for {_names(e.targets, g)}' if e.targets else ''}"
    ),
    ev.OperationReported: _report,
    ev.StrengthAssessed: lambda e, g: (
        f"{g.name(e.actor)} has, by estimate, {amount(e.number)} "
        f"{'around' if e.scope == 'vicinity' else 'in'} {g.name(e.place)}"
    ),
    ev.RelationReported: lambda e, g: (
        f"{g.name(e.actor)} {STANCES[e.stance]} {g.name(e.toward)}{f' in {g.name(e.where)}' if e.where else ''}"
    ),
    ev.PositionTaken: _position,
    ev.Proclaimed: lambda e, g: (
        f"{g.name(e.actor)} proclaimed {e.what}{f' over {_names(e.over, g)}' if e.over else ''}"
    ),
    ev.ActorSplit: lambda e, g: (
        f"{_names(e.broke_off, g)} broke off from {g.name(e.actor)}"
        if e.broke_off
        else f"{g.name(e.actor)} broke up into {_names(e.into, g)}"
    ),
    ev.ActorsMerged: lambda e, g: f"{_names(e.by, g)} became part of {g.name(e.into) if e.into else 'another actor'}",
    ev.HoldingStated: lambda e, g: f"{g.name(e.actor)} is said to hold {g.name(e.place)}",
    ev.VoteHeld: lambda e, g: f"{_names(e.by, g)} held a vote on {e.on}",
    ev.PlaceDescribed: _described,
    ev.ActorDescribed: lambda e, g: (
        f"the name {e.value} came into use"
        if e.attribute == "name" and g.name(e.actor) == e.value
        else f"{g.name(e.actor)}, {e.attribute}: {e.value}"
    ),
    pr.Holds: lambda p, g: f"{g.name(p.actor)} holds {g.name(p.area)}",
    pr.HoldsMostOf: lambda p, g: f"{g.name(p.actor)} holds most of {g.name(p.area)}",
    pr.HoldsNothingIn: lambda p, g: f"{g.name(p.actor)} holds nothing in {g.name(p.area)}",
    pr.LastPlaceOf: _last,
    pr.LargestPlaceOf: lambda p, g: (
        f"{g.name(p.place)} is the largest that {g.name(p.actor)} holds in {g.name(p.area)}"
    ),
    pr.BesiegedBy: lambda p, g: f"{g.name(p.place)} is besieged by {g.name(p.actor)}",
    pr.DividedBetween: lambda p, g: f"{g.name(p.place)} is divided between {_names(p.actors, g)}",
    pr.ShareRegained: lambda p, g: (
        f"{g.name(p.actor)} has regained {amount(p.share)} from {g.name(p.against)} in {g.name(p.area)}"
    ),
    pr.ShareHeld: lambda p, g: f"{g.name(p.actor)} held {amount(p.share)} of {g.name(p.area)}",
    pr.Said: lambda p, g: f"said of {_names((*p.actors, *p.about), g)}",
}
"""From a type of event or statement to its sentence. A third party's events enter theirs here."""
