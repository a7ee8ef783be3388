"""A situation begun: the blank one runs at once, copies are whole, and nothing is ever written over."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.errors import SituationError
from situation.record.loading import load
from situation.runs.beginning import write_situation
from situation.runs.finding import packaged_situations
from situation.testimony.disk.steps import Disk, using

EXAMPLE = "al-qaim-2017"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_what_a_new_situation_says_to_do_next_works_at_once(here: Path) -> None:
    begun = run("new", "my-war")
    assert begun.exit_code == 0, begun.output
    told = re.findall(r"^  situation (.+)$", begun.output, flags=re.MULTILINE)
    assert [command.split()[0] for command in told] == ["check", "replay", "run"]
    for command in told:
        result = run(*command.replace("--runs 100", "--runs 8").split())
        assert result.exit_code == 0, f"{command}: {result.output}"
    assert "No problems." in run("check").output


def test_a_claim_of_three_lines_has_an_id_and_says_what_it_is_of(here: Path) -> None:
    run("new", "my-war")
    claim = load("scenarios/my-war").testimony.claims["gazette-captured-oldbridge-2020-03-18"]
    assert claim.says == "1st Brigade took Oldbridge from the South."
    assert (claim.said_by, claim.origin, claim.credibility) == ("article", "gazette", ())
    note = "scenarios/my-war/record.yaml: of 3 claims, 1 has no 'id' (made of its source, event, subject and date), "
    assert note in run("check", "my-war").output


def _of_one_day(dates: re.Match[str]) -> str:
    return re.sub(r"2020-\d\d-\d\d", "2020-03-18", dates[0])


def test_a_record_of_one_claim_on_one_day_is_spoken_of_in_the_singular(here: Path) -> None:
    run("new", "my-war")
    folder = here / "scenarios" / "my-war"
    claim = (
        "  - source: gazette\n    happened: 2020-03-18\n    asserts: {event: Captured, place: oldbridge, by: [north]}\n"
    )
    record = folder / "record.yaml"
    record.write_text(f"{record.read_text().partition('claims:')[0]}claims:\n{claim}")
    ground = folder / "map.yaml"
    words = ground.read_text().replace("gazette-garrison", "gazette-captured-oldbridge-2020-03-18")
    ground.write_text(re.sub("from: 2020-03-01, to: 2020-04-30|at: 2020-03-01", _of_one_day, words))
    assert "The branch lies outside the record, on 2020-03-18 only." in run("check", "my-war").output
    (folder / "baseline.yaml").unlink()
    assert "record.yaml: its one claim has no 'id' (made of" in run("check", "my-war").output
    shown = run("replay", "my-war").output
    assert "■ control" in shown
    assert "sources disagree" not in shown
    assert "The record holds 1 claim of 1 source; what it does not report is not known here" in run(
        "brief", "my-war"
    ).output.replace("\n", " ")


def test_two_claims_of_three_lines_that_would_be_called_alike_need_ids(here: Path) -> None:
    run("new", "my-war")
    record = here / "scenarios" / "my-war" / "record.yaml"
    claim = (
        "  - source: gazette\n    happened: 2020-03-18\n    asserts: {event: Captured, place: oldbridge, by: [north]}\n"
    )
    record.write_text(record.read_text().replace("claims:\n", f"claims:\n{claim}"))
    told = run("check", "my-war")
    assert told.exit_code == 1
    assert (
        "The id 'gazette-captured-oldbridge-2020-03-18' is taken, at scenarios/my-war/record.yaml:3:5." in told.output
    )


@pytest.mark.parametrize("example", sorted(packaged_situations()))
def test_a_copy_of_an_example_is_the_example(here: Path, example: str) -> None:
    assert run("new", example, "--from", example).exit_code == 0
    copied = {path.name: path.read_bytes() for path in (here / "scenarios" / example).iterdir()}
    assert copied == {path.name: path.read_bytes() for path in packaged_situations()[example].iterdir()}


def test_a_copy_under_another_name_bears_it_in_its_map_and_scenarios(here: Path) -> None:
    assert run("new", "border-war", "--from", EXAMPLE).exit_code == 0
    checked = run("check", "border-war")
    assert checked.exit_code == 0, checked.output
    assert load("scenarios/border-war").ground.situation == "border-war"


def test_examples_are_found_by_name_where_nothing_is(here: Path) -> None:
    assert run("state", EXAMPLE, "--at", "2017-11-04").exit_code == 0
    assert run("run", f"{EXAMPLE}/baseline", "--runs", "2", "--workers", "1").exit_code == 0
    assert [path.name for path in here.iterdir()] == ["runs"]
    left_out = run("state")
    assert left_out.exit_code == 2
    assert (
        "No situation is here. Make one with 'situation new NAME', or name a folder or an example: " in left_out.output
    )


def test_a_situation_of_the_same_name_here_goes_before_the_example(here: Path) -> None:
    run("new", EXAMPLE, "--from", EXAMPLE)
    (here / "scenarios" / EXAMPLE / "record.yaml").write_text("claims: nothing\n")
    assert run("state", EXAMPLE).exit_code == 1


def test_several_situations_are_both_named_where_none_is_chosen(here: Path) -> None:
    run("new", "one")
    run("new", "two")
    for command in (["state"], ["replay"], ["disputes"], ["claims"]):
        told = run(*command)
        assert told.exit_code == 2
        assert "scenarios/: Several situations are here. Name one of: one, two." in told.output
    told = run("run", "baseline")
    assert "Several situations have such a scenario. Name one of: one/baseline, two/baseline." in told.output


@pytest.mark.parametrize("there", ["folder", "file", "dangling link"])
def test_nothing_is_written_over(here: Path, there: str) -> None:
    target = here / "scenarios" / "my-war"
    target.parent.mkdir()
    if there == "folder":
        target.mkdir()
    elif there == "file":
        target.write_text("mine")
    else:
        target.symlink_to("nowhere")
    told = run("new", "my-war")
    assert told.exit_code == 2
    assert "scenarios/my-war: Something is here already. Give the new situation another name." in told.output
    assert [path.name for path in target.parent.iterdir()] == ["my-war"]
    assert there != "file" or target.read_text() == "mine"


@pytest.mark.parametrize("name", ["../out", "a/b", "", ".", "..", "my war", "-x", "war\n", ".hidden", "a.b", "con:"])
def test_a_name_that_is_no_id_is_refused_and_nothing_is_made(here: Path, name: str) -> None:
    told = run("new", "--", name)
    assert told.exit_code == 2
    assert "cannot be an id." in told.output
    assert list(here.iterdir()) == []


def test_the_name_of_an_example_is_kept_for_its_copy(here: Path) -> None:
    told = run("new", EXAMPLE)
    assert told.exit_code == 2
    assert "copy the example under its own name." in told.output


def test_what_cannot_be_copied_leaves_nothing_behind(here: Path) -> None:
    (here / "empty").mkdir()
    assert "empty: This is no situation's folder." in run("new", "my-war", "--from", "empty").output
    assert "There is no such situation." in run("new", "my-war", "--from", "nowhere").output
    long = "x" * 300
    told = run("new", long)
    assert told.exit_code == 2
    assert "is too long an id: 300 bytes. Use 100 at most." in told.output
    assert [path.name for path in here.iterdir()] == ["empty"]


class Full(Disk):
    """A disk on which there is no room for a file."""

    def write(self, path: Path, content: bytes, lasting: bool) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        using(Full()),
        pytest.raises(SituationError, match="my-war: The situation cannot be written: No space left on device"),
    ):
        write_situation(tmp_path / "scenarios" / "my-war", {"map.yaml": b"x"})
    assert list(tmp_path.iterdir()) == []
