"""Bounds and endings of the served edition: jobs that take too long, files that become wrong, servers that go."""

from __future__ import annotations

import html
import json
import re
import signal
import socket
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.unit.serving.served import children, goes_on, home_of, serving, until

LONG = {"stories": "2000"}


def test_a_job_may_not_take_longer_than_it_is_let(tmp_path: Path) -> None:
    with serving(home_of(tmp_path), "--max-minutes", "0.02") as server:
        ended = server.end(server.job(server.start(**LONG)))
        assert (ended["state"], ended["why"]) == ("stopped", "It took longer than 0.02 minutes, and was stopped.")
        assert server.start(stories="2001").status_code == 422


BACKGROUND = """\
claims:
  - id: B-01
    source: courier
    says: Scouts were in Arlen the day before.
    happened: 2020-03-09
    asserts: {event: Entered, place: arlen, by: [north-scouts]}
"""


@pytest.mark.long
def test_a_part_of_the_record_is_left_out_of_both_sides_of_a_comparison(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    (home / "scenarios" / "tarn-valley" / "background.yaml").write_text(BACKGROUND)
    with serving(home) as server:
        result = server.end(server.job(server.start(**{"without:background": "on"})))["result"]
        manifest = json.loads(server.folder(result)["manifest.json"])
        assert manifest["parts"] == ["record"]
        asked = server.client.post("/compare", data={"first": f"run:{result}", "second": "scenario:guns"})
        done = server.end(server.job(asked))
        assert done["state"] == "done", done["why"]
        assert "--without background" in server.client.get(f"/jobs/{done['job']}").text
        (again,) = re.findall(r'"(/new/push-on\?[^"]*)"', server.client.get(f"/runs/{result}").text)
        form = server.client.get(html.unescape(again)).text
        assert 'name="without:background" value="on" checked' in form
        assert 'name="stories" value="16"' in form


@pytest.mark.long
def test_a_situation_whose_files_have_become_wrong_is_named_and_its_runs_are_still_there(tmp_path: Path) -> None:
    with serving(home_of(tmp_path)) as server:
        result = server.end(server.job(server.client.post("/replay")))["result"]
        record = server.home / "scenarios" / "tarn-valley" / "record.yaml"
        record.write_text(record.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
        for path in ("/", f"/runs/{result}", f"/runs/{result}/page"):
            assert server.client.get(path).status_code == 200, path
        for path in ("/new", "/new/push-on", "/compare"):
            answer = server.client.get(path)
            assert answer.status_code == 422, path
            assert "nonsense" in answer.text
        failed = server.end(server.job(server.client.post("/replay")))
        assert failed["state"] == "failed"
        assert "nonsense" in failed["why"]


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def test_a_job_of_the_server_before_is_not_known_to_the_next(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    with serving(home) as server:
        old = server.job(server.start(**LONG))
    with serving(home) as server:
        new = server.job(server.start(**LONG))
        assert new != old
        for path in (f"/jobs/{old}", f"/jobs/{old}/state", f"/jobs/{old}/events"):
            answer = server.client.get(path)
            assert answer.status_code == 404
            assert "The server does not know this job" in answer.text
        assert server.client.post(f"/jobs/{old}/cancel").status_code == 404
        assert server.state(new)["state"] in ("waiting", "running")


@pytest.mark.parametrize("sign", [pytest.param(signal.SIGINT, marks=pytest.mark.long), signal.SIGTERM])
def test_a_stopped_server_leaves_nothing_behind(tmp_path: Path, sign: signal.Signals) -> None:
    with serving(home_of(tmp_path)) as server:
        job = server.job(server.start(**LONG))
        until(server.process, lambda: server.state(job)["done"] > 0)
        (child,) = children(server.process.pid)
        with httpx.stream("GET", f"{server.address}/jobs/{job}/events", trust_env=False) as watched:
            server.process.send_signal(sign)
            last = [line for line in watched.iter_lines() if line.startswith("data: ")][-1]
        assert "The server was stopped." in last
        assert server.process.wait(timeout=20) == 0
        assert server.process.stdout is not None
        said = "There is no token: every account of this machine is let in.\nCtrl-C ends it.\nStopped.\n"
        assert server.process.stdout.read() == said
        assert not Path(f"/proc/{child}").exists()
        assert not _listens(server.port)


def test_a_job_ends_with_a_server_that_is_gone(tmp_path: Path) -> None:
    with serving(home_of(tmp_path)) as server:
        job = server.job(server.start(**LONG))
        until(server.process, lambda: server.state(job)["done"] > 0)
        (child,) = children(server.process.pid)
        server.process.kill()
        server.process.wait(timeout=20)
        until(server.process, lambda: not goes_on(child))


def test_where_few_files_may_be_open_nobody_is_kept_out_and_nothing_is_printed(tmp_path: Path) -> None:
    with ExitStack() as lines:
        server = lines.enter_context(serving(home_of(tmp_path), files=64))
        for _ in range(120):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            line.sendall(b"GET / HT")
        for path in ("/", "/new", "/new/push-on", "/compare"):
            assert server.client.get(path).status_code == 200
        assert server.end(server.job(server.client.post("/replay")))["state"] == "done"
