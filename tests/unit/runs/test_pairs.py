"""A comparison whose pairs are told together: the same bytes as runs told alone, whatever the processes, and after a stop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from situation.ensemble.design import Index, index_of
from situation.ensemble.divergence import divergence_days, first_divergence, parting_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.summary import StorySummary
from situation.runs.comparisons import stored_comparison
from situation.runs.ensembles import Interrupted, stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.folder import PARTIAL
from situation.runs.pages import page_of_run, write_page
from situation.runs.stored_run import open_run
from situation.story.drivers.loop import TableStory
from situation.story.story import Story
from tests.unit.run_files import described
from tests.unit.valley_stories import GUNS, valley_home

RUNS, SEED = 16, 3


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("valley"), guns=GUNS) / "scenarios" / "tarn-valley"


def names(home: Path) -> tuple[str, str]:
    return str(home / "push-on.yaml"), str(home / "guns.yaml")


def compared(home: Path, folder: Path, workers: int = 1, **options: Any) -> dict[str, Any]:
    return stored_comparison(*names(home), RUNS, SEED, workers, (), home, folder, **options)


def content(folder: str | Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.fixture(scope="module")
def together(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return compared(home, tmp_path_factory.mktemp("runs"))


def test_pairs_told_together_are_the_runs_told_alone_and_compared(
    home: Path, together: dict[str, Any], tmp_path: Path
) -> None:
    for name in names(home):
        stored_ensemble(*open_scenario(name, (), home), SEED, RUNS, 1, folder=tmp_path)
    alone = compared(home, tmp_path, workers=2)
    assert content(alone["comparison"]) == content(together["comparison"])
    for mine, other in zip(together["runs"], alone["runs"], strict=True):
        assert "index.html" not in content(mine)
        copy = tmp_path / "copies" / Path(mine).name
        shutil.copytree(mine, copy)
        write_page(page_of_run(copy, home=home), None)
        assert content(copy) == content(other)


def test_the_partings_are_those_of_the_stories(home: Path, together: dict[str, Any]) -> None:
    opened = [open_scenario(name, (), home) for name in names(home)]
    draws = [RecordDraws(*one, SEED) for one in opened]
    ground = opened[0][1].ground
    assert "minutes since 1970-01-01T00:00Z" in described(content(together["comparison"]))
    rows = pq.read_table(Path(together["comparison"]) / "partings.parquet").to_pylist()
    days = divergence_days(*(open_run(Path(run)).ensemble for run in together["runs"]))
    assert [row["run"] for row in rows] == np.flatnonzero(days >= 0).tolist() != []
    for row in rows[:3]:
        first, second = (it.tell(index_of(row["run"])) for it in draws)
        divergence = first_divergence(row["run"], first, second)
        assert divergence is not None
        parting = parting_of(divergence, ground)
        assert row == {name: getattr(parting, name) for name in row}
    assert together["parted"]["retold"] == together["parted"]["pairs"] == len(rows)


@pytest.mark.parametrize("told", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_comparison_that_was_stopped_goes_on(home: Path, together: dict[str, Any], tmp_path: Path, told: int) -> None:
    """After one of its chunks; or after both, before anything is made of them."""

    @contextmanager
    def stopping(title: str, total: int) -> Iterator[Callable[[int], None]]:
        done = 0

        def finished(pairs: int) -> None:
            nonlocal done
            done += pairs
            if done == 8 * told:
                raise KeyboardInterrupt

        yield finished

    with pytest.raises(Interrupted):
        compared(home, tmp_path, bar=stopping)
    notes: list[str] = []
    again = compared(home, tmp_path, note=notes.append)
    assert [note for note in notes if f"{8 * told} of {RUNS} stories are kept" in note] == notes
    assert [Path(note.partition(":")[0]) for note in notes] == [Path(run) for run in again["runs"]]
    assert content(again["comparison"]) == content(together["comparison"])
    for mine, other in zip(together["runs"], again["runs"], strict=True):
        assert content(mine) == content(other)
    assert not (tmp_path / PARTIAL).exists()


@pytest.mark.parametrize("side", [0, pytest.param(1, marks=pytest.mark.long)])
def test_stories_of_a_run_that_was_stopped_are_not_told_a_second_time(
    home: Path, together: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: int
) -> None:
    """Of either scenario. Whole stories are counted; those that are kept are told up to the day when their pair parts."""

    @contextmanager
    def stopping(title: str, total: int) -> Iterator[Callable[[int], None]]:
        def finished(stories: int) -> None:
            if stories:
                raise KeyboardInterrupt

        yield finished

    with pytest.raises(Interrupted):
        stored_ensemble(*open_scenario(names(home)[side], (), home), SEED, RUNS, 1, folder=tmp_path, bar=stopping)
    whole: list[str] = []
    tells = RecordDraws.story_and_summary

    def counted(draws: RecordDraws, index: Index) -> tuple[Story | TableStory, StorySummary]:
        whole.append(draws.scenario.id)
        return tells(draws, index)

    monkeypatch.setattr(RecordDraws, "story_and_summary", counted)
    notes: list[str] = []
    again = compared(home, tmp_path, note=notes.append)
    assert len(notes) == 1 and notes[0].startswith(f"{again['runs'][side]}: 8 of {RUNS} stories are kept from a call")
    told = {"push-on": RUNS, "guns": RUNS} | {again[("first", "second")[side]]: RUNS - 8}
    assert {name: whole.count(name) for name in told} == told
    assert content(again["comparison"]) == content(together["comparison"])
    for mine, other in zip(together["runs"], again["runs"], strict=True):
        assert content(mine) == content(other)
    assert not (tmp_path / PARTIAL).exists()


def test_where_pairs_part_is_told_again_where_the_comparison_is_gone(
    home: Path, together: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home.parents[1])
    copies = [shutil.copytree(run, tmp_path / Path(run).name) for run in together["runs"]]
    assert content(compared(home, tmp_path)["comparison"]) == content(together["comparison"])
    shutil.rmtree(next(tmp_path.glob("*-vs-*")))
    page = page_of_run(copies[1], copies[0])
    made = json.loads((Path(together["comparison"]) / "comparison.json").read_bytes())
    assert page.text.encode() == content(together["comparison"])["index.html"]
    assert made["parted"]["retold"] > 0


def test_a_search_for_where_pairs_part_that_was_stopped_goes_on(
    home: Path, together: dict[str, Any], tmp_path: Path
) -> None:
    for run in together["runs"]:
        shutil.copytree(run, tmp_path / Path(run).name)

    @contextmanager
    def stopping(title: str, total: int) -> Iterator[Callable[[int], None]]:
        def finished(pairs: int) -> None:
            if pairs:
                raise KeyboardInterrupt

        yield finished

    with pytest.raises(Interrupted):
        compared(home, tmp_path, bar=stopping)
    notes: list[str] = []
    assert content(compared(home, tmp_path, note=notes.append)["comparison"]) == content(together["comparison"])
    assert [note for note in notes if f"Where 8 of {RUNS} pairs part is kept" in note] == notes != []
    assert not (tmp_path / PARTIAL).exists()


def test_pages_of_both_runs_are_written_where_they_are_asked_for(home: Path, together: dict[str, Any]) -> None:
    folder = Path(together["comparison"]).parent
    again = compared(home, folder, pages=True)
    assert again["runs"] == together["runs"]
    assert all((Path(run) / "index.html").is_file() for run in again["runs"])
