"""Casualties of a side: shared among its forces, split into killed and wounded, and when the wounded return (R2)."""

from __future__ import annotations

from situation.chance.luck import Subject
from situation.dates import DAY
from situation.events import Due, Loss
from situation.rules import killed_and_wounded, loss_after_rest, whole_parts, wounded_return
from tests.oracles.fold.world import Draw, World

__all__ = ["loss_so_far", "plan_return", "share_losses"]


def loss_so_far(world: World, force: str) -> float:
    """What a force has lost in persons, less what the days since have made good (R3); the day after a fight is no rest."""
    lost, fought = world.get(f"{force}.lost"), world.get(f"{force}.fought")
    if not lost or fought is None:
        return 0.0
    rested = max(0, (world.now - int(fought)) // DAY - 1)
    return loss_after_rest(float(lost), float(rested), restored=world.number("rest_restores"))


def share_losses(
    world: World, forces: tuple[str, ...], lost: int, question: str, place: str, side: str
) -> tuple[Loss, ...]:
    """Casualties shared among some forces by their size, each force's split drawn at an address of its own."""
    if not lost:
        return ()
    losses = []
    for force, part in zip(forces, whole_parts(lost, [world.men(force) for force in forces]), strict=True):
        number = min(part, world.men(force))
        if number:
            draw = world.draw(question, (place, side, force))
            killed, wounded = killed_and_wounded(draw.value, number, killed=world.number("killed_share"))
            losses.append(Loss(force, killed, wounded, loss_so_far(world, force) + number))
    return tuple(losses)


def plan_return(world: World, where: Subject, question: str, anyone: bool) -> tuple[Draw, float, Due | None]:
    """When the wounded of a fight come back: the draw, the days, and what falls due, where there is anyone to wait for."""
    draw = world.draw(question, where)
    days = wounded_return(draw.value, median=world.number("wounded_return"), sigma=world.number("wounded_return_sigma"))
    about = (question, *((where,) if isinstance(where, str) else where), str(world.now))
    due = world.due("return", world.after(days), about) if anyone else None
    return draw, days, due
