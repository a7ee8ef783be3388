"""A table as a notebook shows it: HTML of its own, and a data frame that says what its columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from situation.errors import harmless

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["documented_frame", "notebook_html"]


def documented_frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a data frame; `attrs["columns"]` says of each column what it holds, and in which unit."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns))
    frame.attrs["columns"] = dict(columns)
    return frame


def notebook_html(title: str, lines: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A heading, lines of text and a table as HTML; every text is escaped."""
    parts = [f"<h4>{_cell(title)}</h4>", *(f"<p>{_cell(line)}</p>" for line in lines if line)]
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
    if body:
        head = "".join(f"<th>{_cell(name)}</th>" for name in heads)
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "".join(parts)


def _cell(text: str) -> str:
    return escape(harmless(text))
