"""The answer to "why": the value, what gave it, the rule that decided, and each claim by what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from situation.dates import Minute
from situation.events import EVENTS, OpeningAssumed, leaves_taker_out
from situation.log.at_once import AT_ONCE
from situation.log.entry import Assumed, Entry
from situation.log.name_words import verb_of
from situation.log.state import split_cell
from situation.log.story_words import entry_in_words
from situation.log.time_words import time_in_words
from situation.log.value_words import cell_in_words, cell_value_in_words, claim_answer_in_words
from situation.record.beliefs.accepted_words import accepted_because
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.cell_names import parts_estimated
from situation.record.evidence.retracted import TakenBack
from situation.record.evidence.sides import Group
from situation.record.evidence.voice import Voice
from situation.record.joining.comparisons import NAMES_ACTORS, leaves_out_doers
from situation.record.joining.questions import question_in_words
from situation.record.order.uncertainty import Uncertainty
from situation.record.parts_kept import PartKept
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["SIDES", "Why"]

_EMPTY: tuple[Any, ...] = (None, (), frozenset())
_COUNTED = frozenset(name for kind in EVENTS.values() for name in kind.details) - NAMES_ACTORS
"""Attributes that count, and are of the last event of a kind."""

SIDES: dict[Group, str] = {
    "for": "says so of that time",
    "other_times": "speaks of another time",
    "against": "says otherwise of that time",
}
"""The groups of the evidence, in words."""


@frozen
class Why:
    """The answer to "why".

    Args:
        cell, at: what was asked.
        value: the value then; of a question that is no cell of the state, the accepted answer.
        entry: what gave the value; None where nothing has set the cell by then, or what is asked is no cell of the state.
        supporting, other_times, opposing: the claims that say so of that time, of another time, otherwise.
        retracted: the claims on the cell that were taken back.
        decided: the question that decided, with the weight of every answer; None where no claim was weighed.
        assumed: why the opening assumes the value, where it does.
        before: the earlier entries on the cell.
        since: from when it has had the value: a later report of the same begins nothing anew.
        beside: other entries of one time that speak of the cell, where nobody tells which came last.
        uncertain: the time within which it came to be so, and every value that it may have, where that is not known.
        times: the questions of when that came which gave the value, on which the voices disagree.
        kept: the parts of the town that sides have still, though nothing of what lies within is theirs any more.
    """

    cell: str
    at: Minute
    value: Any
    entry: Entry | None
    supporting: tuple[Voice, ...]
    other_times: tuple[Voice, ...]
    opposing: tuple[Voice, ...]
    retracted: tuple[TakenBack, ...]
    decided: WeighedQuestion | None
    belief: str
    testimony: Testimony = field(repr=False, eq=False)
    ground: Ground = field(repr=False, eq=False)
    assumed: str = ""
    before: tuple[Entry, ...] = ()
    since: Minute | None = None
    beside: tuple[Entry, ...] = ()
    uncertain: Uncertainty | None = None
    times: tuple[WeighedQuestion, ...] = ()
    kept: tuple[PartKept, ...] = ()

    @property
    def then(self) -> Ground:
        """The map as it was at that time, by whose names all of it is told."""
        return self.ground.at(self.at)

    @property
    def value_in_words(self) -> str:
        """The value as a person writes it."""
        if self.uncertain is not None and self.value in _EMPTY:
            return "not known"
        return "not known" if self._left_open else cell_value_in_words(self.cell, self.value, self.then)

    @property
    def _left_open(self) -> bool:
        """Whether what gave the cell its value leaves that value open."""
        if self.entry is None or self.value not in _EMPTY:
            return False
        event, attribute = self.entry.event, split_cell(self.cell)[1].partition(".")[0]
        spoken = event.speaks(ground_when(self.entry.event, self.entry.span, self.ground).root)
        silent = self.cell in spoken and (attribute in AT_ONCE or leaves_out_doers(event, spoken[self.cell]))
        return attribute in event.details or (silent and spoken[self.cell] in _EMPTY)

    @property
    def only_opening(self) -> bool:
        """Whether the value stands since the window's start, and no claim says so, or otherwise, of that time."""
        opening = self.entry is not None and isinstance(self.entry.cause, Assumed)
        return opening and not self.supporting and not self.opposing

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Voice, ...]], ...]:
        """The claims by what they say of that time, in the order in which they are shown."""
        return (("for", self.supporting), ("other_times", self.other_times), ("against", self.opposing))

    def __str__(self) -> str:
        ground = self.then
        lines = [
            f"{cell_in_words(self.cell, ground)}: {self.value_in_words}",
            f"  {self.reason}",
            *(f"  {note}" for note in (self.open_time, *self.of_one_time, *self.rival_times, *self.parts_kept) if note),
        ]
        if self.assumed:
            lines.append(f"  ASSUMED: {self.assumed}")
        lines += [f"  {note}" for note in (self.rule, self.silence) if note]
        for group, voices in self.groups:
            lines.append(f"  {SIDES[group]} ({len(voices)})")
            for voice in voices:
                lines.append(f"    {voice.claim.id}  {voice.claim.says}")
                lines += [f"      {voice.who(self.testimony)}", f"      {voice.graded(ground)}; {voice.claim.at}"]
        if self.retracted:
            lines.append(f"  taken back ({len(self.retracted)})")
            lines += [f"    {self.taken_back_in_words(one)}" for one in self.retracted]
        return "\n".join(lines)

    @property
    def reason(self) -> str:
        """When and by what the cell got its value, in words."""
        clock = self.ground.clock
        if self.entry is None and self.decided is not None and self.decided.question.exclusive:
            return "Nothing that is believed had set it by then: what is reported of it is a rival of something else."
        if self.entry is None:
            question = "No cell of the state: the answer that the belief accepts."
            return question if self.decided else "Nothing has set it."
        if isinstance(self.entry.event, OpeningAssumed):
            where = self.ground.where.get(self.entry.id, "map.yaml")
            return f"since the opening, {clock.spoken_day(self.entry.time)} ({where})"
        return f"{clock.spoken(self.entry.span)}: {entry_in_words(self.entry, self.ground)}"

    @property
    def of_one_time(self) -> tuple[str, ...]:
        """What else of that time speaks of the cell, where nobody tells which came last: a sentence each."""
        clock = self.ground.clock
        others = ((entry, entry_in_words(entry, self.ground)) for entry in self.beside)
        return tuple(f"or {clock.spoken(entry.span)}: {text}; which came last is not known" for entry, text in others)

    @property
    def open_time(self) -> str:
        """Within what time the value came to be, and which there may have been, where it had not surely come; else empty."""
        if self.uncertain is None:
            return ""
        answers = dict.fromkeys(cell_value_in_words(self.cell, value, self.then) for value in self.uncertain.answers)
        which = f": {' or '.join(answers)}" if len(answers) > 1 else ""
        return f"uncertain then{which}; it changed at some time of {self.ground.clock.spoken(self.uncertain.span)}"

    @property
    def rival_times(self) -> tuple[str, ...]:
        """On which days the voices say that it came about, where they disagree: a sentence each."""
        return tuple(f"the sources disagree on the time: {'; '.join(self._weighed(it))}" for it in self.times)

    @property
    def parts_kept(self) -> tuple[str, ...]:
        """Who has a part of the town still and nothing within it any more: a sentence each."""
        return tuple(
            f"{self.then.name(it.actor)} {verb_of(it.actor, self.then, 'have', 'has')} held nothing within it since "
            f"{self.ground.clock.spoken(it.entry.span)} ({' '.join(it.entry.cause.claims)}); that this was all "
            f"{verb_of(it.actor, self.then, 'they', 'it')} had there, nobody says"
            for it in self.kept
        )

    def _weighed(self, weighed: WeighedQuestion) -> Iterator[str]:
        """Each answer to a question in words, with its weight and claims; the heaviest first."""
        answers = zip(weighed.question.answers, weighed.weights, strict=True)
        for answer, weight in sorted(answers, key=lambda pair: (-pair[1], pair[0] is not weighed.accepted)):
            taken = f", accepted{weighed.tie and f', {weighed.tie}'}" if answer is weighed.accepted else ""
            words = claim_answer_in_words(answer.value, answer.claims[0], self.then)
            yield f"{words} {weight:.2f} ({' '.join(claim.id for claim in answer.claims)}{taken})"

    @property
    def rule(self) -> str:
        """The rule of belief that decided, and the weight of each answer, in words."""
        if self.decided is None or self._tells_of_a_part:
            return ""
        answers = zip(self.decided.question.answers, self.decided.weights, strict=True)
        weighed = [
            f"{claim_answer_in_words(answer.value, answer.claims[0], self.then)} {weight:.2f}"
            + (f" (accepted{self._because_in_words})" if self._accepts(answer.value) else "")
            for answer, weight in sorted(answers, key=lambda pair: (-pair[1], not self._accepts(pair[0].value)))
        ]
        doubted = self.decided.question.cell.endswith(".occurred") and not self.cell.endswith(".occurred")
        about = "whether it happened: " if doubted else ""
        if not doubted and self.decided.question.cell != self.cell:
            about = f"{question_in_words(self.decided.question, self.decided.question.cell, self.then)}: "
        tie = f"; {self.decided.tie}" if self.decided.tied else ""
        return f"belief {self.belief}: {BELIEF_RULES[self.belief]}. Weights: {about}{'; '.join(weighed)}{tie}"

    @property
    def _because_in_words(self) -> str:
        """Why an answer is accepted that is not heavier than all others, after a comma; empty where it is."""
        if self.decided is None:
            return ""
        because = accepted_because(self.decided, self.then)
        return because and f", {because}"

    @property
    def _tells_of_a_part(self) -> bool:
        """Whether the one answer that was weighed is not the value: with others who were there before, say, or who stay."""
        question = self.decided.question if self.decided else None
        if question is None or self.entry is None or question.cell != self.cell:
            return False
        return len(question.answers) == 1 and question.answers[0].value != self.value and self.value not in _EMPTY

    def _accepts(self, value: Any) -> bool:
        accepted = self.decided.accepted if self.decided else None
        return accepted is not None and accepted.value == value

    @property
    def silence(self) -> str:
        """What no claim tells: who took a place, or anything of that time but what the opening says; else empty."""
        unnamed = self.entry is not None and leaves_taker_out(self.entry.event)
        if unnamed and self.value is None and self.cell.endswith(".holder"):
            return "No claim says who took it, so nobody is known to hold it."
        if self._left_open and not self.beside:
            attribute = split_cell(self.cell)[1].partition(".")[0]
            what = "who it was" if attribute in NAMES_ACTORS else "how many" if attribute in _COUNTED else "so"
            return f"No claim says {what}; what is known of an earlier one holds no more."
        if self.only_opening:
            return "No claim speaks of this time; only the opening does."
        if self.entry is None and not self.decided and not self.supporting and not self.opposing:
            return (
                f"No claim and no opening speaks of this time.{parts_estimated(self.cell, self.testimony, self.ground)}"
            )
        return ""

    def taken_back_in_words(self, one: TakenBack) -> str:
        """A claim that was taken back, with when and by whom."""
        outlet, since = self.testimony.sources[one.by.source].outlet, time_in_words(self.ground.clock.text(one.at))
        return f"{one.claim.id}  {one.claim.says} Taken back by {one.by.id} ({outlet}), known from {since}"
