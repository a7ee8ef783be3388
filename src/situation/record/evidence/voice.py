"""One claim's part in an answer: who says it, how far it is trusted, of what time it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from situation.dates import Interval
from situation.events import AreaId
from situation.log.record_words import sentence
from situation.log.value_words import claim_answer_in_words
from situation.record.beliefs.interests import Interests
from situation.record.beliefs.weights import Weight, weigh
from situation.record.evidence.sides import Witness
from situation.record.evidence.witnesses import Witnesses
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Voice", "heaviest", "order_of", "voice_of"]


@frozen
class Voice:
    """One claim's part in an answer.

    Args:
        claim: the claim.
        answer: what it answers; None where it denies what would, or speaks to the cell only through its happening.
        weight: its weight and what that is made of, at the knowledge time.
        voice: whose voice it is; claims of one voice do not corroborate each other.
        span: the time that it speaks of.
        places: of how many places it speaks: one that names the place alone says more of it than one about all of a province.
    """

    claim: Claim
    answer: Any
    weight: Weight
    voice: str
    span: Interval
    places: int = 1

    def who(self, testimony: Testimony) -> str:
        """Outlet and paragraph, speaker and origin, each with its reliability."""
        claim = self.claim
        source = testimony.sources[claim.source]
        speaker, origin = testimony.speakers.get(claim.said_by), testimony.origins.get(claim.origin)
        paragraph = f" ¶{claim.paragraph}" if claim.paragraph else ""
        parts = [f"{source.outlet}{paragraph} ({self.weight.source})"]
        if speaker is not None:
            parts.append(f"quoting {speaker.name} ({self.weight.speaker})")
        if origin is not None and origin.id not in (claim.said_by, claim.source):
            parts.append(f"from {origin.name}")
        return ", ".join(parts)

    def graded(self, ground: Ground) -> str:
        """Of when it speaks, credibility, lean, weight and answer."""
        weight, then = self.weight, ground.at(self.span.latest)
        lean = ""
        doubt = ", date in doubt" if weight.doubtful else ""
        if weight.lean:
            lean = f", {'suits' if weight.lean > 0 else 'goes against'} its voice ({weight.lean:+.1f})"
        answer = "" if self.answer is None else f"; answers: {claim_answer_in_words(self.answer, self.claim, then)}"
        if self.claim.mode == "denies":
            answer = "; denies it"
        elif self.answer is None and self.claim.corrects:
            answer = f"; corrects {self.claim.corrects}"
        elif self.claim.kind == "forecast":
            answer = f"; not yet on {ground.clock.spoken_day(self.span.latest)}"
            answer += f", foretold for {ground.clock.spoken(self.claim.happened.span)}" if self.claim.happened else ""
        elif self.claim.predicate is not None:
            answer = f"; states: {sentence(self.claim.predicate, then)}"
        spoken = f"{ground.clock.spoken(self.span)}{self._read_from_words(ground)}"
        return f"of {spoken}; item {weight.credibility}{doubt}{lean}, weight {weight.value:.2f}{answer}"

    def _read_from_words(self, ground: Ground) -> str:
        """What a word of time is read as, where the claim's time rests on one: ` ("later": 12:00 to 23:00, ASSUMED)`."""
        happened = self.claim.happened
        word = ground.lexicon.get(happened.words) if happened is not None else None
        if happened is None or word is None:
            return ""
        clock, span = ground.clock, happened.span
        hours = f"{clock.hour(span.earliest)} to {clock.hour(span.latest)}, "
        return f' ("{word.words}": {hours if clock.day(span.earliest) == clock.day(span.latest) else ""}ASSUMED)'


def voice_of(
    witness: Witness, witnesses: Witnesses[Reading], cell: str, suits: Mapping[str, Interests] | None = None
) -> Voice:
    """A witness to a cell with the weight of its claim on it, and whose voice it is.

    `suits`: by claim whom it serves and harms there, where that hangs on what else is told.
    """
    claim, testimony = witness.claim, witnesses.testimony
    weight = weigh(claim, testimony, witnesses.ground, witnesses.reading.known_at, cell, (suits or {}).get(claim.id))
    voice = witnesses.reading.evidence.voice[claim.id]
    return Voice(claim, witness.answer, weight, voice, witness.span, _places(claim, witnesses.ground))


def heaviest(voice: Voice) -> tuple[int, float, str]:
    """A key for sorting: who speaks of fewest places first, of these the heaviest, then by id."""
    return voice.places, -voice.weight.value, voice.claim.id


def order_of(claim: Claim, weight: float, ground: Ground) -> tuple[int, float, str]:
    """The same key of a claim that has no part in an answer yet."""
    return _places(claim, ground), -weight, claim.id


def _places(claim: Claim, ground: Ground) -> int:
    """Of how many places a claim speaks: those that it names, and all that lie in regions that it names."""
    content = claim.content
    named = [*getattr(content, "places", ()), *getattr(content, "over", ()), getattr(content, "place", None)]
    areas: set[AreaId] = {area for area in named if area is not None}
    if not areas and (area := getattr(content, "area", None)) is not None:
        areas = {area}
    places = {it for area in areas for it in (ground.members(area) if area in ground.regions else (area,))}
    return max(1, len(places))
