"""A claim's part in an answer: what it answers, whose voice it is, how it is graded; and all of that in words."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from situation.claims import Claim
from situation.ground import Ground
from situation.testimony import Testimony
from situation.weights import Weight
from situation.wording import value_in_words

__all__ = ["Voice"]


@frozen
class Voice:
    """One claim's part in an answer.

    Args:
        claim: the claim.
        answer: what it answers; None where it speaks to the cell only through its happening, or as a statement.
        weight: its weight and what that is made of, at the knowledge time.
        voice: whose voice it is; claims of one voice do not corroborate each other.
    """

    claim: Claim
    answer: Any
    weight: Weight
    voice: str

    def who(self, testimony: Testimony) -> str:
        """Outlet and paragraph, speaker and origin, each with its reliability."""
        claim = self.claim
        source = testimony.sources[claim.source]
        speaker, origin = testimony.speakers.get(claim.said_by), testimony.origins.get(claim.origin)
        paragraph = f" ¶{claim.paragraph}" if claim.paragraph else ""
        told = [f"{source.outlet}{paragraph} ({self.weight.source})"]
        if speaker is not None:
            told.append(f"quoting {speaker.name} ({self.weight.speaker})")
        if origin is not None and origin.id not in (claim.said_by, claim.source):
            told.append(f"from {origin.name}")
        return ", ".join(told)

    def graded(self, ground: Ground) -> str:
        """Credibility, lean, weight and answer."""
        weight = self.weight
        lean = ""
        if weight.lean:
            lean = f", {'suits' if weight.lean > 0 else 'goes against'} its voice ({weight.lean:+.1f})"
        answer = "" if self.answer is None else f"; answers: {value_in_words(self.answer, ground)}"
        return f"item {weight.credibility}{lean}, weight {weight.value:.2f}{answer}"
