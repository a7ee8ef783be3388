"""What a folder of somebody else's holds moves nothing out of other folders, and goes nowhere else."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.record.loading import survey
from situation.testimony.disk.places import clear, finish, put_files
from tests.unit.valley_stories import valley


def test_what_a_link_leads_to_stays_where_it_is(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter").write_text("kept", "utf-8")
    folder = valley(tmp_path).write().folder
    (folder / ".pending").symlink_to(elsewhere)
    survey(folder)
    assert (elsewhere / "letter").read_text("utf-8") == "kept"
    assert not (folder / "letter").exists()


def test_an_unfinished_import_goes_into_no_link(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "sent"
    elsewhere.mkdir()
    (folder / ".pending" / "imports").mkdir(parents=True)
    (folder / ".pending" / "imports" / "a.yaml").write_text("claims: []", "utf-8")
    (folder / ".pending" / "link").symlink_to(elsewhere)
    (folder / "imports").symlink_to(elsewhere)
    with pytest.raises(OSError, match="leads out of the folder"):
        finish(folder)
    assert list(elsewhere.iterdir()) == []


def test_nothing_is_put_beside_a_folder_that_is_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    (folder / ".situation-7" / "evil.replaced").mkdir(parents=True)
    put_files(folder, {"a.txt": b"a"})
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_room_that_is_a_link_is_unlinked_and_no_more(tmp_path: Path) -> None:
    elsewhere, home = tmp_path / "elsewhere", tmp_path / ".partial"
    elsewhere.mkdir()
    (elsewhere / "run.replaced").mkdir()
    home.mkdir()
    (home / ".situation-3").symlink_to(elsewhere)
    clear(home, tmp_path)
    assert (elsewhere / "run.replaced").is_dir()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("title", "fact"), [(r"Arlen\nPage: elsewhere", "is of several lines."), (r"\u200b", "The text is empty.")]
)
def test_a_title_is_one_line_that_shows(tmp_path: Path, title: str, fact: str) -> None:
    """So that no title of a file looks like a line that the program prints."""
    folder = valley(tmp_path).plant("sources.yaml", "title: Arlen is taken", f'title: "{title}"').write().folder
    assert any(it.fact.endswith(fact) for it in survey(folder).problems)


@pytest.mark.parametrize("end", [r"\n", r"\r", r"\x85", r"\u2028", r"\u2029"])
def test_the_file_of_a_source_begins_no_line_of_its_own(tmp_path: Path, end: str) -> None:
    forged = f'file: "a.txt{end}map.yaml:1:1: There is no place."'
    small = valley(tmp_path).plant("sources.yaml", "file: gazette.txt", forged).write()
    printed = CliRunner().invoke(main, ["check", str(small.folder), "--sources", str(tmp_path)]).output
    assert "sources.yaml:3:5: 'a.txt map.yaml:1:1: There is no place.' holds the end of a line" in printed
    assert not any(line.startswith("map.yaml:1:1:") for line in printed.splitlines()), printed


@pytest.mark.parametrize(
    ("make", "there"),
    [
        (lambda path: path.write_text("claims: []", "utf-8"), "a file"),
        (os.mkfifo, "a pipe"),
        (lambda path: path.symlink_to("moved-away"), "a link that leads nowhere"),
        (lambda path: path.symlink_to(path.name), "a link that leads back to itself"),
    ],
)
def test_imports_that_cannot_be_seen_are_not_passed_over(
    tmp_path: Path, make: Callable[[Path], object], there: str
) -> None:
    folder = valley(tmp_path).write().folder
    assert survey(folder).problems == []
    make(folder / "imports")
    (told,) = survey(folder).problems
    assert str(told).endswith(
        f"imports: This is {there}, not the folder of what was imported. Put the folder there, or remove it."
    )


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="This system has no such permissions.")
def test_imports_that_may_not_be_looked_into_are_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = valley(tmp_path).write().folder
    (folder / "imports").mkdir()

    def denied(path: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    looked = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: denied(path) if path.name == "imports" else looked(path))
    (told,) = survey(folder).problems
    assert "imports: The folder cannot be read: Permission denied. Change its permissions" in str(told)
