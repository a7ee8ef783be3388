"""Events that sources report, and statements, as sentences in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from situation import events as ev
from situation.events import predicates as pr
from situation.log.name_words import at_place, in_place, is_many, named, operation_named, verb_of, whose_in_words
from situation.log.statement_words import STATEMENT_SENTENCES
from situation.log.value_words import amount, cell_in_words, list_in_words, value_in_words
from situation.log.war_words import WAR_SENTENCES, areas_in_words, doers_in_words, toll_in_words
from situation.testimony.ground import Ground

__all__ = ["SENTENCES", "STANCES", "STANCES_OF_MANY", "sentence"]


STANCES: Mapping[str, str] = {
    "allied": "is allied with",
    "coordinated": "coordinates with",
    "deconflicted": "keeps clear of",
    "tolerated": "tolerates",
    "neutral": "is neutral to",
    "hostile": "is hostile to",
}
"""How one actor stands to another, as a verb."""
STANCES_OF_MANY: Mapping[str, str] = {
    "allied": "are allied with",
    "coordinated": "coordinate with",
    "deconflicted": "keep clear of",
    "tolerated": "tolerate",
    "neutral": "are neutral to",
    "hostile": "are hostile to",
}
"""The same of several, or of one with a plural name."""


def sentence(content: ev.Event | pr.Predicate | None, ground: Ground) -> str:
    """An event that sources report, or a statement, as a short sentence.

    Raises:
        LookupError: its type has no sentence.
    """
    if content is None:
        return "takes back an earlier claim"
    words = SENTENCES.get(type(content))
    if words is None:
        raise LookupError(
            f"{type(content).__name__} has no sentence. Enter one in situation.log.record_words.SENTENCES."
        )
    return words(content, ground)


def _names(ids: Iterable[str], ground: Ground) -> str:
    return list_in_words([ground.name(name) for name in ids])


def _from(event: Any, ground: Ground) -> str:
    return f" from {ground.name(event.against)}" if event.against else ""


def _against(event: Any, ground: Ground) -> str:
    return f" against {ground.name(event.against)}" if event.against else ""


def _toward(event: Any, ground: Ground) -> str:
    return f" toward {areas_in_words(event.toward, ground)}" if event.toward else ""


_PHASES = {
    "planned": "was planned",
    "running": "was under way",
    "first stage": "was in its first stage",
    "last stage": "was in its last stage",
    "paused": "was paused",
    "ended": "ended",
}
_POSITIONS: Mapping[str, str] = {
    "welcomes": "welcomed a step by {}",
    "praises": "praised {}",
    "threatens": "threatened {}",
    "accuses": "accused {}",
    "claims": "claimed of {}",
    "wants": "wanted from {}",
    "vows": "vowed to {}",
    "opposes": "opposed {}",
    "undeclared": "did not declare itself to {}",
    "conditions": "set {} a condition",
    "warns": "warned {}",
}
"""What an actor said to another, or of it."""
_POSITIONS_ALONE: Mapping[str, str] = {
    "welcomes": "welcomed",
    "praises": "praised",
    "threatens": "threatened",
    "accuses": "made an accusation",
    "claims": "claimed",
    "wants": "wanted",
    "vows": "vowed",
    "opposes": "opposed",
    "undeclared": "did not say",
    "conditions": "set a condition",
    "warns": "warned",
}
_STOOD: Mapping[str, str] = {
    "allied": "was allied with {}",
    "coordinated": "coordinated with {}",
    "deconflicted": "kept clear of {}",
    "tolerated": "tolerated {}",
    "neutral": "was neutral toward {}",
    "hostile": "was hostile to {}",
}


def _report(event: ev.OperationReported, ground: Ground) -> str:
    led, goals = _names(event.by, ground), areas_in_words(event.targets, ground)
    clauses = [
        (f"carried out by {_names(event.participants, ground)}", "was ") if event.participants else None,
        (f"led by {led}", "was ") if event.by and not event.participants else None,
        (f"aimed at {goals}", "was ") if event.targets else None,
        *((f"with {means} from {by}", "went on ") for means, by in _support(event, ground)),
        (f"commanded by {event.commander}", "was ") if event.commander else None,
        (f"its {'aims' if len(event.aims) > 1 else 'aim'}: {list_in_words(event.aims)}", "went on, ")
        if event.aims
        else None,
    ]
    first, *others = [clause for clause in clauses if clause] or [("", "went on")]
    head = f"{operation_named(event.operation, ground)}{_against(event, ground)}"
    beginning = f"{_PHASES[event.phase]}, {first[0]}".removesuffix(", ") if event.phase else f"{first[1]}{first[0]}"
    return ", ".join([f"{head} {beginning}", *(clause for clause, _ in others)])


def _support(event: ev.OperationReported, ground: Ground) -> Iterable[tuple[str, str]]:
    """Each means of help, and all who gave it."""
    givers: dict[str, list[str]] = {}
    for part in event.support:
        givers.setdefault(part.means, []).append(ground.name(part.by))
    return [(means, list_in_words(by)) for means, by in givers.items()]


def _launched(event: ev.OperationLaunched, ground: Ground) -> str:
    name, goals = operation_named(event.operation, ground), areas_in_words(event.targets, ground)
    aim = f", aimed at {goals}" if event.targets else ""
    if not event.by:
        return f"{name}{_against(event, ground)} was launched{aim}"
    return f"{_names(event.by, ground)} launched {name}{_against(event, ground)}{aim}"


def _besieged(event: ev.Besieged, ground: Ground) -> str:
    whom = (
        f"{ground.name(event.against)} {in_place(event.place, ground)}" if event.against else named(event.place, ground)
    )
    return f"{doers_in_words(event.by, ground)} surrounded {whom}"


def _siege_broken(event: ev.SiegeBroken, ground: Ground) -> str:
    whose = whose_in_words(ground.name(event.against)) if event.against else "the"
    siege = f"{whose} siege of {named(event.place, ground)}"
    return f"{_names(event.by, ground)} broke {siege}" if event.by else f"{siege} was broken"


def _declared(event: ev.VictoryDeclared, ground: Ground) -> str:
    over = f" over {ground.name(event.against)}" if event.against else ""
    where = in_place(event.place, ground)
    if not event.by:
        return f"victory{over} {where} was declared"
    return f"{_names(event.by, ground)} declared victory{over} {where}"


def _entered(event: ev.Entered, ground: Ground) -> str:
    on = at_place(event.place, ground).startswith("on ")
    verb = "moved onto" if on else "moved into" if event.against else "entered"
    doers = doers_in_words(event.by, ground)
    return f"{doers} {verb} {named(event.place, ground)}{_against(event, ground)}"


def _searched(event: ev.AreaSearched, ground: Ground) -> str:
    place = f"{'all of ' * event.wholly}{named(event.place, ground)}"
    what = f" for {event.looking_for}" if event.looking_for else ""
    return f"{_names(event.by, ground)} searched {place}{what}" if event.by else f"{place} was searched{what}"


def _assessed(event: ev.StrengthAssessed, ground: Ground) -> str:
    where = in_place(event.place, ground)
    where = f"{where.partition(' ')[0]} and around {where.partition(' ')[2]}" if event.scope == "vicinity" else where
    return f"{ground.name(event.actor)} had {amount(event.number)} {where}, by estimate"


def _relation(event: ev.RelationReported, ground: Ground) -> str:
    stood = _STOOD[event.stance].format(ground.name(event.toward))
    if is_many(event.actor, ground):
        stood = stood.replace("was ", "were ", 1)
    return f"{ground.name(event.actor)} {stood}{f' {in_place(event.where, ground)}' if event.where else ''}"


def _position(event: ev.PositionTaken, ground: Ground) -> str:
    words = (
        _POSITIONS[event.position].format(ground.name(event.toward))
        if event.toward
        else _POSITIONS_ALONE[event.position]
    )
    return f"{ground.name(event.actor)} {words}: {event.about}"


def _described(event: ev.PlaceDescribed, ground: Ground) -> str:
    of = f" ({ground.name(event.of)})" if event.of else ""
    km = f", {amount(event.km)}" if event.km else ""
    return f"{ground.name(event.place)}, {event.attribute}: {event.value}{of}{km}"


def _fled(event: ev.Fled, ground: Ground) -> str:
    whose = ground.name(event.actor)
    if event.number:
        many = f"{amount(event.number)} of {whose}"
    else:
        many = f"{event.amount} of {whose_in_words(whose)} men" if event.amount else f"fighters of {whose}"
    return f"{many} fled {named(event.place, ground)}{_toward(event, ground)}"


def _order_unknown(event: ev.OrderUnknown, ground: Ground) -> str:
    if not event.answers:
        return f"Whatever the order, this is how it ended {at_place(event.place, ground)}"
    holders = list(dict.fromkeys(value_in_words(answer[0], ground) for answer in event.answers))
    text = f"In what order this happened {at_place(event.place, ground)} is not known"
    if event.rivals:
        text = f"Which of the accounts of {named(event.place, ground)} is right is not known"
    return f"{text}: held after it by {' or '.join(holders)}" if len(holders) > 1 else text


def _opening(event: ev.OpeningAssumed, ground: Ground) -> str:
    if event.agreed is not None:
        return f"{value_in_words(event.agreed, ground)}: in force at the start"
    return f"{cell_in_words(f'{event.subject_id}.start', ground).removesuffix(', start')} at the start"


SENTENCES: dict[type[ev.Event | pr.Predicate], Callable[[Any, Ground], str]] = {
    ev.OpeningAssumed: _opening,
    ev.OrderUnknown: _order_unknown,
    **WAR_SENTENCES,
    ev.Captured: lambda e, g: (
        f"{doers_in_words(e.by, g)} took {'all of ' * e.wholly}{named(e.place, g)}{_from(e, g)}{toll_in_words(e, g)}"
    ),
    ev.Entered: _entered,
    ev.HandedOver: lambda e, g: f"{_names(e.by, g)} handed {named(e.place, g)} over to {g.name(e.to)}",
    ev.Besieged: _besieged,
    ev.SiegeBroken: _siege_broken,
    ev.Repelled: lambda e, g: (
        f"{doers_in_words(e.by, g, 'the defenders')} threw back an attack"
        f"{f' by {g.name(e.against)}' if e.against else ''} on {named(e.place, g)}"
    ),
    ev.Withdrew: lambda e, g: f"{_names(e.by, g)} withdrew from {named(e.place, g)}{_toward(e, g)}",
    ev.VictoryDeclared: _declared,
    ev.AreaSearched: _searched,
    ev.Fled: _fled,
    ev.RouteUsed: lambda e, g: f"{g.name(e.actor)} moved {e.carries} through {named(e.place, g)}",
    ev.OperationLaunched: _launched,
    ev.OperationReported: _report,
    ev.StrengthAssessed: _assessed,
    ev.RelationReported: _relation,
    ev.PositionTaken: _position,
    ev.Proclaimed: lambda e, g: (
        f"{g.name(e.actor)} proclaimed {e.what}{f' over {areas_in_words(e.over, g)}' if e.over else ''}"
    ),
    ev.ActorSplit: lambda e, g: (
        f"{_names(e.broke_off, g)} broke off from {g.name(e.actor)}"
        if e.broke_off
        else f"{g.name(e.actor)} broke up into {_names(e.into, g)}"
    ),
    ev.ActorsMerged: lambda e, g: f"{_names(e.by, g)} became part of {g.name(e.into) if e.into else 'another actor'}",
    ev.HoldingStated: lambda e, g: (
        f"{g.name(e.actor)} {verb_of(e.actor, g, 'are', 'is')} said to hold {named(e.place, g)}"
    ),
    ev.VoteHeld: lambda e, g: f"{_names(e.by, g)} held a vote on {e.on}",
    ev.PlaceDescribed: _described,
    ev.ActorDescribed: lambda e, g: (
        f"the name {e.value} came into use"
        if e.attribute == "name" and g.name(e.actor) == e.value
        else f"{g.name(e.actor)}, {e.attribute}: {e.value}"
    ),
    **STATEMENT_SENTENCES,
}
"""From a type of event or statement to its sentence. A third party's events enter theirs here."""
