"""What commands take on records of several sizes: `python -m tests.bench.record_scale FOLDER [CLAIMS ...]`.

Writes constructed situations into a folder, runs each command in a process of its own, and prints a table of CPU seconds
and peak memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.large_record import write_large_record

__all__ = ["READ", "measured"]

READ = {
    "check": ("check",),
    "state": ("state", "--at", "2021-06-01"),
    "why": ("why", "town-5.holder", "--at", "2021-06-01"),
    "disputes": ("disputes",),
}
"""The commands that read a record, with what stands behind the situation."""
_COMMANDS = {**READ, "replay": ("replay",)}
_REPLAYED = 20_000
"""Records of more claims are not replayed."""
_SOURCES = {2_500: 100, 20_000: 100, 100_000: 500}


def measured(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a command of `situation`.

    Raises:
        CalledProcessError: the command failed.
    """
    process = subprocess.Popen([sys.executable, "-m", "situation", *command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(arguments: list[str]) -> int:
    """Measure, and print the table."""
    folder, sizes = Path(arguments[0]), [int(size) for size in arguments[1:]] or list(_SOURCES)
    print("| claims | sources | command | CPU seconds | peak memory, MB | page, MB |\n|---|---|---|---|---|---|")
    for size in sizes:
        situation = folder / f"claims-{size}"
        sources = _SOURCES.get(size, 100)
        if not situation.exists():
            write_large_record(situation, size, sources)
        for name, (word, *rest) in _COMMANDS.items():
            if name == "replay" and size > _REPLAYED:
                continue
            out = folder / f"run-{size}"
            where = ["--out", str(out)] if name == "replay" else []
            named = [*rest[:1], str(situation), *rest[1:]] if name == "why" else [str(situation), *rest]
            seconds, memory = measured([word, *named, *where])
            page = f"{(out / 'index.html').stat().st_size / 1e6:.1f}" if name == "replay" else ""
            print(f"| {size:,} | {sources} | `{name}` | {seconds:.0f} | {memory:.0f} | {page} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
