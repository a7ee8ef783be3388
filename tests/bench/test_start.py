"""How long a help takes beyond the interpreter itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench.measure import cpu_seconds, figure, quantiles

pytestmark = pytest.mark.bench
ROUNDS = 15


@pytest.mark.parametrize("words", ["--help", "run --help"])
def test_a_help_beyond_the_interpreter(words: str) -> None:
    taken = []
    for _ in range(ROUNDS):
        alone = _taken("-c", "pass")
        taken.append(_taken("-m", "situation", *words.split()) - alone)
    low, middle, high = quantiles(taken)
    figure(
        f"situation {words}, beyond the interpreter's start",
        f"{middle:.2f} CPU s",
        spread=f"{low:.2f} to {high:.2f}; {ROUNDS} rounds in turn",
        reach="0.15 CPU s",
    )


def _taken(*words: str) -> float:
    began = cpu_seconds()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return cpu_seconds() - began
