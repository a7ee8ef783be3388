"""A slice of the load run: `python -m tests.attack.load` reads for longer, and measures."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.attack.load import Figures, attack, pages_of
from tests.unit.serving.served import home_of, serving


def test_many_readers_at_once_are_all_answered_whoever_stands_beside_them(tmp_path: Path) -> None:
    with serving(home_of(tmp_path), made=True) as server:
        ended = server.end(server.job(server.client.post("/replay")))
        pages = pages_of(server, "push-on", ended["result"], ended["job"])
        figures = attack(server.port, pages, readers=60, requests=3, idle=160, cookie=server.cookie)
    assert (figures.lost, dict(figures.statuses)) == ([], {200: 180})
    assert figures.lines == 60, "Each kept its connection."
    assert len(figures.seconds) == len(set(pages))


def test_a_server_that_is_not_there_is_no_answer() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    figures = attack(port, ["/"], readers=2, requests=2)
    assert len(figures.lost) == 4
    assert figures.statuses == Figures().statuses
