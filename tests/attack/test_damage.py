"""Damaged run folders are found by whoever reads them, set aside, and simulated again to the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.attack.damage import DAMAGES, FORGED, Runs, attack, damaged, forged, made_runs


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with TemporaryDirectory() as home:
        yield made_runs(Path(home))


def test_whatever_is_damaged_is_found_by_every_reader(runs: Runs) -> None:
    told = [damaged(runs, random.Random(f"slice {number}")) for number in range(80)]
    assert [fault for _, fault in told if fault] == []
    assert {damage for damage, _ in told} == set(DAMAGES)


def test_a_run_that_somebody_altered_and_sealed_again_is_never_a_traceback(runs: Runs) -> None:
    for number in range(5):
        assert forged(runs, random.Random(f"forged {number}")) == FORGED


@pytest.mark.long
def test_thousands_of_damaged_folders_are_found() -> None:
    tally = attack(2, range(3000))
    assert tally.lost == []
    assert set(tally.of("damages")) == {*DAMAGES, FORGED}


def told(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


COMMANDS = {
    "push-on": ("run", "push-on", "--runs", "8", "--seed", "3", "--workers", "1"),
    "push-on-vs-guns": ("compare", "push-on", "guns", "--runs", "8", "--seed", "3", "--workers", "1"),
    "tarn-valley-replay": ("replay", "tarn-valley"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("damage", ["torn", "empty", "of another shape", "gone", "edited", "a table torn"])
def test_the_command_that_made_a_run_sets_a_broken_one_aside_and_makes_it_again(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, damage: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(runs.home / "scenarios")
    (source,) = [folder for folder in runs.folders if folder.name.rpartition("-")[0] == name]
    for kept in runs.folders:
        (tmp_path / "runs" / kept.name).mkdir(parents=True)
        for path in kept.iterdir():
            (tmp_path / "runs" / kept.name / path.name).write_bytes(path.read_bytes())
    folder = Path("runs") / source.name
    manifest = folder / "manifest.json"
    match damage:
        case "torn":
            manifest.write_bytes(manifest.read_bytes()[:100])
        case "empty":
            manifest.write_bytes(b"")
        case "of another shape":
            manifest.write_text('{"kind": ["ensemble"], "files": 7}')
        case "gone":
            manifest.unlink()
        case "edited":
            manifest.write_text(manifest.read_text().replace('"digest": "', '"digest": "0', 1))
        case _:
            table = [*sorted(folder.glob("*.parquet")), *sorted(folder.glob("*.json"))][0]
            table.write_bytes(table.read_bytes()[:50])
    if damage != "gone":
        for words in (
            ("score", str(folder)),
            ("why", "dell.holder", str(folder), "--story", "1"),
            ("dashboard", str(folder)),
        ):
            refused = told(*words)
            assert refused.exit_code != 0, words
    again = told(*COMMANDS[name])
    assert again.exit_code == 0, again.output
    assert f"The folder is set aside as runs/.broken/{source.name}, and made anew." in again.stderr.replace("\n", "")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in source.iterdir()
    }
    assert (Path("runs") / ".broken" / source.name).is_dir()
    assert "set aside" not in told(*COMMANDS[name]).stderr
