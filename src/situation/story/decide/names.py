"""Names that are made as a story goes on, such as a column's: put together of other names, letter by letter, and their words.

A body's name is kept; what only a rank is drawn for is written behind all others and forgotten.
"""

from __future__ import annotations

from typing import Any, Final

from situation.chance.blake import word_of_bytes
from situation.kernel import world_kernel
from situation.story.apply.writer import Stop, stop
from situation.story.decide.near import garrison_at
from situation.story.world.reasons import Term
from situation.story.world.tables import has_room

__all__ = [
    "add_digits",
    "add_letter",
    "add_name",
    "begin_name",
    "body_written",
    "passing_name",
    "pool_at",
    "staged_body",
]

_AT: Final = 64
"""The sign between an actor and a place."""
_ZERO: Final = 48


@world_kernel
def begin_name(w: Any) -> None:
    """Begin a name."""
    w.story[0].letters_written = w.story[0].letter_count


@world_kernel
def add_letter(w: Any, letter: int) -> None:
    """Add a sign, by its number in ASCII."""
    story = w.story[0]
    if not has_room(w.letters, story.letters_written):
        stop(w, Stop.LETTERS_FULL)
        return
    w.letters[story.letters_written] = letter
    story.letters_written = story.letters_written + 1


@world_kernel
def add_name(w: Any, name: int) -> None:
    """Add another name."""
    for at in range(w.names[name].first, w.names[name].last):
        add_letter(w, w.letters[at])


@world_kernel
def add_digits(w: Any, number: int) -> None:
    """Add a number, in digits."""
    if number < 0:
        add_letter(w, 45)
        number = -number
    size = 1
    while size * 10 <= number:
        size = size * 10
    while size > 0:
        add_letter(w, _ZERO + number // size % 10)
        size = size // 10


@world_kernel
def _word_written(w: Any) -> Any:
    return word_of_bytes(w.letters, w.story[0].letter_count, w.story[0].letters_written, w.work)


@world_kernel
def passing_name(w: Any) -> int:
    """The name that was written, for a draw now; the next one takes its place."""
    w.names[Term.PASSING.value].word = _word_written(w)
    return Term.PASSING.value


@world_kernel
def body_written(w: Any) -> int:
    """The body of men of the name that was written; a new one, where none has it."""
    story, word = w.story[0], _word_written(w)
    for known in range(1, story.bodies + 1):
        if w.names[w.forces[known].name].word == word:
            return known
    force, name = story.bodies + 1, story.name_count + 1
    if not has_room(w.forces, force) or not has_room(w.names, name):
        stop(w, Stop.FORCES_FULL)
        return 0
    row = w.names[name]
    row.word, row.first, row.last = word, story.letter_count, story.letters_written
    story.name_count, story.letter_count = name, story.letters_written
    w.forces[force].name = name
    return int(force)


@world_kernel
def staged_body(w: Any, name: int) -> int:
    """The number of a new body of men, of a name that the stage has."""
    force = w.story[0].bodies + 1
    if not has_room(w.forces, force):
        stop(w, Stop.FORCES_FULL)
        return 0
    w.forces[force].name, w.forces[force].own_name = name, True
    return int(force)


@world_kernel
def pool_at(w: Any, place: int, actor: int) -> int:
    """The body of an actor's men who garrison a place, or hide there; a new one where there never was one."""
    pool = garrison_at(w, place, actor)
    if pool != 0:
        return pool
    begin_name(w)
    add_name(w, w.actors[actor].name)
    add_letter(w, _AT)
    add_name(w, w.places[place].name)
    return body_written(w)
