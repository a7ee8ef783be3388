"""A slice of the attack on all that a user writes: `python -m tests.attack.records` runs as much of it as is wished."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from situation.errors import Problem, Where
from tests.attack import readers
from tests.attack.mutations import MUTATIONS, mutated
from tests.attack.readers import BrokenLaw, read_by_all
from tests.attack.records import attack
from tests.attack.subjects import SUBJECTS


@pytest.mark.parametrize("scene", SUBJECTS)
def test_what_is_mutated_is_without_a_fault(tmp_path: Path, scene: str) -> None:
    subject = SUBJECTS[scene]
    assert read_by_all(subject.files, subject, tmp_path, Random(1)) == "accepted"


def test_mutated_inputs_never_break_a_law() -> None:
    assert attack(seed=1, numbers=range(30)).lost == []


@pytest.mark.long
def test_many_mutated_inputs_never_break_a_law() -> None:
    assert attack(seed=2, numbers=range(300)).lost == []


def test_the_same_seed_draws_the_same_inputs() -> None:
    subject = SUBJECTS["the Strait war, an event of each kind"]
    drawn = [mutated(subject.files, subject.mutated, Random("1/7")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != mutated(subject.files, subject.mutated, Random("1/8"))


def test_every_mutation_is_drawn_and_changes_something() -> None:
    subject = SUBJECTS["rows of one's own, and their mapping"]
    tried: Counter[str] = Counter()
    for number in range(300):
        tried.update(mutated(subject.files, subject.mutated, Random(number))[1])
    assert set(tried) == set(MUTATIONS)
    for name, mutation in MUTATIONS.items():
        results = []
        for number in range(20):
            files = dict(subject.files)
            mutation(files, "mapping.yaml", Random(number))
            results.append(files != subject.files)
        assert any(results) or name == "rows shuffled", name


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Where("record.yaml", 1, 1), "There is no place 'dell'.", ""),
        Problem(Where("record.yaml", 1, 1), "no sentence", "Use another."),
        Problem(Where(""), "There is no place 'dell'.", "Use another."),
    ],
)
def test_a_problem_that_says_too_little_breaks_a_law(problem: Problem) -> None:
    with pytest.raises(BrokenLaw):
        readers.check_problem(problem)


def test_what_quotes_half_a_file_is_cut_short() -> None:
    problem = Problem(Where("record.yaml", 1, 1), f"There is no place {'dell ' * 500}.", f'Write "{"arlen " * 500}".')
    assert len(str(problem)) < 2000
    readers.check_problem(problem)


def test_a_loop_without_end_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LONGEST_SECONDS", 1)
    with pytest.raises(BrokenLaw), readers.bounded("a loop without end"):
        while True:
            pass
