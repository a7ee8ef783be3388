"""What a scenario lets happen: given events, switches of doctrine, and the numbers and forces that a story starts with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from situation.chance.luck import Luck, word_of
from situation.dates import DAY
from situation.events import (
    Agreement,
    AgreementLapsed,
    AirSupportGiven,
    CeasefireBegan,
    DoctrineSwitched,
    Event,
    ForceRaised,
    NumbersDrawn,
    OperationPaused,
    PlaceId,
    PostureChanged,
    StoryBegan,
    Triggered,
)
from situation.log.entry import Ruled
from situation.log.terms import agreement_key, is_in_force, is_over
from situation.rules import whole_parts
from situation.scenario import Force
from situation.scenario.conditions import holds
from situation.scenario.story_numbers import VARYING
from situation.story.stage import Stage
from tests.oracles.fold.battle.odds import join_battle
from tests.oracles.fold.march.axes import doctrine_of
from tests.oracles.fold.world import MORNING, Outcome, Outcomes, World

__all__ = ["agreements_lapse", "ceasefires_begin", "draw_numbers", "given_today", "opening", "plans_begin"]


def draw_numbers(stage: Stage, luck: Luck) -> Mapping[str, float]:
    """Every number that holds for a whole story, drawn from its prior at an address of its own."""
    return {
        name: prior.draw(luck.uniform("parameter", name, 0))
        for name, prior in sorted(stage.numbers.items())
        if name not in VARYING
    }


def _draw_forces(stage: Stage, luck: Luck) -> list[tuple[str, Force, PlaceId, int]]:
    """Every force with its place and number, drawn from its prior; scaled to their total where an actor has one.

    The forces of an actor with a total keep their drawn proportions, and their sum is the drawn total exactly.
    """
    rows: list[tuple[str, Force, PlaceId, float]] = []
    for name, force in sorted(stage.scenario.forces.items(), key=_by_word):
        prior = force.prior(name)
        if isinstance(force.at, dict):
            number = prior.draw(luck.uniform("force", name, 0))
            rows += [
                (name, force, PlaceId(place), number * share) for place, share in sorted(force.at.items(), key=_by_word)
            ]
        else:
            for place in force.places:
                rows.append((name, force, place, prior.draw(luck.uniform("force", (name, place), 0))))
    counts = [round(number) for _, _, _, number in rows]
    for actor, total in stage.scenario.totals.items():
        own = [index for index, row in enumerate(rows) if stage.ground.root(row[1].actor) == actor]
        men = round(total.prior(f"total of {actor}").draw(luck.uniform("force", ("total", actor), 0)))
        if own and sum(rows[index][3] for index in own) > 0.0:
            for index, part in zip(own, whole_parts(men, [rows[index][3] for index in own]), strict=True):
                counts[index] = part
    return [(name, force, place, count) for (name, force, place, _), count in zip(rows, counts, strict=True)]


def _by_word(item: tuple[str, object]) -> int:
    """An order that is the same in every story, so that drawn men are shared out alike, and that no text decides."""
    return word_of(item[0])


def opening(world: World, numbers: Mapping[str, float], record_luck: Luck) -> Outcomes:
    """A story's first step: the record ends, numbers and forces are drawn, postures and air support are the scenario's.

    A garrison whose place is in an enemy's hands, by this draw of the record, is in hiding there.
    """
    stage = world.stage
    morning = stage.at_hour(world.day, MORNING)
    morning = morning if morning > world.now else morning + DAY
    first = world.due("day", morning, "day")
    yield Outcome(StoryBegan(first), world.by("branch"))
    yield Outcome(NumbersDrawn(numbers), world.by("priors"))
    forces, rank = _draw_forces(stage, record_luck), world.ranks.of
    for name, force, place, number in sorted(forces, key=lambda row: rank(f"{row[0]}@{row[2]}")):
        root = stage.ground.root(force.actor)
        field = force.kind == "field"
        hidden = number if force.kind == "hidden" else 0
        if field:
            raised = ForceRaised(name, force.actor, place, number, "field")
        else:
            raised = ForceRaised(f"{root}@{place}", root, place, number - hidden, "garrison", hidden)
        prior = force.prior(name)
        subject: tuple[str, ...] = (name,) if isinstance(force.at, dict) else (name, place)
        address = record_luck.address("force", subject, 0)
        value = record_luck.uniform("force", subject, 0)
        yield Outcome(_as_it_stands(world, raised), Ruled.of_prior(name, prior.best, address, value))
    for actor in world.ranks.armed:
        conduct = stage.conduct(actor)
        yield Outcome(PostureChanged(actor, conduct.posture), world.by("posture as said"))
        if conduct.air_by is not None and conduct.air != "none":
            yield Outcome(AirSupportGiven(conduct.air_by, actor, conduct.air), world.by("air support as said"))
    yield from plans_begin(world, stage.scenario.doctrines)


def plans_begin(world: World, names: Collection[str]) -> Outcomes:
    """Whether each of some plans with a chance happens, and until when a plan with a later start waits."""
    for name, plan in world.ranks.plans:
        if name not in names:
            continue
        if plan.chance is not None:
            draw, odds = world.draw("plan.happens", name), world.number(plan.chance)
            yield Outcome(Triggered(f"plan/{name}", draw.value < odds), world.by("chance", odds, draw))
        if plan.start is not None:
            draw = world.draw("plan.starts", name)
            days = world.stage.numbers[plan.start].draw(draw.value)
            until = world.now + round(days * DAY)
            yield Outcome(OperationPaused(name, until, "start"), world.by("plan's start", days, draw))


def _let_happen(world: World, event: Event, fired: str) -> Outcomes:
    """A given event happens; men that are raised where a battle is on take part in it."""
    if isinstance(event, ForceRaised):
        event = _as_it_stands(world, event)
    yield Outcome(event, world.by("given", None, None, fired))
    if isinstance(event, ForceRaised):
        fight = world.fight(event.place)
        if fight is not None and (event.kind == "field" or world.friends(world.root(event.force), fight.defender)):
            yield from join_battle(world, event.force, event.place, event.number)


def _as_it_stands(world: World, event: ForceRaised) -> ForceRaised:
    """A garrison whose place is in an enemy's hands is in hiding there."""
    actor = world.stage.ground.root(event.actor)
    holder = world.holder(event.place, actor)
    behind = holder is not None and world.hostile(holder, actor)
    return evolve(event, number=0, hidden=event.number + event.hidden) if behind and event.kind != "field" else event


def _agreements(world: World, pair: str) -> list[Agreement]:
    """What a pair has agreed on, the last and those beside it, in the order in which they begin and lapse."""
    last, beside = world.get(f"{pair}.agreement"), world.get(f"{pair}.agreements_beside") or ()
    return sorted({*([] if last is None else [last]), *(it.agreed for it in beside)}, key=agreement_key)


def _is_beside(world: World, pair: str, agreed: Agreement) -> bool:
    return any(it.agreed == agreed for it in world.get(f"{pair}.agreements_beside") or ())


def ceasefires_begin(world: World) -> Outcomes:
    """The ceasefires of which today is the first day, where they were agreed on before it."""
    clock = world.stage.ground.clock
    for pair in map(":".join, world.ranks.pairs):
        for agreed in _agreements(world, pair):
            if agreed.since is None or agreed.kind != "ceasefire" or world.get(f"{pair}.ended"):
                continue
            is_last, first = world.get(f"{pair}.agreement") == agreed, clock.interval(agreed.since).earliest
            if first <= world.now < first + DAY and (is_last or _is_beside(world, pair, agreed)):
                cell = f"{pair}.agreement" if is_last else f"{pair}.agreements_beside"
                yield Outcome(CeasefireBegan(agreed), world.by("first day agreed on", None, None, world.last(cell)))


def agreements_lapse(world: World) -> Outcomes:
    """The agreements whose last day has passed, where it still shows in how their parties stand to each other."""
    ground = world.stage.ground
    for one, other in world.ranks.pairs:
        pair = f"{one}:{other}"
        for agreed in _agreements(world, pair):
            if _is_beside(world, pair, agreed):
                yield from _lapses(world, pair, agreed, f"{pair}.agreements_beside")
        last = world.get(f"{pair}.agreement")
        beside = world.get(f"{pair}.agreements_beside") or ()
        others_hold = any(is_in_force(it.agreed, world.now, ground) for it in beside)
        if last is not None and (not others_hold or not is_over(last.until, world.now - DAY, ground)):
            yield from _lapses(world, pair, last, f"{pair}.agreement")


def _lapses(world: World, pair: str, agreed: Agreement, cell: str) -> Outcomes:
    back = ":".join(reversed(pair.split(":")))
    if not is_over(agreed.until, world.now, world.stage.ground) or world.get(f"{pair}.ended"):
        return
    if any(world.get(f"{it}.stance_before") is not None for it in (pair, back)):
        yield Outcome(AgreementLapsed(agreed), world.by("last day agreed on", None, None, world.last(cell)))


def given_today(world: World) -> Outcomes:
    """The given events whose conditions all hold for the first time, and the plans that switch doctrine."""
    stage = world.stage
    branch, ground = int(world.get("story.branch")), stage.ground
    for name, given in world.ranks.given:
        if world.get(f"given:{name}.fired") is not None:
            continue
        if given.at is not None and world.now < ground.clock.interval(given.at).earliest:
            continue
        if not all(holds(condition, world.state, world.now, branch, ground) for condition in given.when):
            continue
        parents = [world.last(str(condition.cell)) for condition in given.when if condition.cell]
        draw = world.draw("given.happens", name) if given.chance is not None else None
        odds = world.number(given.chance) if given.chance is not None else None
        happens = draw is None or odds is None or draw.value < odds
        yield Outcome(Triggered(name, happens), world.by("given", odds, draw, *parents))
        if happens:
            yield from _let_happen(world, given.event, world.last(f"given:{name}.fired"))
    for name, plan in world.ranks.plans:
        now = doctrine_of(world, name)
        for switch in plan.switch:
            if now == switch.to or world.get(f"{name}.turned.{switch.to}"):
                continue
            if all(holds(condition, world.state, world.now, branch, ground) for condition in switch.when):
                parents = [world.last(str(condition.cell)) for condition in switch.when if condition.cell]
                cause = world.by("trigger", None, None, *parents)
                yield Outcome(DoctrineSwitched(name, switch.to), cause)
                break
