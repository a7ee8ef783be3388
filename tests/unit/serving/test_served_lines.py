"""The connections of the served edition: what is sent at once, who is waited for, and whose goes where there are too many."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from attrs import define, field
from starlette.types import Receive, Scope, Send

from situation.serving.lines import Line, line_within, lines_that_fit
from situation.serving.server import open_socket
from situation.serving.settings import Limits, Settings
from tests.unit.serving.test_served_bounds import in_a_loop

GET = b"GET /%s HTTP/1.1\r\nhost: localhost\r\n\r\n"
MUCH = 1 << 26


@define
class House:
    """A server of three addresses: `/now` answers, `/later` when it is let, and `/much` more than a socket holds."""

    limits: Limits
    port: int = 0
    let: asyncio.Event = field(factory=asyncio.Event)
    lines: set[Any] = field(factory=set)

    async def application(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/later":
            await self.let.wait()
        if scope["method"] == "POST":
            while (await receive()).get("more_body"):
                pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        body = bytes(MUCH) if scope["path"] == "/much" else b"so"
        for start in range(0, len(body), 1 << 16):
            await send({"type": "http.response.body", "body": body[start : start + (1 << 16)], "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    @asynccontextmanager
    async def line(self, sent: bytes = b"") -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection on which something was sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(sent)
            await writer.drain()
            yield reader, writer
        finally:
            writer.close()

    async def status(self, path: bytes = b"now") -> int:
        """The status of the answer to a newcomer."""
        async with self.line(GET % path) as (reader, _):
            return int((await reader.readline()).split()[1])

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that the server is about to do."""
        for _ in range(2000):
            if true():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("It did not come about.")

    def awaited(self) -> list[str]:
        """What the connections wait for."""
        return sorted(line.awaited for line in self.lines if isinstance(line, Line))


def served(limits: Limits, work: Callable[[House], Awaitable[None]]) -> None:
    """Serve within some limits, and do something meanwhile."""

    async def whole() -> None:
        house = House(limits)
        listener = open_socket(Settings(Path(), Path(), port=0))
        house.port = listener.getsockname()[1]
        config = uvicorn.Config(
            house.application,
            http=line_within(limits),
            interface="asgi3",
            lifespan="off",
            log_level="critical",
            limit_concurrency=2 * limits.lines,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=1 if limits.patience < 1 else 60,
        )
        server = uvicorn.Server(config)
        house.lines = server.server_state.connections
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await work(house)
        finally:
            house.let.set()
            server.should_exit = True
            await running

    in_a_loop(whole())


def test_an_answer_is_sent_at_once_on_every_connection() -> None:
    async def work(house: House) -> None:
        async with house.line(GET % b"now") as (reader, _):
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
            (line,) = house.lines
            taken = line.transport.get_extra_info("socket")
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1

    served(Limits(), work)


HALVES = (
    b"",
    b"GET / HT",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nx-",
    b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nst",
)


@pytest.mark.parametrize("half", [*HALVES, GET % b"now", GET % b"much"], ids=repr)
def test_whoever_keeps_a_connection_and_asks_nothing_locks_nobody_out(half: bytes) -> None:
    async def work(house: House) -> None:
        async with AsyncExitStack() as kept:
            for _ in range(12):
                await kept.enter_async_context(house.line(half))
                assert await house.status() == 200
            await house.until(lambda: len(house.lines) <= 4)

    served(Limits(lines=4), work)


def test_the_connection_goes_that_has_waited_longest() -> None:
    async def work(house: House) -> None:
        async with AsyncExitStack() as kept:
            first, second, third = [await kept.enter_async_context(house.line(GET % b"now")) for _ in range(3)]
            await house.until(lambda: house.awaited() == ["next"] * 3)
            first[1].write(GET % b"now")
            first_line = await asyncio.wait_for(first[0].read(1 << 16), 20)
            await house.until(lambda: house.awaited() == ["next"] * 3)
            assert await house.status() == 200
            assert first_line
            assert b"so" in await asyncio.wait_for(second[0].read(), 20), "The second is closed."
            third[1].write(GET % b"now")
            await third[0].readuntil(b"\r\n0\r\n\r\n")
            await asyncio.wait_for(third[0].readuntil(b"\r\n0\r\n\r\n"), 20)

    served(Limits(lines=3), work)


def test_where_every_connection_waits_for_the_server_the_newcomer_is_refused_and_later_let_in() -> None:
    async def work(house: House) -> None:
        async with AsyncExitStack() as kept:
            asking = [await kept.enter_async_context(house.line(GET % b"later")) for _ in range(3)]
            await house.until(lambda: house.awaited() == [""] * 3)
            assert await house.status() == 503
            house.let.set()
            for reader, _ in asking:
                assert (await reader.readline()).startswith(b"HTTP/1.1 200"), "None of those before is refused."
            await house.until(lambda: house.awaited() == ["next"] * 3)
            assert await house.status() == 200

    served(Limits(lines=3), work)


@pytest.mark.parametrize("sent", [b"", HALVES[2], GET % b"now" + b"GET / HT", GET % b"much"], ids=repr)
def test_who_does_not_go_on_is_given_up(sent: bytes) -> None:
    async def work(house: House) -> None:
        async with house.line(sent):
            await house.until(lambda: len(house.lines) == 1)
            await house.until(lambda: not house.lines)

    served(Limits(patience=0.1, taking=0.1), work)


def test_who_takes_an_answer_however_long_gets_it_whole() -> None:
    async def work(house: House) -> None:
        async with house.line(GET % b"much") as (reader, writer):
            writer.write(b"GET /now HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            assert len(await reader.read()) > MUCH

    served(Limits(patience=0.5, taking=0.5), work)


def test_there_are_no_more_connections_than_the_process_may_have_files(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: given.append(limits))
    for soft, hard, lines in ((4096, 4096, 512), (256, 4096, 512), (256, 256, 128), (64, 64, 8), (-1, -1, 512)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft, hard=hard: (soft, hard))
        assert lines_that_fit(512) == lines
    assert given == [(640, 4096), (256, 256), (64, 64)]
