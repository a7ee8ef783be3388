"""How much a claim counts: the tables of weights, and how they combine.

Every number here is ASSUMED: the Admiralty code orders sources and items, but puts no numbers on its letters. Equal steps
are the plainest reading of an order. `F` and `6` mean "cannot be judged": they stand in the middle, not at the bottom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from situation.dates import Minute
from situation.events import ActorId, StrengthAssessed
from situation.record.beliefs.interests import Interests, interests_by_cell, interests_of, interests_whether
from situation.record.joining.questions import CellQuestion
from situation.record.joining.topic import span_of
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = [
    "CREDIBILITY",
    "DOUBT",
    "LEAN",
    "RELIABILITY",
    "VICINITY",
    "Weight",
    "interests_in",
    "lean_toward",
    "weigh",
    "weights_by_cell",
]

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


def weigh(
    claim: Claim, testimony: Testimony, ground: Ground, known_at: Minute, cell: str = "", suits: Interests | None = None
) -> Weight:
    """The weight of a claim, by the assessments that could be made at a time.

    Reliability is that of the weaker of outlet and speaker: words pass through both. An assessment made later than
    `known_at` is not used: the reliability then "cannot be judged". Units stand under whom they stood under then.

    Args:
        claim: the claim.
        testimony: for who speaks, and for whom.
        ground: the map.
        known_at: the knowledge time.
        cell: the cell on which it is weighed, where it may suit its voice otherwise than as a whole.
        suits: whom its answer serves and harms, where what else is told of the same says so; left out, what it says itself.
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
    lean = 0.0
    if leans := _leans(claim, testimony):
        then = _ground_of(claim, ground)
        apart = suits or (interests_by_cell(claim, then).get(cell) if cell else None)
        lean = _suits(apart or interests_of(claim), leans, then)
    doubtful = claim.happened is not None and claim.happened.doubtful
    trust = max(_LEAST, CREDIBILITY[credibility] - DOUBT) if doubtful else CREDIBILITY[credibility]
    value = reliability * trust * (1 - LEAN * max(0.0, lean))
    if isinstance(claim.content, StrengthAssessed) and claim.content.scope == "vicinity":
        value *= VICINITY
    return Weight(piece, voice, credibility, lean, value, doubtful)


def interests_in(question: CellQuestion) -> dict[str, Interests]:
    """By claim whom its answer to a question serves and harms, where that hangs on what others tell of the same.

    So it is of whether an attack happened, and who attacked, where somebody counts dead civilians.
    """
    ending = question.cell.rpartition(".")[2]
    said = [claim for answer in question.answers for claim in answer.claims]
    whole = interests_whether(said) if ending in ("occurred", "attacked_by", "direction") else None
    if whole is None:
        return {}
    if ending != "occurred":
        return {claim.id: interests_whether((claim,), civilians=True) or whole for claim in said}
    return {claim.id: whole if answer.value else whole.turned for answer in question.answers for claim in answer.claims}


def weights_by_cell(claim: Claim, testimony: Testimony, ground: Ground, known_at: Minute) -> dict[str, float]:
    """The weight of a claim on each cell on which it may suit its voice otherwise than as a whole."""
    if not _leans(claim, testimony):
        return {}
    cells = interests_by_cell(claim, _ground_of(claim, ground))
    return {cell: weigh(claim, testimony, ground, known_at, cell).value for cell in cells}


def _leans(claim: Claim, testimony: Testimony) -> list[Mapping[ActorId, float]]:
    """What outlet and speaker favour and oppose, where they do."""
    speaker = testimony.speakers.get(claim.said_by)
    leans = (testimony.sources[claim.source].lean, {} if speaker is None else speaker.lean)
    return [lean for lean in leans if lean]


def _ground_of(claim: Claim, ground: Ground) -> Ground:
    """The map as it was when that happened of which a claim tells."""
    return ground_when(claim.content, span_of(claim, ground), ground) if ground.turns else ground


def _suits(interests: Interests, leans: Iterable[Mapping[ActorId, float]], ground: Ground) -> float:
    """How far something suits those who say it: for what they favour, or against what they oppose."""
    signs = [(actor, 1.0) for actor in interests.served] + [(actor, -1.0) for actor in interests.harmed]
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
