"""How much a claim counts: the tables of weights, and how they combine.

Every number here is ASSUMED: the Admiralty code orders sources and items, but puts no numbers on its letters. Equal steps
are the plainest reading of an order. `F` and `6` mean "cannot be judged": they stand in the middle, not at the bottom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from situation.dates import Minute
from situation.events import ActorId, Event, StrengthAssessed
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.sources import Testimony

__all__ = ["CREDIBILITY", "DOUBT", "LEAN", "RELIABILITY", "VICINITY", "Weight", "lean_toward", "weigh"]

RELIABILITY: Mapping[str, float] = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.5}
CREDIBILITY: Mapping[int, float] = {1: 1.0, 2: 0.8, 3: 0.6, 4: 0.4, 5: 0.2, 6: 0.5}
_LEAST = min(CREDIBILITY.values())
LEAN = 0.5
"""What is taken off a claim in favour of what its voice wholly favours. Against its interest it counts fully."""
VICINITY = 0.5
"""What a number for a place's surroundings counts as a number for the place."""

DOUBT = 0.2
"""What is taken off the weight of credibility where the source is not sure of the date (`?`): one step of its table, and
nothing below the lowest grade."""


@frozen
class Weight:
    """A claim's weight and what it is made of.

    Args:
        source: reliability of the piece, A to F.
        speaker: reliability of the speaker; "" where the outlet speaks for itself.
        credibility: of the item, at the knowledge time, 1 to 6.
        lean: -1 to 1, how far the claim suits its voice (1) or goes against it (-1).
        value: the weight, 0 to 1.
        doubtful: whether its date is in doubt, which takes a step off its credibility.
    """

    source: str
    speaker: str
    credibility: int
    lean: float
    value: float
    doubtful: bool = False

    @property
    def reliability(self) -> str:
        """The letter that counts: of outlet and speaker, the weaker."""
        return min((grade for grade in (self.source, self.speaker) if grade), key=RELIABILITY.__getitem__)


def weigh(claim: Claim, testimony: Testimony, ground: Ground, known_at: Minute) -> Weight:
    """The weight of a claim, by the assessments that could be made at a time.

    Reliability is that of the weaker of outlet and speaker: words pass through both. An assessment made later than
    `known_at` is not used: the reliability then "cannot be judged".
    """
    source = testimony.sources[claim.source]
    speaker = testimony.speakers.get(claim.said_by)
    piece = source.reliability.grade if source.reliability.as_of <= known_at else "F"
    voice = ""
    if speaker is not None:
        voice = speaker.reliability.grade if speaker.reliability.as_of <= known_at else "F"
    reliability = min(RELIABILITY[piece], RELIABILITY[voice]) if voice else RELIABILITY[piece]
    assessment = claim.credibility_at(known_at)
    credibility = assessment.grade if assessment else 6
    suits = _suits(claim, ground, [source.lean, *([speaker.lean] if speaker else [])])
    doubtful = claim.happened is not None and claim.happened.doubtful
    trust = max(_LEAST, CREDIBILITY[credibility] - DOUBT) if doubtful else CREDIBILITY[credibility]
    value = reliability * trust * (1 - LEAN * max(0.0, suits))
    if isinstance(claim.content, StrengthAssessed) and claim.content.scope == "vicinity":
        value *= VICINITY
    return Weight(piece, voice, credibility, suits, value, doubtful)


def _suits(claim: Claim, ground: Ground, leans: Iterable[Mapping[ActorId, float]]) -> float:
    """How far a claim suits those who make it: for what they favour, or against what they oppose."""
    served, harmed = _interests(claim)
    leans = [lean for lean in leans if lean]
    if not leans:
        return 0.0
    if claim.mode == "denies":
        served, harmed = harmed, served
    signs = [(actor, 1.0) for actor in served] + [(actor, -1.0) for actor in harmed]
    scores = [sign * lean_toward(lean, actor, ground) for lean in leans for actor, sign in signs]
    return max(scores, key=abs, default=0.0) if not any(score > 0 for score in scores) else max(scores)


def lean_toward(lean: Mapping[ActorId, float], actor: ActorId, ground: Ground) -> float:
    """The lean for an actor: its own, or that for the nearest it stands under."""
    here: ActorId | None = actor
    while here is not None:
        if here in lean:
            return lean[here]
        here = ground.actors[here].parent
    return 0.0


def _interests(claim: Claim) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]]:
    """Whom it serves and whom it harms if the claim is believed."""
    content = claim.content
    if isinstance(content, Event):
        harmed = content.harms
        return tuple(actor for actor in content.actors if actor not in harmed), harmed
    if isinstance(content, Holds | HoldsMostOf | ShareHeld | LargestPlaceOf):
        return (content.actor,), ()
    if isinstance(content, HoldsNothingIn | LastPlaceOf):
        return (), (content.actor,)
    if isinstance(content, ShareRegained):
        return (content.actor,), (content.against,)
    if content is None or isinstance(content, BesiegedBy | DividedBetween | Said):
        return (), ()
    raise LookupError(
        f"It is not said whom {type(content).__name__} serves. Enter it in situation.record.beliefs.weights."
    )
