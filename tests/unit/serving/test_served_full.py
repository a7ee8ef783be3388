"""A served edition whose disk is full: it says so, keeps nothing half, and goes on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from situation.serving.application import application
from situation.serving.jobs.jobs import Jobs
from situation.serving.settings import Limits, Settings
from situation.testimony.disk.steps import Disk, using
from tests.unit.serving.served import home_of
from tests.unit.serving.test_served_bounds import in_a_loop


class _Full(Disk):
    """A disk with room for names, and for nothing in them."""

    def write(self, path: Path, content: bytes, lasting: bool) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _no_room(where: str, folder: Path) -> Iterator[None]:
    """No room where the runs lie, or none for temporary files."""
    with pytest.MonkeyPatch.context() as patched:
        if where == "runs":
            with using(_Full()):
                yield
            return
        patched.setattr("tempfile.tempdir", str(folder / "gone"))
        yield


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("runs", "The scenario cannot be written: No space left on device. Make room"),
        (
            "temporary files",
            "Temporary files cannot be written: No such file or directory. Name another folder with TMPDIR",
        ),
    ],
)
def test_a_changed_scenario_for_which_there_is_no_room_is_told_and_not_kept(
    tmp_path: Path, where: str, words: str
) -> None:
    home = home_of(tmp_path)
    settings = Settings(home / "scenarios" / "tarn-valley", home / "runs", limits=Limits())
    changed = {"stories": "8", "seed": "3", "parameters:rest:best": "3", "why": "they are tired"}

    async def asked() -> list[httpx.Response]:
        transport = httpx.ASGITransport(application(settings, Jobs(settings.limits)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            with _no_room(where, tmp_path):
                refused = await client.post("/new/push-on", data=changed)
            return [refused, await client.post("/new/push-on/yaml", data=changed)]

    refused, later = in_a_loop(asked())
    assert (refused.status_code, later.status_code) == (422, 200)
    assert words in refused.text
    assert 'value="they are tired"' in refused.text, "What was typed is lost."
    assert [path for path in (home / "runs").rglob("*") if path.is_file()] == []
