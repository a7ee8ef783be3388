"""The audit of what is installed: `make check` runs it, and asks for known vulnerabilities."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import Distribution
from pathlib import Path
from typing import cast

import pytest

from tests.arch import audit
from tests.arch.audit import Package, faults, installed, known_vulnerabilities, licences, pins


@pytest.mark.long
def test_all_that_is_installed_for_the_project_is_pinned_and_under_a_licence_that_is_used_here() -> None:
    packages = installed()
    assert faults(packages, pins()) == []
    assert "pip" not in {package.name for package in packages}, "It comes with Python."
    assert {"attrs", "h11", "pip-audit", "hatchling", "basemap-data"} <= {package.name for package in packages}


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (Package("a", "1", ("GPL-3.0-only", "MIT")), "a: GPL-3.0-only is not among the licences that are used here."),
        (Package("a", "1", ()), "a: It states no licence. Look for it, and write it into audit.py."),
        (Package("a", "2", ("MIT",)), "a: 2 is installed, and 1 is pinned. Install anew, or run: make pins"),
        (Package("b", "2", ("MIT",)), "b: 2 is installed, and none is pinned. Install anew, or run: make pins"),
        (
            Package("a", "1", ("LGPL-3.0-or-later",)),
            "a: LGPL-3.0-or-later is not among the licences that are used here.",
        ),
    ],
)
def test_a_package_that_may_not_be_used_is_named(package: Package, said: str) -> None:
    assert faults([package], {"a": "1"}) == [said]


class Described:
    """A package that says these things of itself."""

    def __init__(self, **rows: str) -> None:
        self.metadata = Message()
        for name, value in rows.items():
            for one in value.split("|"):
                self.metadata[name.replace("_", "-")] = one


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ({"License_Expression": "MPL-2.0 AND (Apache-2.0 OR MIT)"}, ("Apache-2.0", "MIT", "MPL-2.0")),
        ({"License": "mit"}, ("MIT",)),
        ({"License": "Copyright (c) somebody"}, ()),
        ({"License": "see the file", "Classifier": "License :: OSI Approved :: BSD License|x"}, ("BSD-3-Clause",)),
        ({"Classifier": "License :: Other/Proprietary License"}, ()),
        (
            {"License_Expression": "GPL-2.0-only WITH Classpath-exception-2.0"},
            ("Classpath-exception-2.0", "GPL-2.0-only"),
        ),
        ({}, ()),
    ],
)
def test_a_licence_is_read_where_packages_state_it(rows: dict[str, str], read: tuple[str, ...]) -> None:
    assert licences("a", cast(Distribution, Described(**rows))) == read


def test_where_nobody_can_be_asked_nothing_is_claimed() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        assert known_vulnerabilities(f"http://127.0.0.1:{line.getsockname()[1]}/") is None


@contextmanager
def _service(wrong: str) -> Iterator[str]:
    """A service that knows something of one package, and of all others nothing."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            rows = [
                {
                    "package": {"name": wrong, "ecosystem": "PyPI"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "99.1"}]}],
                }
            ]
            known = {"id": "OSV-0", "summary": "x", "published": "2026-01-01T00:00:00Z", "affected": rows}
            content = json.dumps({"vulns": [known]} if asked["package"]["name"] == wrong else {}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.long
@pytest.mark.parametrize(("wrong", "count"), [("orjson", 1), ("nothing-of-that-name", 0)])
def test_what_is_known_to_be_vulnerable_is_named_with_what_mends_it(wrong: str, count: int) -> None:
    with _service(wrong) as url:
        known = known_vulnerabilities(url)
    assert known is not None
    assert len(known) == count
    assert all(
        line.startswith("orjson ") and line.endswith("OSV-0 is known of it. It is mended in 99.1.") for line in known
    )


def test_the_check_runs_the_audit() -> None:
    assert (
        "-m tests.arch.audit\n"
        in (Path(audit.ROOT) / "Makefile").read_text("utf-8").split("\ncheck:")[1].split("\n\n")[0]
    )
