"""From joined claims to questions: what is said to have happened, and which answers stand on one cell of the state.

A question is a cell in one episode; which claims are of one episode, and of one happening, says `joins`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from attrs import evolve, frozen

from situation.events import Event, Withdrew
from situation.events.predicates import Predicate
from situation.log.name_words import named
from situation.log.state import split_cell
from situation.log.value_words import cell_in_words
from situation.record.joining.comparisons import leaves_out_doers
from situation.record.joining.joins import Joins, joins_by_day
from situation.record.joining.likeness import can_be_one
from situation.record.joining.nearby import happening_name
from situation.record.joining.over_weeks import denied_by
from situation.record.joining.topic import span_of, speaks
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Answer", "CellQuestion", "Happening", "happenings", "question_in_words", "questions"]


@frozen
class Answer:
    """One answer to a question: its value, and the claims that give it, by id."""

    value: Any
    claims: tuple[Claim, ...]

    @property
    def content(self) -> Event | Predicate | None:
        """The event or predicate that gives the answer, of its first claim."""
        return self.claims[0].content

    @property
    def testifies(self) -> bool:
        """Whether any of its claims says so; a forecast alone does not."""
        return any(claim.kind != "forecast" for claim in self.claims)


@frozen
class CellQuestion:
    """A cell in one episode, with every answer given to it, in the order of their first claims.

    `exclusive`: not even one after the other can two of the answers have been so.
    """

    cell: str
    episode: str
    answers: tuple[Answer, ...]
    exclusive: bool = False

    @property
    def id(self) -> str:
        """Its name: the cell, and the episode where several share the cell."""
        return f"{self.cell} ({self.episode})"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim that answers it, answer by answer."""
        return tuple(claim for answer in self.answers for claim in answer.claims)


def question_in_words(question: CellQuestion, cell: str, ground: Ground) -> str:
    """A question as a person asks it: its cell in words; of a withdrawal, when who left."""
    content = [answer.content for answer in question.answers]
    if cell.endswith(".strength.when") and all(isinstance(it, Withdrew) for it in content):
        actor, _, place = split_cell(cell)[0].partition("@")
        return f"{ground.name(actor)}, when it left {named(place, ground)}"
    return cell_in_words(cell, ground)


@frozen
class Happening:
    """One thing that is said to have happened: an event type, a subject, an episode, and all who say or deny it.

    Who corrects it by telling of another denies it, too. Who denies a day of what others tell of months denies nothing of it.
    """

    id: str
    episode: str
    claims: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    when: CellQuestion
    occurred: CellQuestion | None

    @property
    def undenied(self) -> tuple[Claim, ...]:
        """The claims of it that no denial speaks of."""
        answers = () if self.occurred is None else self.occurred.answers
        doubted = {claim.id for answer in answers if answer.value for claim in answer.claims}
        return tuple(claim for claim in self.claims if claim.id not in doubted)

    def of(self, claims: tuple[Claim, ...]) -> Happening:
        """What it comes to by some of its claims, which nobody denies."""
        named = {claim.id for claim in claims}
        kept = (evolve(it, claims=tuple(one for one in it.claims if one.id in named)) for it in self.when.answers)
        return evolve(self, claims=claims, when=evolve(self.when, answers=tuple(it for it in kept if it.claims)))


def happenings(joins: Joins, ground: Ground) -> tuple[Happening, ...]:
    """Every happening that some claim asserts or denies, by id."""
    groups: dict[str, list[Claim]] = {}
    forecasts: dict[str, list[Claim]] = {}
    for claim in joins.ordered:
        if claim.id in joins.happening:
            groups.setdefault(joins.happening[claim.id], []).append(claim)
        elif claim.kind == "forecast" and claim.event is not None and claim.episode:
            forecasts.setdefault(happening_name(claim, claim.episode, ground), []).append(claim)
    otherwise = _corrected(joins, ground)
    return tuple(
        _happening(name, groups[name], forecasts.get(name, []), otherwise.get(name, []), joins, ground)
        for name in sorted(groups)
    )


def _corrected(joins: Joins, ground: Ground) -> dict[str, list[Claim]]:
    """From the name of a happening to the claims that correct one of it, and tell of another happening in its place."""
    known = {claim.id: claim for claim in joins.ordered}
    corrected: dict[str, list[Claim]] = {}
    for claim in joins.ordered:
        target = known.get(claim.takes_back)
        if target is None or target.mode != "asserts" or target.id not in joins.happening:
            continue
        name = joins.happening[target.id]
        rival_answer = not joins_by_day(target) and can_be_one(claim, target, ground)
        if joins.happening.get(claim.id) != name and not rival_answer:
            corrected.setdefault(name, []).append(claim)
    return corrected


def _happening(
    name: str,
    reports: list[Claim],
    forecasts: list[Claim],
    otherwise: list[Claim],
    joins: Joins,
    ground: Ground,
) -> Happening:
    claims = tuple(claim for claim in reports if claim.mode == "asserts")
    denied = {claim: denied_by(claim, claims, ground) for claim in reports if claim.mode == "denies"}
    denials = (*(claim for claim, against in denied.items() if against or not claims), *otherwise)
    doubted = claims if otherwise else tuple(claim for claim in claims if any(claim in it for it in denied.values()))
    first = reports[0] if not claims else claims[0]
    cell = next(iter(speaks(first, ground)), first.id)
    episode = joins.episode[first.id]
    spans = [(claim, span_of(claim, ground)) for claim in (*claims, *forecasts)]
    ended = getattr(first.event, "phase", None) == "ended"  # an end has a day, as a beginning has
    if first.event is not None and first.event.lasting and not ended and not first.episode and spans:
        begun = min(span.latest for _, span in spans)  # who tells of it on a later day does not say that it began then
        spans = [(claim, span) for claim, span in spans if span.earliest <= begun]
    occurred = None
    if denials:
        sides = [Answer(yes, side) for yes, side in ((True, doubted), (False, denials)) if side]
        occurred = CellQuestion(f"{name}.occurred", episode, tuple(sides))
    return Happening(name, episode, claims, denials, CellQuestion(f"{cell}.when", episode, _answers(spans)), occurred)


def questions(
    joins: Joins, ground: Ground, revised: Collection[tuple[str, str]] = frozenset()
) -> tuple[CellQuestion, ...]:
    """Every question that some claim answers, by cell and episode; but for figures that their own voice has replaced.

    Who leaves out who did it answers nothing where another names them.
    """
    answers: dict[tuple[str, str], list[tuple[Claim, Any]]] = {}
    for claim in joins.ordered:
        if claim.mode != "asserts" or claim.kind == "forecast":
            continue
        for cell, value in speaks(claim, ground).items():
            if not _gathered(claim, cell) and (claim.id, cell) not in revised:
                answers.setdefault((cell, joins.episode[claim.id]), []).append((claim, value))
    return tuple(CellQuestion(*key, _answers(_stated(answers[key]))) for key in sorted(answers))


def _stated(given: list[tuple[Claim, Any]]) -> list[tuple[Claim, Any]]:
    """The answers that name who did it, where any does; else all."""
    return [(claim, value) for claim, value in given if not leaves_out_doers(claim.content, value)] or given


def _gathered(claim: Claim, cell: str) -> bool:
    return claim.event is not None and split_cell(cell)[1] in claim.event.gathers


def _answers(pairs: Iterable[tuple[Claim, Any]]) -> tuple[Answer, ...]:
    grouped: dict[Any, list[Claim]] = {}
    for claim, value in pairs:
        scope = getattr(claim.content, "scope", "")
        grouped.setdefault((value, scope), []).append(claim)
    return tuple(Answer(value, tuple(claims)) for (value, _), claims in grouped.items())
