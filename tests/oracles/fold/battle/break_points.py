"""Where each force breaks, rule R3: a point drawn once for it, what it has lost since it set out, and a side of several."""

from __future__ import annotations

from attrs import frozen

from situation.log.cells import UNSET_WORDS
from situation.rules import break_point, has_broken, last_stand_share, median_at_odds, shared_break_point
from tests.oracles.fold.battle.casualties import loss_so_far
from tests.oracles.fold.world import Draw, World

__all__ = ["Endurance", "endurance"]


@frozen
class Endurance:
    """What a side has lost and can bear: persons lost, persons against whom that counts, and the share at which it breaks.

    `draw` is the draw of its largest force.
    """

    lost: float
    at_start: float
    point: float
    draw: Draw

    @property
    def broken(self) -> bool:
        """Whether it has broken."""
        return has_broken(min(self.lost, self.at_start), self.at_start, self.point)


def endurance(
    world: World, place: str, forces: tuple[str, ...], *, defends: bool, odds: float = 1.0
) -> Endurance | None:
    """How far a side is from its break point, on a day of some odds in its favour; None where it has nobody.

    A defender's draw is made once for as long as it lasts, an attacker's once for each operation: when it has rested after it
    was thrown back, was spent or took a town it begins anew, though what it lost counts on.
    """
    rows = []
    for force in sorted(forces, key=lambda force: -world.men(force)):
        men = max(int(world.get(f"{force}.at_start") or 0), world.men(force))
        if men:
            begun, musters = (int(world.get(f"{force}.{count}") or 0) for count in ("operations", "musters"))
            subject = (force, musters, begun) if begun and not defends else (force, musters)
            draw = world.draw("force.breaks", subject, 0)
            rows.append((force, men, draw))
    if not rows:
        return None
    points = [_point(world, place, force, draw, defends, odds) for force, _, draw in rows]
    lost = sum(loss_so_far(world, force) for force, _, _ in rows)
    starts = [float(men) for _, men, _ in rows]
    return Endurance(lost, sum(starts), shared_break_point(points, starts), rows[0][2])


def _point(world: World, place: str, force: str, draw: Draw, defends: bool, odds: float) -> float:
    """A force's own break point. Its posture, and whether it has a way out, say how likely a defender's last stand is.

    Once its side has broken, those who are still there stand to the last.
    """
    fight = world.fight(place)
    if defends and fight is not None and fight.broken:
        return world.number("last_stand_at")
    stand = world.number("last_stand")
    if defends:
        actor = world.root(force)
        named = world.stage.conduct(actor).stands(str(world.get(f"{actor}.posture") or UNSET_WORDS["posture"]))
        stand = last_stand_share(
            world.number(named), encircled=world.encircled(place, actor), factor=world.number("encircled_factor")
        )
    return break_point(
        draw.value,
        last_stand=stand,
        median=median_at_odds(odds, median=world.number("break_median"), per_odds=world.number("break_odds")),
        sigma=world.number("break_sigma"),
        cap=world.number("break_cap"),
        last_stand_at=world.number("last_stand_at"),
    )
