"""Reading and replaying the record, against the plain way of doing it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import situation as sit
from situation.log.fold import fold
from situation.testimony.documents import read
from tests.bench.measure import against
from tests.bench.table import Made

pytestmark = pytest.mark.bench
FOLDER = Path("scenarios/al-qaim-2017")


def test_strict_reading_against_pyyamls_c_loader() -> None:
    text = (FOLDER / "record.yaml").read_text("utf-8")
    against("record.yaml read strictly, with the place of each value, against PyYAML's C loader",
            lambda: read(FOLDER / "record.yaml"),
            lambda: yaml.load(text, yaml.CSafeLoader), rounds=5, made=(Made(), Made()),
            work=f"{len(text):,} characters")  # fmt: skip


def test_a_second_question_against_reading_the_claims_anew() -> None:
    record = sit.load(FOLDER)

    def anew() -> None:
        fresh = sit.load(FOLDER)
        fold(fresh.log(), fresh.ground)

    entries = Made(len(record.log()), causes=True)
    against("a state of a loaded record against loading and folding anew", lambda: record.state(at="2017-11-03"), anew,
            made=(entries, entries), work="the entries are those of the record, read before and read anew")  # fmt: skip
