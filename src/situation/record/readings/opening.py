"""What the opening says, as entries of the log: what held when the window begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from situation.dates import Interval, Minute
from situation.events import ActorId, Agreement, OpeningAssumed, StandingAgreement
from situation.events.agreements import STANCE_UNDER, pairs_of
from situation.log.entry import Assumed, Entry
from situation.log.terms import agreement_key, lapse
from situation.testimony.actors import sides_from
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.opening import OPENING_POSTURES

__all__ = ["opening_entries"]


def opening_entries(ground: Ground, known: Mapping[str, Claim]) -> tuple[Entry, ...]:
    """What held at the window's start, an entry for every place, actor and relation; and the end of what had a term.

    How a faction stands to others holds from the minute at which it leaves its side, as `parents` of the map say.

    All of it is always known.

    Of the claims that suggest a value, only those known by then are named.
    """
    start = ground.window.earliest

    def entry(
        subject: str, values: Mapping[str, Any], because: Iterable[str], reason: str, since: Minute = start
    ) -> Entry:
        cells = {f"{subject}.{attribute}": value for attribute, value in values.items()}
        cause = Assumed(tuple(sorted(claim for claim in because if claim in known)), reason)
        return Entry(f"opening:{subject}", since, Interval(since, since), OpeningAssumed(subject, cells), cause)

    entries = []
    for place, opening in ground.opening.places.items():
        values: dict[str, Any] = {"holder": frozenset(opening.holders) or opening.holder, "status": opening.status}
        if opening.parts:
            values["parts"] = opening.parts
        if opening.ring:
            values["besieger"] = opening.besieger or frozenset(opening.ring)
        entries.append(entry(place, values, opening.because, opening.assumed))
    for actor, meant in ground.opening.actors.items():
        posture = OPENING_POSTURES[meant.posture]
        entries.append(entry(actor, {"posture": posture}, meant.because, meant.assumed))
    for relation in ground.opening.relations:
        pair = f"{relation.actor}:{relation.toward}"
        since = sides_from((ground.actors[relation.actor], ground.actors[relation.toward]), ground.window)
        if since is not None:
            entries.append(entry(pair, {"stance": relation.stance}, relation.because, relation.assumed, since))
    return tuple(sorted((*entries, *_agreements(ground, known)), key=lambda entry: (entry.time, entry.id)))


def _agreements(ground: Ground, known: Mapping[str, Claim]) -> Iterator[Entry]:
    """An entry for each agreement in force at the window's start, and one for the end of its term. Several of one pair, for
    different places, stand side by side.

    Between two of its sides of whose stance the opening says nothing, it is that which such an agreement brings; and after
    the term of a ceasefire they are enemies, since only enemies cease fire.
    """
    start, opening = ground.window.earliest, ground.opening
    root = ground.at(start).root
    related = {frozenset((it.actor, it.toward)) for it in opening.relations}
    by_pair: dict[tuple[ActorId, ActorId], list[Agreement]] = {}
    for agreement in sorted(opening.agreements, key=lambda it: agreement_key(it.agreed)):
        for pair in pairs_of(root, agreement.between):
            by_pair.setdefault(pair, []).append(agreement.agreed)
    for agreement in opening.agreements:
        cells: dict[str, Any] = {}
        for one, other in pairs_of(root, agreement.between):
            if agreement.agreed == by_pair[one, other][-1]:
                cells[f"{one}:{other}.agreement"] = agreement.agreed
            else:
                cells[f"{one}:{other}.agreements_beside"] = frozenset({StandingAgreement(agreement.agreed)})
            if frozenset((one, other)) not in related:
                kinds = {it.kind for it in by_pair[one, other]}
                stance = STANCE_UNDER["ceasefire" if "ceasefire" in kinds else "peace"]
                cells |= {f"{one}:{other}.stance": stance, f"{other}:{one}.stance": stance}
                if any(it.until is not None and it.kind == "ceasefire" for it in by_pair[one, other]):
                    cells |= {f"{one}:{other}.stance_before": "hostile", f"{other}:{one}.stance_before": "hostile"}
        claims = tuple(sorted(claim for claim in agreement.because if claim in known))
        event = OpeningAssumed(agreement.subject, cells)
        cause = Assumed(claims, agreement.assumed)
        made = Entry(opening.agreement_id(agreement), start, Interval(start, start), event, cause)
        yield made
        yield from lapse(agreement.agreed, made, ground)
