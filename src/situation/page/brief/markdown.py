"""A brief as Markdown, in which no text of a record can be taken for markup."""

from __future__ import annotations

import re

from situation.errors import harmless
from situation.page.brief.structure import Brief, BriefBlock, BriefTable, Bullets, Paragraph

__all__ = ["brief_markdown"]

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_BEGINNING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")


def brief_markdown(brief: Brief) -> str:
    """The brief as Markdown, with the tables of GitHub."""
    parts = [f"**{_escaped(brief.mark)}**"] if brief.mark else []
    parts += [f"# {_escaped(brief.title)}", _escaped(brief.subtitle)]
    for section in brief.sections:
        parts.append(f"## {_escaped(section.heading)}")
        parts += [_block(block) for block in section.blocks]
    parts += ["---", _escaped(brief.foot)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: BriefBlock) -> str:
    match block:
        case Paragraph(text):
            return _escaped(text)
        case Bullets(items):
            return "\n".join(f"- {_escaped(item)}" for item in items)
        case BriefTable(heads, rows):
            lines = [heads, tuple("---" for _ in heads)]
            written = ["| " + " | ".join(_escaped(cell) for cell in line) + " |" for line in (heads, *rows)]
            return "\n".join([written[0], "|" + "|".join(lines[1]) + "|", *written[1:]])


def _escaped(text: str) -> str:
    """A text on one line, with a backslash before each sign that Markdown reads."""
    line = " ".join(harmless(text).split())
    return _BEGINNING.sub(
        lambda it: f"{it[1]}\\{it[2]}" if not it[2].isdigit() else it[0] + "\\", _MARKUP.sub(r"\\\1", line)
    )
