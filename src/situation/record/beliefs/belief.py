"""What a belief is: a pure policy that weighs the answers to a question and accepts one of them.

No rival is forgotten: an answer that is not accepted keeps its weight, and is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from situation.dates import Interval, Minute
from situation.events import Quantity
from situation.record.joining.comparisons import names_units
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.joining.topic import bounds
from situation.testimony.ground import Ground

__all__ = ["Belief", "Evidence", "WeighedQuestion", "answer_weights", "believe", "heaviest_first", "tie_in_words"]


@frozen
class Evidence:
    """What a policy may know of claims, by id: weight, independent voice, and the minute from which each is known.

    `on_cell`: the weights on single cells of those claims that may weigh otherwise there than as a whole.
    """

    weight: Mapping[str, float]
    voice: Mapping[str, str]
    known: Mapping[str, Minute]
    ground: Ground
    on_cell: Mapping[str, Mapping[str, float]] = field(factory=dict)

    def weight_on(self, claim: str, cell: str) -> float:
        """The weight of a claim on a cell."""
        apart = self.on_cell.get(claim)
        return self.weight[claim] if apart is None else apart.get(cell, self.weight[claim])


@frozen
class WeighedQuestion:
    """A question with the weight of each answer, and the accepted answer; None: none is accepted.

    `span`: of a question of time, the accepted interval, narrowed by the answers that refine it.
    `tie`: why this answer is taken where another weighs as much, in words; or that none is.
    `tied`: the answers between which only the letters of names or words would choose, where none is accepted for that.
    `refines`: the answer that the belief chose, where one that names units of it is accepted in its place.
    """

    question: CellQuestion
    weights: tuple[float, ...]
    accepted: Answer | None
    span: Interval | None = None
    tie: str = ""
    tied: tuple[Answer, ...] = ()
    refines: Answer | None = None


Belief = Callable[[CellQuestion, Evidence], WeighedQuestion]
"""From a question and what may be known of its claims to the question weighed, with the answer that is accepted."""


def answer_weights(question: CellQuestion, evidence: Evidence) -> tuple[float, ...]:
    """Over independent voices, the best weight of each, added up."""
    totals = []
    for answer in question.answers:
        if len(answer.claims) == 1:
            totals.append(max(0.0, evidence.weight_on(answer.claims[0].id, question.cell)))
            continue
        best: dict[str, float] = {}
        for claim in answer.claims:
            voice = evidence.voice[claim.id]
            best[voice] = max(best.get(voice, 0.0), evidence.weight_on(claim.id, question.cell))
        total = 0.0
        for voice in sorted(best):
            total = total + best[voice]
        totals.append(total)
    return tuple(totals)


def believe(
    question: CellQuestion,
    weights: tuple[float, ...],
    chosen: Answer | None,
    evidence: Evidence,
    narrow: bool = True,
) -> WeighedQuestion:
    """Accept an answer, refined by the heaviest of the answers that refine it, as far as that goes.

    `narrow`: whether the time accepted is narrowed, too; not where the belief asks for the earliest or the latest.
    """
    if chosen is None:
        return WeighedQuestion(question, weights, None)
    if isinstance(chosen.value, Interval):
        span = chosen.value
        if not narrow:
            return WeighedQuestion(question, weights, chosen, span)
        for answer, _ in heaviest_first(question, weights, evidence):
            shared = span.meet(answer.value)
            if answer.testifies and shared is not None and answer.value in (shared, span) and shared != span:
                span = shared
        return WeighedQuestion(question, weights, chosen, span)
    first = chosen
    while True:
        finer = next(
            (
                answer
                for answer, _ in heaviest_first(question, weights, evidence)
                if answer.testifies and names_units(question.cell, answer.value, chosen.value, evidence.ground)
            ),
            None,
        )
        if finer is None:
            return WeighedQuestion(question, weights, chosen, refines=None if chosen is first else first)
        chosen = finer


def heaviest_first(
    question: CellQuestion, weights: tuple[float, ...], evidence: Evidence
) -> list[tuple[Answer, float]]:
    """Answers by weight; of equal weight that of more voices, then the one known earlier, then by time, number or text.

    Names of claims never decide; and of what has but a text, beliefs accept none where nothing else decides.
    """

    def order(pair: tuple[Answer, float]) -> tuple[float, int, Minute, tuple[float, float, str]]:
        answer, weight = pair
        voices = {evidence.voice[claim.id] for claim in answer.claims}
        return -weight, -len(voices), min(evidence.known[claim.id] for claim in answer.claims), _sort_key(answer.value)

    return sorted(zip(question.answers, weights, strict=True), key=order)


def tie_in_words(ordered: Sequence[tuple[Answer, float]], evidence: Evidence) -> str:
    """Why the first of some answers comes before the second, where they weigh as much; else empty."""
    if len(ordered) < 2 or ordered[0][1] != ordered[1][1]:
        return ""
    first, second = (answer for answer, _ in ordered[:2])
    voices = [len({evidence.voice[claim.id] for claim in answer.claims}) for answer in (first, second)]
    known = [min(evidence.known[claim.id] for claim in answer.claims) for answer in (first, second)]
    if voices[0] != voices[1]:
        return "of equal weight: more voices say so"
    if known[0] != known[1]:
        return "of equal weight: it was known first"
    what = "the earlier" if isinstance(first.value, Interval) else "the lower"
    if isinstance(first.value, bool):
        what = "no before yes"
    return f"of equal weight, as many voices and known at one time: {what}"


def _sort_key(value: object) -> tuple[float, float, str]:
    """Times by when they begin and end, numbers by their bounds, no before yes, all else by its text."""
    if isinstance(value, Interval):
        return value.earliest, value.latest, ""
    if isinstance(value, Quantity):
        return *bounds(value), str(value)
    return 0, 0, str(sorted(value)) if isinstance(value, frozenset) else str(value)
