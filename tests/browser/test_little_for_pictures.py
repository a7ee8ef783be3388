"""Too little for the browser: what is lacking is said, and no file is left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.valley_stories import valley_home

pytest.importorskip("resource")


LIMITS = {
    "RLIMIT_NOFILE": ((10, 24), "Raise the limit on open files (ulimit -n), and give the same command again."),
    "RLIMIT_AS": ((700 << 20, 8 << 30), "Raise the limit of memory (ulimit -v), and give the same command again."),
}


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "most"), [(kind, most) for kind, (bounds, _) in LIMITS.items() for most in bounds])
def test_what_the_browser_lacks_is_what_is_said(tmp_path: Path, kind: str, most: int) -> None:
    code = (
        f"import resource, runpy; resource.setrlimit(resource.{kind}, ({most}, {most}));"
        "runpy.run_module('situation', run_name='__main__', alter_sys=True)"
    )
    command = [sys.executable, "-c", code, "brief", "tarn-valley", "--out", "brief.pdf"]
    home = valley_home(tmp_path)
    told = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=240, check=False)
    assert told.returncode == 1, told.stderr
    assert told.stderr.count("\n") == 1, told.stderr
    assert told.stderr.endswith(f"{LIMITS[kind][1]}\n"), told.stderr
    assert not (home / "brief.pdf").exists()
