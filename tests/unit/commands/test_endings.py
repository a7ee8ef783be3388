"""Commands that are told to end, and commands that the machine gives too little: a sentence, a code, and nothing lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import situation
from situation.commands.cli import main
from situation.commands.endings import OutOfMemory, Terminated
from situation.commands.options import report_errors
from situation.ensemble.workers import tell_chunk
from tests.unit.valley_stories import valley_home

pytest.importorskip("resource")
LONG = ("run", "push-on", "--runs", "4000", "--seed", "3", "--workers", "2")
SHORT = ("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "2")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return valley_home(tmp_path)


def started(home: Path, *words: str, limit: str = "", most: int = 0) -> subprocess.Popen[str]:
    """Start a command, perhaps under a limit of the system."""
    limited = f"resource.setrlimit(resource.{limit}, ({most}, {most}))" if limit else "pass"
    code = f"import resource, runpy, sys; {limited}; runpy.run_module('situation', run_name='__main__', alter_sys=True)"
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("group", [True, pytest.param(False, marks=pytest.mark.long)], ids=["its group", "the process"])
def test_sigterm_ends_a_run_as_ctrl_c_does_and_the_next_call_goes_on(home: Path, group: bool) -> None:
    process = started(home, *LONG)
    until = time.monotonic() + 120
    while not list(home.glob("runs/.partial/*/*.chunk")) and time.monotonic() < until:
        time.sleep(0.05)
    if group:
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    _, error = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM, error
    assert error.startswith("Stopped. ")
    assert "of 4000 stories are kept: give the same command again to go on.\n" in error
    assert not list(home.glob("runs/push-on-*"))
    again = started(home, *LONG)
    line = again.stderr.readline() if again.stderr is not None else ""
    again.kill()
    again.communicate()
    assert "of 4000 stories are kept from a call that was stopped. It goes on there." in line


@pytest.mark.parametrize(("stopped", "code"), [(KeyboardInterrupt(), 130), (Terminated(signal.SIGTERM), 143)])
def test_a_command_that_is_stopped_before_it_is_loaded_says_so(
    stopped: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_module(name: str) -> None:
        raise stopped

    monkeypatch.setattr("situation.commands.cli.import_module", import_module)
    done = CliRunner().invoke(main, ["run", "push-on"])
    assert (done.exit_code, done.output) == (code, "Stopped. The same command can be given again.\n")


def test_a_signal_that_comes_while_the_command_is_loaded_ends_it_with_a_sentence(home: Path) -> None:
    code = (
        "import importlib.abc, os, signal, sys\n"
        "class Ending(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == WHEN:\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.meta_path.insert(0, Ending())\n"
        "sys.argv = ['situation', 'check', 'tarn-valley']\n"
        "from situation.__main__ import start\n"
        "start()\n"
    )
    for name in ("click", "situation.commands.check", "situation.record.record"):
        words = [sys.executable, "-c", f"WHEN = {name!r}\n{code}"]
        done = subprocess.run(words, cwd=home, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (143, "Stopped. The same command can be given again.\n"), name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no device that is always full.")
@pytest.mark.parametrize("words", ["replay tarn-valley", "state tarn-valley --json", "--help", "new war"])
def test_an_output_that_has_no_room_is_told_as_that(home: Path, words: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "situation", *words.split()]
        done = subprocess.run(command, cwd=home, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    said = "The output cannot be written: No space left on device. Make room where it goes, or send it elsewhere.\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_signal_is_heeded_where_ctrl_c_is_and_has_its_own_code() -> None:
    assert issubclass(Terminated, KeyboardInterrupt)
    assert Terminated(signal.SIGTERM).code == 143


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "most"),
    [
        *[("RLIMIT_AS", size << 20) for size in (200, 300, 400, 500)],
        *[("RLIMIT_NOFILE", count) for count in (8, 12, 20)],
        *[("RLIMIT_FSIZE", size << 10) for size in (2, 8, 100)],
    ],
)
def test_what_the_machine_gives_too_little_of_is_survived_or_told(home: Path, name: str, most: int) -> None:
    process = started(home, *SHORT, limit=name, most=most)
    _, error = process.communicate(timeout=120)
    assert "Traceback" not in error
    assert process.returncode == 0 or (process.returncode == 1 and error.strip().endswith((".", "up."))), error
    again = started(home, *SHORT)
    _, error = again.communicate(timeout=120)
    assert again.returncode == 0, error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        SystemError("error return without exception set"),
        SystemError("<class 'list'> returned NULL without setting an exception"),
        ImportError("libarrow.so: failed to map segment from shared object"),
    ],
    ids=["memory", "an error that is none", "nothing", "a library"],
)
def test_memory_that_runs_out_while_a_library_is_loaded_is_told(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def load() -> None:
        raise error

    with pytest.raises(OutOfMemory):
        report_errors(load)()
    assert capsys.readouterr().err.startswith("There is not enough memory. ")


@pytest.mark.skipif(sys.platform != "linux", reason="How many files an interpreter needs differs between systems.")
def test_a_limit_of_open_files_that_the_program_cannot_be_loaded_in_is_told(home: Path) -> None:
    process = started(home, "state", "tarn-valley", limit="RLIMIT_NOFILE", most=4)
    _, error = process.communicate(timeout=120)
    if process.returncode:
        assert (process.returncode, len(error.splitlines())) == (1, 1), error
        assert error.endswith("Raise the limit on open files (ulimit -n), and give the same command again.\n")


def swept_within(home: Path, most: int) -> tuple[int, str]:
    """The exit code of a small sweep within so many bytes of memory, and what it says on stderr."""
    words = ("sweep", "push-on", "--numbers", "rest,luck", "--size", "2", "--runs", "6", "--workers", "1")
    process = started(home, *words, limit="RLIMIT_AS", most=most)
    try:
        _, error = process.communicate(timeout=120)
    finally:
        process.kill()
    return process.returncode, error


@pytest.mark.long
@pytest.mark.parametrize("most", [450 << 20, 500 << 20])
def test_linear_algebra_that_finds_no_room_for_its_threads_neither_hangs_nor_says_that_it_was_stopped(
    home: Path, most: int
) -> None:
    code, error = swept_within(home, most)
    assert code in (0, 1), error
    assert "Traceback" not in error
    assert "Stopped" not in error


@pytest.mark.skipif(sys.platform != "linux", reason="How much memory is taken is known on Linux alone.")
@pytest.mark.parametrize("most", [320 << 20, 380 << 20])
def test_a_limit_of_memory_that_the_mathematics_cannot_be_loaded_in_is_told(home: Path, most: int) -> None:
    code, error = swept_within(home, most)
    assert code == 1, error
    assert "the mathematics of this takes" in error
    assert error.endswith("Raise it (ulimit -v), and give the same command again.\n")


def test_every_package_of_mathematics_is_loaded_once_it_is_known_that_there_is_room() -> None:
    package = Path(situation.__file__).parent
    loads = [
        (path.relative_to(package).as_posix(), before.strip(), line.strip())
        for path in package.rglob("*.py")
        for before, line in pairwise(path.read_text("utf-8").splitlines())
        if re.match(r"\s*(from|import) (scipy|SALib)\b", line)
    ]
    assert loads
    assert [load for load in loads if not load[1].startswith("require_room(")] == []


def test_a_place_that_cannot_be_written_to_is_told_with_what_to_do(home: Path) -> None:
    process = started(home, *SHORT, limit="RLIMIT_FSIZE", most=8 << 10)
    _, error = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "File too large" in error
    assert error.endswith("Raise the limit on the size of files, and give the same command again.\n")


@pytest.mark.parametrize("words", ["--help", "schema", "check falklands-1982 --json"])
def test_an_output_that_takes_nothing_ends_without_a_traceback(home: Path, words: str) -> None:
    """A full disk behind it, or no output at all: a line says so, and so does the exit code."""
    command = f"{sys.executable} -m situation {words}"
    for way, why in ((">/dev/full", "No space left on device. Make room"), (">&-", "Bad file descriptor.")):
        done = subprocess.run(["sh", "-c", f"{command} {way}"], cwd=home, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert why in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_a_run_whose_output_is_closed_is_written_all_the_same(home: Path) -> None:
    command = f"{sys.executable} -m situation run push-on --runs 4 --seed 3 --workers 1 >&-"
    done = subprocess.run(["sh", "-c", command], cwd=home, capture_output=True, text=True, check=False)
    assert (done.returncode, "Bad file descriptor." in done.stderr) == (1, True), done.stderr
    (folder,) = home.glob("runs/push-on-*")
    assert (folder / "index.html").is_file()


class Hungry:
    """Stories that no memory is left for."""

    def summary(self, index: object) -> object:
        raise MemoryError


def test_a_story_that_the_machine_could_not_tell_is_no_outcome() -> None:
    with pytest.raises(MemoryError):
        tell_chunk(Hungry(), 0, 8)  # type: ignore[arg-type]
