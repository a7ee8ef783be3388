"""Drawings of a record: what was found for the drawings before changes nothing of the next."""

from __future__ import annotations

from pathlib import Path

from situation.record.loading import load
from situation.record.readings.readers import Readers

SEED = 5


def test_a_drawing_is_the_same_whatever_was_drawn_before() -> None:
    record = load(Path("scenarios/al-qaim-2017"))
    known_at = record.known(None)
    drawings = [record.readers.sample(SEED, index, known_at) for index in range(8)]
    for index in (1, 4, 7):
        alone = Readers(record.testimony, record.ground).sample(SEED, index, known_at)
        assert alone.log == drawings[index].log
        assert (alone.decided, alone.passed_over) == (drawings[index].decided, drawings[index].passed_over)
    assert len({drawing.log for drawing in drawings}) == len(drawings)
