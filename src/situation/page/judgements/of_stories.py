"""What the stories of a scenario come to: how likely, how sure, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from situation.ensemble.answer_words import percent
from situation.ensemble.statistics.spread import BEYOND_LUCK
from situation.log.value_words import range_in_words
from situation.page.judgements.judgement import Judgement, judgement
from situation.page.judgements.phrases import chance_that, share_words, statement_of
from situation.scenario.question import unit_of
from situation.scenario.story_numbers import number_in_words
from situation.testimony.ground import Ground

__all__ = ["story_judgements", "unit_in", "weightiest"]


def story_judgements(
    answers: Mapping[str, Any],
    questions: Mapping[str, Mapping[str, Any]],
    ground: Ground,
    forces: Mapping[str, Mapping[str, Any]],
    numbers: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> list[Judgement]:
    """The key judgements of an ensemble; none where no story came to its end, or nothing was asked.

    The first question of yes or no leads, as the scenario's author has it. The second is the surest of the others where the
    first is open, and the most open where the first is all but decided.

    Args:
        answers: what `ensemble.results.results` gives.
        questions: the questions as the scenario gives them, by name.
        ground: for the names.
        forces: the forces of the scenario as it was run, for the names of numbers.
        numbers: its numbers, for the units of those that it alone names.
    """
    shares = [it for it in answers["questions"] if it.get("outer") and it.get("share") is not None]
    if not shares:
        return _of_amounts(answers, questions, ground)
    lead = shares[0]
    made = [
        judgement(
            "outlook",
            f"in this model, {_chance(lead, questions, ground)}",
            _chance(lead, questions, ground),
            shows=_shown(lead),
        )
    ]
    sure, because = str(lead["confidence"]), str(lead["confidence_because"])
    made.append(judgement("confidence", f"confidence in this is {sure}: {because}", shows=_shown(lead)))
    others = [it for it in shares[1:] if _subject(it, questions) != _subject(lead, questions)]
    if others:
        widest = _width(lead) <= min(map(_width, others))
        other = max(others, key=_width) if widest else min(others, key=_width)
        made.append(judgement("outlook", _chance(other, questions, ground), shows=_shown(other)))
    if hangs := weightiest(lead):
        at = f"{percent(hangs['low'])} where it is low, {percent(hangs['high'])} where it is high"
        number = number_in_words(hangs["number"], forces, ground, unit_in(numbers, hangs["number"]))
        begin, shows = f"the first hangs most on {number}", _shown(lead, "hangs")
        made.append(judgement("hangs", f"{begin}: {at}", begin, shows=shows))
    return made


def _shown(answer: Mapping[str, Any], panel: str = "questions") -> str:
    """Where the page shows an answer, or what it hangs on."""
    return f"reading=scenario&tab=forecast&question={answer['question']}&panel={panel}"


def weightiest(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The number that moves an answer most, if it does so by more than luck."""
    sure = [it for it in answer.get("weights", ()) if abs(it["high"] - it["low"]) > BEYOND_LUCK * it["error"]]
    return max(sure, key=lambda it: abs(it["high"] - it["low"]), default=None)


def unit_in(numbers: Mapping[str, Mapping[str, Any]], name: str) -> str:
    """The unit of a number of the scenario as it was run; empty where it has none of that name."""
    return str(numbers.get(name, {}).get("unit") or "")


def _of_amounts(
    answers: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]], ground: Ground
) -> list[Judgement]:
    """Where nothing is asked that has a yes or no: the first time or number."""
    made = []
    for answer in answers["questions"][:2]:
        if unit_of(answer["ask"]) is None:
            continue
        terms, low, high = questions[answer["question"]], answer.get("p05"), answer.get("p95")
        if answer.get("p50") is None or low is None:
            comes = answer.get("comes")
            text = f"{statement_of(terms, ground)} in {share_words(comes)} of the stories" if comes is not None else ""
        elif high is None:
            text = (
                f"{statement_of(terms, ground, f'{low:,.0f}')} or more, if ever, in nine of ten stories"
                if low >= 1
                else ""
            )
        else:
            figure = range_in_words(f"{low:,.0f}", f"{high:,.0f}")
            text = f"{statement_of(terms, ground, figure)} in nine of ten stories"
        if text:
            made.append(judgement("outlook", text, shows=_shown(answer)))
    return made


def _chance(answer: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]], ground: Ground) -> str:
    low, high = answer["outer"]
    return chance_that(low, high, statement_of(questions[answer["question"]], ground), answer["share"])


def _width(answer: Mapping[str, Any]) -> float:
    low, high = answer["outer"]
    return float(high - low)


def _subject(answer: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]) -> object:
    """What a question is about: two on one place are not both told."""
    terms: Sequence[Any] = [questions[answer["question"]].get(key) for key in ("place", "between", "area")]
    return tuple(str(it) for it in terms)
