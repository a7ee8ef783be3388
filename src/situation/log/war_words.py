"""Attacks and their dead, captives, ships, blockades and agreements, as sentences in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import evolve

from situation import events as ev
from situation.events import predicates as pr
from situation.log.name_words import at_place, in_place, named, whose_in_words
from situation.log.side_words import BY_MEANS, UNNAMED_FORCES, attack_in_words, killing_in_words
from situation.log.value_words import amount, in_places, list_in_words, terms_in_words
from situation.testimony.ground import Ground

__all__ = ["WAR_SENTENCES", "areas_in_words", "breach_in_words", "doers_in_words", "names_in_words", "toll_in_words"]


def names_in_words(ids: Iterable[str], ground: Ground) -> str:
    """Names as a list in a sentence."""
    return list_in_words([ground.name(name) for name in ids])


def areas_in_words(ids: Iterable[str], ground: Ground) -> str:
    """Names of places and areas as a list in a sentence, with their articles."""
    return list_in_words([named(area, ground) for area in ids])


def doers_in_words(actors: Iterable[str], ground: Ground, unnamed: str = UNNAMED_FORCES) -> str:
    """Who did it; or, where no source names them, `unnamed`."""
    return names_in_words(actors, ground) if actors else unnamed


def _where(event: Any, ground: Ground, where: Callable[[str, Ground], str] = at_place) -> str:
    return ", at a place that is not named" if event.place is None else f" {where(event.place, ground)}"


def _toll(total: ev.Quantity | None, counts: ev.Counts, what: str, ground: Ground) -> str:
    """The dead or wounded in all, then by side; civilians as a part of those in all, where these are counted.

    Where all are of the one side that is counted, they are told once.
    """
    if total is not None and [_numbers(it) for it in counts.values()] == [_numbers(total)]:
        total = None
    text = f", {amount(total)} {what}" if total else ""
    for side, number in counts.items():
        if side == ev.CIVILIANS:
            civilians = amount(evolve(number, unit=ev.CIVILIANS) if ev.counts_people(number.unit) else number)
            text += f", {civilians} {what}" if total is None else f", {civilians} among them"
        elif side != ev.UNKNOWN and number.unit in ("people", "persons"):
            text += f", {amount(number, unit=False)} {what} on {whose_in_words(ground.name(side))} side"
        else:
            text += f", {_of_side(number, side, ground)} {what}"
    return text


def _of_side(number: ev.Quantity, side: ev.Side, ground: Ground) -> str:
    """How many of a side: `5 men of the North`, `5 of Yakub's men`."""
    if side == ev.UNKNOWN:
        return f"{amount(number)} of a side that is not named"
    counted_in_name = ground.name(side).split()[-1] == number.unit
    return f"{amount(number, unit=not counted_in_name)} of {ground.name(side)}"


def _numbers(number: ev.Quantity) -> tuple[object, ...]:
    """Its bounds, and whether it counts people: in which words is another thing."""
    return number.low, number.best, number.high, ev.counts_people(number.unit) or number.unit


def _attacked(event: ev.Attacked, ground: Ground) -> str:
    if event.between:
        means = {"air": " in the air", "fire": ""}.get(event.means or "", BY_MEANS.get(event.means or "", ""))
        text = f"{names_in_words(event.between, ground)} {'exchanged fire' if event.means == 'fire' else 'fought'}"
    elif event.among_themselves:
        means = BY_MEANS.get(event.means or "", "")
        text = f"{names_in_words(event.by, ground)} fought among themselves"
    else:
        whom = ground.name(event.against) if event.against else ""
        by = doers_in_words(event.by, ground, "")
        return attack_in_words(by, whom, event.means or "", _where(event, ground), toll_in_words(event, ground))
    return f"{text}{means}{_where(event, ground)}{toll_in_words(event, ground)}"


def toll_in_words(event: ev.Attacked | ev.Captured, ground: Ground) -> str:
    """The dead and wounded of an event, each number after a comma; empty where none is given."""
    return _toll(event.killed, event.killed_of, "killed", ground) + _toll(
        event.wounded, event.wounded_of, "wounded", ground
    )


def _civilians_killed(event: ev.CiviliansKilled, ground: Ground) -> str:
    by, number = doers_in_words(event.by, ground, ""), amount(event.number) if event.number else ""
    how = f" ({event.how})" if event.how else ""
    return killing_in_words(by, number, _where(event, ground, in_place), how)


def _by(event: Any, ground: Ground) -> str:
    return f" by {names_in_words(event.by, ground)}" if event.by else ""


def _struck(event: Any, verb: str, ground: Ground) -> str:
    ship = ground.name(event.ship) if event.ship else f"a ship of {ground.name(event.against)}"
    where = _where(event, ground) if event.place else ""
    means = BY_MEANS.get(event.means or "", "")
    return f"{ship} was {verb}{_by(event, ground)}{means}{where}{f', {amount(event.killed)} killed' if event.killed else ''}"


def _surrendered(event: ev.GarrisonSurrendered, ground: Ground) -> str:
    many = f" with {amount(event.number)}" if event.number else ""
    to = f" to {ground.name(event.to)}" if event.to else ""
    return f"{names_in_words(event.by, ground)} surrendered {named(event.place, ground)}{to}{many}"


def _prisoners(event: ev.PrisonersTaken, ground: Ground) -> str:
    number = amount(event.number) if event.number else "men"
    if event.number is not None and event.number.unit in ("people", "persons"):
        whose = f" from {ground.name(event.against)}" if event.against else ""
        taken = f"{amount(event.number, unit=False)} {'prisoner' if number.startswith('1 ') else 'prisoners'}{whose}"
    else:
        of = f" of {ground.name(event.against)}" if event.against else ""
        taken = f"{number}{of} prisoner"
    return f"{doers_in_words(event.by, ground)} took {taken}{_where(event, ground)}"


def _exchanged(event: ev.PrisonersExchanged, ground: Ground) -> str:
    home = [f"{amount(number)} of {_side(side, ground)}" for side, number in event.released.items()]
    where = _where(event, ground) if event.place else ""
    text = f"{names_in_words(event.between, ground)} exchanged prisoners{where}"
    return f"{text}: {list_in_words(home)} came home" if home else text


def _side(side: str, ground: Ground) -> str:
    return {ev.UNKNOWN: "a side that is not named", ev.CIVILIANS: "the civilians"}.get(side) or ground.name(side)


def _ceased(event: ev.CeasefireAgreed, ground: Ground) -> str:
    terms = terms_in_words(event.scope, event.since, event.until, ground)
    return f"{names_in_words(event.parties, ground)} agreed on a ceasefire{terms}"


def _agreement(agreed: ev.Agreement, ground: Ground) -> str:
    """`the ceasefire of the North and the rebels in Arlen`."""
    where = f" {in_places(agreed.scope, ground)}" if agreed.scope else ""
    return f"the {agreed.kind} of {names_in_words(sorted(agreed.parties), ground)}{where}"


def breach_in_words(pairs: Iterable[str], ground: Ground) -> str:
    """That an act breaks agreements: `in breach of the agreement between the North and the South`."""
    between = [names_in_words(pair.split(":"), ground) for pair in pairs]
    return f"in breach of the agreement between {'; and between '.join(between)}"


WAR_SENTENCES: Mapping[type[ev.Event | pr.Predicate], Callable[[Any, Ground], str]] = {
    ev.Attacked: _attacked,
    ev.CiviliansKilled: _civilians_killed,
    ev.GarrisonSurrendered: _surrendered,
    ev.PrisonersTaken: _prisoners,
    ev.PrisonersExchanged: _exchanged,
    ev.CeasefireAgreed: _ceased,
    ev.CeasefireBegan: lambda e, g: f"{_agreement(e.agreed, g)} began",
    ev.AgreementLapsed: lambda e, g: f"{_agreement(e.agreed, g)} lapsed",
    ev.PeaceSigned: lambda e, g: f"{names_in_words(e.by, g)} made peace{f': {e.about}' if e.about else ''}",
    ev.AgreementEnded: lambda e, g: f"{names_in_words(e.by, g)} ended the agreement with {g.name(e.toward)}",
    ev.ShipSunk: lambda e, g: _struck(e, "sunk" if e.by or e.means else "lost", g),
    ev.ShipDamaged: lambda e, g: _struck(e, "damaged", g),
    ev.ShipCaptured: lambda e, g: _struck(e, "captured", g) + (f", {amount(e.crew)} taken prisoner" if e.crew else ""),
    ev.Blockaded: lambda e, g: (
        f"{f'{names_in_words(e.by, g)} blockaded {named(e.place, g)}' if e.by else f'{named(e.place, g)} was blockaded'}"
        f"{f' against {g.name(e.against)}' if e.against else ''}"
    ),
    ev.BlockadeLifted: lambda e, g: f"the blockade of {named(e.place, g)} was lifted{_by(e, g)}",
}
"""From a type of these events to its sentence."""
