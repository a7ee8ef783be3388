"""Nothing is left to a default: every event has an effect and a sentence, and every cell that is read is one that is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from attrs import evolve, frozen

from situation import events as ev
from situation.dates import Interval
from situation.events import EVENTS, Event
from situation.events.kinds import Position
from situation.events.predicates import PREDICATES
from situation.events.story import StoryEvent
from situation.log.at_once import AT_ONCE, BY_THE_ORDER
from situation.log.cells import ATTRIBUTES, battle_id, named_in_id, order_id, return_id, search_id
from situation.log.effects import EFFECTS, Changes, changes, effect
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.log.record_words import SENTENCES, sentence
from situation.log.state import State, StateView
from situation.log.story_words import STORY_SENTENCES, event_in_words
from situation.log.value_words import cell_in_words
from situation.record.answers.state import entry_answer
from situation.record.joining.comparisons import COMPARISONS, EXCLUSIVE, UNCOMPARED
from situation.testimony.ground import Ground
from tests.unit.small import small_ground
from tests.unit.spoken import claim, record

GROUND = small_ground()
SOURCE = Path(ev.__file__).parents[1]
OURS = {name: cls for name, cls in EVENTS.items() if cls.__module__.startswith("situation.")}
NORTH, SOUTH, ARLEN = ev.ActorId("north"), ev.ActorId("south"), ev.PlaceId("arlen")
DUE = ev.Due(0, 0, 0.5, "day")


class _Unheard(StoryEvent):
    """An event that nobody has given an effect or a sentence."""


@frozen
class _Odd(_Unheard):
    place: str = "arlen"


def test_every_event_and_statement_has_one_sentence() -> None:
    assert {*SENTENCES, *STORY_SENTENCES} == {*OURS.values(), *PREDICATES.values()}
    assert not SENTENCES.keys() & STORY_SENTENCES.keys()


def test_an_event_without_a_sentence_is_an_error_that_says_where_to_give_it_one() -> None:
    for words in (sentence, event_in_words):
        with pytest.raises(LookupError, match=r"_Odd has no sentence\. Enter one in situation\.log\.record_words"):
            words(_Odd(), GROUND)


def test_every_event_speaks_to_cells_or_has_an_effect() -> None:
    """What an event inherits from `Event` or `StoryEvent` says nothing of what it changes."""
    silent = [cls for cls in OURS.values() if cls.speaks in (Event.speaks, StoryEvent.speaks)]
    assert [cls.__name__ for cls in silent if cls not in EFFECTS] == []
    assert set(EFFECTS) <= set(OURS.values())


def test_an_event_of_a_story_without_an_effect_is_an_error_and_not_a_day_on_which_nothing_happened() -> None:
    entry = Entry("odd", 0, Interval(0, 0), _Odd(), Ruled("R0"))
    with pytest.raises(LookupError, match=r"_Odd has no effect\. Give it one with @effect"):
        changes(entry, State(), GROUND)


CLOSED: tuple[tuple[Event, str], ...] = (
    (ev.BattleEnded(ARLEN, "taken"), "outcome"),
    (ev.DefenderBroke(ARLEN, NORTH, "losses"), "how"),
    (ev.OperationPaused("plan/push", 0, "start"), "why"),
    (ev.OrderGiven("column", (NORTH,), "march", "arlen", "push", DUE), "verb"),
    (ev.StanceChanged(NORTH, SOUTH, "hostile"), "stance"),
    (ev.RelationReported(NORTH, SOUTH, "hostile"), "stance"),
    (ev.OperationReported(ev.OperationId("thunder"), phase="running"), "phase"),
    (ev.PositionTaken(NORTH, "vows", "war"), "position"),
    (ev.PostureChanged(NORTH, "hold"), "posture"),
)


@pytest.mark.parametrize(("event", "field"), CLOSED, ids=lambda value: getattr(value, "subject", value))
def test_every_word_that_an_event_may_bear_has_words_of_its_own(event: Event, field: str) -> None:
    kind: Any = get_type_hints(type(event))[field]
    words = [word for part in (kind, *get_args(kind)) for word in get_args(part) if isinstance(word, str)]
    change: Any = evolve
    texts = [event_in_words(change(event, **{field: word}), GROUND) for word in dict.fromkeys(words)]
    assert len(set(texts)) == len(texts) > 2


def test_every_happening_that_may_be_denied_has_a_noun() -> None:
    assert [name for name, cls in OURS.items() if bool(cls.noun) != cls.reported] == []
    assert cell_in_words("handedover/arlen/spring.occurred", GROUND) == "Handover at Arlen, whether it happened"
    with pytest.raises(LookupError, match="'struck' has no noun"):
        cell_in_words("struck/arlen/spring.occurred", GROUND)


def _trees(*folders: str) -> Iterator[ast.AST]:
    for path in (path for folder in folders for path in sorted((SOURCE / folder).rglob("*.py"))):
        if path.parent.name != "score":  # whose columns are named like cells
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def _ending(node: ast.AST) -> str | None:
    """The attribute that a text ends in, such as `holder` of `f"{place}.holder"`."""
    part = node.values[-1] if isinstance(node, ast.JoinedStr) and node.values else node
    if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
        return None
    found = re.fullmatch(r"\.([a-z_]+)" if part is not node else r"[a-z]+\.([a-z_]+)", part.value)
    return found[1] if found else None


def _spoken() -> set[str]:
    """The attributes of the cells to which events that sources report speak."""
    described = [get_type_hints(cls)["attribute"] for cls in (ev.PlaceDescribed, ev.ActorDescribed)]
    words = {word.replace(" ", "_") for kind in described for word in get_args(kind)}
    texts = {_ending(node) for node in _trees("events") if isinstance(node, ast.JoinedStr)}
    return (
        {name for name in texts if name}
        | words
        | {*get_args(Position), "support", "turned", "killed_of", "wounded_of", "released", "km"}
    )


def _written() -> set[str]:
    """The attributes of the cells that effects name."""
    nodes = list(_trees("log/effects"))
    texts = {_ending(node) for node in nodes if isinstance(node, ast.JoinedStr | ast.Constant)}
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    moved = [call.args[1] for call in calls if getattr(call.func, "attr", "") in ("add", "set")]
    named = {node.value for node in moved if isinstance(node, ast.Constant)}
    return {str(name) for name in texts | named if name}


def test_every_attribute_that_is_written_is_declared_and_none_beside() -> None:
    broken = {"violated", "violated_by"}  # by whatever act of war breaks an agreement
    by_the_opening, passed_on = {"parts", "posture"}, {"started", "arrived", "surrendered", "left"}
    assert _spoken() | _written() | by_the_opening | passed_on | broken == set(ATTRIBUTES)


def _cells_read(node: ast.AST) -> str | None:
    """The attribute of a cell that is asked for by its name: of cells, of their causes, or of a world's last entry."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        held, asked = node.func.value, node.args[0]
        if node.func.attr not in ("get", "last"):
            return None
    elif isinstance(node, ast.Subscript):
        held, asked = node.value, node.slice
    else:
        return None
    owner = ast.unparse(held)
    return _ending(asked) if any(name in owner for name in ("cells", "because", "last", "world", "state")) else None


def test_only_declared_cells_are_read() -> None:
    """A misspelt one would read as nothing."""
    folders = ("log", "record", "scenario", "story", "ensemble", "runs", "page", "serving", "commands")
    named = {name for node in _trees(*folders) if (name := _cells_read(node))}
    assert {"holder", "number", "stance", "bodies", "fight", "ended"} <= named
    assert named <= set(ATTRIBUTES)


def test_the_ids_of_battles_searches_orders_and_returns_are_spelt_in_one_place() -> None:
    spelt = [
        node.value
        for folder in ("log/effects", "story", "ensemble", "page", "record")
        for node in _trees(folder)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.startswith(("battle:", "search:", "order:", "return:"))
    ]
    assert spelt == []
    assert named_in_id(battle_id("ford")) == named_in_id(search_id("ford")) == named_in_id(order_id("ford")) == "ford"
    assert named_in_id(return_id("ford", 90)) == named_in_id(return_id("ford", 90, "north")) == "ford"
    assert len({return_id("ford", 90), return_id("ford", 90, "north"), return_id("ford", 91)}) == 3


def test_a_misspelt_cell_is_an_error_and_not_nothing() -> None:
    state = State({"arlen.holder": "north"})
    assert state.get("arlen", "holder") == "north"
    assert state.get("arlen", "status") is None
    assert state.get("thunder", "support.north", "none") == "none"
    with pytest.raises(LookupError, match=r"No event writes a cell 'holdr'\. Did you mean 'holder'\?"):
        state.get("arlen", "holdr")


def test_it_is_said_of_every_attribute_of_reports_what_several_of_one_time_come_to() -> None:
    by_effects = {"agreements_beside", "launched", "parts", "stance_before", "violated", "violated_by"}
    assert not AT_ONCE.keys() & BY_THE_ORDER
    assert {*AT_ONCE, *BY_THE_ORDER} == _spoken() | by_effects


def test_the_details_of_an_event_are_attributes_of_which_it_speaks() -> None:
    detailed = [(cls, name) for cls in OURS.values() for name in cls.details]
    assert {name for _, name in detailed} <= AT_ONCE.keys() - {"parties"}
    assert {cls for cls, _ in detailed} <= {cls for cls in OURS.values() if cls.reported}


def test_it_is_said_of_every_attribute_of_reports_how_two_answers_compare() -> None:
    questions_alone = {"occurred", "holds", "violated", "violated_by"}
    assert not EXCLUSIVE & UNCOMPARED
    assert {*COMPARISONS} == _spoken() | questions_alone


def test_an_event_that_stories_have_and_a_source_reports_is_told_in_the_record_too() -> None:
    told = record(claim("told", ev.StanceChanged(NORTH, SOUTH, "allied"), episode="pact"))
    (entry,) = [entry for entry in told.log() if isinstance(entry.event, ev.StanceChanged)]
    assert entry_answer(entry, told.ground)["text"] == "The North and the South became allies"


def test_an_event_has_one_effect() -> None:
    with pytest.raises(RuntimeError, match=r"Captured has two effects\. Make them one\."):

        @effect(ev.Captured)
        def _again(event: Any, entry: Entry, state: StateView, ground: Ground) -> Changes:
            return {}


def test_a_fold_that_goes_on_keeps_nothing_that_a_later_entry_makes_stale() -> None:
    folding = Folding(GROUND)
    for number, actor in enumerate((NORTH, SOUTH)):
        folding.apply(
            Entry(f"taken/{number}", number, Interval(number, number), ev.Captured(ARLEN, (actor,)), Ruled("R0"))
        )
        assert folding.live.get("arlen", "holder") == folding.taken().places["arlen"].holder == actor
    assert not hasattr(folding.live, "places")
