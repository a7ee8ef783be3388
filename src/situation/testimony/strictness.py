"""Plain values read strictly: nothing is coerced into text, a number, a word of a closed set or a length of time."""

from __future__ import annotations

import types
import unicodedata
from collections import abc
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

from situation.dates import Duration, duration
from situation.errors import Fault, near_miss
from situation.events import Day
from situation.rules import ASSUMED
from situation.testimony.dating.clock import Clock

__all__ = [
    "as_shown",
    "check_once",
    "is_mapping",
    "is_optional",
    "is_tuple",
    "no_keys",
    "read_as_day",
    "read_as_duration",
    "read_as_text",
    "read_as_word",
    "read_as_written",
    "reading_strictly",
    "reading_text",
    "says_something",
    "why_empty",
]


_SEEN = "LNPS"
"""The kinds of characters that show: letters, numbers, punctuation and symbols."""
_NO_REASONS = frozenset({"n/a", "na", "nil", "none", "tba", "tbd", "todo", "xxx"})
"""What people write where they owe a reason."""
_MARKS = ". \u2026?!"
"""Signs that others' words may come to, and that say nothing in a reason."""
_IN_A_LINE = frozenset({"author", "name", "origin", "outlet", "publisher", "value"})
"""The keys of texts that are shown in a line, among other words."""


def as_shown(value: Any) -> str:
    """A value as a problem shows it, cut short."""
    text = "nothing" if value is None else "true" if value is True else "false" if value is False else repr(value)
    return text if len(text) < 60 else f"{text[:57]}..."


def no_keys(value: Any) -> str:
    """What is told of a file whose whole content is no mapping."""
    return f"{as_shown(value)} stands where the keys of the file belong."


def read_as_text(value: Any, _: Any) -> str:
    """Text that was written as text.

    Raises:
        Fault: it is none.
    """
    if not isinstance(value, str):
        advice = "Write it, or leave the key out." if value is None else "Put it in quotes if text is meant."
        if isinstance(value, list):
            single = len(value) == 1 and isinstance(value[0], str)
            advice = f"Write it without brackets: {value[0]}." if single else "Name one, without brackets."
        raise Fault(f"{as_shown(value)} stands where text belongs.", advice)
    if not _shows(value) and value.strip():
        raise Fault("The text is empty.", "All of its characters are invisible: write a text, or leave the key out.")
    return value


def _shows(text: str) -> bool:
    return text[:1].isalnum() or any(unicodedata.category(sign)[0] in _SEEN for sign in text)


def says_something(text: str) -> bool:
    """Whether a text has a letter, a digit or a pictogram, and is not only a dash, dots or a question mark."""
    return text[:1].isalnum() or any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in text)


def why_empty(text: str) -> Fault | None:
    """What is wrong with a text that says nothing; None where it says something."""
    if says_something(text):
        return None
    fact = f"{as_shown(text)} says nothing." if _shows(text) else "The text is empty."
    return Fault(fact, "Write it; a key that is not needed may be left out.")


def read_as_written(value: Any, _: Any) -> str:
    """Text that says something.

    Raises:
        Fault: it is no text, or blank, or only a dash or the like.
    """
    text = read_as_text(value, str)
    if (fault := why_empty(text)) is not None:
        raise fault
    return text


def _read_as_note(value: Any, _: Any) -> str:
    """A note, which may be empty, as one that is left out.

    Raises:
        Fault: it is no text, or says nothing.
    """
    return read_as_written(value, str) if value != "" else ""


def _read_as_shown(value: Any, _: Any) -> str:
    """Words as a source has them, which may be a sign such as `~`; or a file's name, which is looked at elsewhere.

    Raises:
        Fault: it is no text, or blank.
    """
    return read_as_text(value, str) if isinstance(value, str) and _shows(value) else read_as_written(value, str)


def _only_marks(value: Any) -> bool:
    return isinstance(value, str) and bool(text := value.strip()) and not text.strip(_MARKS)


def _read_as_quote(value: Any, _: Any) -> str:
    """What somebody said, which may be only dots, question marks or the like.

    Raises:
        Fault: it is no text, or blank, or only a dash or the like.
    """
    return str(value) if _only_marks(value) else read_as_written(value, str)


def _read_as_title(value: Any, _: Any) -> str:
    """What somebody called a work, in one line, which may be only dots, question marks or the like.

    Raises:
        Fault: it is no text, or blank, or only a dash or the like, or of several lines.
    """
    return value.strip() if _only_marks(value) else _read_as_line(value, str)


def _read_as_line(value: Any, _: Any) -> str:
    """A name, which stands in a line with other words.

    Raises:
        Fault: it is no text, or blank, or of several lines.
    """
    text = read_as_written(value, str).strip()
    if len(text.splitlines()) > 1:
        raise Fault(f"{as_shown(text)} is of several lines.", "Write it in one line.")
    return text


def _read_as_reason(value: Any, _: Any) -> str:
    """Why something is assumed or judged so.

    Raises:
        Fault: it is no text, or blank, or says only that it is assumed.
    """
    text = read_as_written(value, str)
    if text.strip(" .").casefold() in _NO_REASONS or near_miss(text.strip().upper(), (ASSUMED,), 0.8):
        raise Fault(f"'{text}' is no reason.", "Say why, in words.")
    return text


def reading_text(key: str, reasoned: bool = True) -> Callable[[Any, Any], str]:
    """How the text under a key is read. Some may be blank, or are found to be so where more is known of them.

    Args:
        key: the key.
        reasoned: whether a `reason` may stand beside it.
    """
    if key in ("id", "situation", "unit"):
        return read_as_text
    if key == "note":
        return _read_as_note
    if key in ("file", "words"):
        return _read_as_shown
    if key == "says":
        return _read_as_quote
    if key == "title":
        return _read_as_title
    if key in _IN_A_LINE:
        return _read_as_line
    if key == "source":
        return _read_as_source if reasoned else _read_as_source_with_reason
    return _read_as_reason if key in ("reason", "assumed", "lean_reason") else read_as_written


def check_once(items: list[Any]) -> None:
    """Check that no text stands twice in a list.

    Raises:
        Fault: one does.
    """
    doubled = next((place for place, one in enumerate(items) if isinstance(one, str) and one in items[:place]), None)
    if doubled is not None:
        raise Fault(f"'{items[doubled]}' stands twice in this list.", "Keep one.", (doubled,))


def read_as_day(value: Any, _: Any) -> Day:
    """A date as it is written.

    Raises:
        Fault: it is no date.
    """
    text = read_as_text(value, str)
    Clock(0).interval(text)
    return Day(text)


def read_as_duration(value: Any, _: Any) -> Duration:
    """A length of time, such as `4 d`."""
    return duration(str(value) if type(value) is int else read_as_text(value, str))


def reading_strictly(cls: type, name: str) -> Callable[[Any, Any], Any]:
    """How a plain class is read: only from a value of its own; a whole number also serves as a number."""

    def hook(value: Any, _: Any) -> Any:
        fits = type(value) is cls or (cls is float and type(value) is int)
        if not fits:
            advice = f"Write {name}, without quotes." if isinstance(value, str) else f"Write {name}."
            raise Fault(f"{as_shown(value)} stands where {name} belongs.", advice)
        return value

    return read_as_text if cls is str else hook


def _read_as_source(value: Any, _: Any) -> str:
    """Who says so, or `ASSUMED`.

    Raises:
        Fault: it is no text, or `ASSUMED` misspelt, which would pass for somebody's name.
    """
    text = read_as_written(value, str)
    word = text.partition(":")[0].strip()  # a reason may stand behind it
    alike = (
        len({*word.upper()} & {*ASSUMED}) > 3
    )  # a near miss has more of its letters; most names are told apart by this
    if alike and word != ASSUMED and near_miss(word.upper(), (ASSUMED,), 0.8):
        raise Fault(f"'{word}' is no source.", f"Did you mean '{ASSUMED}'?")
    return text


def _read_as_source_with_reason(value: Any, _: Any) -> str:
    """Who says so, or `ASSUMED: why`, where no reason can stand beside it.

    Raises:
        Fault: it is no source, or does not say why it is assumed.
    """
    text = read_as_written(value, str)
    if text.startswith(ASSUMED) and not text.removeprefix(ASSUMED).strip(" .:,;-"):
        raise Fault("It is not said why this is assumed.", f'Write the reason behind it: "{ASSUMED}: ...", in quotes.')
    return _read_as_source(text, str)


def read_as_word(value: Any, cls: Any) -> Any:
    """One of the words of a closed set.

    Raises:
        Fault: it is none of them; with the near miss.
    """
    allowed = get_args(cls)
    for word in allowed:
        if type(word) is type(value) and word == value:
            return value
    hint = near_miss(str(value), [str(word) for word in allowed])
    raise Fault(f"{as_shown(value)} is not allowed here.", hint or f"Write one of: {', '.join(map(str, allowed))}.")


def is_optional(cls: Any) -> bool:
    """Whether a type is of one other, or nothing."""
    parts = get_args(cls)
    return get_origin(cls) in (Union, types.UnionType) and len(parts) == 2 and type(None) in parts


def is_mapping(cls: Any) -> bool:
    """Whether a type is a mapping from one type to another."""
    return get_origin(cls) is abc.Mapping


def is_tuple(cls: Any) -> bool:
    """Whether a type is a list of any length."""
    return get_origin(cls) is tuple and get_args(cls)[1:] == (...,)
