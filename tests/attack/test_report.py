"""The page of what was tried and lost: each block is one that a suite writes, and parts of a trial add up."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click
import pytest

from tests.attack.report import PAGE, SUITES, Suite, Tally, block_of, in_parts, try_all, with_block

TEXT = PAGE.read_text("utf-8")
MARKS = re.compile(r"^<!-- (?P<end>end of )?(?P<name>.+) -->$", re.MULTILINE)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def test_every_block_is_one_that_a_suite_writes_and_every_suite_has_one() -> None:
    marks = [(found["name"], bool(found["end"])) for found in MARKS.finditer(TEXT)]
    assert marks[::2] == [(name, False) for name, _ in marks[::2]], "A block begins before another has ended."
    assert marks[1::2] == [(name, True) for name, _ in marks[::2]], "A block does not end."
    assert sorted(name for name, _ in marks[::2]) == sorted(SUITES)


@pytest.mark.parametrize("name", SUITES)
def test_each_suite_writes_and_its_block_tells_the_command_that_makes_its_figures(name: str) -> None:
    module = import_module(f"tests.attack.{name}")
    words = [option for parameter in module.main.params for option in parameter.opts]
    assert "--write" in words
    assert f"tests.attack.{name} " in (PAGE.parents[1] / "Makefile").read_text("utf-8")
    (block,) = re.findall(rf"(?s)<!-- {name} -->\n(.*?)<!-- end of {name} -->", TEXT)
    (options,) = re.findall(rf"`python -m tests\.attack\.{name} (.*?)`", block.splitlines()[0])
    assert set(options.split()[::2]) <= set(words)
    if name != "load":
        assert module.SUITE.name == name
        assert f"--{module.SUITE.option}" in words
        assert re.search(r"^Of [\d,]+ did not hold: (none|\d+)\.$", block, re.MULTILINE)


def test_no_figure_of_a_trial_stands_outside_the_blocks() -> None:
    prose = re.sub(r"(?s)<!-- (\S+) -->.*?<!-- end of \1 -->", "", TEXT)
    assert not re.findall(rf"\b\d{{1,2}} (?:{MONTHS}) \d{{4}}", prose), "What was taken on a day is written by a suite."


def test_another_text_takes_the_place_of_a_block_and_of_nothing_else() -> None:
    page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n"
    assert with_block(page, "x", "new \\1\n") == page.replace("old", "new \\1")
    with pytest.raises(ValueError, match="0 blocks y"):
        with_block(page, "y", "new")


def _evens(seed: int, numbers: range) -> Tally:
    tally = Tally(seed)
    for number in numbers:
        tally.count("numbers", "odd" if number % 2 else "even")
        if number == 13:
            tally.lost.append("thirteen")
    return tally


EVENS = Suite("evens", "numbers", _evens, lambda tally: [str(tally.most("numbers"))], chunk=4)


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_of_a_trial_add_up_to_the_whole(tmp_path: Path, workers: int) -> None:
    whole = in_parts(EVENS, 7, range(30), 1)
    assert (whole.tried, whole.lost, whole.of("numbers")) == (30, ["thirteen"], {"even": 15, "odd": 15})
    ends = []
    for first, stop in pairwise((0, 10, 30)):
        with pytest.raises(SystemExit) as ended:
            try_all(
                EVENS, stop - first, seed=7, first=first, workers=workers, tally=tmp_path / "kept.json", write=False
            )
        ends.append(ended.value.code)
    assert ends == [0, 1], "Only the part in which something did not hold fails."
    with pytest.raises(click.UsageError, match="counted already"):
        try_all(EVENS, 5, seed=7, first=29, workers=1, tally=tmp_path / "kept.json", write=False)
    with pytest.raises(click.UsageError, match="seeds 7 and 8"):
        try_all(EVENS, 5, seed=8, first=40, workers=1, tally=tmp_path / "kept.json", write=False)


def test_a_block_tells_every_part_that_was_tried_and_what_did_not_hold() -> None:
    told = block_of(EVENS, in_parts(EVENS, 7, range(4), 1) + in_parts(EVENS, 7, range(10, 20), 1))
    first = "`python -m tests.attack.evens --numbers 4 --seed 7`"
    second = "`python -m tests.attack.evens --numbers 10 --first 10 --seed 7`"
    assert f"{first} and {second}" in told
    assert "Of 14 did not hold: 1.\n- `thirteen`\n" in told
