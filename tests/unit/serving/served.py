"""A served edition for tests: a real server in a process of its own, over the Tarn valley, on a port that was free."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen

from tests.unit.valley_stories import valley_home

__all__ = ["CHILD", "Server", "children", "goes_on", "home_of", "serving", "until"]

CHILD = """\
scenario: guns
title: The South gets guns
about: "The guns come for certain."
assumes: "that they come"
extends: push-on
parameters:
  luck: {value: 1, unit: chance, source: ASSUMED, reason: so be it}
"""
"""A scenario that extends another."""


@frozen
class Server:
    """A running server.

    Args:
        home: the folder that it was started in.
        port: where it listens.
        process: its process.
        client: asks it, as a browser of this machine would; follows no redirection of itself.
        opened: the address that it prints.
    """

    home: Path
    port: int
    process: subprocess.Popen[str]
    client: httpx.Client
    opened: str

    @property
    def address(self) -> str:
        """Where it is to be opened."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """What lets a browser in that has opened its address."""
        return "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())

    def start(self, scenario: str = "push-on", **fields: str) -> httpx.Response:
        """Send the form that starts a scenario."""
        return self.client.post(f"/new/{scenario}", data={"stories": "16", "seed": "3", **fields})

    def job(self, answer: httpx.Response) -> str:
        """The job that an answer leads to, by its name in addresses."""
        assert answer.status_code == 303, answer.text
        found = re.fullmatch(r"/jobs/([0-9a-f]{8}-\d+)(\?.*)?", answer.headers["location"])
        assert found is not None, answer.headers["location"]
        return found[1]

    def state(self, job: str) -> dict[str, Any]:
        """What is known of a job."""
        found: dict[str, Any] = self.client.get(f"/jobs/{job}/state").json()
        return found

    def end(self, job: str) -> dict[str, Any]:
        """A job when it has ended: its events are followed until then."""
        for told in self.events(job):
            if told["state"] in ("done", "failed", "stopped"):
                return told
        raise AssertionError("The events came to an end, and the job did not.")

    def events(self, job: str) -> Iterator[dict[str, Any]]:
        """What is told of a job as it goes on."""
        with self.client.stream("GET", f"/jobs/{job}/events") as answer:
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield httpx.Response(200, content=line.removeprefix("data: ")).json()

    def folder(self, name: str) -> dict[str, bytes]:
        """The files of a run folder."""
        return {path.name: path.read_bytes() for path in (self.home / "runs" / name).iterdir()}


def home_of(folder: Path) -> Path:
    """A folder with the valley's situation and two scenarios under `scenarios/`."""
    return valley_home(folder, guns=CHILD)


@contextmanager
def serving(
    home: Path, *options: str, token: str = "", made: bool = False, files: int | None = None, proxy: str = ""
) -> Iterator[Server]:
    """Start a server in a folder, and stop it as Ctrl-C does.

    Args:
        home: the folder.
        options: of the command.
        token: what it asks for; without one, none.
        made: it asks for a token that it makes itself, and the client has opened the address that it prints.
        files: so many it may open.
        proxy: the machines that it believes in whom they ask for.
    """
    bounded = () if files is None else ("sh", "-c", f'ulimit -n {files} && exec "$@"', "sh")
    words = [*bounded, sys.executable, "-m", "situation", "serve", "--port", "0", "--workers", "1", *options]
    words += [] if token or made else ["--no-token"]
    env = {**os.environ, **({"SITUATION_TOKEN": token} if token else {}), "FORWARDED_ALLOW_IPS": proxy}
    process = subprocess.Popen(
        words, cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r":(\d+)/", line)
    if found is None:
        raise AssertionError(f"It did not start: {line}{process.communicate(timeout=20)[1]}")
    port = int(found[1])
    headers = {"origin": f"http://127.0.0.1:{port}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60, trust_env=False) as client:
        try:
            if made:
                assert client.get(line.split()[1]).status_code == 303
            yield Server(home, port, process, client, line.split()[1])
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=20)
    assert error == "", error


def children(process: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(word) for word in listed.read_text().split()]
    return found


def goes_on(process: int) -> bool:
    """Whether a process has not ended: one that has, and is still listed, has no command any more."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except OSError:
        return False


def until(process: subprocess.Popen[str], true: Any, most: int = 1200) -> None:
    """Wait for something that a server or what it started is about to do, looking again and again."""
    for _ in range(most):
        if true():
            return
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        time.sleep(0.05)  # the server has ended; what it started may go on for a while
    assert true(), "It did not come about."
