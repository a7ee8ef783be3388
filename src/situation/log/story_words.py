"""The events of stories in plain words: battles by the day, marches, ladders, triggers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, fields

from situation import events as ev
from situation.log.entry import Entry, Ruled
from situation.log.given_names import name_in_words
from situation.log.name_words import at_place, in_place, named
from situation.log.record_words import sentence
from situation.log.story_subjects import force_in_words, way_in_words
from situation.log.value_words import list_in_words
from situation.testimony.ground import Ground

__all__ = [
    "MECHANICAL",
    "RUNGS",
    "STORY_SENTENCES",
    "entry_in_words",
    "event_in_words",
    "within_sentence",
]

RUNGS = ("calm", "an incident", "reprisals", "a sustained exchange of fire", "an open confrontation")
"""The rungs of the ladder between two who are not enemies, from 0 up."""

MECHANICAL = frozenset(
    {"BattleDay", "DayBegan", "Decided", "NumbersDrawn", "OrderCarriedOut", "SearchDay", "WoundedReturned"}
)
"""Events that keep a story going and that no chronicle would mention."""

_LOWER = frozenset(
    {"a", "an", "the", "what", "nobody", "bombs", "every", "no", "supply", "wounded:", "reprisals", "calm", "fire"}
    | {"at", "fighters", "in", "large", "many", "victory", "which", "whatever"}
    | {"attackers", "civilians", "forces", "there"}
    | {"dozens", "handful", "hundreds", "scores", "several", "some", "tens", "thousands"}
)
"""First words of a sentence that are no names, and so take a capital letter."""

_NOBODY_LEFT = "nobody left"
"""The rule by which a place is nobody's any more, or another's beside whom they stood: no man of its holder's is there."""
_NOBODY_TO_CLOSE = "nobody to close it"
"""The rule by which a way opens again."""
_OUTCOMES = {
    "taken": "the place was taken",
    "thrown back": "the attack was thrown back",
    "left": "the attackers left",
    "called off": "it was called off",
}
_BREAKS = {
    "losses": "broke under losses",
    "left": "gave up",
    "before contact": "left before the attack came",
    "driven out": "had no ground left there",
    "yielded": "surrendered as a whole",
}
_PAUSES = {
    "start": "is to begin later",
    "regroup": "paused to regroup",
    "supply": "paused for want of supply",
    "outside": "halted for reasons that lie outside the war",
    "spent": "paused, spent",
    "diverted": "stopped: its men were needed elsewhere",
}
_STANCES = {
    "hostile": "became enemies",
    "neutral": "stand to each other as neither friends nor enemies",
    "deconflicted": "agreed on a line between them",
    "tolerated": "let each other be",
    "coordinated": "act together",
    "allied": "became allies",
}


def event_in_words(event: ev.Event, ground: Ground) -> str:
    """An event as a short sentence, whether sources report it or only stories have it.

    Raises:
        LookupError: its type has no sentence.
    """
    words = STORY_SENTENCES.get(type(event))
    return _capital(sentence(event, ground) if words is None else words(event, ground))


def _capital(text: str) -> str:
    """A sentence with a capital letter at its head, where its first word is no name."""
    return text[0].upper() + text[1:] if text.partition(" ")[0] in _LOWER else text


def entry_in_words(entry: Entry, ground: Ground) -> str:
    """What an entry tells as a short sentence; where nothing decides which of several did it, or what it was, with each of them.

    Raises:
        LookupError: its event's type has no sentence.
    """
    then = ground.at(entry.time)
    event: Any = entry.event
    rule = entry.cause.rule if isinstance(entry.cause, Ruled) else ""
    if isinstance(event, ev.RouteOpened) and rule == _NOBODY_TO_CLOSE:
        way, who = way_in_words(event.link, then), then.name(event.against)
        return _capital(f"the way {way} is open to {who} again: nobody keeps it closed")
    if isinstance(event, ev.Withdrew) and rule == _NOBODY_LEFT:
        return _capital(f"{list_in_words(map(then.name, event.by))} had no men left {in_place(event.place, then)}")
    if entry.accounts:
        first, *others = sorted(_accounts_in_words(entry.accounts, then))
        return "; or: ".join((first, *map(within_sentence, others)))
    if not entry.either or isinstance(event, ev.OrderUnknown):
        return event_in_words(event, then)
    by_name = sorted((list_in_words(then.name(unit) for unit in units), units) for units in entry.either)
    text = event_in_words(evolve(event, by=by_name[0][1]), then)
    return f"{text}, or {' or '.join(name for name, _ in by_name[1:])} did"


def _accounts_in_words(accounts: tuple[ev.Event, ...], ground: Ground) -> list[str]:
    """Each account as a sentence; with what it says otherwise than the others, where the sentences do not tell."""
    texts = [event_in_words(account, ground) for account in accounts]
    if len({*texts}) == len(texts):
        return texts
    kind: Any = type(accounts[0])
    names = [it.name for it in fields(kind) if len({repr(getattr(account, it.name)) for account in accounts}) > 1]
    said = ([f"{name}: {getattr(account, name)}" for name in names] for account in accounts)
    return [f"{text} ({', '.join(each)})" for text, each in zip(texts, said, strict=True)]


def within_sentence(text: str) -> str:
    """A sentence as it stands within another: its first word without its capital letter, unless that is a name's."""
    return text[0].lower() + text[1:] if text.partition(" ")[0].lower() in _LOWER else text


def _men(number: int) -> str:
    return f"{number:,} {'man' if number == 1 else 'men'}"


def _lost(losses: tuple[ev.Loss, ...]) -> str:
    return f"{sum(it.killed for it in losses):,} killed, {sum(it.wounded for it in losses):,} wounded"


def _order(event: ev.OrderGiven, ground: Ground) -> str:
    by = list_in_words(ground.name(actor) for actor in event.by)
    if event.verb == "posture":
        return f"{by} told all its men to turn to: {event.object}"
    who = force_in_words(event.force, ground)
    where = named(event.object, ground)
    what = {
        "march": f"march on {where}",
        "withdraw": f"withdraw to {where}",
        "hide": "go into hiding",
        "seal": f"close the way {name_in_words(event.object)}",
        "open": f"open the way {name_in_words(event.object)}",
    }[event.verb]
    return f"{by} told {who} to {what}"


def _raised(event: ev.ForceRaised, ground: Ground) -> str:
    hidden = f", {event.hidden:,} more in hiding" if event.number and event.hidden else ""
    many = _men(event.number) if event.number or not event.hidden else f"{event.hidden:,} in hiding"
    where = f"came from outside to {named(event.place, ground)}" if event.arrival else at_place(event.place, ground)
    return f"{ground.name(event.actor)}: {many}{hidden} {where}"


def _pair(event: Any, ground: Ground) -> str:
    return f"{ground.name(event.actor)} and {ground.name(event.toward)}"


def _stepped(event: ev.ClashStepped, ground: Ground) -> str:
    clash = (
        f"{RUNGS[event.rung]} between {_pair(event, ground)}" if 0 <= event.rung < len(RUNGS) else _pair(event, ground)
    )
    return f"{clash} {at_place(event.place, ground)}" if ground.is_place(event.place) else clash


def _triggered(event: ev.Triggered, ground: Ground) -> str:
    name = name_in_words(event.given, ground)
    if event.given.startswith("plan/"):
        return f'the plan "{name}" {"goes ahead" if event.happens else "does not go ahead"}'
    if not event.happens:  # its conditions held, and the draw was against it
        return f'the scenario\'s "{name}" did not come about'
    return f'the scenario\'s condition "{name}" was met'


def _begun(event: ev.BattleBegan, ground: Ground) -> str:
    fight, place, who = event.fight, named(event.place, ground), ground.name(event.fight.attacker)
    if fight.attacker == fight.defender:
        return f"{who} went in to search {place}, which nobody defended, with {_men(fight.attackers_start)}"
    numbers = f"{fight.attackers_start:,} against {fight.defenders_start:,}"
    return f"{who} attacked {ground.name(fight.defender)} {at_place(event.place, ground)}: {numbers}"


def _fought(event: ev.BattleDay, ground: Ground) -> str:
    if not any(it.killed or it.wounded for it in (*event.attackers, *event.defenders)):
        return f"a day's clearing of {named(event.place, ground)}"
    sides = f"attackers {_lost(event.attackers)}; defenders {_lost(event.defenders)}"
    return f"a day's fighting for {named(event.place, ground)}: {sides}"


def _fled(event: ev.ColumnFled, ground: Ground) -> str:
    lost = f", {event.lost:,} more did not get through" if event.lost else ""
    who = f"{_men(event.number)} of {ground.name(event.actor)}"
    return f"{who} fled {named(event.place, ground)} for {named(event.to, ground)}{lost}"


def _closed(link: str, by: tuple[ev.ActorId, ...], ground: Ground) -> str:
    """That a link was closed, and by whom, where that is said."""
    way = f"the way {way_in_words(link, ground)}"
    return f"{list_in_words(map(ground.name, by))} closed {way}" if by else f"{way} was closed"


def _cut(event: ev.SupplyCut, ground: Ground) -> str:
    """On which link it ended, and who closed it or stands at its end."""
    if event.link is None:
        return ""
    by = f" by {ground.name(event.closed_by)}" if event.closed_by else ""
    return f": the way {way_in_words(event.link, ground)} is closed{by}"


STORY_SENTENCES: Mapping[type[ev.Event], Callable[[Any, Ground], str]] = {
    ev.AirSupportGiven: lambda e, g: f"{g.name(e.actor)} flies for {g.name(e.toward)}",
    ev.AirSupportWithdrawn: lambda e, g: f"nobody flies for {g.name(e.actor)} any more",
    ev.Arrived: lambda e, g: (
        f"{force_in_words(e.force, g)} came to {named(e.place, g)}{' and went into hiding' if e.hides else ''}"
    ),
    ev.AttackPutOff: lambda e, g: (
        f"{force_in_words(e.force, g)} waited before {named(e.place, g)} for others on the road to it"
        if e.due is not None
        else f"{force_in_words(e.force, g)} put off its attack on {named(e.place, g)}, which it has no hope of taking"
    ),
    ev.BattleBegan: _begun,
    ev.BattleDay: _fought,
    ev.BattleEnded: lambda e, g: f"the battle for {named(e.place, g)} is over: {_OUTCOMES[e.outcome]}",
    ev.BattleJoined: lambda e, g: f"{_men(e.attackers + e.defenders)} more joined the battle for {named(e.place, g)}",
    ev.ClashStepped: _stepped,
    ev.ColumnFled: _fled,
    ev.ColumnSighted: lambda e, g: f"{g.name(e.actor)} {at_place(e.place, g)} saw {force_in_words(e.force, g)} coming",
    ev.Conceded: lambda e, g: f"{g.name(e.actor)} gave way to {g.name(e.toward)}",
    ev.DayBegan: lambda e, g: "a day began",
    ev.Decided: lambda e, g: "every actor looked at the picture and decided",
    ev.DefenderBroke: lambda e, g: f"{g.name(e.actor)} {at_place(e.place, g)} {_BREAKS[e.how]}",
    ev.DoctrineSwitched: lambda e, g: f'the plan "{name_in_words(e.plan, g)}" turned to: {e.doctrine}',
    ev.Emerged: lambda e, g: (
        f"{_men(e.number)} of {force_in_words(e.drawn_from, g)} went out against {named(e.place, g)}"
        if e.drawn_from
        else f"{_men(e.number)} of {g.name(e.actor)} came out of hiding {at_place(e.place, g)}"
    ),
    ev.FellBack: lambda e, g: f"{force_in_words(e.force, g)} fell back from {named(e.place, g)} to {named(e.to, g)}",
    ev.FireExchanged: lambda e, g: f"fire across the line {at_place(e.place, g)}: {_lost(e.losses)}",
    ev.ForceRaised: _raised,
    ev.GarrisonPosted: lambda e, g: f"{g.name(e.actor)} left {_men(e.number)} to hold {named(e.place, g)}",
    ev.KilledOff: lambda e, g: (
        f"{_men(e.number)} of {g.name(e.actor)} {'was' if e.number == 1 else 'were'} "
        f"{'hunted down' if e.hidden else 'killed'} {at_place(e.place, g)}"
    ),
    ev.LeftTheatre: lambda e, g: f"{_men(e.number)} of {g.name(e.actor)} left {named(e.place, g)} and the war",
    ev.MarchBegan: lambda e, g: (
        f"{g.name(e.actor)} set out from {named(e.place, g)} for {named(e.to, g)} with {_men(e.number)}"
    ),
    ev.MarchQuickened: lambda e, g: (
        f"{g.name(e.actor)} found the road from {named(e.place, g)} to {named(e.to, g)} free"
    ),
    ev.Melted: lambda e, g: f"{_men(e.number)} of {g.name(e.actor)} went into hiding {at_place(e.place, g)}",
    ev.NumbersDrawn: lambda e, g: "the numbers of this story were drawn",
    ev.OperationPaused: lambda e, g: f'the plan "{name_in_words(e.plan, g)}" {_PAUSES[e.why]}',
    ev.OrderCarriedOut: lambda e, g: f"{force_in_words(e.force, g)} did as told",
    ev.OrderGiven: _order,
    ev.OrderLapsed: lambda e, g: f"an order to {force_in_words(e.force, g)} lapsed: {e.why}",
    ev.PostureChanged: lambda e, g: f"{g.name(e.actor)} turned to: {e.posture}",
    ev.Raided: lambda e, g: f"bombs and ambushes {at_place(e.place, g)}: {_lost(e.losses)}",
    ev.RouteOpened: lambda e, g: f"the way {way_in_words(e.link, g)} was opened to {g.name(e.against)}",
    ev.RouteSealed: lambda e, g: f"{_closed(e.link, e.by, g)} to {g.name(e.against)}",
    ev.SearchDay: lambda e, g: f"{100 * e.searched:.0f} % of {named(e.place, g)} is searched",
    ev.StanceChanged: lambda e, g: f"{_pair(e, g)} {_STANCES[e.stance]}",
    ev.StoryBegan: lambda e, g: "the record ends and the story begins",
    ev.ColumnDetached: lambda e, g: (
        f"{_men(e.number)} of {force_in_words(e.force, g)} turned to {g.name(e.goal)}, as a column of their own"
    ),
    ev.ColumnRejoined: lambda e, g: (
        f"{_men(e.number)} joined {force_in_words(e.force, g)} again {at_place(e.place, g)}"
    ),
    ev.GroundShared: lambda e, g: (
        f"{list_in_words(map(g.name, e.by))} stood {in_place(e.place, g)} side by side"
        if len(e.by) > 1
        else f"{g.name(e.by[0])} alone stood {in_place(e.place, g)}"
    ),
    ev.SupplyCut: lambda e, g: f"no supply reaches {g.name(e.actor)} {at_place(e.place, g)}{_cut(e, g)}",
    ev.SupplyRestored: lambda e, g: f"supply reaches {g.name(e.actor)} {at_place(e.place, g)} again",
    ev.Surrendered: lambda e, g: (
        f"{_men(e.number)} of {g.name(e.actor)}{', found in hiding,' if e.hidden else ''} surrendered to {g.name(e.to)} "
        f"{at_place(e.place, g)}"
    ),
    ev.Triggered: _triggered,
    ev.WoundedReturned: lambda e, g: (
        f"wounded: {sum(it.back for it in e.parts):,} back in the ranks, {sum(it.left for it in e.parts):,} out of the war"
    ),
}
"""From a type of event that only stories have to its sentence."""
