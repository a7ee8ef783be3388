"""The answers of a scenario under several beliefs, side by side: `situation run --beliefs`."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.text import Text

from situation.commands.output import console
from situation.ensemble.answer_words import answer_row
from situation.errors import Fault, near_miss
from situation.log.value_words import count_in_words
from situation.record.beliefs.policies import BELIEFS
from situation.runs.manifest import PAGE
from situation.runs.stored_run import StoredRun

__all__ = ["answers_by_belief", "beliefs_named", "show_beliefs"]


def beliefs_named(written: str) -> list[str]:
    """The beliefs that are meant: all, or some by name with commas between.

    Raises:
        Fault: there is no such belief; with the near miss.
    """
    names = list(BELIEFS) if written == "all" else [name.strip() for name in written.split(",")]
    for name in names:
        if name not in BELIEFS:
            hint = near_miss(name, [*BELIEFS, "all"]) or f"Use all, or some of: {', '.join(BELIEFS)}."
            raise Fault(f"There is no belief '{name}'.", hint, argument="beliefs")
    return list(dict.fromkeys(names))


def _answer_of(answer: dict[str, Any]) -> float | None:
    """A question's answer as one number: the share of yes, else the median; None: never."""
    number: float | None = answer.get("share", answer.get("p50"))
    return number


def answers_by_belief(stored_runs: dict[str, StoredRun]) -> dict[str, Any]:
    """Every run by its belief, and every question with its answer under each."""
    first = next(iter(stored_runs.values())).answers
    by_name = {
        belief: {answer["question"]: answer for answer in stored.answers["questions"]}
        for belief, stored in stored_runs.items()
    }
    questions = []
    for of_first in first["questions"]:
        name = of_first["question"]
        answers = {belief: _answer_of(of[name]) for belief, of in by_name.items()}
        numbers = [number for number in answers.values() if number is not None]
        questions.append(
            {
                "question": name,
                "ask": of_first["ask"],
                "text": of_first["text"],
                "answers": answers,
                "range": round(max(numbers) - min(numbers), 6) if len(numbers) == len(answers) else None,
            }
        )
    return {
        "scenario": first["scenario"],
        "seed": first["seed"],
        "stories": first["runs"],
        "runs": {
            belief: {
                "run": str(stored.folder),
                "page": str(stored.folder / PAGE),
                "digest": stored.manifest["digest"],
                "failed": len(stored.answers["failed"]),
            }
            for belief, stored in stored_runs.items()
        },
        "questions": questions,
    }


def show_beliefs(stored_runs: dict[str, StoredRun]) -> None:
    """Print every question with its answer under each belief."""
    out = console()
    first = next(iter(stored_runs.values())).answers
    stories = f"  {count_in_words(first['runs'], 'story')} under each belief, seed {first['seed']}\n"
    out.print(Text(first["title"], "bold").append(stories, "not bold dim"))
    for number, answer in enumerate(first["questions"]):
        out.print(Text(answer["text"] or answer["question"]))
        by_answer: dict[str, list[str]] = {}
        for belief, stored in stored_runs.items():
            by_answer.setdefault(answer_row(stored.answers["questions"][number])[0], []).append(belief)
        for cell, names in by_answer.items():
            who = "under every belief" if len(by_answer) == 1 else ", ".join(names)
            out.print(Padding(Text(f"{cell}  ").append(who, "dim"), (0, 0, 0, 4), expand=False))
    out.print("\nA share of the stories, or the median of a time or a number.", style="dim")
    for belief, stored in stored_runs.items():
        out.print(Text(f"{belief}: {stored.folder / PAGE}"), soft_wrap=True)
