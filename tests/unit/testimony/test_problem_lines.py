"""Very many problems: of a kind and of a file the first some are told, and how many more there are."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.commands.cli import main
from situation.errors import Problem, Where
from situation.testimony.problem_lines import problem_lines
from tests.unit.valley_stories import valley_home


def test_of_20000_unknown_keys_the_first_twenty_are_told_and_the_others_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(valley_home(tmp_path))
    plan = tmp_path / "scenarios" / "tarn-valley" / "push-on.yaml"
    plan.write_text(plan.read_text() + "".join(f"odd-{number}: {number}\n" for number in range(20_000)))
    result = CliRunner().invoke(main, ["check", str(plan)])
    *lines, total = [line for line in result.stderr.splitlines() if "warning" not in line]
    assert len(lines) == 21, lines
    assert all("A scenario has no key 'odd-" in line for line in lines[:20])
    file = lines[0].split(":")[0]
    assert lines[20] == f"{file}: 19,980 more problems are of this last kind. With --json all of them are listed."
    assert total == "20,000 problems."
    as_json = json.loads(CliRunner().invoke(main, ["check", str(plan), "--json"]).stdout)
    assert sum(len(one["problems"]) for one in as_json["situations"]) == 20_000

    elsewhere = CliRunner().invoke(main, ["run", "push-on", "--runs", "2"])
    assert elsewhere.exit_code == 1
    assert len(elsewhere.stderr.splitlines()) == 22
    assert "19,980 more problems are of this last kind. Correct those that are told first." in elsewhere.stderr


@settings(deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_problem_is_missed_in_the_count_and_no_file_has_more_lines_than_anybody_reads(seed: int) -> None:
    luck = random.Random(seed)
    names, words = luck.choice([3, 30, 2_000]), luck.choice([3, 300])
    facts = [f"There is no actor '{number}'." for number in range(names)] + ["x" * it for it in range(1, words)]
    files = ["a.yaml", "b.yaml"]
    ordered = sorted(
        {
            Problem(Where(luck.choice(files), luck.randint(1, 10_000)), luck.choice(facts), "Correct it.")
            for _ in range(luck.choice([5, 100, 1_500]))
        }
    )
    lines = list(problem_lines(ordered))
    others = [line for line in lines if re.fullmatch(r"[ab]\.yaml: [0-9,]+ more problems are .*", line)]
    more = [hit for line in lines if (hit := re.search(r"([0-9,]+) more (problems|place)", line))]
    assert len(lines) - len(others) + sum(int(it[1].replace(",", "")) for it in more) == len(ordered)
    assert all(sum(line.startswith(file) for line in lines) <= 202 for file in files)
    if len(ordered) <= 20 and len({it.fact for it in ordered}) == len(ordered):
        assert lines == [str(it) for it in ordered]
