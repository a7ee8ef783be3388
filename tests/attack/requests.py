"""Odd requests to the served edition: `python -m tests.attack.requests --times 20000`.

A request is drawn from a seed: an address of the server, right or odd, with an odd query, headers, host, method and body, and
forms whose fields are odd. It is put to the application itself, of which nothing is left out but the processes of its jobs.
For every fifth of them, another whose very bytes are odd goes to a server.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, unquote

import click
from attrs import define, field, frozen
from starlette.types import ASGIApp

from situation.record.answers.state import Lens
from situation.record.loading import load
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.replays import stored_replay
from situation.serving.application import application
from situation.serving.jobs.jobs import Job, Jobs
from situation.serving.settings import Limits, Settings
from tests.attack.odd_requests import MARK, TOKEN, Odd, drawn, odd_bytes
from tests.attack.report import Suite, Tally, table, trial_options, try_all
from tests.unit.serving.served import home_of, serving

__all__ = ["SUITE", "Trial", "attack", "attack_bytes"]

LAWS = (
    "an answer, and none of the kind 5xx; never a traceback",
    "no page of it lets in markup, or raw control characters, that came with the request",
    "it leads to no other server",
    "it says what a browser may do with it",
    "nothing is written beside the runs, and no file beside them is told",
)
ODD, BYTES, WAITS = "odd requests", "odd bytes", "none: it waits for the rest"
SECRET = "what nobody may see"
POLICY = ("content-security-policy", "cache-control", "x-content-type-options", "x-frame-options", "referrer-policy")
FEW = ("\t", "\n", "\r")


class _NoProcesses(Jobs):
    """Jobs that end before they have begun."""

    async def _run(self, job: Job) -> None:
        job.update(state="failed", why=f"not here {MARK}")


@define
class Trial:
    """What a run of requests came to: answers by status, and what broke a law, by the number of the request."""

    statuses: Counter[int] = field(factory=Counter)
    failed: dict[int, str] = field(factory=dict)


@frozen
class _House:
    """Two applications over one home, one of them with a token; the names of its runs; its fields."""

    home: Path
    open: ASGIApp
    guarded: ASGIApp
    jobs: Jobs
    names: Mapping[str, str]
    fields: tuple[str, ...]


def _house(home: Path) -> _House:
    home_of(home)
    situation, runs = home / "scenarios" / "tarn-valley", home / "runs"
    (home / "secret").write_text(SECRET)
    scenario, record = open_scenario(str(situation / "push-on.yaml"), (), situation)
    run = stored_ensemble(scenario, record, 3, 8, 1, folder=runs).folder
    replay = stored_replay(load(situation), record.inside(None), Lens(), folder=runs)
    (runs / "bad").mkdir()
    (runs / "bad" / "manifest.json").write_text('{"kind": "replay", "files": {"bad.parquet": {}}}')
    (runs / "bad" / "bad.parquet").write_bytes(b"PAR1")
    jobs = _NoProcesses(Limits(waiting=4))
    settings = Settings(situation, runs, limits=Limits(waiting=4, patience=0.3))
    guarded = Settings(situation, runs, token=TOKEN, limits=settings.limits)
    names = {"RUN": run.name, "REPLAY": replay.name, "BAD": "bad"}
    fields = tuple(f"parameters:{name}" for name in list(scenario.numbers)[:12])
    fields += tuple(f"forces:{name}" for name in list(scenario.forces)[:4])
    return _House(home, application(settings, jobs), application(guarded, jobs), jobs, names, fields)


async def _answer(app: ASGIApp, odd: Odd) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body of the answer."""
    sent: list[Any] = []
    pieces = list(odd.body) or [b""]

    async def receive() -> dict[str, Any]:
        if pieces:
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}
        await asyncio.sleep(3600)
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = quote(odd.path, safe="/%:?*;=@[]~+,").encode()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": odd.method,
        "path": unquote(odd.path),
        "raw_path": raw,
        "query_string": odd.query.encode("latin-1", "replace"),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in odd.headers],
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": (f"192.0.2.{len(odd.path) % 250}", 5),
        "root_path": "",
        "state": {},
    }
    async with asyncio.timeout(60):
        await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    assert not sent[-1].get("more_body"), "It has no end."
    return sent[0]["status"], {key.decode(): value.decode("latin-1") for key, value in sent[0]["headers"]}, body


def _check(odd: Odd, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Raises AssertionError: the answer breaks a law."""
    assert 200 <= status < 500, status
    assert all(name in headers for name in POLICY), headers
    assert SECRET.encode() not in body
    location = headers.get("location", "/")
    here = "".join(value for name, value in odd.headers if name == "host")
    assert re.match(r"/(?![/\\])", location.removeprefix(f"http://{here}").removeprefix(f"https://{here}")), location
    assert not set("\r\n\0") & set("".join(headers.values())), headers
    if headers.get("content-type", "").startswith("text/html") and not odd.path.endswith("/page"):
        page = body.decode("utf-8")
        assert MARK not in page
        assert all(
            letter.isprintable() or letter in FEW or letter in "\u00a0\ufffd" for letter in page if ord(letter) < 160
        )


def attack(home: Path, seed: int, numbers: Iterable[int]) -> Trial:
    """Put some requests of a seed to a served edition in a folder."""
    trial, house = Trial(), _house(home)
    before = _beside(home)

    async def whole() -> None:
        for number in numbers:
            rng = random.Random(f"{seed}/{number}")
            job = next(iter(house.jobs.known), "0-0")
            odd = drawn(rng, {**house.names, "JOB": job}, house.fields)
            app = house.guarded if rng.random() < 0.2 else house.open
            try:
                status, headers, body = await _answer(app, odd)
                trial.statuses[status] += 1
                _check(odd, status, headers, body)
            except Exception as error:  # noqa: BLE001  # whatever is raised is what is looked for
                told = "".join(traceback.format_exception(error)).strip()
                trial.failed[number] = f"{str(odd)[:2000]}\n{told[-3000:]}"
        await house.jobs.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, whole()).result()
    if _beside(home) != before:
        trial.failed[-1] = f"Written beside the runs: {sorted(_beside(home) ^ before)}"
    return trial


def _beside(home: Path) -> set[Path]:
    """Every file that is not in the folder of runs."""
    return {path for path in home.rglob("*") if "runs" not in path.relative_to(home).parts[:1]}


def attack_bytes(port: int, seed: int, numbers: Iterable[int]) -> Trial:
    """Send the bytes of some requests to a server on this machine."""
    trial = Trial()

    async def one(number: int) -> None:
        sent = odd_bytes(random.Random(f"{seed}/bytes/{number}"))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(sent)
            async with asyncio.timeout(0.5):
                got = await reader.readline()
            status = re.fullmatch(rb"HTTP/1\.1 ([1-4]\d\d) .*\r\n", got)
            trial.statuses[int(status[1]) if status else 0] += 1
            if got and not status:
                trial.failed[number] = f"{sent!r}\n{got!r}"
        except TimeoutError:
            trial.statuses[0] += 1  # it waits for the rest
        except ConnectionError:
            trial.statuses[0] += 1
        finally:
            writer.close()

    async def whole() -> None:
        waiting = list(numbers)
        for start in range(0, len(waiting), 40):
            await asyncio.gather(*map(one, waiting[start : start + 40]))

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, whole()).result()
    return trial


def _part(seed: int, numbers: range) -> Tally:
    """So many requests to the application, and for every fifth one of odd bytes to a server."""
    tally = Tally(seed)
    with TemporaryDirectory() as home:
        trials = {ODD: attack(Path(home), seed, numbers)}
    with TemporaryDirectory() as home, serving(home_of(Path(home))) as server:
        trials[BYTES] = attack_bytes(server.port, seed, [number for number in numbers if number % 5 == 0])
        if server.client.get("/").status_code != 200:
            tally.lost.append(f"numbers {numbers.start} to {numbers.stop} of seed {seed}: the server is gone.")
    for name, trial in trials.items():
        for status, times in trial.statuses.items():
            tally.count(name, str(status or WAITS), times)
        tally.lost += [f"{name}, number {number} of seed {seed}: {fault}" for number, fault in trial.failed.items()]
    return tally


def _told(tally: Tally) -> Iterable[str]:
    statuses = sorted({*tally.of(ODD), *tally.of(BYTES)})
    rows = [[status, tally.of(ODD)[status], tally.of(BYTES)[status]] for status in statuses]
    sums = [tally.of(ODD).total(), tally.of(BYTES).total()]
    yield from table(["answer", "odd requests", "requests of odd bytes"], [*rows, ["all", *sums]])


SUITE = Suite("requests", "times", _part, _told, chunk=2000)


@click.command()
@click.option("--times", default=20_000, show_default=True, help="How many requests are put to the application.")
@click.option("--only", type=int, help="The request of this number alone.")
@trial_options
def main(times: int, only: int | None, **options: Any) -> None:
    """Put odd requests to the served edition, and tell how they were answered."""
    print(f"The laws: {'; '.join(LAWS)}.")
    if only is None:
        try_all(SUITE, times, **options)
    with TemporaryDirectory() as home:
        trial = attack(Path(home), options["seed"], [only])
    print(trial)
    sys.exit(1 if trial.failed else 0)


if __name__ == "__main__":
    main()
