"""What to do about the errors of the system."""

from __future__ import annotations

import errno
from collections.abc import Mapping

__all__ = ["UNNAMED", "advice_for", "unwritten_output"]

UNNAMED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""Errors of writing: without the name of a file they are of what a command prints."""

_ADVICE: Mapping[int, str] = {
    errno.ENOENT: "Make its folder first, or name another place.",
    errno.ENOSPC: "Make room, and give the same command again.",
    errno.EDQUOT: "Make room, and give the same command again.",
    errno.EFBIG: "Raise the limit on the size of files, and give the same command again.",
    errno.EACCES: "Change its permissions, or name another place.",
    errno.EPERM: "Change its permissions, or name another place.",
    errno.ENODEV: "Name a file, or leave it out.",
    errno.EBADF: "Leave the output open, or send it to a file.",
    errno.EROFS: "Name a place that can be written to.",
    errno.ENAMETOOLONG: "Use a shorter name.",
    errno.ENOTDIR: "A file is in the way: remove it, or name another place.",
    errno.EEXIST: "Something is in the way: remove it, or name another place.",
    errno.ENOTEMPTY: "Something is in the way: remove it, or name another place.",
    errno.EISDIR: "A folder is in the way: remove it, or name another place.",
    errno.ELOOP: "A link leads back to itself: remove it, or name another place.",
    errno.EMFILE: "Raise the limit on open files (ulimit -n), and give the same command again.",
    errno.ENFILE: "End other programs, and give the same command again.",
    errno.ENOMEM: "End other programs, or use fewer workers, and give the same command again.",
    errno.EAGAIN: "Raise the limit on processes (ulimit -u), or use fewer workers, and give the same command again.",
}


def advice_for(error: OSError) -> str:
    """What to do about an error of the system."""
    return _ADVICE.get(error.errno or 0, "Correct that, and give the same command again.")


def unwritten_output(error: OSError) -> str:
    """What is told where what a command prints cannot be written, and what to do."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    advice = "Make room where it goes, or send it elsewhere." if full else advice_for(error)
    return f"The output cannot be written: {error.strerror}. {advice}"
