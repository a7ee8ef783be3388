"""Prints of each scenario a digest of the type of its world and its ground, for which kernels are compiled: all have one.

`SITUATION_KERNELS=each python -m tests.oracles.world_types STORY...`
"""

from __future__ import annotations

import hashlib
import sys
from typing import Any

from situation.kernel import COMPILED
from situation.story.decide.ground import make_ground
from situation.story.stage import stage_of
from situation.story.world.beginning import begin_world
from tests.golden.test_stories import scenario_named


def type_of_world(name: str, size: str) -> str:
    """A digest of the type of the world of a scenario, in a process whose kernels are compiled."""
    import numba

    assert COMPILED
    stage = stage_of(*scenario_named(name))
    world, numbering = begin_world(stage, size)
    of: Any = numba.typeof
    text = f"{of(world)} {of(make_ground(stage, numbering))}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


if __name__ == "__main__":
    for number, named in enumerate(sys.argv[1:]):
        print(type_of_world(named, "SM"[number % 2]))
