"""Files laid out for a moment in the system's folder for temporary files, which may be full, too."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from situation.errors import SituationError

__all__ = ["laid_out"]


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


def _unwritten(error: OSError) -> str:
    full = "Make room there, or name" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "Name"
    advice = f"{full} another folder with TMPDIR, and give the same command again."
    return f"{tempfile.tempdir or 'TMPDIR'}: Temporary files cannot be written: {error.strerror}. {advice}"
