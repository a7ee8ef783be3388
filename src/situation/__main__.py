"""The process of the command `situation`, also as `python -m situation`."""

import os
import sys

from situation.commands.cli import main
from situation.commands.endings import OutOfMemory

__all__ = ["start"]


def start() -> None:
    """Run the command, and end the process with its code."""
    try:
        main(prog_name="situation")
    except OutOfMemory:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    start()
