"""`situation run`, `compare`, `score` and `why` of a run, as a user meets them, on the Tarn valley."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.ensemble.answer_words import percent
from situation.ensemble.leave_one_out import known_at_branch, sources_named
from situation.ensemble.score import FORECASTS
from situation.page.build import payload_of
from situation.runs.finding import open_scenario
from tests.unit.valley_stories import GUNS, valley_home

LATER = GUNS.replace("scenario: guns", "scenario: later").replace("at: 2020-03-12", "at: 2020-03-14")
KEYS = [
    *("run", "page", "digest", "scenario", "title", "assumes", "seed", "runs", "failed", "conserved", "questions"),
    "assumptions",
    "conflicts",
    "judgements",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"), guns=GUNS, later=LATER)


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(home)
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def told(*arguments: str) -> dict[str, object]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_a_run_answers_its_questions_and_stands_in_its_folder(here: Path) -> None:
    answer = told("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1")
    assert list(answer) == KEYS
    folder = Path(str(answer["run"]))
    assert folder.name == f"push-on-{str(answer['digest'])[:12]}"
    assert not (here / "runs" / ".partial").exists()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert told("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "2") == answer
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    for path in folder.iterdir():
        assert str(here).encode() not in path.read_bytes(), path.name


def test_a_person_reads_the_questions_the_words_and_where_the_page_is(here: Path) -> None:
    result = run("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1")
    assert result.exit_code == 0
    assert "The North pushes on" in result.output
    assert "confidence" in result.output
    assert "Page: runs/push-on-" in result.output


def test_runs_under_several_beliefs_stand_side_by_side_each_with_its_own_digest(here: Path) -> None:
    asked = ("run", "push-on", "--runs", "4", "--seed", "3", "--workers", "1", "--beliefs")
    answer: Any = told(*asked, "graded, conservative")
    assert list(answer) == ["scenario", "seed", "stories", "runs", "questions"]
    assert list(answer["runs"]) == ["graded", "conservative"]
    assert list(answer["runs"]["graded"]) == ["run", "page", "digest", "failed"]
    usual = told("run", "push-on", "--runs", "4", "--seed", "3", "--workers", "1")
    digests = {usual["digest"], *(row["digest"] for row in answer["runs"].values())}
    assert len(digests) == 3
    assert [list(row) for row in answer["questions"]] == [["question", "ask", "text", "answers", "range"]] * 2
    for row in answer["questions"]:
        assert list(row["answers"]) == ["graded", "conservative"]
    graded = Path(answer["runs"]["graded"]["run"])
    stored = {row["question"]: row for row in json.loads((graded / "questions.json").read_text())["questions"]}
    assert answer["questions"][0]["answers"]["graded"] == stored[answer["questions"][0]["question"]]["share"]
    assert json.loads((graded / "manifest.json").read_text())["account"] == "graded"
    assert told("why", "dell.holder", str(graded), "--story", "2")["story"] == 2
    shown = run(*asked, "graded,conservative")
    assert shown.exit_code == 0
    assert "graded: runs/push-on-" in shown.output
    wrong = run(*asked, "grade")
    assert (wrong.exit_code, wrong.output) == (2, "--beliefs: There is no belief 'grade'. Did you mean 'graded'?\n")
    assert run(*asked, "all", "--out", "there").output.startswith("--out: There is a run folder for each belief.")


def test_one_story_tells_of_no_band_and_is_counted_as_one(here: Path) -> None:
    camp = {row["question"]: row for row in told("run", "push-on", "--runs", "1")["questions"]}["camp"]  # type: ignore[attr-defined]
    assert (camp["interval"], camp["outer"]) == (None, None)
    words = run("run", "push-on", "--runs", "1").output
    assert " 1 story, seed 7" in words
    assert "never" not in " ".join(words.split("camp")[1:])
    assert "1 pair of stories" in run("compare", "push-on", "guns", "--runs", "1").output


def test_an_actor_of_whom_nothing_is_said_fights_as_one_of_whom_only_its_name_is(here: Path) -> None:
    """Without a word on conduct the South, with the rebels beside it, still comes to blows and goes short of supply."""
    plans = Path("scenarios/tarn-valley")
    asks = "  clash: {ask: clash, between: [rebels, south], rung: 1}\n"
    rest = "  south: {position: prepared}\n"
    assert rest in GUNS
    rows = []
    for name, text in (("said", GUNS.replace(rest, "  south: {}\n")), ("unsaid", GUNS.replace(rest, ""))):
        (plans / f"{name}.yaml").write_text(text.replace("scenario: guns", f"scenario: {name}") + asks)
        rows.append(told("run", name, "--runs", "16", "--workers", "1"))
    assert rows[0]["questions"] == rows[1]["questions"]


def test_one_value_stands_for_all_three_points(here: Path) -> None:
    old = "  rebels: {low: 900, best: 1000, high: 1200, unit: fighters, source: ASSUMED, reason: so be it}\n"
    text = GUNS.replace(old, "  rebels: {value: 1000, unit: fighters, source: ASSUMED, reason: so be it}\n")
    assert text != GUNS
    Path("scenarios/tarn-valley/exact.yaml").write_text(text.replace("scenario: guns", "scenario: exact"))
    folder = Path(str(told("run", "exact", "--runs", "8", "--workers", "1")["run"]))
    side = payload_of((folder / "index.html").read_text("utf-8"))["ensembles"]["scenario"]
    assert side["forces"]["rebels"] == {"low": 1000.0, "best": 1000.0, "high": 1000.0}
    assert side["forces"]["north"]["best"] == 2300.0


def test_a_run_of_a_situation_that_lies_elsewhere_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = valley_home(tmp_path)
    (home / "scenarios" / "tarn-valley").rename(home / "tarn-valley")
    monkeypatch.chdir(home)
    folder = str(told("run", "tarn-valley/push-on.yaml", "--runs", "8", "--workers", "1")["run"])
    assert told("why", "dell.holder", folder, "--story", "2")["story"] == 2
    assert told("score", folder)["runs"] == 8
    assert told("compare", folder, folder)["pairs"] == 8
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert told("score", str(home / folder))["runs"] == 8
    (home / "tarn-valley").rename(home / "gone")
    assert "Its situation, tarn-valley, is not here." in run("score", str(home / folder)).output


def test_two_scenarios_are_compared_on_the_same_luck(here: Path) -> None:
    answer = told("compare", "push-on", "guns", "--runs", "16", "--seed", "3", "--workers", "1")
    assert (answer["first"], answer["second"], answer["pairs"]) == ("push-on", "guns", 16)
    runs = [str(name) for name in answer["runs"]]  # type: ignore[attr-defined]
    again = told("compare", *runs)
    assert again == answer
    shown = run("compare", *runs)
    assert shown.output.startswith("The North pushes on, against: The North pushes on\nfirst: push-on; second: guns\n")
    assert "of pairs part, first on day 11" in shown.output
    assert 'The scenario\'s condition "guns" was met' in shown.output


def test_a_baseline_is_run_again_from_the_branch_of_the_other(here: Path) -> None:
    size = ("--runs", "16", "--seed", "3", "--workers", "1")
    answer = told("compare", "push-on", "later", *size)
    again = json.loads((here / str(answer["runs"][0]) / "about.json").read_text())  # type: ignore[index]
    later = json.loads((here / str(answer["runs"][1]) / "about.json").read_text())  # type: ignore[index]
    assert (again["scenario"], again["at"], again["end"]) == ("push-on", later["at"], later["end"])
    assert "stands in for it" not in run("compare", "push-on", "later", *size).output
    mixed = run("compare", str(told("run", "push-on", *size)["run"]), "later", *size)
    assert mixed.exit_code == 2
    assert "differ in their branch" in mixed.output


def test_that_another_baseline_stands_in_is_said(here: Path) -> None:
    folder = next((here / "scenarios").iterdir())
    child = "scenario: armed\ntitle: Arms\nabout: a\nassumes: b\nextends: later\n"
    (folder / "armed.yaml").write_text(child)
    shown = run("compare", "push-on", "armed", "--runs", "16", "--seed", "3", "--workers", "1")
    words = "push-on leaves the record on another day, so later, which armed extends, stands in for it."
    assert words in shown.output


def test_a_scenario_compared_with_itself_differs_in_nothing(here: Path) -> None:
    result = run("compare", "push-on", "push-on", "--runs", "16", "--seed", "3", "--workers", "1")
    assert result.exit_code == 0
    assert "No pair parts" in result.output


def test_what_cannot_be_told_from_luck_is_counted_once_and_shown_if_asked_for(here: Path, tmp_path: Path) -> None:
    asked = ("compare", "push-on", "guns", "--runs", "16", "--seed", "3", "--workers", "1")
    shown = run(*asked, "--out", str(tmp_path / "kept")).output
    assert (tmp_path / "kept" / "comparison.json").exists()
    words = "No difference can be told from luck in any of the 2 questions."
    assert shown.splitlines()[4] == f"{words} Show them with --all."
    assert f"  {words}\n" in shown
    assert "question  " not in shown
    nothing = run("compare", "push-on", "push-on", *asked[3:]).output
    assert "\nNo answer differs. Show them with --all.\n" in nothing
    assert "question  " not in nothing
    assert "question  " in run("compare", "push-on", "push-on", *asked[3:], "--all").output


def test_a_run_is_named_by_its_scenario_or_by_the_beginning_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(valley_home(tmp_path, guns=GUNS))
    few, more = (told("run", "push-on", "--runs", runs)["run"] for runs in ("1", "2"))
    other = str(told("run", "guns", "--runs", "1")["run"])
    assert told("score", "guns")["run"] == other
    assert told("score", Path(str(few)).name[:-4])["run"] == few
    assert told("why", "dell.holder", Path(str(more)).name)["run"] == more
    assert told("compare", Path(str(few)).name[:-4], Path(other).name[:-4])["runs"] == [few, other]
    several = run("score", "push-on")
    assert several.exit_code == 2
    for folder, stories in ((few, "1 story"), (more, "2 stories")):
        assert f"{Path(str(folder)).name} ({stories}, seed 7)" in several.output


def test_a_value_of_one_story_is_traced_and_set_beside_the_others(here: Path) -> None:
    folder = str(told("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1")["run"])
    answer = told("why", "dell.holder", folder, "--story", "2")
    assert list(answer) == ["run", "story", "cell", "at", "value", "entry", "turning_points", "across"]
    shown = run("why", "dell.holder", folder, "--story", "2")
    assert shown.exit_code == 0
    assert "It is so in" in shown.output
    assert ("Turning points of story 2" in shown.output) == bool(answer["turning_points"])
    wrong = run("why", "dell.holder", folder, "--story", "16")
    assert (wrong.exit_code, wrong.output) == (2, "--story: There is no story 16. They run from 0 to 15.\n")
    wrong = run("why", "dell.holder", folder, "--known-at", "2020-03-12")
    assert wrong.exit_code == 2
    assert "A story has its own branch" in wrong.output


def test_a_run_is_scored_against_the_record(here: Path) -> None:
    folder = str(told("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1")["run"])
    answer = told("score", folder, "--against", "tarn-valley")
    assert list(answer["control"]) == list(FORECASTS)  # type: ignore[call-overload]
    shown = run("score", folder)
    assert "The record says nothing after the branch that could be scored. Silence is not peace." in shown.output
    assert "The branch reads what was known on 2020-03-31, 19 days after the branch." in " ".join(shown.output.split())


def test_what_leaving_sources_out_costs_is_said_before_it_begins(here: Path) -> None:
    opened, record = open_scenario("push-on", ())
    every = sources_named(record)
    known = known_at_branch(opened, record, every)
    shown = CliRunner().invoke(main, ["sources", "push-on", "--runs", "4", "--workers", "1"])
    assert shown.exit_code == 0, shown.output
    first = shown.stderr.splitlines()[0]
    assert first.startswith(f"{len(every)} sources, {len(known)} known at the branch: 4 stories with all")
    assert first.endswith(f"{4 * (1 + len(known))} stories in all at most.")


def test_against_a_record_without_claims_it_is_said_that_it_holds_none(here: Path, tmp_path: Path) -> None:
    folder = str(told("run", "push-on", "--runs", "4", "--workers", "1")["run"])
    empty = shutil.copytree(here / "scenarios" / "tarn-valley", tmp_path / "empty" / "tarn-valley")
    (empty / "record.yaml").write_text("claims: []\n", "utf-8")
    ground = empty / "map.yaml"
    ground.write_text(re.sub(r"because: \[[^]]*\]", 'assumed: "as it was"', ground.read_text("utf-8")), "utf-8")
    shown = " ".join(run("score", folder, "--against", str(empty)).output.split())
    assert "The record that it is held against holds no claim. It is another record" in shown
    assert "known up to nothing" not in shown


def test_a_run_is_scored_on_what_its_record_has_learnt_since_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = valley_home(tmp_path)
    monkeypatch.chdir(home)
    folder = home / str(told("run", "push-on", "--runs", "8", "--workers", "1")["run"])
    later = """\
  - {id: T9-01, source: chronicle, says: The North took Dell., happened: 2020-03-20, episode: dell-falls,
     asserts: {event: Captured, place: dell, by: [north], against: rebels}}
  - {id: T9-02, source: chronicle, says: The North shelled the Dunes., happened: 2020-03-22,
     asserts: {event: Attacked, place: dunes, by: [north], against: rebels}}
"""
    record = home / "scenarios" / "tarn-valley" / "record.yaml"
    shutil.copytree(record.parent, tmp_path / "before" / "tarn-valley")
    record.write_text(record.read_text("utf-8") + later, "utf-8")
    source = "  - {id: chronicle, outlet: The Chronicle, published: 2020-03-31, reliability: "
    source += '{grade: A, as_of: 2020-02-01, reason: "written with care"}}\n'
    sources = record.with_name("sources.yaml")
    sources.write_text(sources.read_text("utf-8").replace("speakers:\n", f"{source}speakers:\n"), "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    answer = told("score", str(folder))
    assert answer["reported"] == ["dell"]
    assert str(answer["note"]).startswith("The run's record has changed since")
    assert told("score", str(folder), "--against", str(home / "scenarios" / "tarn-valley"))["reported"] == ["dell"]
    shown = " ".join(run("score", str(folder)).output.split())
    assert "day of loss CRPS, days 1" in shown
    assert "Brier runs from 0, certain and right, to 2, certain and wrong" in shown
    assert "the record gives no number, which is not none: they are not scored." in shown
    other = "It is another record than the stories go on from."
    assert other not in shown
    assert other in " ".join(
        run("score", str(folder), "--against", str(tmp_path / "before" / "tarn-valley")).output.split()
    )
    assert "no difference is shown that holds both ways" in shown


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "-"), (0.0, "0 %"), (0.0001, "under 1 %"), (0.01, "1 %"), (0.4, "40 %"), (0.99, "99 %"), (0.996, "over 99 %"),
     (1.0, "100 %")],
)  # fmt: skip
def test_a_share_that_is_not_none_or_all_is_never_told_as_such(share: float | None, words: str) -> None:
    assert percent(share) == words


def _keys(answer: object) -> Iterator[str]:
    if isinstance(answer, dict):
        for name, inner in answer.items():
            yield name
            if name != "by_day":
                yield from _keys(inner)
    elif isinstance(answer, list):
        for inner in answer:
            yield from _keys(inner)


def test_every_key_of_an_answer_is_documented(here: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "json.md").read_text("utf-8")
    size = ("--seed", "3", "--workers", "1")
    one = told("run", "push-on", "--runs", "112", *size)
    answers = [
        one,
        told("compare", "push-on", "guns", "--runs", "16", *size),
        told("score", str(one["run"])),
        told("why", "dell.holder", str(one["run"])),
    ]
    keys = {key for answer in answers for key in _keys(answer)}
    assert {"weights", "signposts", "disputes", "where_triggered", "prior", "claims"} <= keys
    known = {"low", "best", "high", "unit", "source", "reason"}
    assert sorted(key for key in keys - known if f"`{key}`" not in page) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "push-of"), "push-of: There is no such scenario. Did you mean 'push-on'?"),
        (("run", "push-on", "--runs", "0"), "--runs: 0 is no number of stories. Give 1 or more."),
        (
            ("run", "push-on", "--runs", "999999999999"),
            "--runs: 999,999,999,999 stories are more than the 10,000,000 that a run may have. Give fewer.",
        ),
        (
            ("run", "push-on", "--workers", "100000"),
            "--workers: 100,000 processes are more than the 1,024 that a call may start. Give fewer.",
        ),
        (("run", "push-on", "--workers", "-1"), "--workers: -1 is no number of processes. Give 1 or more."),
        (("run", "push-on", "--workers", "0"), "--workers: 0 is no number of processes. Give 1 or more."),
        (("compare", "push-on", "guns", "--workers", "0"), "--workers: 0 is no number of processes. Give 1 or more."),
        (
            ("score", "nowhere"),
            "nowhere: There is no such run. Name a run folder, or one under runs/ by its scenario or by the beginning of its "
            "name.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(here: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted((here / "runs").rglob("*")) if (here / "runs").exists() else []
    result = run(*arguments)
    assert (result.exit_code, result.output.strip()) == (2, said)
    assert (sorted((here / "runs").rglob("*")) if (here / "runs").exists() else []) == before


def _start(here: Path, seed: str, workers: str, runs: str = "96") -> subprocess.Popen[bytes]:
    words = ["run", "push-on", "--runs", runs, "--seed", "9", "--workers", workers, "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "situation", *words],
        cwd=here,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Processes that heed interrupts: from a shell in the background they would inherit that these are ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.long
@pytest.mark.usefixtures("interruptible")
def test_a_killed_run_goes_on_and_ends_in_the_same_bytes_under_any_hash_seed(here: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "scenarios").symlink_to(here / "scenarios")
    out, _ = _start(whole, "1", "1").communicate(timeout=120)
    wanted = {path.name: path.read_bytes() for path in (whole / json.loads(out)["run"]).iterdir()}

    stopped = tmp_path / "stopped"
    stopped.mkdir()
    (stopped / "scenarios").symlink_to(here / "scenarios")
    for sign, workers in ((signal.SIGKILL, "1"), (signal.SIGINT, "2")):
        process = _start(stopped, "2", workers)
        kept = len(list(stopped.rglob("*.chunk")))
        for _ in range(600):
            if len(list(stopped.rglob("*.chunk"))) > kept or process.poll() is not None:
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.05)
        process.send_signal(sign)
        _, error = process.communicate(timeout=60)
        assert len(list(stopped.rglob("*.chunk"))) > kept, error
        if sign == signal.SIGINT:
            assert process.returncode == 130
            assert b"\nStopped. " in error, error
            assert error.endswith(b" of 96 stories are kept: give the same command again to go on.\n")
    out, error = _start(stopped, "3", "2").communicate(timeout=120)
    found = {path.name: path.read_bytes() for path in (stopped / json.loads(out)["run"]).iterdir()}
    assert found == wanted
    assert not (stopped / "runs" / ".partial").exists()
