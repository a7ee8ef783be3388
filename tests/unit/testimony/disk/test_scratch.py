"""Files laid out for a moment: there while they are needed, gone afterwards; where there is no room, it is said which."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from situation.errors import SituationError
from situation.testimony.disk.scratch import laid_out, why_no_room


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_files_are_there_for_a_moment(temporary: Path) -> None:
    with laid_out({"a.yaml": b"a", "b/c.yaml": b"c"}) as folder:
        assert folder.parent == temporary
        assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")} == {
            "a.yaml": b"a",
            "b/c.yaml": b"c",
        }
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Make room there, or name another folder with TMPDIR"),
        (errno.EROFS, "Name another folder with TMPDIR"),
        (errno.EFBIG, "Raise the limit on the size of files"),
    ],
)
def test_no_room_for_temporary_files_is_told_with_their_folder(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    def refuses(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuses)
    with pytest.raises(SituationError) as told, laid_out({"a.yaml": b"a"}):
        pytest.fail("There was room.")
    words = f"{temporary}: Temporary files cannot be written: {os.strerror(number)}. {advice}, and give the same command again."
    assert str(told.value) == words
    assert list(temporary.iterdir()) == []


def test_an_error_beside_them_is_not_taken_for_theirs() -> None:
    with pytest.raises(OSError, match="elsewhere"), laid_out({"a.yaml": b"a"}):
        raise OSError(errno.ENOSPC, "elsewhere")


def test_room_for_another_program_is_looked_for_where_it_will_write(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setenv("TMPDIR", str(temporary))
    assert why_no_room(1 << 20) == ""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    try:
        told = why_no_room(1 << 20)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told == (
        f"{temporary}: Temporary files cannot be written: File too large. "
        "Raise the limit on the size of files, and give the same command again."
    )
    assert list(temporary.iterdir()) == []
    monkeypatch.setenv("TMPDIR", str(temporary / "nowhere"))
    assert why_no_room(1) == (
        f"TMPDIR: {temporary / 'nowhere'}: There is no such folder. "
        "Name another folder with TMPDIR, and give the same command again."
    )
