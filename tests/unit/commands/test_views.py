"""Every answer in words says what was known, whose word is taken and by whose claims; a folder names its view by id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.unit.small import Small

ARGUMENTS = {"why": ["dell.holder"], "beliefs": ["dell.holder"]}
"""What a command needs before the situation; nothing where it is not here."""
READING = ("beliefs", "claims", "disputes", "state", "totals", "why")
DEAD = """\
  - {id: N-1, source: gazette, paragraph: 1, said_by: marshal, happened: 2020-03-05, asserts: {event: CiviliansKilled, place: dell, number: {best: 5, unit: civilians}}}
  - {id: N-2, source: courier, happened: 2020-03-09, asserts: {event: CiviliansKilled, place: dell, number: {best: 7, unit: civilians}}}
"""  # noqa: E501


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views") / "tarn-valley"
    folder.mkdir()
    return Small(folder).add("record.yaml", DEAD).write().folder


@pytest.fixture(scope="module")
def replayed(valley: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """What `replay` printed of a view, and its folder."""
    folder = tmp_path_factory.mktemp("runs") / "by-the-north"
    done = run(
        "replay", str(valley), "--view", "claimant:Northerners", "--known-at", "2020-03-20", "--out", str(folder)
    )
    assert done.exit_code == 0, done.output
    yield done.output, folder


def test_totals_count_the_claims_of_a_view_alone(valley: Path) -> None:
    totals = {
        view: [
            (row["low"], row["high"], row["events"])
            for row in json.loads(run("totals", str(valley), *view, "--json").output)
        ]
        for view in ((), ("--view", "claimant:north"))
    }
    assert totals == {(): [(12, 12, 2)], ("--view", "claimant:north"): [(5, 5, 1)]}


def test_sums_of_which_nobody_gives_a_number_are_dashes_and_not_0(tmp_path: Path) -> None:
    raid = "{event: Attacked, place: corve, by: [rebels], against: north}"
    claims = DEAD + f"  - {{id: N-3, source: courier, happened: 2020-03-09, asserts: {raid}}}\n"
    folder = Small(tmp_path).add("record.yaml", claims).write().folder
    lines = run("totals", str(folder), "--by", "place").output.splitlines()
    numbers = {line.split("  ")[0]: line.split()[-7:] for line in lines}
    assert numbers["Dell"] == ["12", "12", "12", "0", "12", "2", "0"]
    assert numbers["Corve"] == ["-"] * 5 + ["1", "1"], lines


@pytest.mark.parametrize("command", READING)
def test_every_answer_in_words_says_by_what_it_is_given(command: str, valley: Path) -> None:
    arguments = [command, *ARGUMENTS.get(command, []), str(valley)]
    belief = "" if command == "beliefs" else ", belief graded"
    assert f"verything known{belief}." in run(*arguments).output
    shown = run(*arguments, "--view", "claimant:north", "--known-at", "2020-03-20", "--as-carried").output
    known = "nown at 2020-03-20T23:59+02:00, as the outlets carried it"
    assert f"{known}{belief}, as the North says" in " ".join(shown.split())


def test_the_timeline_says_by_what_it_is_given(replayed: tuple[str, Path]) -> None:
    told = "Known at 2020-03-20T23:59+02:00, belief graded, as the North says: by 2 claims alone, and the opening."
    assert told in replayed[0].splitlines()


def test_the_folder_of_a_replay_keeps_its_view_in_whatever_spelling_it_was_asked_for(
    replayed: tuple[str, Path], valley: Path, tmp_path: Path
) -> None:
    manifest = json.loads((replayed[1] / "manifest.json").read_text())
    assert manifest["view"] == "claimant:north"
    assert json.loads((replayed[1] / "state.json").read_text())["view"] == "claimant:north"
    options = ["--view", "claimant:north", "--known-at", "2020-03-20", "--out", str(tmp_path / "again"), "--json"]
    assert json.loads(run("replay", str(valley), *options).output)["digest"] == manifest["digest"]
