"""Events, statements and values in plain words, for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from situation import events as ev
from situation.clock import Clock, Interval
from situation.events import predicates as pr
from situation.log.state import split_cell
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.opening import Part

__all__ = [
    "STANCES",
    "amount",
    "cell_in_words",
    "claim_answer_in_words",
    "count_in_words",
    "list_in_words",
    "sentence",
    "value_in_words",
]


STANCES: Mapping[str, str] = {
    "allied": "is allied with",
    "coordinated": "coordinates with",
    "deconflicted": "keeps clear of",
    "tolerated": "tolerates",
    "neutral": "is neutral to",
    "hostile": "is hostile to",
}
"""How one actor stands to another, as a verb."""


def list_in_words(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nobody"


def count_in_words(number: int, thing: str) -> str:
    """So many of a thing: `1 story`, `1,000 stories`, `2 pairs of stories`, `3 contested places`."""
    word, of, rest = thing.partition(" of ")
    if number != 1:
        word = f"{word[:-1]}ies" if re.search("[^aeiou]y$", word) else f"{word}s"
    return f"{number:,} {word}{of}{rest}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def amount(number: ev.Quantity) -> str:
    """A quantity as it is known: `1,500 to 2,500 fighters`, `at least 741 civilians`, `about 1,500 fighters`."""
    low, best, high = number.low, number.best, number.high
    if low is not None and high is not None:
        words = f"{_number(low)} to {_number(high)}" if low != high else _number(low)
        if best is not None and low != high:
            words = f"{words}, best {_number(best)}"
    elif best is not None:
        words = _number(best)
    elif low is not None:
        words = f"at least {_number(low)}"
    else:
        words = f"at most {_number(high or 0)}"
    return f"{words} {number.unit}"


def sentence(content: ev.Event | pr.Predicate | None, ground: Ground) -> str:
    """An event or a statement as a short sentence."""
    if content is None:
        return "takes back an earlier claim"
    words = _SENTENCES.get(type(content).__name__)
    return words(content, ground) if words else type(content).__name__


def cell_in_words(cell: str, ground: Ground) -> str:
    """A cell's name as a person writes it: `al-Qaim, holder`; `Deir ez-Zor, when it changed hands`."""
    subject, attribute = split_cell(cell)
    if attribute == "occurred":
        kind, _, rest = subject.partition("/")
        about = rest.partition("/")[0]
        deed = _DEEDS.get(kind, kind.capitalize())
        return f"{deed} at {ground.name(about.rpartition('@')[2])}, whether it happened"
    for sign, word in (("@", "at"), (":", "toward")):
        if sign in subject:
            one, _, other = subject.partition(sign)
            subject = f"{ground.name(one)} {word} {ground.name(other)}"
    return f"{ground.name(subject)}, {_attribute_in_words(attribute)}"


_DEEDS = {"attacked": "Attack", "captured": "Capture", "entered": "Entry", "struck": "Strike", "withdrew": "Withdrawal"}
_WHEN = {
    "holder": "when it changed hands",
    "phase": "when it began",
    "status": "when its status changed",
    "accuses": "when it accused",
    "threatens": "when it threatened",
}


def _attribute_in_words(attribute: str) -> str:
    what, dot, when = attribute.rpartition(".")
    if when == "when" and dot:
        return _WHEN.get(what, f"when: {what.replace('_', ' ')}")
    return attribute.replace("_", " ").replace(".", " ")


def value_in_words(value: Any, ground: Ground) -> str:
    """A cell's value as a person writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ev.Quantity):
        return amount(value)
    if isinstance(value, Interval):
        return ground.clock.spoken(value)
    if isinstance(value, Part):
        return f"{ground.name(value.actor)} ({value.part})"
    if isinstance(value, frozenset):
        return list_in_words(sorted(ground.name(item) for item in value))
    if isinstance(value, tuple):
        return list_in_words(value_in_words(item, ground) for item in value) if value else "none"
    return ground.name(value) if isinstance(value, str) else str(value)


def claim_answer_in_words(value: Any, claim: Claim, ground: Ground) -> str:
    """An answer with what qualifies it: the scope of a number, the qualifier of a "last", a time not yet come."""
    if claim.kind == "forecast" and isinstance(value, Interval):
        return f"not yet on {Clock(ground.clock.utc_offset).day(value.earliest)}"
    words = value_in_words(value, ground)
    if isinstance(claim.content, pr.LastPlaceOf):
        return f"{claim.content.qualifier}: {_names(claim.content.places, ground)}"
    if isinstance(claim.content, ev.StrengthAssessed) and claim.content.scope == "vicinity":
        return f"{words} in the vicinity"
    return words


def _names(ids: Iterable[str], ground: Ground) -> str:
    return list_in_words([ground.name(name) for name in ids])


def _from(event: Any, ground: Ground) -> str:
    return f" from {ground.name(event.against)}" if event.against else ""


def _against(event: Any, ground: Ground) -> str:
    return f" against {ground.name(event.against)}" if event.against else ""


def _toward(event: Any, ground: Ground) -> str:
    return f" toward {_names(event.toward, ground)}" if event.toward else ""


_PHASES = {"ended": "ended", "first stage": "was in its first stage", "last stage": "was in its last stage"}


def _report(event: ev.OperationReported, ground: Ground) -> str:
    clauses = []
    if event.phase:
        clauses.append(_PHASES.get(event.phase, f"was {event.phase}"))
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


_SENTENCES: dict[str, Callable[[Any, Ground], str]] = {
    "OpeningAssumed": lambda e, g: f"{cell_in_words(f'{e.subject_id}.start', g).removesuffix(', start')} at the start",
    "Captured": lambda e, g: f"{_names(e.by, g)} took {'all of ' if e.wholly else ''}{g.name(e.place)}{_from(e, g)}",
    "Entered": lambda e, g: f"{_names(e.by, g)} entered {g.name(e.place)}{_against(e, g)}",
    "HandedOver": lambda e, g: f"{_names(e.by, g)} handed {g.name(e.place)} over to {g.name(e.to)}",
    "Besieged": lambda e, g: f"{_names(e.by, g)} surrounded {g.name(e.place)}{_against(e, g)}",
    "SiegeBroken": lambda e, g: f"{_names(e.by, g)} broke the ring around {g.name(e.place)}{_against(e, g)}",
    "Repelled": lambda e, g: (
        f"{_names(e.by, g)} threw back an attack{f' by {g.name(e.against)}' if e.against else ''} on {g.name(e.place)}"
    ),
    "Withdrew": lambda e, g: f"{_names(e.by, g)} left {g.name(e.place)}{_toward(e, g)}",
    "VictoryDeclared": lambda e, g: f"{_names(e.by, g)} declared victory at {g.name(e.place)}{_against(e, g)}",
    "Attacked": lambda e, g: (
        f"{_names(e.by, g)} attacked {g.name(e.against)} at {g.name(e.place)} ({e.means})"
        f"{f', {amount(e.killed)} killed' if e.killed else ''}{f', {amount(e.wounded)} wounded' if e.wounded else ''}"
    ),
    "AreaSearched": lambda e, g: f"{_names(e.by, g)} searched {g.name(e.place)} for {e.looking_for}",
    "CiviliansKilled": lambda e, g: f"{_names(e.by, g)} killed {amount(e.number)} in {g.name(e.place)} ({e.how})",
    "Fled": _fled,
    "RouteUsed": lambda e, g: f"{g.name(e.actor)} moved {e.carries} through {g.name(e.place)}",
    "OperationLaunched": lambda e, g: (
        f"{_names(e.by, g)} launched {g.name(e.operation)}{_against(e, g)}"
        f"{f', for {_names(e.targets, g)}' if e.targets else ''}"
    ),
    "OperationReported": _report,
    "StrengthAssessed": lambda e, g: (
        f"{g.name(e.actor)} has, by estimate, {amount(e.number)} "
        f"{'around' if e.scope == 'vicinity' else 'in'} {g.name(e.place)}"
    ),
    "RelationReported": lambda e, g: (
        f"{g.name(e.actor)} {STANCES[e.stance]} {g.name(e.toward)}{f' in {g.name(e.where)}' if e.where else ''}"
    ),
    "PositionTaken": _position,
    "Proclaimed": lambda e, g: f"{g.name(e.actor)} proclaimed {e.what}{f' over {_names(e.over, g)}' if e.over else ''}",
    "VoteHeld": lambda e, g: f"{_names(e.by, g)} held a vote on {e.on}",
    "PlaceDescribed": _described,
    "ActorDescribed": lambda e, g: f"{g.name(e.actor)}, {e.attribute}: {e.value}",
    "Holds": lambda p, g: f"{g.name(p.actor)} holds {g.name(p.area)}",
    "HoldsMostOf": lambda p, g: f"{g.name(p.actor)} holds most of {g.name(p.area)}",
    "HoldsNothingIn": lambda p, g: f"{g.name(p.actor)} holds nothing in {g.name(p.area)}",
    "LastPlaceOf": _last,
    "LargestPlaceOf": lambda p, g: f"{g.name(p.place)} is the largest that {g.name(p.actor)} holds in {g.name(p.area)}",
    "BesiegedBy": lambda p, g: f"{g.name(p.place)} is besieged by {g.name(p.actor)}",
    "DividedBetween": lambda p, g: f"{g.name(p.place)} is divided between {_names(p.actors, g)}",
    "ShareRegained": lambda p, g: (
        f"{g.name(p.actor)} has regained {amount(p.share)} from {g.name(p.against)} in {g.name(p.area)}"
    ),
    "ShareHeld": lambda p, g: f"{g.name(p.actor)} held {amount(p.share)} of {g.name(p.area)}",
    "Said": lambda p, g: f"said of {_names((*p.actors, *p.about), g)}",
}
