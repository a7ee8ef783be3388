"""The fold of a story's entries, compiled, against events and effects as Python usually has them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from situation.kernel import VARIABLE

pytestmark = pytest.mark.bench


def test_a_million_entries_folded_against_attrs_and_singledispatch() -> None:
    env = {**os.environ, VARIABLE: "each", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-m", "tests.bench.fold_rival"], env=env, check=True)
