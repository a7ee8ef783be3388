"""The command line: `situation`. Each command's file adds it to the group."""

from __future__ import annotations

from situation.commands import (
    battle,
    beliefs,
    changes,
    check,
    claims,
    compare,
    dashboard,
    disputes,
    imports,
    new,
    plugins,
    replay,
    run,
    schema,
    score,
    seal,
    serve,
    state,
    totals,
    why,
)
from situation.commands.options import main

__all__ = ["main"]

_COMMANDS = (
    battle,
    beliefs,
    changes,
    check,
    claims,
    compare,
    dashboard,
    disputes,
    imports,
    new,
    plugins,
    replay,
    run,
    schema,
    score,
    seal,
    serve,
    state,
    totals,
    why,
)
