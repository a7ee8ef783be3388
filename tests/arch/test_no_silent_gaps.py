"""Where CI is set a skipped test has failed; on a person's machine it is named with its reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SKIPS = {
    "in the test": "import pytest\ndef test_it():\n    pytest.skip('no chromium here')\n",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no chromium here')\ndef test_it(): ...\n",
    "as a whole file": "import pytest\npytest.skip('no chromium here', allow_module_level=True)\n",
}


def _pytest(folder: Path, ci: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CI": ci}
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "."]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("skip", SKIPS)
def test_a_skip_is_a_failure_where_ci_is_set(tmp_path: Path, skip: str) -> None:
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_skips.py").write_text(SKIPS[skip], encoding="utf-8")
    done = _pytest(tmp_path, ci="true")
    assert done.returncode in (1, 2), done.stdout
    assert "in CI no test may be: " in done.stdout
    assert "no chromium here" in done.stdout


def test_a_skip_is_named_with_its_reason_elsewhere(tmp_path: Path) -> None:
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_skips.py").write_text(SKIPS["in the test"] + "def test_other(): ...\n", encoding="utf-8")
    done = _pytest(tmp_path, ci="")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped" in done.stdout
    assert "no chromium here" in done.stdout


def test_an_expected_failure_stays_one_where_ci_is_set(tmp_path: Path) -> None:
    shutil.copy(CONFTEST, tmp_path)
    expected = "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n"
    (tmp_path / "test_expected.py").write_text(expected, encoding="utf-8")
    assert "1 xfailed" in _pytest(tmp_path, ci="true").stdout
