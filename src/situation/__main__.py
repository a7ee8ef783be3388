"""The process of the command `situation`, also as `python -m situation`."""

import errno
import os
import sys

from situation.commands.endings import STOPPED, OutOfMemory, end_cleanly, ending_code

__all__ = ["start"]

_NO_FILES = """\
The program cannot be loaded: Too many open files. Raise the limit on open files (ulimit -n), and give the same command again.
"""


def start() -> None:
    """Run the command, and end the process with its code."""
    try:
        _ask_for_little_memory()
        end_cleanly()  # before anything is loaded, which may take longer than the work
        from situation.commands.cli import main

        main(prog_name="situation")
    except KeyboardInterrupt as stopped:
        sys.stderr.write(f"{STOPPED}\n")
        sys.exit(ending_code(stopped))
    except OSError as error:
        if error.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        sys.stderr.write(_NO_FILES)
        sys.exit(1)
    except OutOfMemory:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


def _ask_for_little_memory() -> None:
    """Where memory is bounded, have the library of linear algebra start no threads: short of room for them it tries for ever, or
    ends the process as Ctrl-C does."""
    if sys.platform == "win32":
        return
    import resource

    if resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    start()
