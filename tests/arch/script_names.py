"""Names of the page's scripts: all share one closure, so a name of another file works without an import, by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from situation.page.scripts import Script
from tests.arch.names import IDIOM

__all__ = ["borrowed_faults", "double_name_faults", "idiom_name_faults"]

_TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/|[\w$]+|\?\.|\.\.\.|=>|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|.""", re.DOTALL
)
_REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(`|\$\{)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_OPERATORS = {"return", "typeof", "case", "of", "in"}
"""Words after which a slash begins a regular expression."""
_HEADS = {"if", "for", "while", "switch"}
"""Words before brackets that hold no parameters."""


def borrowed_faults(scripts: list[Script]) -> list[str]:
    """Names that a file uses, that another declares at its top, and that it neither imports nor declares anywhere itself."""
    homes = {name: script.name for script in scripts for name in script.names}
    faults = []
    for script in scripts:
        tokens = list(_tokens(script.body))
        own = {*script.imports, *script.names, *_declared(tokens)}
        for name in sorted(_used(tokens) - own):
            if name in homes:
                faults.append(f"{script.name}: {name} is declared in {homes[name]} and not imported from it.")
    return faults


def double_name_faults(scripts: list[Script]) -> list[str]:
    """Names that two files declare at their top, also of scripts that are not joined: each means one thing in all of them."""
    first: dict[str, str] = {}
    return [
        f"{script.name}:{line}: {name} is declared in {first[name]} too. Name each by what it is, or make them one."
        for script in scripts
        for name, line in script.names.items()
        if first.setdefault(name, script.name) != script.name
    ]


def idiom_name_faults(scripts: list[Script]) -> list[str]:
    """Functions, parameters and variables that are named by a word that says nothing of what they hold."""
    return [
        f"{script.name}: {name} says nothing of what it holds. Name it by that."
        for script in scripts
        for name in sorted(_declared(list(_tokens(script.body))) & IDIOM)
    ]


def _tokens(text: str) -> Iterator[str]:
    """The tokens of a script without blanks and comments; a text is `""`, and a template is its expressions in brackets."""
    at, last, depth = 0, "", 0
    open_templates: list[int] = []
    while at < len(text):
        ends_value = re.fullmatch(r'[\w$]+|[)\]}]|""', last) and last not in _OPERATORS
        match = None if ends_value or text[at : at + 2] in {"//", "/*"} else _REGEX.match(text, at)
        if match is not None:
            token = '""'
        elif text[at] == "`" or (text[at] == "}" and open_templates and open_templates[-1] == depth):
            if text[at] == "}":
                open_templates.pop()
                yield ")"
            match = _TEMPLATE.match(text, at + 1)
            assert match is not None, f"a template without an end: {text[at : at + 40]}"
            token = '""'
            if match[1] == "${":
                open_templates.append(depth)
                token = "("
        else:
            match = _TOKEN.match(text, at)
            assert match is not None
            token = '""' if match["text"] else match[0]
            depth += (token == "{") - (token == "}")
        at = match.end()
        if not token.isspace() and not token.startswith(("//", "/*")):
            yield token
            last = token


def _used(tokens: list[str]) -> set[str]:
    """The words that stand where a value is read: no property after a dot, and no key of an object."""
    padded = ["", *tokens, ""]
    return {
        word
        for before, word, after in zip(padded, tokens, padded[2:], strict=False)
        if _NAME.fullmatch(word) and before not in {".", "?."} and not (after == ":" and before in {"{", ","})
    }


def _declared(tokens: list[str]) -> set[str]:
    """The words that a declaration or a list of parameters holds, at whatever depth: rather too many than too few."""
    names: set[str] = set()
    for at, token in enumerate(tokens):
        after = tokens[at + 1 : at + 2]
        if token in {"function", "class"} and after:
            names.update(after)
        elif token in {"const", "let", "var"}:
            names.update(_targets(tokens, at + 1))
        elif after == ["=>"]:
            names.add(token)
        if token == "(" and (at == 0 or tokens[at - 1] not in _HEADS):
            end = _closing(tokens, at)
            if tokens[end + 1 : end + 2] in (["=>"], ["{"]):
                names.update(_pattern(tokens[at + 1 : end]))
    return names


def _targets(tokens: list[str], at: int) -> Iterator[str]:
    """The names of the declarations that begin at a token, up to the end of the statement."""
    while True:
        end = _closing(tokens, at) if tokens[at] in _CLOSES else at
        yield from _pattern(tokens[at : end + 1])
        at = end + 1
        while at < len(tokens) and tokens[at] not in {",", ";", "of", "in", ")", "}"}:
            at = (_closing(tokens, at) if tokens[at] in _CLOSES else at) + 1
        if tokens[at : at + 1] != [","]:
            return
        at += 1


def _pattern(tokens: list[str]) -> set[str]:
    """The names that a pattern binds: its words, but for keys and the default values after `=`."""
    names: set[str] = set()
    depth, default = 0, None
    for word, after in pairwise([*tokens, ","]):
        depth += (word in _CLOSES) - (word in _CLOSES.values())
        if default is not None and (depth < default or (depth == default and word == ",")):
            default = None
        if word == "=" and default is None:
            default = depth
        if default is None and _NAME.fullmatch(word) and after != ":":
            names.add(word)
    return names


def _closing(tokens: list[str], at: int) -> int:
    """The place of the bracket that closes the one at a place."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] in _CLOSES) - (tokens[place] in _CLOSES.values())
        if depth == 0:
            return place
    raise AssertionError(f"A bracket without an end: {' '.join(tokens[at : at + 8])}")
