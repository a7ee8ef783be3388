"""Commands on a real disk that is nearly full: one line and exit code 1, nothing half written; with room again they end well.

Left to `make attack`, since only root may mount a disk; `test_faults.py` holds the same over disks that are told to fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attack.kills import COMMANDS, home_with_events
from tests.attack.test_real_faults import WORDS

SIZE = 8 << 20
SWEEP = ("sweep", "push-on", "--numbers", "rest,luck", "--size", "2", "--runs", "6", "--workers", "1")
CALLS = {**COMMANDS, **WORDS, "sweep": SWEEP}
COST = " stories in all."
"""What ends the line by which a sweep says what it costs before it begins."""
FILLER = "filler"


@contextmanager
def _small_disk(place: Path) -> Iterator[None]:
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place))
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("No disk can be mounted here: that needs root.")
    try:
        yield
    finally:
        subprocess.run(("umount", str(place)), check=True)


def _fill(place: Path, room: int) -> None:
    """Fill a disk but for some bytes."""
    disk = os.statvfs(place)
    (place / FILLER).write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - room)))


def _given(name: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "situation", *CALLS[name])
    return subprocess.run(
        words, cwd=home, env={**os.environ, **env}, capture_output=True, text=True, timeout=300, check=False
    )


def _files(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_half_written(tmp_path: Path, name: str) -> None:
    fresh = home_with_events(tmp_path / "fresh", name)
    disk = tmp_path / "disk"
    with _small_disk(disk):
        home = disk / "home"
        shutil.copytree(fresh, home)
        before = _files(home)
        for room in (0, 8 << 10):
            _fill(disk, room)
            ended = _given(name, home)
            assert ended.returncode == 1, ended.stderr
            (told,) = (line for line in ended.stderr.splitlines() if not line.endswith(COST))
            assert "No space left on device" in told
            assert "Make room, and give the same command again." in told
            kept = {file for file in _files(home) - before if not file.endswith(".chunk")}
            assert kept == set(), "Only whole pieces of stories are kept."
            (disk / FILLER).unlink()
        assert _given(name, home).returncode == 0
        assert not {file for file in _files(home) if ".partial" in file or ".situation-" in file}


def test_a_full_folder_for_temporary_files_is_named_and_nothing_is_imported(tmp_path: Path) -> None:
    home, temporary = home_with_events(tmp_path / "home"), tmp_path / "temporary"
    before = {file: (home / file).read_bytes() for file in _files(home)}
    with _small_disk(temporary):
        _fill(temporary, 4 << 10)
        ended = _given("import", home, TMPDIR=str(temporary))
        assert ended.returncode == 1
        assert ended.stderr == (
            f"{temporary}: Temporary files cannot be written: No space left on device. "
            "Make room there, or name another folder with TMPDIR, and give the same command again.\n"
        )
        assert [path.name for path in temporary.iterdir()] == [FILLER]
    assert {file: (home / file).read_bytes() for file in _files(home)} == before
