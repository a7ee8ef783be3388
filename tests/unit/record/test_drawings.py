"""Drawings of a record: what was found for the drawings before changes nothing of the next."""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import Path

from situation.chance.luck import Luck, Stream
from situation.record.beliefs.policies import sampled
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
    again = pickle.loads(pickle.dumps(record)).readers.sample(SEED, 1, known_at)  # as another process has it
    assert (again.log, again.decided) == (drawings[1].log, drawings[1].decided)
    assert len({drawing.log for drawing in drawings}) == len(drawings)


def test_the_answer_of_a_drawing_is_the_one_that_its_odds_draw() -> None:
    record = load(Path("tests/strait_war"))
    for index in range(4):
        reading = record.sampled(SEED, index)
        policy = sampled(partial(Luck(SEED, index, Stream.RECORD).uniform, "believed", when=0))
        assert [policy(weighed.question, reading.evidence) for weighed in reading.decided] == list(reading.decided)
