"""A slice of the odd requests to the served edition: `python -m tests.attack.requests` puts many more."""

from __future__ import annotations

import random
import socket
import time
from pathlib import Path

import pytest

from tests.attack.odd_requests import drawn, odd_bytes
from tests.attack.requests import attack, attack_bytes
from tests.unit.serving.served import home_of, serving


def test_odd_requests_never_break_a_law(tmp_path: Path) -> None:
    trial = attack(tmp_path, seed=1, numbers=range(700))
    assert trial.failed == {}
    assert {200, 303, 400, 401, 403, 404, 405, 413, 421, 422, 431} <= set(trial.statuses), "Each is tried."


@pytest.mark.long
def test_many_odd_requests_never_break_a_law(tmp_path: Path) -> None:
    assert attack(tmp_path, seed=2, numbers=range(8000)).failed == {}


POST = b"POST %s HTTP/1.1\r\nhost: localhost\r\n"
BROKEN = (
    POST % b"/compare" + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
    POST % b"/compare" + b"transfer-encoding: chunked\r\n\r\n5\r\nabcdeXXXX",
    POST % b"/nothing" + b"transfer-encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n",
    POST % b"/compare" + b"content-length: 9\r\n\r\nst",
    b"HEAD / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    b"HEAD /nothing HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n\0\0\0",
    b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\nGET /new HTTP/1.1\r\nhost: localhost\r\n\r\n\r\n\r\nx",
)
"""Requests that break off, or go on as none does, behind what the server has begun to answer."""


def test_requests_of_odd_bytes_are_answered_or_refused_and_nothing_is_printed(tmp_path: Path) -> None:
    with serving(home_of(tmp_path)) as server:  # which asserts that nothing stands on its standard error
        trial = attack_bytes(server.port, seed=1, numbers=range(240))
        for sent in BROKEN:
            for pause in (0.0, 0.1):
                with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
                    line.sendall(sent)
                    time.sleep(pause)
        assert server.client.get("/").status_code == 200
    assert trial.failed == {}
    assert {200, 400, 404} <= set(trial.statuses)


def test_the_same_seed_draws_the_same_requests() -> None:
    names = {"RUN": "run", "REPLAY": "replay", "BAD": "bad", "JOB": "0-0"}
    first, again = ([drawn(random.Random(number), names, ("a:b",)) for number in range(50)] for _ in range(2))
    assert first == again
    assert odd_bytes(random.Random(1)) == odd_bytes(random.Random(1)) != odd_bytes(random.Random(2))
