"""A brief as one HTML file, which asks the network for nothing, and as which it is printed."""

from __future__ import annotations

import html
import re

from situation.errors import harmless
from situation.page.brief.structure import Brief, BriefBlock, BriefTable, Bullets, Paragraph

__all__ = ["brief_html"]

_STYLE = """\
@page { size: A4; margin: 13mm 15mm;
  @bottom-right { content: counter(page) " of " counter(pages); font: 7.5pt Arial, sans-serif; color: #55585c; } }
* { box-sizing: border-box; }
body { font: 14px/1.4 "Helvetica Neue", Arial, "Noto Sans", sans-serif; color: #1d2126; background: #fff; margin: 24px auto;
  padding: 0 16px; max-width: 820px; }
h1 { font-size: 22px; line-height: 1.2; margin: 0 0 2px; }
h2 { font-size: 15px; margin: 16px 0 4px; padding-top: 6px; border-top: 1px solid #c9c6bd; break-after: avoid; }
p, ul { margin: 4px 0; }
ul { padding-left: 18px; }
table { border-collapse: collapse; width: 100%; margin: 4px 0; font-size: 12.5px; }
th { text-align: left; vertical-align: bottom; border-bottom: 1px solid #8a8880; padding: 2px 8px 2px 0; }
td { vertical-align: top; border-bottom: 1px solid #e6e3da; padding: 2px 8px 2px 0; }
tr { break-inside: avoid; }
.figures { white-space: nowrap; }
.mark { font-weight: 700; text-align: right; }
.soft, footer { color: #55585c; }
footer { margin-top: 14px; font-size: 12px; }
@media print {
  body { font-size: 9.2pt; line-height: 1.3; margin: 0; padding: 0; max-width: none; }
  h1 { font-size: 15pt; } h2 { font-size: 10.5pt; margin-top: 8pt; padding-top: 4pt; }
  table { font-size: 8.2pt; } footer { font-size: 7.5pt; margin-top: 8pt; }
}
"""
_OF_PER_CENT = re.compile(r"(?<=\d) %")
_FIGURES = re.compile(r"[-+<>]?\d[\d.,+%<> -]*(?:to [-+<>\d.,% ]+)?")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def brief_html(brief: Brief) -> str:
    """The brief as an HTML document."""
    mark = f'<p class="mark">{_escaped(brief.mark)}</p>\n' if brief.mark else ""
    sections = "\n".join(
        f"<section>\n<h2>{_escaped(it.heading)}</h2>\n{''.join(map(_block, it.blocks))}</section>"
        for it in brief.sections
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_escaped(f"{brief.mark}: {brief.title}" if brief.mark else brief.title)}</title>
<style>
{_STYLE}{_on_each_page(brief.mark)}</style>
</head>
<body>
{mark}<header>
<h1>{_escaped(brief.title)}</h1>
<p class="soft">{_escaped(brief.subtitle)}</p>
</header>
<main>
{sections}
</main>
<footer>{_escaped(brief.foot)}</footer>
</body>
</html>
"""


def _on_each_page(mark: str) -> str:
    """The style that prints the mark above and below each page: on paper its label belongs on every sheet."""
    if not mark:
        return ""
    text = "".join(f"\\{ord(letter):06x}" for letter in harmless(mark))  # no letter can end the string of the style
    box = f'{{ content: "{text}"; font: bold 8pt Arial, sans-serif; }}'
    return f"@page {{ @top-right {box} @bottom-left {box} }}\n@media print {{ .mark {{ display: none; }} }}\n"


def _block(block: BriefBlock) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{_escaped(text)}</p>\n"
        case Bullets(items):
            return f"<ul>\n{''.join(f'<li>{_escaped(item)}</li>' for item in items)}\n</ul>\n"
        case BriefTable(heads, rows):
            head = "".join(f'<th scope="col">{_escaped(it)}</th>' for it in heads)
            body = "".join(f"<tr>{''.join(f'{_cell(cell)}' for cell in row)}</tr>\n" for row in rows)
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _cell(text: str) -> str:
    """A cell; one of figures alone stays on one line."""
    kind = ' class="figures"' if _FIGURES.fullmatch(text) else ""
    return f"<td{kind}>{_escaped(text)}</td>"


def _escaped(text: str) -> str:
    return html.escape(_OF_PER_CENT.sub("\N{NO-BREAK SPACE}%", harmless(text)))
