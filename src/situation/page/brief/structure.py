"""What a brief is made of: sections of paragraphs, lists and tables, all of them text."""

from __future__ import annotations

from typing import Any

from attrs import frozen

__all__ = ["Brief", "BriefBlock", "BriefTable", "Bullets", "Paragraph", "Section", "brief_rows"]


@frozen
class Paragraph:
    """A paragraph."""

    text: str


@frozen
class Bullets:
    """A list."""

    items: tuple[str, ...]


@frozen
class BriefTable:
    """A table: what stands in each column, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


BriefBlock = Paragraph | Bullets | BriefTable


@frozen
class Section:
    """A heading with what stands under it."""

    heading: str
    blocks: tuple[BriefBlock, ...]


@frozen
class Brief:
    """A brief. ``mark``: how it is to be handled; empty: it bears no mark."""

    title: str
    subtitle: str
    mark: str
    sections: tuple[Section, ...]
    foot: str


def brief_rows(brief: Brief) -> dict[str, Any]:
    """The brief as plain values, for JSON."""

    def row(block: BriefBlock) -> dict[str, Any]:
        match block:
            case Paragraph(text):
                return {"text": text}
            case Bullets(items):
                return {"list": list(items)}
            case BriefTable(heads, rows):
                return {"columns": list(heads), "rows": [list(it) for it in rows]}

    return {
        "title": brief.title,
        "subtitle": brief.subtitle,
        "mark": brief.mark or None,
        "sections": [{"heading": it.heading, "blocks": [row(block) for block in it.blocks]} for it in brief.sections],
        "foot": brief.foot,
    }
