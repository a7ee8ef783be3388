"""What is well-formed and yet hardly meant: warnings on claims, each at its line, none of which stops anything."""

from __future__ import annotations

from collections.abc import Iterable

from situation.errors import Problem
from situation.record.record import Record
from situation.testimony.authority import unheeded
from situation.testimony.claims import Claim
from situation.testimony.sources import Testimony

__all__ = ["doubts_of"]


def doubts_of(record: Record) -> list[Problem]:
    """Every warning on the claims of a record, by all that is known now, in the order of the files."""
    return sorted(set(_strangers(record.testimony)))


def _strangers(testimony: Testimony) -> Iterable[Problem]:
    """Retractions and corrections by a voice that did not make the claim."""
    for claim, target in unheeded(testimony):
        verb = "correct" if claim.corrects else "take back"
        whose, other = _voice(claim, testimony), _voice(target, testimony)
        fact = f"{whose} cannot {verb} '{target.id}', which {other} said."
        if claim.corrects:
            effect = "Both claims stay, as rivals."
        elif target.mode == "asserts" and target.kind in ("event", "statement"):
            effect = "It counts as a denial, and both claims stay."
        else:
            effect = "It changes nothing."
        advice = f"{effect} Who may do so for another is said under 'may_take_back' of sources.yaml."
        yield Problem(claim.at, fact, advice)


def _voice(claim: Claim, testimony: Testimony) -> str:
    """Who says it: the speaker, the body relayed or the outlet, by name."""
    speaker, origin = testimony.speakers.get(claim.said_by), testimony.origins.get(claim.origin)
    return speaker.name if speaker else origin.name if origin else testimony.sources[claim.source].outlet
