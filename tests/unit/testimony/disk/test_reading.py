"""Files that people name: regular and of bounded size, and what a situation names lies in its folder; else told, at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from situation.errors import Fault, InputError
from situation.record.loading import load
from situation.runs.finding import home_of
from situation.scenario import load_scenario
from situation.testimony.disk.reading import check_file_name, most_bytes, read_file
from situation.testimony.ids import check_folder_id
from tests.unit.small import RECORD, Small
from tests.unit.valley_stories import PLAN, valley


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(8 << 30)


def _link_out(path: Path) -> None:
    outside = path.parents[2] / "outside.txt"
    outside.write_text("a secret\n")
    path.symlink_to(outside)


def _hidden_link(path: Path) -> None:
    (path.parent / "step").symlink_to(path.parents[2])
    (path.parents[2] / "outside.txt").write_text("a secret\n")
    path.symlink_to(path.parent / "step" / "outside.txt")


ODD: dict[Callable[[Path], None], str] = {
    _pipe: "This is a pipe, not a file. Name a file.",
    _device: "This is a device, not a file. Name a file.",
    _folder: "This is a folder, not a file. Name the file in it.",
    _socket: "This is a socket, not a file. Name a file.",
    _huge: "The file has 8,589,934,592 bytes, and no more than ",
    _link_out: "The file leads out of its folder. Copy what it leads to into the folder.",
    _hidden_link: "The file leads out of its folder. Copy what it leads to into the folder.",
}
FILES = ("map.yaml", "sources.yaml", "record.yaml", "background.yaml", "ground.json", "NOTICE", "imports/a.yaml")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    folder = tmp_path / "home" / "tarn-valley"
    folder.mkdir(parents=True)
    return Small(folder)


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", FILES)
def test_whatever_stands_in_the_place_of_a_situations_file_is_told_in_its_name(
    small: Small, make: Callable[[Path], None], name: str
) -> None:
    small.files.pop(name, None)
    (small.folder / name).parent.mkdir(exist_ok=True)
    make(small.folder / name)
    told = small.problems()
    assert any(problem.startswith(f"{name}: {ODD[make]}") for problem in told), told


def test_a_link_that_stays_in_the_folder_is_followed(small: Small) -> None:
    del small.files["record.yaml"]
    (small.folder / "kept").mkdir()
    (small.folder / "kept" / "record-2.yaml").write_text(RECORD)
    (small.folder / "record.yaml").symlink_to("kept/record-2.yaml")
    assert small.problems() == []


def test_a_folder_that_is_itself_a_link_is_read(small: Small, tmp_path: Path) -> None:
    small.write()
    (tmp_path / "link").symlink_to(small.folder)
    assert load(tmp_path / "link").parts == ("record",)


@pytest.mark.parametrize(
    "name",
    ["../../evil", "/etc/evil", "..", ".", "a/b", "a\\\\b", "", "x" * 101, "é" * 51, "CON", "nul", "Com1", "lpt\u00b2"],
)
def test_a_situations_name_after_which_folders_are_named_is_an_id(small: Small, name: str) -> None:
    small.plant("map.yaml", "situation: tarn-valley", f'situation: "{name}"')
    (told,) = [problem for problem in small.problems() if "an id" in problem]
    assert told.startswith("map.yaml:1:1: ")
    with pytest.raises(Fault, match="an id"):
        check_folder_id(name.replace("\\\\", "\\"))


@pytest.mark.parametrize(
    "name", ["../out/plan", "/etc/passwd", "..", "sub/plan", "../secret/s", "./plan", "a\\\\b", "~root", "x" * 300]
)
def test_what_a_scenario_extends_is_told_at_its_line_where_it_is_no_name(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    valley(home).write()
    for folder in (tmp_path / "out", home / "sub"):
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN)
    child = home / "child.yaml"
    child.write_text(f'scenario: child\ntitle: a\nabout: b\nassumes: c\nextends: "{name}"\n')
    with pytest.raises(InputError) as refused:
        load_scenario(child)
    assert str(refused.value.problems[0]).startswith(f"{child}:5:1: '")
    assert "an id" in str(refused.value)


@pytest.mark.parametrize("make", ODD)
def test_a_scenario_and_what_it_extends_are_files_of_their_folder(tmp_path: Path, make: Callable[[Path], None]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    valley(home).write()
    make(home / "parent.yaml")
    child = home / "child.yaml"
    child.write_text("scenario: child\ntitle: a\nabout: b\nassumes: c\nextends: parent\n")
    for file in (child, home / "parent.yaml"):
        with pytest.raises(InputError) as refused:
            load_scenario(file)
        assert f"parent.yaml: {ODD[make]}" in str(refused.value)


def test_the_situation_that_a_scenario_names_is_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("scenario: mine\nsituation: ../../elsewhere\n")
    with pytest.raises(InputError, match=r"mine\.yaml:2:1: '\.\./\.\./elsewhere' cannot be an id\."):
        home_of(tmp_path / "mine.yaml")


@pytest.mark.parametrize("name", ["../gazette.txt", "/etc/passwd", "a/../../b", "a//b", "a\\\\b", "."])
def test_the_text_of_a_source_lies_where_the_texts_lie(small: Small, tmp_path: Path, name: str) -> None:
    small.plant("sources.yaml", "file: gazette.txt", f'file: "{name}"')
    at = small.at("sources.yaml", "file:")
    (told,) = [problem for problem in small.problems() if problem.startswith(at)]
    assert "is no name of a file in its folder. Name one that lies in it." in told
    with pytest.raises(Fault):
        check_file_name(name.replace("\\\\", "\\"))


@pytest.mark.parametrize("make", ODD)
def test_the_text_of_a_source_is_a_file(small: Small, tmp_path: Path, make: Callable[[Path], None]) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    make(texts / "gazette.txt")
    (told,) = small.problems(sources=texts)
    assert told.startswith("sources.yaml:2:5: ")
    assert f"gazette.txt: {ODD[make]}" in told


def test_a_file_of_just_the_most_bytes_is_read_and_one_of_more_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    for size in (most_bytes(file), most_bytes(file) + 1):
        with file.open("wb") as opened:
            opened.truncate(size)
        if size == most_bytes(file):
            assert len(read_file(file)) == size
        else:
            with pytest.raises(Fault, match="and no more than 67,108,864 are read"):
                read_file(file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"borders": [\n', "ground.json:2:1: This is not JSON: "),
        ("[]", "ground.json: The file is no mapping of borders, coast, rivers, lakes and countries."),
        ('{"borders": 7}', "ground.json: 'borders' is no list of lines. Correct the entry, or take it out."),
        ('{"coast": [[[1, 2], [3]]]}', "ground.json: 'coast': line 1 has a point that is not [longitude, latitude]"),
        ('{"borders": [[[1, NaN]]]}', "ground.json: NaN is no number of JSON."),
        ('{"lakes": [{"name": 7, "rings": []}]}', "ground.json: 'lakes': entry 1: 'name' is no text."),
        ('{"rivers": [{"name": "x"}]}', "ground.json: 'rivers': entry 1: 'lines' is no list of lines."),
        ('{"countries": [{"name": "X", "lat": 95, "lon": 1}]}', "ground.json: 'countries': entry 1 has not its name,"),
        ("[" * 100_000, "ground.json: The file is no JSON that can be read."),
    ],
)
def test_a_ground_that_does_not_draw_is_told(small: Small, text: str, told: str) -> None:
    small.files["ground.json"] = text
    (problem,) = small.problems()
    assert problem.startswith(told)
