"""The run folders as they are listed: told apart, page by page, and still there where something in one of them is damaged."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from starlette.responses import Response

from situation.commands.cli import main
from situation.errors import Fault
from situation.record.answers.state import Lens
from situation.record.loading import load
from situation.runs.comparisons import stored_comparison
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.identity import digest_of
from situation.runs.manifest import file_rows, manifest_of, readable
from situation.runs.pages import RunPage, page_of_run
from situation.runs.replays import stored_replay
from situation.serving.application import application
from situation.serving.forms.requests import comparison_request
from situation.serving.jobs.jobs import Jobs
from situation.serving.library import Library
from situation.serving.pages.compare import comparable_runs, compare_page
from situation.serving.pages.list import list_page
from situation.serving.pages.run import details_page
from situation.serving.settings import Limits, Settings
from situation.serving.shelf import RUNS_ON_A_PAGE, ListedRun, Shelf
from tests.unit.serving.served import home_of, serving
from tests.unit.valley_stories import PLAN

REPLAY: dict[str, Any] = {
    "kind": "replay",
    "situation": "tarn-valley",
    "record": "r",
    "geography": "",
    "parts": ["record"],
    "until": "2020-03-20",
    "known_at": None,
    "belief": "best",
    "carried": False,
    "release": None,
    "versions": {"situation": "0"},
}


def text_of(answer: Response) -> str:
    return bytes(answer.body).decode()


def sealed(identity: dict[str, Any], rows: dict[str, Any]) -> bytes:
    """A manifest whose digest and seal are right."""
    plain = {name: value for name, value in identity.items() if name not in ("digest", "files", "seal")}
    return manifest_of({**plain, "digest": digest_of(plain)}, rows)


def replay_in(
    runs: Path,
    name: str,
    second: int = 0,
    rows: Mapping[str, Any] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Path:
    """A folder that is a replay's, with some files beside their names in `rows`, changed at a second."""
    folder = runs / name
    folder.mkdir(parents=True)
    for file, content in (files or {}).items():
        (folder / file).write_bytes(content)
    (folder / "manifest.json").write_bytes(sealed(REPLAY, {**file_rows(files or {}), **(rows or {})}))
    os.utime(folder / "manifest.json", (second, second))
    return folder


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The valley with a set of stories, and a comparison of one that leaves the record two days later."""
    home = home_of(tmp_path_factory.mktemp("home"))
    settings = Settings(home / "scenarios" / "tarn-valley", home / "runs")
    later = PLAN.replace("scenario: push-on", "scenario: later").replace("at: 2020-03-12", "at: 2020-03-14", 1)
    (settings.situation / "later.yaml").write_text(later.replace("title: ", "title: Later, ", 1))
    files = [str(settings.situation / f"{name}.yaml") for name in ("push-on", "later")]
    stored_ensemble(*open_scenario(files[0], (), settings.situation), 3, 8, 1, folder=settings.runs)
    stored_comparison(files[0], files[1], 8, 3, 1, (), settings.situation, settings.runs)
    return settings


def test_what_a_comparison_has_told_for_itself_is_marked_and_every_run_shows_its_digest(valley: Settings) -> None:
    runs = Shelf(valley.runs).page_of_runs()
    twins = Library(valley).twins(runs)
    assert len(runs) == 4
    (twin,) = [run for run in runs if run.name in twins]
    (plain,) = [run for run in runs if run.scenario == "push-on" and run.name not in twins]
    assert (twin.title, twin.branch, plain.branch) == (plain.title, "2020-03-14", "2020-03-12")
    listed = text_of(list_page("The valley", runs, [], len(runs), 0, twins))
    assert listed.count("a comparison's own baseline".replace("'", "&#x27;")) == 1
    for run in runs:
        assert run.name.endswith(f"-{run.digest[:12]}")
        assert f"<code>{run.name}</code>" in listed
    (comparison,) = [run for run in runs if run.kind == "comparison"]
    assert comparison.title == f"Later, The North pushes on, against: {plain.title}"
    assert comparison.scenario == "later against push-on"
    assert comparison.pair[0] == twin.name


def test_every_file_that_a_run_writes_says_what_it_holds(valley: Settings, tmp_path: Path) -> None:
    record = load(valley.situation)
    stored_replay(record, record.inside(None), Lens(), folder=tmp_path)
    kinds = set()
    for folder in (valley.runs, tmp_path):
        shelf = Shelf(folder)
        for run in shelf.page_of_runs():
            kinds.add(run.kind)
            page = text_of(details_page(run, folder / run.name, None, "", None, "x"))
            rows = re.findall(r'files/([\w.-]+)">\1</a></th>.*?<td>([^<]*)</td></tr>', page)
            assert {file for file, _ in rows} == {*run.files, "manifest.json"} - {"index.html"}
            assert [file for file, note in rows if not note] == []
    assert kinds == {"ensemble", "comparison", "replay"}


def test_a_sweep_among_the_runs_is_listed_as_what_has_no_page(tmp_path: Path) -> None:
    of_stories = dict.fromkeys(("scenario", "situation", "record", "geography", "as_run", "written", "method"), "x")
    sweep: dict[str, Any] = {
        "kind": "sweep",
        **of_stories,
        "parts": ["record"],
        "release": None,
        "versions": {"situation": "0"},
        "numbers": ["hunted"],
    }
    (tmp_path / "sweep").mkdir()
    (tmp_path / "sweep" / "manifest.json").write_bytes(sealed({**sweep, "seed": 1, "runs": 8, "size": 2}, {}))
    (run,) = Shelf(tmp_path).page_of_runs()
    assert run.problem == "sweep: A sweep has no page. Read its files."
    assert "A sweep has no page" in text_of(list_page("x", [run], []))


def test_a_comparison_whose_runs_are_gone_is_called_by_their_titles(valley: Settings, tmp_path: Path) -> None:
    (name,) = [run.name for run in Shelf(valley.runs).page_of_runs() if run.kind == "comparison"]
    shutil.copytree(valley.runs / name, tmp_path / name)
    (run,) = Shelf(tmp_path).page_of_runs()
    assert (run.title, run.pair) == ("Later, The North pushes on, against: The North pushes on", ("", ""))


def test_the_form_that_compares_opens_with_two_that_differ(valley: Settings) -> None:
    shelf, library = Shelf(valley.runs), Library(valley)
    run = next(run.name for run in shelf.page_of_runs() if run.scenario == "later")

    def chosen(**values: str) -> list[str]:
        page = text_of(
            compare_page("x", comparable_runs(library, shelf, values), library.scenarios(), values, Limits())
        )
        return [part.rpartition('value="')[2].rstrip('"') for part in page.split(" selected>")[:-1]]

    assert chosen() == ["scenario:guns", "scenario:later"]
    assert chosen(second="scenario:guns") == ["scenario:later", "scenario:guns"]
    assert chosen(second=f"run:{run}") == ["scenario:guns", f"run:{run}"]
    assert chosen(first=f"run:{run}", second="run:nothing") == [f"run:{run}", "scenario:guns"]
    assert chosen(first="scenario:guns", second="scenario:guns") == ["scenario:guns"] * 2


def test_runs_of_another_situation_are_not_offered_to_be_compared(valley: Settings, tmp_path: Path) -> None:
    shelf, library = Shelf(tmp_path), Library(valley)
    for name in [run.name for run in Shelf(valley.runs).page_of_runs() if run.kind == "ensemble"][:2]:
        shutil.copytree(valley.runs / name, tmp_path / name)
    ours, theirs = sorted(run.name for run in shelf.page_of_runs())
    manifest = tmp_path / theirs / "manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_bytes(sealed({**told, "situation": "another-valley"}, told["files"]))
    assert [run.name for run in comparable_runs(library, shelf, {"first": f"run:{theirs}"})] == [ours]
    listed = text_of(list_page("x", shelf.page_of_runs(), [], 2, situation="tarn-valley"))
    assert (f"/compare?second=run:{ours}" in listed, f"/compare?second=run:{theirs}" in listed) == (True, False)
    with pytest.raises(Fault, match="is a run of another-valley, and tarn-valley is served here"):
        comparison_request({"first": f"run:{theirs}", "second": "scenario:guns"}, library, shelf)


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"questions": 7}', None])
@pytest.mark.parametrize("file", ["questions.json", "scenario.json"])
def test_a_damaged_file_is_named_and_the_others_can_still_be_taken_away(
    valley: Settings, tmp_path: Path, file: str, damage: str | None
) -> None:
    shelf = Shelf(tmp_path)
    name = next(run.name for run in Shelf(valley.runs).page_of_runs() if run.scenario == "later")
    shutil.copytree(valley.runs / name, tmp_path / name)
    assert shelf.page_of_runs()[0].problem == ""
    (tmp_path / name / file).unlink()
    if damage is not None:
        (tmp_path / name / file).write_text(damage)
    (run,) = shelf.page_of_runs()
    assert run.problem.startswith(f"{tmp_path / name / file}: The file is gone or was changed. Give the command")
    assert run.damaged == (file,)
    listed = text_of(list_page("x", [run], [], 1))
    assert "The file is gone or was changed" in listed
    assert f'href="/runs/{name}"' in listed
    page = text_of(details_page(run, tmp_path / name, None, "", None, "x"))
    assert f'href="/runs/{name}/files/runs.parquet"' in page
    assert shelf.path(name, "runs.parquet") == tmp_path / name / "runs.parquet"
    assert f"Gone or damaged: {file}." in page
    assert (page.count("Give the command that made the run again"), "Remove the folder" in page) == (1, False)


def test_where_only_its_page_is_damaged_it_is_said_how_that_is_made_anew(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    made = CliRunner().invoke(main, ["replay", str(home / "scenarios/tarn-valley"), "--out", str(home / "runs/one")])
    assert made.exit_code == 0
    with serving(home) as server:
        (home / "runs" / "one" / "index.html").write_text("half")
        advice = "Make it anew: situation dashboard runs/one."
        about, page = server.client.get("/runs/one"), server.client.get("/runs/one/page")
        assert (about.status_code, advice in about.text, "Open the page" in about.text) == (200, True, False)
        assert (page.status_code, advice in page.text, "Give the command" in page.text) == (422, True, False)
        (home / "runs" / "one" / "manifest.json").write_text("{")
        about, page = server.client.get("/runs/one"), server.client.get("/runs/one/page")
        assert [answer.text.count("Give the command that made the run again") for answer in (about, page)] == [1, 1]
        assert "situation dashboard" not in page.text


def _link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, _link_to_nothing])
def test_a_run_whose_manifest_is_no_file_is_listed_with_what_it_is(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    folder = replay_in(tmp_path, "one")
    (folder / "manifest.json").unlink()
    make(folder / "manifest.json")
    shelf = Shelf(tmp_path)
    (run,) = shelf.page_of_runs()
    assert run.problem.startswith(f"{folder}/manifest.json: ")
    assert f"{folder}/manifest.json: " in text_of(list_page("x", [run], [], 1))
    assert run.problem in text_of(details_page(run, folder, None, "", None, "x"))
    assert shelf.path("one", "manifest.json") is None


def test_answers_of_another_shape_are_named_in_the_list_and_on_the_runs_page(valley: Settings, tmp_path: Path) -> None:
    name = next(run.name for run in Shelf(valley.runs).page_of_runs() if run.scenario == "later")
    shutil.copytree(valley.runs / name, tmp_path / name)
    file = tmp_path / name / "questions.json"
    answers = json.loads(file.read_text())
    file.write_text(json.dumps({**answers, "questions": [answers["questions"][0], 7]}))
    told = json.loads((tmp_path / name / "manifest.json").read_text())
    rows = {**told["files"], **file_rows({file.name: file.read_bytes()})}
    (tmp_path / name / "manifest.json").write_bytes(sealed(told, rows))
    (run,) = Shelf(tmp_path).page_of_runs()
    assert "questions.json: questions[1] is 7, where a mapping belongs." in run.problem
    page = text_of(details_page(run, tmp_path / name, None, "", None, "x"))
    assert "questions.json: questions[1] is 7, where a mapping belongs." in page
    assert f'href="/runs/{name}/files/runs.parquet"' in page


def test_a_damaged_table_is_named_and_the_server_goes_on(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    table = {"history.parquet": b"PAR1 nonsense PAR1"}
    replay_in(home / "runs", "one", files=table)
    (replay_in(home / "runs", "two", files=table) / "history.parquet").write_bytes(b"PAR1 other PAR1")
    with serving(home) as server:
        answer = server.client.get("/runs/one/files/history.parquet?as=csv")
        assert answer.status_code == 422
        assert "history.parquet: The file is gone or damaged" in answer.text
        assert server.client.get("/runs/one/files/history.parquet").content == b"PAR1 nonsense PAR1"
        for address in ("/runs/two/files/history.parquet", "/runs/two/files/history.parquet?as=csv"):
            answer = server.client.get(address)
            assert (answer.status_code, "history.parquet: The file is gone or was changed." in answer.text) == (
                422,
                True,
            )
        assert "situation dashboard runs/one." in server.client.get("/runs/one/page").text


def test_a_page_that_could_not_be_made_is_not_tried_again_before_something_has_changed(
    valley: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "tarn-valley", tmp_path / "runs")
    shutil.copytree(valley.situation, settings.situation)
    name = next(run.name for run in Shelf(valley.runs).page_of_runs() if run.scenario == "later")
    shutil.copytree(valley.runs / name, settings.runs / name)
    record = settings.situation / "record.yaml"
    written = record.read_text()
    record.write_text(written.replace("Fighters hid", "Some fighters hid"))
    tried: list[Path] = []

    def counted(run: Path, home: Path | None = None) -> RunPage:
        tried.append(run)
        return page_of_run(run, home=home)

    monkeypatch.setattr("situation.serving.views.page_of_run", counted)

    async def asked() -> list[tuple[int, int, bool]]:
        transport = httpx.ASGITransport(application(settings, Jobs(settings.limits)))
        answers = []
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            for change in (None, None, settings.runs / name / "NOTE", None, record):
                if change is record:
                    record.write_text(written)
                elif change is not None:
                    change.write_text("by hand")
                answer = await client.get(f"/runs/{name}/page")
                answers.append((answer.status_code, len(tried), "The record has changed since" in answer.text))
        return answers

    answers = asyncio.run(asked())
    assert answers == [(422, 1, True), (422, 1, True), (422, 2, True), (422, 2, True), (200, 3, False)]


def test_a_listed_file_is_one_of_the_folders_own(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    row = {"bytes": 8, "sha256": "0" * 64}
    folder = replay_in(tmp_path / "runs", "one", 0, {"x" * 300: row, ".hidden": row}, {"good.csv": b"a,b\n"})
    replay_in(tmp_path / "runs", "two", 1, {"../secret": row})
    replay_in(tmp_path / "runs", "six", 2, {str(secret): row})
    six, two, run = Shelf(tmp_path / "runs").page_of_runs()
    for odd in (six, two):
        assert "is no name of a file in its folder." in odd.problem
        assert odd.files == ()
    assert run.files == ("good.csv",)
    page = text_of(details_page(run, folder, None, "", None, "x"))
    assert "secret" not in page
    assert 'href="/runs/one/files/good.csv"' in page


@pytest.mark.parametrize("name", ["d\u00e9but", "two words", 'a"b', "-minus", "two\nlines", os.fsdecode(b"\xff")])
def test_a_folder_with_an_odd_name_is_listed_as_not_readable(tmp_path: Path, name: str) -> None:
    replay_in(tmp_path, name)
    runs = Shelf(tmp_path).page_of_runs()
    assert [(run.name, run.kind) for run in runs] == [(name, "")]
    listed = text_of(list_page("x", runs, [], 1))
    assert "The folder&#x27;s name holds more than letters" in listed
    assert 'href="/runs/' not in listed


def test_the_list_opens_the_runs_of_one_page_alone_and_leads_to_the_older_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 2 * RUNS_ON_A_PAGE + 3
    for number in range(count):
        replay_in(tmp_path, f"run-{number:04}", second=number)
    shelf = Shelf(tmp_path)
    opened: list[str] = []
    run = Shelf.run

    def noted(self: Shelf, name: str) -> ListedRun | None:
        opened.append(name)
        return run(self, name)

    monkeypatch.setattr(Shelf, "run", noted)
    names = [one.name for start in range(0, count, RUNS_ON_A_PAGE) for one in shelf.page_of_runs(start)]
    assert names == opened == [f"run-{number:04}" for number in reversed(range(count))]
    pages = [
        text_of(list_page("x", shelf.page_of_runs(start), [], count, start))
        for start in range(0, count, RUNS_ON_A_PAGE)
    ]
    ways = ['href="/?from=0"', f'href="/?from={RUNS_ON_A_PAGE}"', f'href="/?from={2 * RUNS_ON_A_PAGE}"']
    assert [[way in page for way in ways] for page in pages] == [
        [False, True, False],
        [True, False, True],
        [False, True, False],
    ]
    assert f"{count} run folders, the latest first: {RUNS_ON_A_PAGE + 1} to {2 * RUNS_ON_A_PAGE}." in pages[1]
    assert "No run is as old as that." in text_of(list_page("x", shelf.page_of_runs(9999), [], count, 9999))


def test_what_is_wrong_already_keeps_its_words(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"^Its own words\.$"), readable(tmp_path):
        raise Fault("Its own words.")


def test_a_file_that_was_changed_is_read_anew_though_its_size_and_time_are_as_before(tmp_path: Path) -> None:
    situation = home_of(tmp_path) / "scenarios" / "tarn-valley"
    library = Library(Settings(situation, tmp_path / "runs"))
    record = library.record()
    assert library.record() is record
    for name, here, there in (("map.yaml", "Tarn valley", "Tern valley"), ("push-on.yaml", "pushes on", "pushes in")):
        file = situation / name
        stat, text = file.stat(), file.read_text("utf-8")
        assert here in text
        file.write_text(text.replace(here, there), "utf-8")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "Tern valley" in library.record().ground.title
    listed = library.scenarios()["push-on"].scenario
    assert listed is not None and "pushes in" in listed.title
