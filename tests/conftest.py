"""What all tests share: one way of searching for examples, one folder, one browser, and no silent gaps in CI."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and at every run, and no stopwatch: two tests may share one core.
for _name, _examples in (("repeatable", 50), ("thorough", 200)):
    settings.register_profile(
        _name,
        max_examples=_examples,
        derandomize=True,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
# For a search by hand: pytest --hypothesis-profile=search
settings.register_profile("search", derandomize=False, deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the processes of a run share (tests/shared.py): the first makes it, and removes it at its end.

    What the tests print goes into a pipe: the width of a terminal that xdist names is none of it.
    """
    os.environ.pop("COLUMNS", None)
    if "SITUATION_TESTS_FOLDER" not in os.environ:
        folder = os.environ["SITUATION_TESTS_FOLDER"] = tempfile.mkdtemp(prefix="situation-tests-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium; tests of the page are skipped where there is none."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the sources' texts, beside the project; tests that read them are skipped where it is missing."""
    found = Path(__file__).resolve().parents[2] / "shared"
    if not (found / "sources").is_dir():
        pytest.skip("the sources' texts are not here: they are no part of the project")
    return found


def _skips_are_failures() -> bool:
    """Whether a skipped test counts as failed: so wherever CI is set."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where CI is set; an expected failure stays what it is."""
    report = yield
    if _skips_are_failures() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and in CI no test may be: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself while it is collected."""
    report = yield
    if _skips_are_failures() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, and in CI no test may be: {_reason(report.longrepr)}"
    return report
