"""Kernels: functions that run as the Python they are, or compiled by numba, with the same bits either way.

A process is one or the other, fixed before the first kernel is imported: `SITUATION_KERNELS=compiled` in its environment compiles
them, and `each` does so in a way that Python can call each one. Otherwise a kernel is the function as it is written, which a
debugger steps through, and numba is not imported at all.

What numba lacks has a second form beside it (`stand_in`): integers of more than 64 bits, and errors that quote a value. A
compiled kernel that refuses a number says only that it does; the same as Python says which.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, ParamSpec, TypeVar

__all__ = [
    "COMPILED",
    "KERNELS",
    "STORY_KERNEL",
    "VARIABLE",
    "as_python",
    "compiler_version",
    "entry_kernel",
    "field_writer",
    "is_kept",
    "kept_in",
    "kernel",
    "mark_stories",
    "stand_in",
    "stories_are_kept",
    "world_kernel",
]

P = ParamSpec("P")
R = TypeVar("R")

VARIABLE: Final = "SITUATION_KERNELS"
STORY_KERNEL: Final = "simulate_story"
"""The kernel that simulates stories: where it is kept, all that it calls is."""
COMPILED: Final = os.environ.get(VARIABLE) in ("compiled", "each")
"""Whether the kernels of this process are compiled."""
_EACH: Final = os.environ.get(VARIABLE) == "each"
"""Whether Python can call each of them, as tests do."""
_INNER: Final = {} if _EACH else {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
KERNELS: Final[list[str]] = []
"""The kernels that have been imported, as `module.name`."""
_LONGEST_NAME: Final = 400
"""Letters of a compiled kernel's name with the types of its parameters, beyond which a digest stands for them."""
_OTHERS_KEPT: Final = 2
"""Of so many other versions compiled kernels are left, which may be in use."""
_PACKAGE: Final = Path(__file__).parent
_ROOMS: Final = ("chance", "dates.py", "events", "kernel.py", "log", "rules", "scenario", "story")
"""Where kernels, and what is fixed in them as they are compiled, stand, from the top of the package."""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A function that may be compiled: of numbers, tuples of them and named tuples, without text, objects or state."""
    _note(function)
    return _compiled(function, words=False) if COMPILED else function


def world_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that reads and writes the tables of a world that it is given, and makes none.

    Compiled, nothing counts who holds the tables: two dozen counts up and down at each call would cost ten times its work.
    """
    _note(function)
    return _compiled(function, keep=_EACH, _nrt=False, **_INNER) if COMPILED else function


def entry_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A world kernel that Python calls, too, and that is kept, with all that it calls.

    For others no way in from Python is compiled, which would take half of the time, and none is kept: each has within it all
    that it calls, so that together they came to 2 GB.
    """
    _note(function)
    return _without_source(_compiled(function, _nrt=False)) if COMPILED else function


def as_python(function: Callable[P, R]) -> Callable[P, R]:
    """A kernel as the Python that it is, also in a process that compiles: for lists, which no kernel is compiled for."""
    plain: Callable[P, R] = getattr(function, "py_func", function)
    return plain


def stand_in(other: Callable[[], Callable[..., Any]], **options: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A kernel that is compiled from another function, which does the same by means that numba knows.

    Args:
        other: makes that function, where it is needed.
        options: how it is compiled.
    """

    def choose(function: Callable[P, R]) -> Callable[P, R]:
        _note(function)
        return _compiled(other(), **options) if COMPILED else function

    return choose


def field_writer(function: Callable[[Any, str, Any, int], None]) -> Callable[[Any, str, Any, int], None]:
    """A function (record, name, value, row) that kernels call with a literal name: it writes the field, and `<name>_by`.

    Compiled, each name is code of its own, and costs no more than the two assignments.
    """
    if COMPILED:
        from numba.extending import overload

        @overload(function, prefer_literal=True)
        def _(record: Any, name: Any, value: Any, row: Any) -> Any:
            field, by = name.literal_value, f"{name.literal_value}_by"

            def write(record: Any, name: Any, value: Any, row: Any) -> None:
                record[field] = value
                record[by] = row

            return write

    return function


def _note(function: Callable[..., Any]) -> None:
    KERNELS.append(f"{function.__module__}.{function.__qualname__}")


def compiler_version() -> str | None:
    """The version of numba that is installed; None where it is not."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("numba")
    except PackageNotFoundError:
        return None


def kept_in() -> Path:
    """Where compiled kernels are kept, in the user's folder for what can be made again.

    Each state of the code and each compiler has a folder of its own, for numba itself notices no edit in another file.
    """
    digest = hashlib.blake2b((compiler_version() or "").encode(), digest_size=8)
    for path in _sources():
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\n" + path.read_bytes())
    digest.update(b"each" if _EACH else b"")
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "situation" / f"kernels-{digest.hexdigest()}"


def _sources() -> list[Path]:
    """The files on which kernels depend."""
    rooms = (_PACKAGE / room for room in _ROOMS)
    return [path for room in rooms for path in (sorted(room.rglob("*.py")) if room.is_dir() else (room,))]


def _mark() -> Path:
    """The file that says that the kernels of stories lie ready: for this Python and processor, from these files, which numba
    knows by path, time and size."""
    from llvmlite.binding import get_host_cpu_name  # type: ignore[import-untyped]

    digest = hashlib.blake2b(f"{sys.implementation.cache_tag} {get_host_cpu_name()}".encode(), digest_size=8)
    for path in _sources():
        about = path.stat()
        digest.update(f"{path} {about.st_mtime_ns} {about.st_size}\n".encode())
    return kept_in() / f"{STORY_KERNEL}-{digest.hexdigest()}.ready"


def stories_are_kept() -> bool:
    """Whether the kernels of stories lie ready, so that they are loaded in seconds."""
    return compiler_version() is not None and kept_in().is_dir() and _mark().exists()


def mark_stories() -> None:
    """Note that the kernels of stories have been compiled and kept, and remove most other versions; where they could not be
    kept, nothing."""
    if is_kept(STORY_KERNEL):
        _mark().touch()
        _remove_old()


def _remove_old() -> None:
    """Remove the folders of compiled kernels but this version's, and those of a few others that were compiled last."""
    import shutil

    here = kept_in()
    others = []
    for folder in here.parent.glob("kernels-*"):
        try:
            if folder != here and folder.is_dir() and not folder.is_symlink():
                others.append((folder.stat().st_mtime, folder))
        except OSError:  # another process has removed it meanwhile
            continue
    for _, folder in sorted(others)[: -_OTHERS_KEPT or None]:
        shutil.rmtree(folder, ignore_errors=True)


def is_kept(kernel_name: str) -> bool:
    """Whether a compiled kernel lies ready for this Python."""
    tag = f"py{sys.version_info.major}{sys.version_info.minor}"
    return any(kept_in().rglob(f"*.{kernel_name}-*.{tag}*.nbi"))


@cache
def _can_keep() -> bool:
    """Whether compiled kernels can be kept for later; where they cannot, each process compiles them for itself."""
    import tempfile

    import numba

    folder = kept_in()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return False
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return True


def _compiled(function: Callable[..., Any], words: bool = True, keep: bool = True, **options: Any) -> Any:
    import numba

    _shorten_names()
    return numba.njit(_plain(function, words), error_model="python", cache=keep and _can_keep(), **options)


@cache
def _shorten_names() -> None:
    """Name what is compiled by a digest of its parameters' types where these are long: those of a world's tables have 28,000
    letters, and stood hundreds of times in all that is kept, and loaded."""
    from numba.core import funcdesc as naming

    whole: Callable[..., str] = naming.default_mangler

    def short(name: str, types: tuple[Any, ...], **more: Any) -> str:
        long = whole(name, types, **more)
        digest = hashlib.blake2b(long.encode(), digest_size=16).hexdigest()
        tags = {"abi_tags": (*more.get("abi_tags", ()), digest)}
        return long if len(long) <= _LONGEST_NAME else whole(name, (), **{**more, **tags})

    naming.default_mangler = short  # type: ignore[assignment]  # its types are none


def _without_source(entry: Any) -> Any:
    """The same kernel, kept without what others would be compiled from that call it, for none does.

    Each process would read that, and it takes many times the memory of the code.
    """
    from llvmlite.binding import parse_assembly

    cache: Any = entry._cache
    keep_whole = cache.save_overload

    def keep(signature: Any, made: Any) -> None:
        made.library._shared_module = parse_assembly("\n".join(_names_alone(made.library._final_module)))
        keep_whole(signature, made)

    cache.save_overload = keep
    return entry


def _names_alone(module: Any) -> Iterator[str]:
    """A module of the compiler in which each function and variable of another has its name, and does nothing."""
    parts = {"define void {}() {{ ret void }}": module.functions, "{} = global i8 0": module.global_variables}
    for empty, things in parts.items():
        names = (it.name.replace("\\", r"\5c").replace('"', r"\22") for it in things if not it.is_declaration)
        yield from (empty.format(f'@"{name}"') for name in names)


def _plain(function: Callable[..., Any], words: bool) -> Callable[..., Any]:
    """The function with all its parameters of one kind, for numba takes none that is given by name alone.

    Args:
        words: whether its texts stay. In a rule they only name what is refused, and what it calls with a text would be
            compiled anew for each: without them each text is empty.
    """
    assert isinstance(function, FunctionType)
    code, defaults = function.__code__, function.__kwdefaults__ or {}
    count = code.co_argcount + code.co_kwonlyargcount
    by_name = code.co_varnames[code.co_argcount : count]
    if not by_name and words:
        return function
    consts = code.co_consts if words else tuple("" if isinstance(it, str) else it for it in code.co_consts)
    plain = FunctionType(
        code.replace(co_argcount=count, co_kwonlyargcount=0, co_consts=consts),
        function.__globals__,
        function.__name__,
        (*(function.__defaults__ or ()), *(defaults[name] for name in by_name if name in defaults)),
        function.__closure__,
    )
    plain.__module__, plain.__qualname__ = function.__module__, function.__qualname__
    return plain
