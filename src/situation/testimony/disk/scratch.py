"""Files laid out for a moment in the system's folder for temporary files, which may be full, too."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from situation.errors import SituationError
from situation.testimony.disk.advice import advice_for

__all__ = ["laid_out", "why_no_room"]


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with some files in it, removed at the end with all that it holds then.

    Args:
        files: from a file's name, perhaps behind that of a folder and a slash, to its bytes.

    Raises:
        SituationError: they cannot be written there.
    """
    with ExitStack() as until:
        try:
            folder = Path(until.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
        except OSError as error:
            raise SituationError(_unwritten(error)) from error
        yield folder


def why_no_room(size: int) -> str:
    """Why a program that is started from here cannot write so many bytes of temporary files, and what to do; empty: it can.

    Other programs take the folder that TMPDIR names as it is; Python takes the next that can be written to.
    """
    named = os.environ.get("TMPDIR", "")
    if named and not os.access(named, os.W_OK | os.X_OK):
        fact = "No folder that can be written to" if Path(named).exists() else "There is no such folder"
        return f"TMPDIR: {named}: {fact}. {_ELSEWHERE}"
    try:
        with tempfile.TemporaryFile() as file:
            file.write(bytes(size))
    except OSError as error:
        return _unwritten(error)
    return ""


_ELSEWHERE = "Name another folder with TMPDIR, and give the same command again."


def _unwritten(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = f"Make room there, or n{_ELSEWHERE[1:]}" if full else _ELSEWHERE
    if error.errno == errno.EFBIG:
        advice = advice_for(error)
    return f"{tempfile.tempdir or 'TMPDIR'}: Temporary files cannot be written: {error.strerror}. {advice}"
