"""The page's scripts: ES modules, joined into one text for one closure. A page may be opened from disk, where modules are barred.

Allowed are ``import { a, b } from "./x.js";`` before all else in a file, and ``export`` before a function, a class or
a ``const`` of one name. What a file declares at its top stands at the beginning of a line; no two files share a name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from attrs import field, frozen

__all__ = ["Script", "join_scripts", "ordered_scripts", "parse_script"]

_IMPORT = re.compile(r'import \{\s*([\w$]+(?:,\s*[\w$]+)*),?\s*\} from "(\.{1,2}/[\w./-]+\.js)";\n')
_EXPORT = re.compile(r"export (?=(?:async function|function|class|const) [\w$]+)")
_DECLARED = re.compile(r"(?:async function|function\*?|class|const|let) ([\w$]+)")
_UNNAMED = re.compile(r"(?:async function|function|class|const|let|var)\b")
_NEXT_NAME = re.compile(r",\n  [\w$]+ = ")
_STRAY = re.compile(r"\s+(?:import|export)\b|.*\bimport\s*[(.]")


@frozen
class Script:
    """A file of the page's scripts.

    Args:
        name: its path below the folder of scripts, with slashes.
        imports: the names that it takes, in their order, each with the file and the line of the import.
        exports: the names that it gives.
        names: the names declared at its top, each with its line.
        body: its text without the words ``import`` and ``export``.
    """

    name: str
    imports: Mapping[str, tuple[str, int]]
    exports: frozenset[str]
    names: Mapping[str, int]
    body: str = field(repr=False)

    def sources(self) -> list[str]:
        """The files that it imports from, in the order of its imports."""
        return list(dict.fromkeys(source for source, _ in self.imports.values()))


def parse_script(name: str, text: str) -> Script:
    """Read what a script imports, exports and declares.

    Args:
        name: its path below the folder of scripts.
        text: what it holds.

    Raises:
        ValueError: a form that is not allowed, with file and line.
    """
    imports: dict[str, tuple[str, int]] = {}
    exports: set[str] = set()
    names: dict[str, int] = {}
    body: list[str] = []
    at, line, begun = 0, 1, False
    while at < len(text):
        where = f"{name}:{line}"
        end = text.find("\n", at) + 1 or len(text)
        written = text[at:end]
        if re.match(r"import\b", written):
            taken = _IMPORT.match(text, at)
            if taken is None or begun:
                raise ValueError(
                    f'{where}: an import of another form. Write: import {{ name }} from "./file.js"; at the top.'
                )
            source = posixpath.normpath(posixpath.join(posixpath.dirname(name), taken[2]))
            for one in re.findall(r"[\w$]+", taken[1]):
                if one in imports:
                    raise ValueError(f"{where}: {one} is imported twice.")
                imports[one] = (source, line)
            end, written = taken.end(), ""
        elif re.match(r"export\b", written):
            given = _EXPORT.match(written)
            if given is None:
                raise ValueError(
                    f"{where}: an export of another form. Put export before a function, a class or a const."
                )
            written = written[given.end() :]
            exports.add(_declare(names, where, line, written, text[at:]))
        elif _STRAY.match(written) and not written.lstrip().startswith(("//", "*", "/*")):
            raise ValueError(
                f"{where}: import and export stand at the beginning of a line, and nothing is imported late."
            )
        elif _DECLARED.match(written) or _UNNAMED.match(written):
            _declare(names, where, line, written, text[at:])
        begun = begun or bool(written.strip() and not written.startswith(("//", "import")))
        body.append(written)
        line += text.count("\n", at, end)
        at = end
    return Script(name, imports, frozenset(exports), names, "".join(body))


def _declare(names: dict[str, int], where: str, line: int, written: str, rest: str) -> str:
    """Note the name that a statement declares; a statement at the top ends with the first line that ends it at the margin."""
    declared = _DECLARED.match(written)
    statement = re.split(r"\n(?=\S)", rest, maxsplit=1)[0]
    if declared is None or (re.match(r"(?:export )?(?:const|let)\b", rest) and _NEXT_NAME.search(statement)):
        raise ValueError(f"{where}: one name a declaration at the top of a file. Give each its own const or let.")
    if declared[1] in names:
        raise ValueError(f"{where}: {declared[1]} is declared twice.")
    names[declared[1]] = line
    return declared[1]


def ordered_scripts(read: Callable[[str], str], entry: str) -> list[Script]:
    """A script and all that it imports, each after what it imports: in the order in which a browser would run them.

    Args:
        read: gives the text of a file by its name; FileNotFoundError where there is none.
        entry: the file to begin with.

    Raises:
        ValueError: a form that is not allowed, a file or a name that is not there, a circle, a name declared in two files.
    """
    done: dict[str, Script] = {}
    homes: dict[str, str] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = " imports ".join((*way[way.index(name) :], name))
            raise ValueError(f"{circle}: a circle. Move what both need into a file below.")
        if name in done:
            return
        script = parse_script(name, read(name))
        for source in script.sources():
            line = next(line for target, line in script.imports.values() if target == source)
            try:
                visit(source, (*way, name))
            except FileNotFoundError:
                raise ValueError(f"{name}:{line}: there is no {source}.") from None
        for one, (source, line) in script.imports.items():
            if one not in done[source].exports:
                raise ValueError(f"{name}:{line}: {source} exports no {one}.")
        for one, line in script.names.items():
            if one in homes:
                raise ValueError(f"{name}:{line}: {one} is declared in {homes[one]} too. Rename one of them.")
            homes[one] = name
        done[name] = script

    visit(entry, ())
    return list(done.values())


def join_scripts(read: Callable[[str], str], entry: str) -> str:
    """The text of a script and of all that it imports, to stand in one closure. Raises as ``ordered_scripts`` does."""
    return "\n".join(script.body for script in ordered_scripts(read, entry))
