"""Parts of a run, told each by itself and joined: the bytes of the run told at once, or a refusal that says why."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home

SPANS = ("0:3", "3:13", "13:20")


def situation(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def tell(span: str, *arguments: str) -> Path:
    result = situation("run", "push-on", "--stories", span, "--workers", "1", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return Path(json.loads(result.output)["part"])


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def parts(home: Path) -> list[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        return [tell(span) for span in SPANS]


@pytest.fixture(autouse=True)
def _there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)


def test_the_parts_of_a_run_joined_in_any_order_are_the_run_told_at_once(parts: list[Path], tmp_path: Path) -> None:
    whole = situation("run", "push-on", "--runs", "20", "--workers", "1", "--out", str(tmp_path / "whole"))
    joined = situation("join", *map(str, reversed(parts)), "--out", str(tmp_path / "joined"))
    assert (whole.exit_code, joined.exit_code) == (0, 0), joined.output
    assert content(tmp_path / "joined") == content(tmp_path / "whole")
    assert joined.output.splitlines()[:-1] == whole.output.splitlines()[:-1], "all but the path of the page"
    assert not list(tmp_path.glob(".partial/*"))


def test_a_part_that_is_there_is_read_and_a_broken_one_told_again(tmp_path: Path) -> None:
    part = tell("20:24")
    before = content(part)
    assert tell("20:24") == part
    stories = next(part.glob("*.stories"))
    stories.write_bytes(stories.read_bytes() + b"x")
    result = situation("run", "push-on", "--stories", "20:24", "--workers", "1")
    assert "set aside" in result.output
    assert content(part) == before


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ((0, 2), "stories 3 to 12 are missing. Name the part that has them, or simulate the stories 3:13."),
        (
            (1, 2),
            "At the beginning stories 0 to 2 are missing. Name the part that has them, or simulate the stories 0:3.",
        ),
        ((0, 1, 1, 2), " is named twice. Name it once."),
    ],
)
def test_parts_that_leave_a_gap_or_overlap_are_refused(
    parts: list[Path], chosen: tuple[int, ...], message: str
) -> None:
    result = situation("join", *(str(parts[number]) for number in chosen))
    assert (result.exit_code, message in result.output) == (2, True), result.output
    assert not Path("runs/.partial").exists() or not list(Path("runs/.partial").iterdir())


def test_a_part_of_another_run_is_refused_and_it_says_in_what_they_differ(parts: list[Path], tmp_path: Path) -> None:
    other = tell("3:13", "--seed", "8", "--out", str(tmp_path / "other"))
    result = situation("join", str(parts[0]), str(other))
    assert result.exit_code == 2
    assert "they differ in seed. Name the parts of one." in result.output


def test_what_is_no_part_is_refused(parts: list[Path], tmp_path: Path) -> None:
    assert situation("run", "push-on", "--runs", "2", "--workers", "1", "--out", str(tmp_path / "run")).exit_code == 0
    assert "This is no part of a run, but of kind 'ensemble'." in situation("join", str(tmp_path / "run")).output
    assert (
        "This is the folder of a part, not of a run of stories."
        in situation("why", "dell.holder", str(parts[0]), "--story", "1").output
    )
    damaged = next(parts[2].glob("*.stories"))
    before = damaged.read_bytes()
    damaged.write_bytes(before[:-1])
    try:
        result = situation("join", *map(str, parts))
        assert (result.exit_code, "The file is gone or was changed." in result.output) == (1, True), result.output
    finally:
        damaged.write_bytes(before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--stories", "5:5"), "--stories: 5:5 is no range of stories. Give A:B with 0 <= A < B."),
        (("--stories", "5-9"), "--stories: '5-9' is no range of stories. Give A:B, such as 0:500."),
        (("--stories", "0:9", "--runs", "8"), "--stories: 0:9 ends after the last of 8 stories."),
        (
            ("--stories", "9:10000001"),
            "--stories: 9:10000001 ends after the last of the 10,000,000 stories that a run may have. Give fewer.",
        ),
        (("--stories", "0:9", "--beliefs", "all"), "--stories: There is a run folder for each belief."),
        (("--stories", "0:9", "--workers", "0"), "--workers: 0 is no number of processes."),
    ],
)
def test_a_range_that_is_none_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = situation("run", "push-on", *arguments)
    assert (result.exit_code, message in result.output) == (2, True), result.output


@pytest.mark.long
def test_two_processes_that_know_nothing_of_each_other_tell_what_one_would(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "situation", "run", "push-on", "--workers", "1"]
    homes = [valley_home(tmp_path / name) for name in ("one", "other", "third")]
    ranges = (["--stories", "0:10"], ["--stories", "10:20"], ["--runs", "20", "--out", "whole"])
    told = [subprocess.Popen([*command, *span], cwd=there) for there, span in zip(homes, ranges, strict=True)]
    assert [one.wait(120) for one in told] == [0, 0, 0]
    parts = [next(there.glob("runs/parts/push-on-*")) for there in homes[:2]]
    join = [sys.executable, "-m", "situation", "join", *map(str, parts), "--out", "joined"]
    subprocess.run(join, cwd=homes[2], check=True, capture_output=True)
    assert content(homes[2] / "joined") == content(homes[2] / "whole")


def test_a_part_is_never_replaced_by_what_is_written_to_its_folder(parts: list[Path], tmp_path: Path) -> None:
    here = tmp_path / "part"
    shutil.copytree(parts[0], here)
    before, digest = content(here), "holds stories 0 to 2 of a run, which may be nowhere else."
    for words in (
        ("join", *map(str, parts), "--out", str(here)),
        ("run", "push-on", "--stories", "3:4", "--out", str(here)),
        ("run", "push-on", "--runs", "2", "--out", str(here)),
        ("compare", "push-on", "push-on", "--runs", "2", "--out", str(here)),
        ("replay", "--out", str(here)),
    ):
        refused = situation(*words)
        assert refused.exit_code != 0, words
        assert digest in " ".join(refused.output.split()), refused.output
        assert content(here) == before
    again = situation("run", "push-on", "--stories", "0:3", "--workers", "1", "--out", str(here))
    assert again.exit_code == 0, again.output
    assert content(here) == before
