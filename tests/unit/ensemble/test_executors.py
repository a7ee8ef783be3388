"""Stories told by executors of any kind: the same bytes, also where a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import situation as sit
from situation.commands.cli import main
from situation.ensemble import pool
from situation.ensemble.chunks import Chunks
from situation.ensemble.workers import tell_missing
from situation.errors import SituationError
from situation.record.record import Record
from situation.scenario import Scenario
from tests.unit.valley_stories import scenario_of, valley, valley_home

RUNS, SEED = 32, 5
Plan = tuple[Scenario, Record]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


def bodies(
    plan: Plan, folder: Path, executor: Executor | None = None, finished: Any = lambda runs: None
) -> list[bytes]:
    chunks = Chunks(folder, RUNS)
    tell_missing(*plan, SEED, chunks, 1, finished, executor)
    return [body for _, _, body in chunks.bodies()]


@pytest.fixture(scope="module")
def expected(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    return bodies(plan, tmp_path_factory.mktemp("here"))


def test_three_threads_at_once_tell_what_one_does(plan: Plan, expected: list[bytes], tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert bodies(plan, tmp_path, threads) == expected
        assert threads.submit(lambda: 1).result() == 1, "it is left open"


def test_the_public_call_takes_an_executor(plan: Plan) -> None:
    scenario, record = plan
    with ThreadPoolExecutor(2) as threads:
        told = sit.run(scenario, 8, SEED, record=record, executor=threads)
    assert np.array_equal(told.day_digests, sit.run(scenario, 8, SEED, record=record).day_digests)


class Broken(Executor):
    """Does the first chunk and is ended then."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if args[2][0] == 0:
            future.set_result(fn(*args, **kwargs))
        else:
            future.cancel()
            future.set_running_or_notify_cancel()
        return future


def test_an_executor_that_gives_up_is_told_and_what_was_finished_is_kept(
    plan: Plan, expected: list[bytes], tmp_path: Path
) -> None:
    with pytest.raises(SituationError, match="What was finished is kept: give the same command again to go on"):
        bodies(plan, tmp_path, Broken())
    assert Chunks(tmp_path, RUNS).missing() == list(Chunks(tmp_path, RUNS).ranges())[1:]
    assert bodies(plan, tmp_path) == expected


def test_a_worker_with_other_code_tells_nothing(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["here", *(["there"] * 8)])
    monkeypatch.setattr(pool, "code_digest", lambda: next(codes))
    with (
        ThreadPoolExecutor(1) as threads,
        pytest.raises(SituationError, match=r"The worker on .* has other code than this machine.* Install the same"),
    ):
        bodies(plan, tmp_path, threads)


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from situation.commands import cluster

    monkeypatch.chdir(valley_home(tmp_path))
    monkeypatch.setattr(cluster, "_PATIENCE", 0.3)
    for address, message in (
        ("tcp://127.0.0.1:9", "--cluster: No scheduler answers at tcp://127.0.0.1:9. Start one with 'dask scheduler'"),
        ("moon", "--cluster: 'moon' is no address."),
        (
            "carrier-pigeon://here:1",
            "--cluster: 'carrier-pigeon://here:1' is no address. Give one such as tcp://host:8786.",
        ),
        ("", "--cluster: '' is no address."),
        ("tcp://here:99999", "--cluster: 'tcp://here:99999' is no address."),
        (f"tcp://{'a' * 99}:1", "is no address."),
        ("tcp://a b:1", "--cluster: 'a b' leads to no machine: "),
        ("tls://127.0.0.1:9", "--cluster: tls://127.0.0.1:9 needs certificates, and none are known here."),
    ):
        result = CliRunner().invoke(main, ["run", "push-on", "--runs", "8", "--cluster", address])
        assert message in result.output, result.output
        assert result.exit_code in (1, 2)
    assert not [thread for thread in threading.enumerate() if thread.name == "IO loop"], "no client is left connecting"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"", "No scheduler answers at {} within 0.6 seconds. Start one with 'dask scheduler'"),
        (b"HTTP/1.0 400 Bad Request\r\n\r\n", "What answers at {} is no scheduler."),
        (b"\0" * 64, "What answers at {} is no scheduler."),
        (b"\xff" * 64, "What answers at {} is no scheduler."),
        (None, "What answers at {} is no scheduler."),
    ],
    ids=["nothing", "a page", "zeros", "ones", "an echo"],
)
def test_a_server_that_is_no_scheduler_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | None, message: str
) -> None:
    """As the page of a scheduler's dashboard, which stands at the next port."""
    from situation.commands import cluster

    monkeypatch.chdir(valley_home(tmp_path))
    monkeypatch.setattr(cluster, "_PATIENCE", 0.3)
    monkeypatch.setattr(cluster, "_TO_ANSWER", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"

        def serve() -> None:
            with server.accept()[0] as caller:
                caller.sendall(answer or b"")
                while words := caller.recv(4096):
                    caller.sendall(words if answer is None else b"")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        result = CliRunner().invoke(main, ["run", "push-on", "--runs", "8", "--cluster", address])
        thread.join(10)
    assert f"--cluster: {message.format(address)}" in result.output, result.output
    assert result.exit_code == 1


def test_a_name_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from situation.commands import cluster

    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    monkeypatch.setattr(cluster, "_TO_ANSWER", 0.1)
    silence = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: silence.wait(20))
    with (
        pytest.raises(SituationError, match=r"No scheduler answers at tcp://far:1 within 0\.3 seconds"),
        cluster.executor_at("tcp://far:1", print),
    ):
        pass
    silence.set()


@pytest.fixture
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(**options) as there:  # type: ignore[no-untyped-call]
        yield there


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_cluster_of_which_a_worker_is_killed_in_the_middle_writes_the_same_bytes(
    cluster: Any, plan: Plan, expected: list[bytes], tmp_path: Path
) -> None:
    from distributed import Client

    connect: Any = Client
    with connect(cluster.scheduler_address, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())

        def kill(_: int) -> None:
            if pids:
                os.kill(pids.pop(), signal.SIGKILL)
                pids.clear()

        with client.get_executor(pure=False) as executor:
            assert bodies(plan, tmp_path, executor, kill) == expected
    assert not pids, "a worker was killed"
