"""`--view` on the command line: heeded by every command that takes it, said in every answer, kept by the folder of a replay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.arch.commands import COMMAND
from tests.unit.small import Small

ARGUMENTS = {"why": ["dell.holder"], "beliefs": ["dell.holder"]}
"""What a command needs before the situation; nothing where it is not here."""
READING = sorted(
    name
    for name, command in COMMAND.items()
    if any("--view" in parameter.opts and not getattr(parameter, "hidden", False) for parameter in command.params)
)
"""The commands that read a record by a view."""
DEAD = """\
  - {id: N-1, source: gazette, paragraph: 1, said_by: marshal, happened: 2020-03-05, asserts: {event: CiviliansKilled, place: dell, number: {best: 5, unit: civilians}}}
  - {id: N-2, source: courier, happened: 2020-03-09, asserts: {event: CiviliansKilled, place: dell, number: {best: 7, unit: civilians}}}
"""  # noqa: E501


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Small(tmp_path_factory.mktemp("tarn-valley", numbered=False)).add("record.yaml", DEAD).write().folder


@pytest.fixture(scope="module")
def replayed(valley: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """What `replay` printed of a view, and its folder."""
    folder = tmp_path_factory.mktemp("runs") / "by-the-north"
    done = run(
        "replay", str(valley), "--view", "claimant:Northerners", "--known-at", "2020-03-20", "--out", str(folder)
    )
    assert done.exit_code == 0, done.output
    yield done.output, folder


def test_the_commands_that_take_a_view_are_these() -> None:
    assert READING == ["beliefs", "claims", "disputes", "replay", "state", "totals", "why"]


@pytest.mark.parametrize("command", READING)
def test_a_view_that_there_is_not_is_refused_by_every_command_that_takes_one(command: str, valley: Path) -> None:
    refused = run(command, *ARGUMENTS.get(command, []), str(valley), "--view", "claimant:zz")
    assert (refused.exit_code, refused.output.startswith("--view: There is no actor 'zz'.")) == (2, True)


def test_totals_count_the_claims_of_a_view_alone(valley: Path) -> None:
    totals = {
        view: [
            (row["low"], row["high"], row["events"])
            for row in json.loads(run("totals", str(valley), *view, "--json").output)
        ]
        for view in ((), ("--view", "claimant:north"))
    }
    assert totals == {(): [(12, 12, 2)], ("--view", "claimant:north"): [(5, 5, 1)]}


@pytest.mark.parametrize("command", [command for command in READING if command != "replay"])
def test_every_answer_in_words_says_by_what_it_is_given(command: str, valley: Path) -> None:
    arguments = [command, *ARGUMENTS.get(command, []), str(valley)]
    belief = "" if command == "beliefs" else ", belief graded"
    assert f"verything known{belief}." in run(*arguments).output
    shown = run(*arguments, "--view", "claimant:north", "--known-at", "2020-03-20", "--as-carried").output
    known = "nown at 2020-03-20T23:59+02:00, as the outlets carried it"
    assert f"{known}{belief}, as the North says." in " ".join(shown.split())


def test_the_timeline_says_by_what_it_is_given(replayed: tuple[str, Path]) -> None:
    assert "Known at 2020-03-20T23:59+02:00, belief graded, as the North says.\n" in replayed[0]


def test_the_folder_of_a_replay_keeps_its_view_in_whatever_spelling_it_was_asked_for(
    replayed: tuple[str, Path], valley: Path, tmp_path: Path
) -> None:
    manifest = json.loads((replayed[1] / "manifest.json").read_text())
    assert manifest["view"] == "claimant:north"
    assert json.loads((replayed[1] / "state.json").read_text())["view"] == "claimant:north"
    options = ["--view", "claimant:north", "--known-at", "2020-03-20", "--out", str(tmp_path / "again"), "--json"]
    assert json.loads(run("replay", str(valley), *options).output)["digest"] == manifest["digest"]


def test_the_page_of_a_view_can_be_made_anew(
    replayed: tuple[str, Path], valley: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(valley.parent)
    made = tmp_path / "page.html"
    done = run("dashboard", str(replayed[1]), "--out", str(made))
    assert done.exit_code == 0, done.output
    assert made.read_bytes() == (replayed[1] / "index.html").read_bytes()
