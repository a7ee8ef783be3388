"""What actors take their enemies for, as kernels and as the fold's world say it: in all that could be asked, every so many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from situation.story.decide import estimate as kernels
from situation.story.world.numbering import Numbering
from tests.oracles.fold.estimate import has_hope, of_a_part, of_an_attack, of_an_attacker, retaking_has_hope
from tests.oracles.fold.world import World

__all__ = ["estimates"]


def _number(ratio: float | None) -> float:
    return math.inf if ratio is None else ratio


def estimates(world: World, w: Any, n: Numbering, step: int, first: int) -> Iterator[tuple[Any, Any, Any]]:
    """What is asked, what the fold's world says, and what the kernels say."""
    w.story[0].now = world.now - n.origin
    asked = [(force, place) for force in world.get("story.fields") or () for place in world.stage.places]
    for force, place in islice(asked, first % step, None, step):
        f, p, actor = n.forces.of(force), n.places.of(place), world.root(force)
        judged, made = of_an_attack(world, force, place), kernels.judged_attack(w, f, p, math.inf)
        expected = (_number(judged.ratio), judged.draw.value, has_hope(world, judged))
        yield ("attack", force, place), expected, (made.ratio, made.draw.value, kernels.gives_hope(w, made.ratio))
        part = _number(of_a_part(world, force, place, 60))
        yield ("part", force, place), part, kernels.judged_part(w, f, p, 60)
        for other in world.ranks.armed:
            o = n.actors.of(other)
            seen, here = of_an_attacker(world, place, other, force), kernels.judged_attacker(w, p, o, f)
            yield (
                ("attacker", other, force, place),
                (_number(seen.ratio), seen.draw.value),
                (here.ratio, here.draw.value),
            )
            if world.state.because.get(f"{place}.holder") is not None:
                again = retaking_has_hope(world, place, actor, other, 150.5)
                yield (
                    ("retaking", actor, other, place),
                    again,
                    kernels.retaking_gives_hope(w, p, n.actors.of(actor), o, 150.5),
                )
