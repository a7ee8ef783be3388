"""The process of the command `situation`, also as `python -m situation`."""

import os
import sys

from situation.commands.endings import STOPPED, OutOfMemory, end_cleanly, ending_code

__all__ = ["start"]


def start() -> None:
    """Run the command, and end the process with its code."""
    try:
        end_cleanly()  # before anything is loaded, which may take longer than the work
        from situation.commands.cli import main

        main(prog_name="situation")
    except KeyboardInterrupt as stopped:
        sys.stderr.write(f"{STOPPED}\n")
        sys.exit(ending_code(stopped))
    except OutOfMemory:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    start()
