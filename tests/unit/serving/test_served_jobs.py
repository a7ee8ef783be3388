"""The served edition at work: runs that end as those of the command line do, jobs that fail, and jobs that are stopped."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.serving.served import Server, children, home_of, serving, until

LONG = {"stories": "2000"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(home_of(tmp_path_factory.mktemp("home")), "--max-queue", "1") as running:
        yield running


@pytest.fixture(scope="module")
def seen(server: Server) -> list[dict[str, Any]]:
    """What was told of one job, from its start to its end."""
    return list(server.events(server.job(server.start())))


@pytest.fixture(scope="module")
def result(seen: list[dict[str, Any]]) -> str:
    """The run folder that it ended in."""
    return str(seen[-1]["result"])


@pytest.fixture(scope="module")
def other(server: Server) -> str:
    """The run folder of the same scenario with another seed."""
    return str(server.end(server.job(server.start(seed="31")))["result"])


def told(folder: Path, *words: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What a command writes into its run folder, in a place of its own."""
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    made = next(path.name for path in (folder / "runs").glob("*-vs-*" if words[0] == "compare" else "*-*"))
    return {"": made.encode(), **{path.name: path.read_bytes() for path in (folder / "runs" / made).iterdir()}}


@pytest.fixture
def elsewhere(tmp_path: Path, server: Server) -> Path:
    (tmp_path / "scenarios").symlink_to(server.home / "scenarios")
    return tmp_path


def test_a_started_scenario_ends_in_the_bytes_of_the_command(
    server: Server, seen: list[dict[str, Any]], result: str, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [one["state"] for one in seen][-1] == "done"
    assert [one["done"] for one in seen] == sorted(one["done"] for one in seen)
    assert seen[-1]["words"].startswith("Done in ")
    wanted = told(elsewhere, "run", "push-on", "--runs", "16", "--seed", "3", monkeypatch=monkeypatch)
    assert {"": result.encode(), **server.folder(result)} == wanted
    shown = server.client.get(f"/runs/{result}/page")
    assert shown.content == wanted["index.html"]
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "allow-same-origin" not in shown.headers["content-security-policy"]


@pytest.mark.long
def test_a_changed_scenario_is_run_again_from_its_file(
    server: Server, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"parameters:rest:best": "3", "title": "<b>Rest</b>", "why": "tired"}
    result = server.end(server.job(server.start(**fields)))["result"]
    name = result.rpartition("-")[0]
    file = server.home / "runs" / "changed" / "tarn-valley" / f"{name}.yaml"
    wanted = told(elsewhere, "run", str(file), "--runs", "16", "--seed", "3", monkeypatch=monkeypatch)
    assert {"": result.encode(), **server.folder(result)} == wanted
    assert server.client.get(f"/scenarios/{name}.yaml").content == file.read_bytes()
    monkeypatch.chdir(server.home)
    traced = CliRunner().invoke(main, ["why", "dell.holder", f"runs/{result}", "--story", "2"])
    assert traced.exit_code == 0, traced.output
    written = server.client.post("/new/push-on/yaml", data={"stories": "16", "seed": "3", **fields})
    assert written.content == file.read_bytes()
    assert written.headers["content-disposition"] == f'attachment; filename="{name}.yaml"'
    for page in ("/", "/new", f"/runs/{result}", f"/new/{name}", "/compare"):
        text = server.client.get(page).text
        assert "&lt;b&gt;Rest&lt;/b&gt;" in text, page
        assert "<b>" not in text, page


def test_what_was_run_before_is_shown_and_not_run_again(server: Server, result: str) -> None:
    again = server.start()
    assert (again.status_code, again.headers["location"]) == (303, f"/runs/{result}?notice=there")
    assert "This has been run before" in server.client.get(again.headers["location"]).text


def test_a_run_shows_its_answers_and_every_file_of_it_can_be_taken_away(server: Server, result: str) -> None:
    page = server.client.get(f"/runs/{result}").text
    assert "Start again with changes" in page
    for name, content in server.folder(result).items():
        answer = server.client.get(f"/runs/{result}/files/{name}")
        assert answer.content == content, name
        assert "attachment" in answer.headers["content-disposition"]
        if name != "index.html":
            assert f'href="/runs/{result}/files/{name}"' in page
    rows = server.client.get(f"/runs/{result}/files/runs.parquet?as=csv").text.splitlines()
    assert rows[0].startswith("run,record,parameter,chance,reason,entries,gap,answer:")
    assert len(rows) == 17
    strengths = server.client.get(f"/runs/{result}/files/strengths.parquet?as=csv").text.splitlines()
    assert strengths[1].startswith("0,")
    assert strengths[1].endswith(']"')


def test_the_events_begin_with_the_state_as_it_is_and_end_for_good(server: Server, seen: list[dict[str, Any]]) -> None:
    last = seen[-1]
    job = last["job"]
    with server.client.stream("GET", f"/jobs/{job}/events", headers={"last-event-id": "1"}) as answer:
        lines = [line for line in answer.iter_lines() if line]
    assert [line.partition(":")[0] for line in lines] == ["id", "event", "data"]
    assert lines[1] == "event: end"
    turn = lines[0].removeprefix("id: ")
    answer = server.client.get(f"/jobs/{job}/events", headers={"last-event-id": turn})
    assert (answer.status_code, answer.content) == (204, b"")
    assert server.state(job) == {name: value for name, value in last.items() if name != "words"}
    page = server.client.get(f"/jobs/{job}").text
    assert 'http-equiv="refresh"' not in page
    assert f"/runs/{last['result']}/page" in page


def test_a_job_that_runs_asks_a_browser_without_scripts_to_look_again(server: Server) -> None:
    job = server.job(server.start(**LONG))
    until(server.process, lambda: server.state(job)["done"] > 0)
    page = server.client.get(f"/jobs/{job}").text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "of 2,000 stories done" in page
    assert f'action="/jobs/{job}/cancel"' in page
    assert "Under way" in server.client.get("/").text
    server.client.post(f"/jobs/{job}/cancel")
    assert server.end(job)["why"] == "It was stopped."


def test_the_queue_is_bounded_and_the_same_is_not_queued_twice(server: Server) -> None:
    running = server.job(server.start(**LONG, seed="11"))
    until(server.process, lambda: server.state(running)["state"] == "running")
    waiting = server.job(server.start(**LONG, seed="12"))
    assert server.job(server.start(**LONG, seed="12")) == waiting
    assert server.state(waiting)["state"] == "waiting"
    full = server.start(**LONG, **{"seed": "13", "why": "as typed", "parameters:rest:best": "3.25"})
    assert full.status_code == 422
    assert "1 job waits already. Wait until one is done, or stop one." in full.text
    assert 'value="as typed"' in full.text
    kept = (server.home / "runs" / "changed").rglob("*.yaml")
    assert not any("3.25" in file.read_text("utf-8") for file in kept)
    assert server.client.post("/replay").status_code == 429
    server.client.post(f"/jobs/{waiting}/cancel")
    assert server.state(waiting)["state"] == "stopped"
    server.client.post(f"/jobs/{running}/cancel")
    assert server.end(running)["state"] == "stopped"


def test_a_job_that_fails_says_why_and_the_server_goes_on(server: Server, other: str) -> None:
    target = server.home / "runs" / other
    for file in target.iterdir():
        file.unlink()
    target.rmdir()
    target.write_text("in the way")
    failed = server.end(server.job(server.start(seed="31")))
    assert failed["state"] == "failed"
    assert failed["why"] == f"runs/{other}: This is a file, not a run folder. Name a folder that does not exist yet."
    target.unlink()
    again = server.client.post(f"/jobs/{failed['job']}/again")
    assert server.end(server.job(again))["result"] == other


def test_a_job_whose_process_is_killed_fails_alone(server: Server) -> None:
    job = server.job(server.start(**LONG, seed="21"))
    until(server.process, lambda: server.state(job)["done"] > 0)
    (child,) = children(server.process.pid)
    os.kill(child, signal.SIGKILL)
    assert server.end(job)["why"] == "Its process was ended from outside (SIGKILL)."
    assert server.end(server.job(server.client.post("/replay")))["state"] == "done"


@pytest.mark.long
def test_a_stopped_job_goes_on_and_ends_in_the_same_bytes(
    server: Server, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = server.job(server.start(stories="96", seed="23"))
    until(server.process, lambda: server.state(job)["done"] > 0)
    server.client.post(f"/jobs/{job}/cancel")
    stopped = server.end(job)
    assert stopped["state"] == "stopped"
    kept = len(list((server.home / "runs" / ".partial").rglob("*.chunk")))
    assert 0 < kept < 12
    assert "goes on from what is kept" in server.client.get(f"/jobs/{job}").text
    again = server.job(server.client.post(f"/jobs/{job}/again"))
    first = next(one for one in server.events(again) if one["stage"])
    assert first["done"] > 0
    result = server.end(again)["result"]
    wanted = told(elsewhere, "run", "push-on", "--runs", "96", "--seed", "23", monkeypatch=monkeypatch)
    assert {"": result.encode(), **server.folder(result)} == wanted


@pytest.mark.long
def test_two_are_compared_and_what_shares_no_luck_is_refused_as_the_command_refuses_it(
    server: Server, result: str, other: str, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"first": f"run:{result}", "second": "scenario:guns", "stories": "8", "seed": "1"}
    done = server.end(server.job(server.client.post("/compare", data=asked)))
    assert done["state"] == "done", done["why"]
    page = server.client.get(f"/runs/{done['result']}").text
    assert "guns against push-on" in page
    assert "<title>The South gets guns, against: The North pushes on" in page
    assert f'href="/runs/{result}"' in page
    made = told(elsewhere, "compare", "push-on", "guns", "--runs", "16", "--seed", "3", monkeypatch=monkeypatch)
    assert server.folder(done["result"])["comparison.json"] == made["comparison.json"]
    (alone,) = set(re.findall(r'href="/runs/(guns-[0-9a-f]{12})"', page))
    assert "index.html" not in server.folder(alone)
    shown = server.client.get(f"/runs/{alone}/page")  # made when it is first asked for
    assert (shown.status_code, shown.content) == (200, server.folder(alone)["index.html"])
    refused = server.client.post("/compare", data={"first": f"run:{result}", "second": f"run:{other}"})
    words = CliRunner().invoke(main, ["compare", *(str(server.home / "runs" / one) for one in (result, other))]).output
    assert refused.status_code == 422
    assert (
        words.strip()
        == "The two runs differ in their seed, so their stories share no luck. Name the scenarios instead."
    )
    assert f'role="alert" tabindex="-1" id="wrong">{words.strip()}' in refused.text
    assert words.strip() in refused.text
    assert f'<option value="run:{other}" selected>' in refused.text
    for wrong in ({"first": "run:nothing"}, {"first": "scenario:map"}, {"stories": "0"}, {"seed": "x"}):
        assert server.client.post("/compare", data={**asked, "first": "scenario:push-on", **wrong}).status_code == 422


def test_the_record_is_replayed(server: Server, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = server.end(server.job(server.client.post("/replay")))["result"]
    wanted = told(elsewhere, "replay", monkeypatch=monkeypatch)
    assert {"": result.encode(), **server.folder(result)} == wanted
    assert "Replay: The Tarn valley" in server.client.get("/").text


def test_what_is_not_there_is_said_to_be_not_there(server: Server) -> None:
    for path in ("/jobs/999", "/jobs/9-9/state", "/jobs/999/events", "/runs/none", "/new/none", "/scenarios/none.yaml"):
        assert server.client.get(path).status_code == 404, path
    assert server.client.post("/jobs/999/cancel").status_code == 404
    assert server.client.get("/replay").status_code == 405
