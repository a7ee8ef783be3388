"""Why a cell has its value: value, entry, and each claim for and against, down to paragraph, grade and line."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from situation.clock import Minute
from situation.errors import Fault, near_miss
from situation.events import Event
from situation.log.entry import Assumed, Entry, Reported
from situation.log.fold import fold, history
from situation.log.state import split_cell
from situation.log.story_words import event_in_words
from situation.log.value_words import cell_in_words, value_in_words
from situation.record.questions import CellQuestion
from situation.record.reading import Reading
from situation.record.relations import DISPUTES, relate
from situation.record.statements import judge
from situation.record.topic import span_of
from situation.record.weights import Weight, weigh
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.sources import Testimony

__all__ = ["Voice", "Why", "find_cell", "why"]


@frozen
class Why:
    """The answer to "why": the value, the entry that gave it, the claims for and against, and why it was assumed."""

    cell: str
    at: Minute
    value: Any
    entry: Entry
    supporting: tuple[Voice, ...]
    opposing: tuple[Voice, ...]
    testimony: Testimony = field(repr=False, eq=False)
    ground: Ground = field(repr=False, eq=False)
    assumed: str = ""
    before: tuple[Entry, ...] = ()

    def __str__(self) -> str:
        ground = self.ground
        lines = [f"{cell_in_words(self.cell, ground)}: {value_in_words(self.value, ground)}", f"  {self.reason}"]
        if self.assumed:
            lines.append(f"  ASSUMED: {self.assumed}")
        for name, voices in (("for", self.supporting), ("against", self.opposing)):
            lines.append(f"  {name} ({len(voices)})")
            for voice in voices:
                lines.append(f"    {voice.claim.id}  {voice.claim.says}")
                lines += [f"      {voice.who(self.testimony)}", f"      {voice.graded(ground)}; {voice.claim.at}"]
        return "\n".join(lines)

    @property
    def reason(self) -> str:
        """When and by what the cell got its value, in words."""
        clock = self.ground.clock
        if isinstance(self.entry.cause, Assumed):
            return (
                f"since the opening, {clock.day(self.entry.time)} ({self.ground.where.get(self.entry.id, 'map.yaml')})"
            )
        return f"{clock.spoken(self.entry.span)}: {event_in_words(self.entry.event, self.ground)}"


def find_cell(written: str, cells: Any, ground: Ground) -> str:
    """The cell that is meant, its subject in any spelling.

    Raises:
        Fault: there is none; with the near miss.
    """
    if written in cells:
        return written
    subject, attribute = split_cell(written) if "." in written else (written, "holder")
    place = ground.find(subject) or subject
    cell = f"{place}.{attribute}"
    if cell in cells:
        return cell
    same = [other for other in cells if split_cell(other)[0] == place]
    if same:
        attributes = ", ".join(sorted(split_cell(other)[1] for other in same))
        raise Fault(f"'{place}' has no cell '{attribute}'.", f"It has: {attributes}.")
    hint = near_miss(cell, cells) or f"Cells are written place.attribute, such as {next(iter(ground.places))}.holder."
    raise Fault(f"There is no cell '{written}' at that time.", hint)


def why(written: str, at: Minute, reading: Reading, testimony: Testimony, ground: Ground) -> Why:
    """Explain a cell at a time, by a reading.

    Raises:
        Fault: there is no such cell; with the near miss.
    """
    log = reading.log.until(at)
    state = fold(log, ground)
    cell = find_cell(written, state.because, ground)
    entry, value = state.because[cell], state.cells[cell]
    on_cell = [weighed.question for weighed in reading.decided if weighed.question.cell == cell]
    supporting: dict[str, Voice] = {}
    opposing: dict[str, Voice] = {}

    def add(claim: Claim, answer: Any, against: bool) -> None:
        graded = weigh(claim, testimony, ground, reading.known_at)
        side = opposing if against else supporting
        side.setdefault(claim.id, Voice(claim, answer, graded, testimony.voice(claim)))

    for question in on_cell:
        if _of_entry(question, entry):
            for answer in question.answers:
                relation = relate(cell, (value, entry.event), (answer.value, answer.content), ground)
                stood = relation in DISPUTES and answer.value != value
                for claim in answer.claims:
                    if claim.id in entry.cause.claims or relation != "stage":
                        add(claim, answer.value, stood)
    for name in entry.cause.claims:
        if name in reading.claims and name not in opposing:
            claim = reading.claims[name]
            add(claim, _said(claim, cell, ground), False)
    if isinstance(entry.cause, Reported):
        for name in entry.cause.against:
            if name not in supporting:  # a rival on another cell may say the same of this one
                claim = reading.claims[name]
                add(claim, _said(claim, cell, ground), True)
    place, attribute = split_cell(cell)
    if attribute in ("holder", "status"):
        for claim in reading.claims.values():
            if claim.kind != "statement" or claim.predicate is None or claim.id in supporting | opposing:
                continue
            span = span_of(claim, ground)
            verdict = judge(claim.predicate, state, ground)
            if span.earliest <= at <= span.latest and place in verdict.places and verdict.holds is not None:
                add(claim, type(claim.predicate).__name__, not verdict.holds)
    assumed = entry.cause.reason if isinstance(entry.cause, Assumed) else ""
    before = tuple(change.entry for change in history(log, ground) if change.cell == cell and change.entry is not entry)
    order = sorted(supporting.values(), key=_heaviest), sorted(opposing.values(), key=_heaviest)
    return Why(cell, at, value, entry, tuple(order[0]), tuple(order[1]), testimony, ground, assumed, before)


def _heaviest(voice: Voice) -> tuple[float, str]:
    return -voice.weight.value, voice.claim.id


def _of_entry(question: CellQuestion, entry: Entry) -> bool:
    """Whether a question is about the episode of an entry: some claim on it is the entry's."""
    named = set(entry.cause.claims)
    if isinstance(entry.cause, Reported):
        named |= set(entry.cause.against)
    return any(claim.id in named for answer in question.answers for claim in answer.claims)


def _said(claim: Claim, cell: str, ground: Ground) -> Any:
    """The value that a claim gives a cell; None where it denies what would, or speaks of something else."""
    content = claim.content
    if claim.mode == "denies":
        return None
    return content.speaks(ground.root).get(cell) if isinstance(content, Event) else None


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
        parts = [f"{source.outlet}{paragraph} ({self.weight.source})"]
        if speaker is not None:
            parts.append(f"quoting {speaker.name} ({self.weight.speaker})")
        if origin is not None and origin.id not in (claim.said_by, claim.source):
            parts.append(f"from {origin.name}")
        return ", ".join(parts)

    def graded(self, ground: Ground) -> str:
        """Credibility, lean, weight and answer."""
        weight = self.weight
        lean = ""
        if weight.lean:
            lean = f", {'suits' if weight.lean > 0 else 'goes against'} its voice ({weight.lean:+.1f})"
        answer = "" if self.answer is None else f"; answers: {value_in_words(self.answer, ground)}"
        return f"item {weight.credibility}{lean}, weight {weight.value:.2f}{answer}"
