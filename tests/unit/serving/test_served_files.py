"""A file as an answer: whole, or broken off with one line of the log where somebody changes it on the way."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from situation.serving.files import LOG, SentFile
from situation.serving.lines import line_within
from situation.serving.server import open_socket
from situation.serving.settings import Limits, Settings
from tests.unit.serving.test_served_bounds import in_a_loop

LENGTH = (1 << 25) + 1
"""Bytes of a file: more than sockets hold, so that it is still being sent when somebody changes it."""


def _longer(file: Path) -> None:
    os.truncate(file, 2 * LENGTH)


def _shorter(file: Path) -> None:
    os.truncate(file, 1)


def _replaced(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(b"other")
    other.replace(file)


def _as_it_was(file: Path) -> None:
    assert file.stat().st_size == LENGTH


def _sent(file: Path, head: str, spoil: Callable[[Path], object], gone: bool = False) -> tuple[bytes, int]:
    """The answer to a request: its head, and how many bytes follow. `spoil` is called when a byte has come."""

    async def answer(request: Request) -> Response:
        if gone:
            file.unlink()
        return SentFile(file, media_type="text/plain")

    async def whole() -> tuple[bytes, int]:
        listener = open_socket(Settings(Path(), Path(), port=0))
        application = Starlette(routes=[Route("/", answer)])
        config = uvicorn.Config(
            application, http=line_within(Limits()), lifespan="off", log_level="error", log_config=None
        )
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
        try:
            writer.write(f"{head}\r\nhost: localhost\r\nconnection: close\r\n\r\n".encode())
            begun = await reader.readuntil(b"\r\n\r\n")
            taken = len(await reader.read(1))
            spoil(file)
            while piece := await reader.read(1 << 20):
                taken += len(piece)
            return begun, taken
        finally:
            writer.close()
            server.should_exit = True
            await running

    return in_a_loop(whole())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    large = tmp_path / "large"
    large.touch()
    os.truncate(large, LENGTH)
    return large


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.ERROR, LOG.name)  # which another test may have made quieter
    monkeypatch.setattr(LOG, "handlers", [caplog.handler])
    monkeypatch.setattr(LOG, "propagate", False)
    return caplog


@pytest.mark.parametrize(("part", "spoil"), [("", _shorter), ("5-", _shorter), ("0-9,20-", _shorter), ("", _longer)])
def test_a_file_that_is_changed_on_the_way_is_broken_off_and_the_log_has_one_line(
    file: Path, log: pytest.LogCaptureFixture, part: str, spoil: Callable[[Path], object]
) -> None:
    begun, taken = _sent(file, f"GET / HTTP/1.1\r\nrange: bytes={part}" if part else "GET / HTTP/1.1", spoil)
    announced = re.search(rb"content-length: (\d+)", begun)
    assert announced is not None
    assert taken < int(announced[1])
    (line,) = (record.getMessage() for record in log.records)
    assert line == f"{file}: The file was changed while it was sent, so the answer was broken off."


@pytest.mark.parametrize("spoil", [_as_it_was, _replaced, Path.unlink])
def test_a_file_that_is_replaced_or_removed_on_the_way_is_sent_as_it_was(
    file: Path, log: pytest.LogCaptureFixture, spoil: Callable[[Path], object]
) -> None:
    begun, taken = _sent(file, "GET / HTTP/1.1", spoil)
    assert begun.startswith(b"HTTP/1.1 200")
    assert (taken, log.records) == (LENGTH, [])


def test_a_file_that_is_gone_before_its_answer_begins_is_not_found(file: Path, log: pytest.LogCaptureFixture) -> None:
    begun, _ = _sent(file, "GET / HTTP/1.1", lambda _: None, gone=True)
    assert begun.startswith(b"HTTP/1.1 404")
    assert log.records == []


def test_the_head_of_a_file_is_sent_without_it(file: Path, log: pytest.LogCaptureFixture) -> None:
    begun, taken = _sent(file, "HEAD / HTTP/1.1", _as_it_was)
    assert f"content-length: {LENGTH}".encode() in begun
    assert (taken, log.records) == (0, [])
