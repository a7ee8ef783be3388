"""Writes the table of the forms of questions into docs/writing-a-scenario.md: `make docs`."""

from __future__ import annotations

import re
from pathlib import Path

from situation.scenario.question import FORMS, Form

__all__ = ["PAGE", "page"]

PAGE = Path("docs/writing-a-scenario.md")
HEAD = "| `ask` | needs | may have | answer |\n|---|---|---|---|\n"


def page(text: str) -> str:
    """The page with its table of forms written anew, one row a form."""
    table = HEAD + "".join(_row(ask, form) for ask, form in FORMS.items())
    written, count = re.subn(rf"{re.escape(HEAD)}(?:\|.*\n)*", lambda _: table, text)
    assert count == 1, f"{PAGE} has {count} tables of forms"
    return written


def _row(ask: str, form: Form) -> str:
    needs, may = _keys(form.needs), _keys(form.may)
    if form.instead is not None:
        needs, may = f"{needs}; or {_keys(form.instead.needs)}", _keys((*form.may, *form.instead.may))
    return f"| `{ask}` | {needs} | {may}{' ' if may else ''}| {form.asks} |\n"


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
