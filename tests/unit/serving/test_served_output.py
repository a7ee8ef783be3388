"""Where the address with the token is told: not into a file that other accounts of the machine can read."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.unit.serving.served import home_of, until


@contextmanager
def _serving_into(home: Path, mode: int) -> Iterator[str]:
    """Start a server whose output is a file of a mode, and give what it printed once it listens."""
    place = home / f"printed-{mode:o}.txt"
    place.touch()
    place.chmod(mode)
    words = [sys.executable, "-m", "situation", "serve", "--port", "0", "--workers", "1"]
    env = {**os.environ, "TMPDIR": str(home)}
    with place.open("a") as file:
        process = subprocess.Popen(
            words, cwd=home, env=env, stdout=file, stderr=file, text=True, start_new_session=True
        )
    try:
        until(process, lambda: "Ctrl-C ends it." in place.read_text())
        yield place.read_text()
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_of(tmp_path)


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_token_is_kept_out_of_a_file_that_others_can_read(home: Path, mode: int) -> None:
    with _serving_into(home, mode) as printed:
        found = re.match(
            r"Open (http://127\.0\.0\.1:\d+/) It asks for the token, which is in (\S+): others can", printed
        )
        assert found is not None, printed
        place = Path(found[2])
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        token = place.read_text().strip()
        assert token not in printed
        assert httpx.get(found[1], trust_env=False).status_code == 401
        bearer = {"authorization": f"Bearer {token}"}
        assert httpx.get(found[1], headers=bearer, trust_env=False).status_code == 200
    assert not place.exists()


def test_a_file_that_only_its_owner_reads_holds_the_whole_address(home: Path) -> None:
    with _serving_into(home, 0o600) as printed:
        assert re.match(r"Open http://127\.0\.0\.1:\d+/\?token=\S{16,}\n", printed), printed
