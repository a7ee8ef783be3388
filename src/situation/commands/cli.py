"""The command line: `situation`. Each command's file adds it to the group."""

from __future__ import annotations

from situation.commands import (
    battle,
    beliefs,
    check,
    claims,
    compare,
    dashboard,
    disputes,
    new,
    plugins,
    replay,
    run,
    schema,
    score,
    serve,
    state,
    why,
)
from situation.commands.options import main

__all__ = ["main"]

_COMMANDS = (
    battle,
    beliefs,
    check,
    claims,
    compare,
    dashboard,
    disputes,
    new,
    plugins,
    replay,
    run,
    schema,
    score,
    serve,
    state,
    why,
)
