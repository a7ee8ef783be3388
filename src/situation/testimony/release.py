"""What may be shown at a time, and how what is made of it is to be handled."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from situation.dates import Minute
from situation.testimony.claims import Claim
from situation.testimony.handling import UNMARKED, Handling, strictest
from situation.testimony.testimony import Testimony

__all__ = ["handling_of", "released"]


def handling_of(claim: Claim, testimony: Testimony) -> Handling:
    """How a claim is to be handled: the stricter of its own mark and of its source's."""
    source = testimony.sources.get(claim.source)
    return strictest(
        Handling(marked.tlp, marked.embargo_until) if marked is not None else UNMARKED for marked in (claim, source)
    )


def released(testimony: Testimony, at: Minute) -> Testimony:
    """The testimony without what may not be shown yet at a time.

    A retraction of a claim that may not be shown is left out with it: it would tell of it. So is a source under embargo,
    and an id in a set that was joined or parted by hand.
    """
    claims = {
        name: claim
        for name, claim in testimony.claims.items()
        if _free(handling_of(claim, testimony).embargo_until, at)
    }
    while hollow := [name for name, claim in claims.items() if _of_hidden(claim, claims, testimony.claims)]:
        for name in hollow:
            del claims[name]
    sources = {name: source for name, source in testimony.sources.items() if _free(source.embargo_until, at)}

    def kept(sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        shown = (tuple(name for name in names if name in claims) for names in sets)
        return tuple(names for names in shown if len(names) > 1)

    return evolve(
        testimony, claims=claims, sources=sources, same=kept(testimony.same), separate=kept(testimony.separate)
    )


def _free(embargo_until: Minute | None, at: Minute) -> bool:
    return embargo_until is None or embargo_until <= at


def _of_hidden(claim: Claim, shown: Mapping[str, Claim], every: Mapping[str, Claim]) -> bool:
    """Whether a claim takes back one that there is and that may not be shown."""
    return claim.mode == "retracts" and claim.retracts in every and claim.retracts not in shown
