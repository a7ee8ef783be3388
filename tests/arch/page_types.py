"""What the page's scripts are given, as types: the payload by its contract, and the elements of page.html by their ids."""

from __future__ import annotations

import re
import types
from importlib.resources import files
from textwrap import indent
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from situation.page import contract

__all__ = ["page_types"]

WORDS = {str: "string", int: "number", float: "number", bool: "boolean", Any: "any", type(None): "null"}
HEAD = """\
// What the scripts are given: the payload as page/contract.py describes it, and the elements of page.html by their ids.
// Made by make docs."""
ELEMENT = re.compile(r'<(?!pattern)(\w+)\b[^>]*? id="([^"{]+)"')


def page_types() -> str:
    """The text of given.d.ts: an interface for each shape of the contract, in its order, and one for the elements."""
    shapes = [shape for shape in vars(contract).values() if is_typeddict(shape)]
    parts = [*(_interface(shape) for shape in shapes), _elements()]
    return "\n".join([HEAD, "declare namespace Given {", indent("\n\n".join(parts), "  "), "}"]) + "\n"


def _elements() -> str:
    page = files("situation.page").joinpath("assets", "page.html").read_text("utf-8")
    rows = [f'  "{name}": HTMLElementTagNameMap["{tag}"];' for tag, name in ELEMENT.findall(page)]
    return "\n".join(["interface Elements {", *sorted(rows), "}"])


def _interface(shape: type) -> str:
    hints = get_type_hints(shape, include_extras=True)
    rows = [f"  {name}{'?' if get_origin(hint) is NotRequired else ''}: {_word(hint)};" for name, hint in hints.items()]
    return "\n".join([f"interface {_name(shape)} {{", *rows, "}"])


def _name(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")


def _word(hint: Any) -> str:
    """A Python type as TypeScript writes it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _word(inner[0])
    if origin in (Union, types.UnionType):
        return " | ".join(_word(one) for one in inner)
    if origin is list:
        word = _word(inner[0])
        return f"({word})[]" if "|" in word else f"{word}[]"
    if origin is dict:
        return f"Record<string, {_word(inner[1])}>"
    return _name(hint) if is_typeddict(hint) else WORDS[hint]


if __name__ == "__main__":
    print(page_types(), end="")
