"""`situation dashboard --png`: pictures of the pages of run folders, where they go, and what is told where none can be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.page.pictures import PANELS
from tests.unit.valley_stories import GUNS, valley_home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(home)
    monkeypatch.delenv("SITUATION_BROWSER", raising=False)
    return home


def told(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> dict[str, object]:
    result = told(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def replay() -> Path:
    return Path(str(answer("replay", "tarn-valley")["run"]))


def ensemble(name: str) -> Path:
    return Path(str(answer("run", name, "--runs", "8", "--seed", "3", "--workers", "1")["run"]))


@pytest.mark.long
@pytest.mark.usefixtures("chromium")
def test_pictures_of_every_kind_of_run_lie_beside_its_folder(here: Path) -> None:
    one, other = ensemble("push-on"), ensemble("guns")
    both = Path(str(answer("compare", str(one), str(other))["comparison"]))
    for folder in (replay(), one, both):
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        result = told("dashboard", str(folder), "--svg", "strips", "--png", "map")
        assert result.exit_code == 0, result.output
        drawn, taken = (folder.with_name(f"{folder.name}-{name}") for name in ("strips.svg", "map.png"))
        assert result.stdout.splitlines()[0].startswith(f"Picture: {taken} (map, 700 x ")
        assert result.stdout.splitlines()[1].startswith(f"Picture: {drawn} (strips, 820 x ")
        ElementTree.fromstring(drawn.read_bytes())
        assert folder.name.rpartition("-")[2] in drawn.read_text("utf-8")
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert (
        told("dashboard", str(other), "--against", str(one), "--svg", "questions", "--reading", "difference").exit_code
        == 0
    )
    against = Path("runs/guns-against-push-on-questions-difference.svg").read_text("utf-8")
    assert "reading: Difference" in against
    assert not list(Path("runs").glob(".*partial"))


@pytest.mark.long
@pytest.mark.usefixtures("chromium")
def test_pictures_go_where_they_are_asked_for(here: Path) -> None:
    folder = replay()
    assert told("dashboard", str(folder), "--pdf", "events", "--out", "figure.pdf").exit_code == 0
    assert Path("figure.pdf").read_bytes().startswith(b"%PDF-")
    told_of = answer(
        *("dashboard", str(folder), "--svg", "events", "--svg", "map", "--out", "figures/new"),
        *("--at", "2020-03-12", "--theme", "dark", "--reading", "day"),
    )
    assert told_of["page"] is None
    rows = told_of["pictures"]
    assert isinstance(rows, list)
    assert [row["file"] for row in rows] == [
        f"figures/new/{folder.name}-{panel}-2020-03-12-day-dark.svg" for panel in ("events", "map")
    ]
    assert all(row["bytes"] == Path(row["file"]).stat().st_size for row in rows)
    assert list(rows[0]) == ["panel", "format", "file", "width", "height", "bytes", "caption"]
    assert "12 Mar 2020 23:59" in rows[0]["caption"]


def test_without_a_browser_the_error_says_what_to_do(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = replay()
    monkeypatch.setenv("PATH", str(here / "nothing"))
    result = told("dashboard", str(folder), "--png", "table")
    assert result.exit_code == 1
    assert result.stderr == (
        "--browser: There is no Chromium here to take pictures with. "
        "Install chromium or google-chrome, or name another, which SITUATION_BROWSER may do.\n"
    )
    assert not list(folder.parent.glob(f"{folder.name}-table*"))
    result = told("dashboard", str(folder), "--png", "map", "--browser", "lynx")
    assert (result.exit_code, result.stderr) == (
        2,
        "--browser: lynx is no program. Name an installed Chromium or Chrome.\n",
    )
    monkeypatch.setenv("SITUATION_BROWSER", "/nowhere/chromium")
    result = told("dashboard", str(folder), "--png", "map")
    assert (result.exit_code, result.stderr) == (
        2,
        "SITUATION_BROWSER: /nowhere/chromium is no program. Name an installed Chromium or Chrome.\n",
    )


def test_without_the_extra_the_error_names_it(here: Path, chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = replay()
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    result = told("dashboard", str(folder), "--png", "map", "--browser", chromium)
    assert result.exit_code == 1
    assert result.stderr == (
        "Pictures need Playwright, which is not installed. "
        "In the project's folder: .venv/bin/pip install -c constraints.txt -e '.[pictures]'\n"
    )


@contextmanager
def _files_of_at_most(size: int | None) -> Iterator[None]:
    """A limit on the size of files, in the place of a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, before if size is None else (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("trouble", ["no folder", "no room", "another program"])
def test_a_browser_without_room_for_its_profile_is_told_from_one_that_is_none(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    folder, stand_in = replay(), tmp_path / "chromium"
    stand_in.write_text("#!/bin/sh\nexit 1\n")
    stand_in.chmod(0o755)
    before = {path.name for path in folder.parent.iterdir()}
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere" if trouble == "no folder" else tmp_path))
    words = f"TMPDIR: {tmp_path / 'nowhere'}: There is no such folder."
    if trouble == "no room":
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        words = f"{tmp_path}: Temporary files cannot be written: File too large. Raise the limit on the size of files,"
    with _files_of_at_most(8 << 20 if trouble == "no room" else None):
        result = told("dashboard", str(folder), "--png", "map", "--pdf", "events", "--browser", str(stand_in))
    if trouble == "another program":
        words = f"--browser: {stand_in}: This did not start as a browser. Name an installed Chromium or Chrome.\n"
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert result.stderr.startswith(words)
    assert {path.name for path in folder.parent.iterdir()} == before


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("--png mpa", "--png: There is no panel 'mpa'. Did you mean 'map'?"),
        ("--pdf hangs-on", "--pdf: A page without stories has no panel 'hangs-on'. Name the folder of an ensemble, or"),
        ("--png map --width 100", "--width: 100 is out of range. Give 320 to 4000."),
        ("--png map --scale 9", "--scale: 9 is out of range. Give 1 to 4."),
        ("--png map --at soon", "--at: 'soon' is no date. Write YYYY"),
        ("--at 2020-03-12", "--at: No picture is asked for. Name a panel with --png, --svg or --pdf."),
        ("--browser chromium", "--browser: No picture is asked for."),
        ("--png map --svg map --out one.png", "--out: one.png is one file, and several pictures are asked for."),
        ("--png map --out one.svg", "--out: one.svg is no name for a picture as PNG. Name a file of its kind."),
    ],
)
def test_a_wrong_word_is_refused(here: Path, options: str, error: str) -> None:
    result = told("dashboard", str(replay()), *options.split())
    assert result.exit_code == 2
    assert result.stderr.startswith(error)


def test_the_help_names_every_panel() -> None:
    words = told("dashboard", "--help").output
    assert all(f"    {panel.name} " in words for panel in PANELS.values())


def test_every_card_of_the_page_is_a_panel() -> None:
    from situation.page import build as page

    template = (Path(page.__file__).parent / "assets" / "page.html").read_text("utf-8")
    cards = {part.split('"')[0].split()[0] for part in template.split('<section class="card ')[1:]}
    assert cards == {
        panel.selector.removeprefix(".card.") for panel in PANELS.values() if panel.selector.startswith(".card.")
    }
