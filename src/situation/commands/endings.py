"""How a command ends before it is done: by SIGTERM and by a terminal that closes as by Ctrl-C, and where memory runs out."""

from __future__ import annotations

import signal
import threading
from typing import Any, Final

__all__ = ["INTERRUPTED", "STOPPED", "OutOfMemory", "Terminated", "end_cleanly", "ending_code"]

INTERRUPTED: Final = 130
"""The exit code of a command that Ctrl-C ends: 128 and the number of the signal, as shells have it."""
STOPPED: Final = "Stopped. The same command can be given again."


class Terminated(KeyboardInterrupt):
    """A signal tells the process to end. It is heeded where Ctrl-C is.

    Args:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def ending_code(stopped: KeyboardInterrupt) -> int:
    """The exit code of a command that was ended."""
    return int(getattr(stopped, "code", INTERRUPTED))


class OutOfMemory(SystemExit):
    """The command has said that memory ran out. Its process ends at once: compiled libraries crash when they are taken down."""

    def __init__(self) -> None:
        super().__init__(1)


def end_cleanly() -> None:
    """Have SIGTERM and SIGHUP end this process as Ctrl-C does. A signal that is ignored already, as by nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # what is under way ends once
    raise Terminated(number)
