"""The situation of a scenario that lies outside the situation's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.errors import Fault
from situation.runs.finding import find_run_or, find_situation, home_of


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario's file, empty yet, beside two situations."""
    for name in ("one", "two"):
        (tmp_path / "scenarios" / name).mkdir(parents=True)
        (tmp_path / "scenarios" / name / "map.yaml").touch()
    (tmp_path / "scenarios" / "two" / "push-on.yaml").touch()
    (tmp_path / "scenarios" / "two" / "record.yaml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine.yaml"


def test_a_scenario_lies_in_the_situation_of_the_one_that_it_extends(outside: Path) -> None:
    outside.write_text("extends: push-on\n")
    assert home_of(outside) == Path("scenarios/two")


@pytest.mark.parametrize("parent", ["record", "map", "push-*"])
def test_a_file_of_the_record_is_no_scenario_to_extend(outside: Path, parent: str) -> None:
    outside.write_text(f"extends: {parent!r}\n")
    with pytest.raises(Fault, match="Several situations are here"):
        home_of(outside)


def test_what_may_be_a_situation_or_a_run_is_told_to_be_neither(outside: Path) -> None:
    with pytest.raises(Fault, match=r"nothing: There is no such situation, and no run of this name\. Name a folder"):
        find_run_or("nothing", find_situation)
