"""Who can take a claim back: the voice that made it, and whoever `sources.yaml` says may do so for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from situation.errors import Fault, near_miss
from situation.testimony.claims import Claim, Origin, Source, Speaker
from situation.testimony.documents import Path_
from situation.testimony.spelling import spelling_key
from situation.testimony.testimony import Testimony

__all__ = ["bodies", "body_of", "lending_faults", "may_take_back", "own_body", "own_pieces", "unheeded"]

_Table = Mapping[str, Source | Speaker | Origin]


def _tables(testimony: Testimony) -> Mapping[str, _Table]:
    return {"sources": testimony.sources, "speakers": testimony.speakers, "origins": testimony.origins}


def bodies(claim: Claim, testimony: Testimony) -> tuple[str, ...]:
    """Whose words a claim is: its speaker's, and those of an office of the speaker's party; else the body's relayed."""
    if claim.said_by == "article":
        return (claim.origin,)
    speaker, origin = testimony.speakers.get(claim.said_by), testimony.origins.get(claim.origin)
    office = speaker is not None and origin is not None and origin.party == speaker.party is not None
    return (claim.said_by, claim.origin) if office else (claim.said_by,)


def body_of(name: str, testimony: Testimony) -> str:
    """Who an outlet, a speaker or an origin is, whatever the id: two pieces of one outlet, and its name as an origin, are one."""
    if name in testimony.sources:
        return spelling_key(testimony.sources[name].outlet) or name
    if name in testimony.origins:
        return spelling_key(testimony.origins[name].name) or name
    return f"speaker {name}"


def own_body(claim: Claim, testimony: Testimony) -> str:
    """Who it is whose words a claim is, by `bodies` and `body_of`: all pieces in which an outlet speaks for itself are its."""
    return body_of(bodies(claim, testimony)[0], testimony)


def own_pieces(claim: Claim, testimony: Testimony) -> tuple[str, ...]:
    """Where an outlet speaks for itself, the ids of all pieces of that outlet, its own the first; else none."""
    if bodies(claim, testimony) != (claim.source,):
        return ()
    outlet = spelling_key(testimony.sources[claim.source].outlet)
    others = [it.id for it in testimony.sources.values() if it.id != claim.source and spelling_key(it.outlet) == outlet]
    return (claim.source, *others)


def may_take_back(claim: Claim, other: Claim, testimony: Testimony) -> bool:
    """Whether a claim is of a voice that can retract or correct another.

    An outlet that speaks for itself takes back what it carried; a speaker, or a body whose words are relayed, what is theirs;
    and each what its `may_take_back` names.
    """
    own = own_pieces(claim, testimony)
    mine, theirs = own or bodies(claim, testimony), {other.said_by, other.origin}
    if other.source in own or theirs & set(mine):
        return True
    lent = {
        name
        for table in _tables(testimony).values()
        for body in mine
        if body in table
        for name in table[body].may_take_back
    }
    return bool(lent & (theirs | {other.source}))


def unheeded(testimony: Testimony) -> Iterable[tuple[Claim, Claim]]:
    """Every retraction or correction by a voice that cannot take the claim back, with that claim."""
    for claim in testimony.claims.values():
        target = testimony.claims.get(claim.takes_back)
        if target is not None and not may_take_back(claim, target, testimony):
            yield claim, target


def lending_faults(
    testimony: Testimony, known: Mapping[str, frozenset[str]]
) -> Iterable[tuple[str, str, Path_, Fault]]:
    """Voices under `may_take_back` that there are not: the table, the id, the path within it, and the fault."""
    voices = known["sources"] | known["speakers"] | known["origins"]
    for table, rows in _tables(testimony).items():
        for name, row in rows.items():
            for number, other in enumerate(row.may_take_back):
                if other not in voices:
                    hint = near_miss(other, voices) or "Name sources, speakers or origins."
                    yield table, name, ("may_take_back", number), Fault(f"There is no voice '{other}'.", hint)
